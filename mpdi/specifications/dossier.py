"""The buyer's own file beside the specification: DNSH record, decisions, findings, notices, internal notes. Not for tenderers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import DnshAnswer, Purchase
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import Language, TaxonomyObjective
from mpdi.documents.model import (
    Block,
    Content,
    DossierDocument,
    Emphasis,
    Metadata,
    Paragraph,
    Run,
    Section,
    Table,
    TitlePage,
    ToComplete,
    content,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.clause_blocks import note_missing, paragraph_content
from mpdi.specifications.context import Context
from mpdi.specifications.manifest import MANIFEST_FORMAT, answers_json
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.to_complete import each_once
from mpdi.specifications.words import label, phrase

_PARTS = {"notices": "notice", "internal_notes": "internal"}


def assemble_dossier(
    purchase: Purchase,
    selection: Selection,
    library: ClauseLibrary,
    findings: Sequence[Finding],
    language: Language,
    to_complete: Sequence[ToComplete],
) -> DossierDocument:
    """Return the buyer's file; its manifest holds the answers whole, so that the work can be taken up again."""
    context = Context(in_language(purchase, language), library, selection, language)
    sections = tuple(_sections(context, findings))
    kind = phrase("dossier_kind", language)
    title = TitlePage(
        kind=kind,
        object=context.purchase.object or f"[{phrase('fact_object', language)}]",
        authority=context.purchase.authority.name or "",
        reference=purchase.reference or "",
        procedure=context.fact("procedure_label") or "",
        date=purchase.publication_date,
        notices=(phrase("review_pending", language),),
        to_complete=tuple(item for (item,) in each_once((need,) for need in (*to_complete, *context.needs))),
    )
    return DossierDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(
            kind,
            purchase.publication_date,
            purchase.reference or "",
            context.purchase.authority.name or "",
            context.purchase.object or "",
        ),
        title_page=title,
        sections=sections,
        header=" · ".join(filter(None, (kind, purchase.reference))),
        manifest={
            "format": MANIFEST_FORMAT,
            "kind": "dossier",
            "language": language,
            "answers": answers_json(purchase),
        },
        contents_levels=2,
    )


def _sections(context: Context, findings: Sequence[Finding]) -> Iterator[Section]:
    for identifier, item in read_document_data("annexes")["file"].items():
        blocks = [*_intro(item, context), *_body(identifier, item, context, findings)]
        under = list(_clause_sections(identifier, context))
        if identifier in (*_PARTS, "guidance") and not under:
            blocks.append(Paragraph(content(phrase("no_clause_asks", context.language))))
        if blocks:
            yield Section(item["heading"][context.language], 1, tuple(blocks), id=f"file_{identifier}")
        yield from under


def _intro(item: Mapping[str, Any], context: Context) -> Iterator[Block]:
    for text in item.get("intro", ()):
        yield Paragraph(context.fill(text[context.language], item["heading"][context.language], ""))


def _body(identifier: str, item: Mapping[str, Any], context: Context, findings: Sequence[Finding]) -> Iterator[Block]:
    if identifier == "dnsh":
        yield _dnsh_table(item, context)
    if identifier == "decisions":
        notice = context.selection.notice
        if notice is not None:
            yield Paragraph((Run(notice[context.language], Emphasis.BOLD),))
        yield _decisions_table(context)
    if identifier == "findings":
        yield (
            _findings_table(findings, context)
            if findings
            else Paragraph(content(phrase("no_findings", context.language)))
        )


def _clause_sections(identifier: str, context: Context) -> Iterator[Section]:
    for clause in context.selection.chosen:
        heading = f"{clause.id} – {clause.title[context.language]}"
        if identifier == "guidance":
            text = " ".join(clause.guidance[context.language].split())
            yield Section(heading, 2, (Paragraph(context.fill_parameters(clause, text)),), id=f"guidance_{clause.id}")
        if identifier not in _PARTS:
            continue
        paragraphs = [paragraph for paragraph in context.rendered(clause) if paragraph.part == _PARTS[identifier]]
        if paragraphs:
            note_missing(clause, paragraphs, context)
            blocks = tuple(Paragraph(paragraph_content(clause, paragraph)) for paragraph in paragraphs)
            yield Section(heading, 2, blocks, id=f"{identifier}_{clause.id}")


def _heads(context: Context, *names: str) -> tuple[str, ...]:
    return tuple(phrase(f"head_{name}", context.language) for name in names)


def _dnsh_table(item: Mapping[str, Any], context: Context) -> Table:
    answers = {answer.objective: answer for answer in context.purchase.dnsh}
    rows: list[tuple[Content, ...]] = []
    for objective in item["objectives"]:
        answer = answers.get(TaxonomyObjective(objective["code"]))
        missing: Content = (Run(phrase("not_answered", context.language), Emphasis.HIGHLIGHT),)
        relevant = missing if answer is None else content(phrase("yes" if answer.relevant else "no", context.language))
        rows.append(
            (
                content(f"{objective['name'][context.language]} ({objective['code']})"),
                content(objective["question"][context.language]),
                relevant,
                content(answer.reason or "–") if answer else missing,
                _measure(answer, objective, item["heading"][context.language], context),
            )
        )
    return Table(
        phrase("table_dnsh", context.language),
        _heads(context, "objective", "question", "relevant", "reason", "measure"),
        tuple(rows),
        (19, 25, 15, 24, 17),
    )


def _measure(answer: DnshAnswer | None, objective: Mapping[str, Any], where: str, context: Context) -> Content:
    """The clause or measure; an objective not answered, or relevant without one, is to complete."""
    if answer is None and not context.purchase.dnsh:
        context.need(phrase("dnsh_not_recorded", context.language), where, "file_dnsh")
    elif answer is None:
        name = objective["name"][context.language]
        context.need(phrase("dnsh_answer_missing", context.language, objective=name), where, "file_dnsh")
    if answer is not None and answer.relevant and not answer.measure:
        name = objective["name"][context.language]
        context.need(phrase("measure_missing", context.language, objective=name), where, "file_dnsh")
        return (Run(f"[{phrase('head_measure', context.language)}]", Emphasis.HIGHLIGHT),)
    return content((answer.measure if answer else "") or "–")


def _decisions_table(context: Context) -> Table:
    rows = tuple(
        (
            content(f"{item.clause.id} – {item.clause.title[context.language]}"),
            content(label("decision", item.decision, context.language)),
            content(item.reason[context.language]),
        )
        for item in sorted(
            context.selection.decided,
            key=lambda item: (["in", "suggested", "out"].index(item.decision), item.clause.id),
        )
    )
    return Table(
        phrase("table_decisions", context.language),
        _heads(context, "clause", "decision", "reason"),
        rows,
        (35, 15, 50),
        is_dense=True,
    )


def _place(where: str, context: Context) -> str:
    """The place of a finding in words: an answer by its name, a clause by its identifier."""
    names: Mapping[str, str] = read_document_data("phrases")["places"]
    return names[where][context.language] if where in names else where


def _findings_table(findings: Sequence[Finding], context: Context) -> Table:
    rows = tuple(
        (
            content(finding.rule),
            content(label("severity", finding.severity, context.language)),
            content(_place(finding.where, context)),
            content(finding.message[context.language]),
            content(finding.remedy[context.language]),
        )
        for finding in findings
    )
    return Table(
        phrase("table_findings", context.language),
        _heads(context, "rule", "severity", "where", "message", "remedy"),
        rows,
        (9, 14, 15, 32, 30),
        is_dense=True,
    )
