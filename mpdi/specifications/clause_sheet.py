"""Chosen clauses as a Word file, without a specification: their text, how they are checked, the law, when to use them."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import force_locale

from mpdi import __version__
from mpdi.clause_library.clause_page import ClausePage, ShownParagraph
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import Reason
from mpdi.clause_library.core.rendering import RenderedParagraph
from mpdi.clause_library.core.selection import Decided, Selection
from mpdi.clause_library.core.vocabulary import ClauseKind, Decision, Language
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import (
    ClauseBlock,
    ClauseLine,
    ClauseSheetDocument,
    Content,
    Emphasis,
    Metadata,
    Paragraph,
    Run,
    Section,
    Table,
    TitlePage,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.specifications.clause_blocks import paragraph_content, split_items
from mpdi.specifications.context import Context
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.tables import annex_table, clause_law_rows, execution_check_rows, tender_check_rows
from mpdi.specifications.words import label, phrase


def write_clause_sheet(
    clauses: Sequence[ClauseVersion], library: ClauseLibrary, language: Language, day: datetime.date
) -> bytes:
    """Return the clauses as a .docx, in the order of a specification; the same clauses and day give the same bytes."""
    with force_locale(language):
        return write_document(clause_sheet(clauses, library, language, day))


def clause_sheet(
    clauses: Sequence[ClauseVersion], library: ClauseLibrary, language: Language, day: datetime.date
) -> ClauseSheetDocument:
    """Return the plain data of the file. Texts that depend on the purchase all stand, each with its condition."""
    ordered = sorted(clauses, key=lambda clause: (list(ClauseKind).index(clause.kind), clause.id))
    selection = Selection(tuple(_chosen(clause) for clause in ordered), ())
    context = Context(Purchase(day), library, selection, language)
    title = (
        ordered[0].title[language] if len(ordered) == 1 else phrase("sheet_title", language, count=str(len(ordered)))
    )
    signed = all(clause.register.is_signed for clause in ordered)
    return ClauseSheetDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(title, day),
        title_page=TitlePage(
            kind=phrase("sheet_kind", language),
            object=title,
            date=day,
            notices=(
                phrase("review_signed" if signed else "review_pending", language),
                phrase("sheet_notice", language),
            ),
        ),
        sections=(*_texts(ordered, context, day), *_annexes(context)),
        manifest={
            "kind": "clauses",
            "generator": f"mpdi {__version__}",
            "clauses": [{"id": each.id, "version": str(each.version), "digest": each.digest} for each in ordered],
        },
        contents_levels=2,
    )


def _chosen(clause: ClauseVersion) -> Decided:
    return Decided(clause, Decision.IN, "chosen", Reason("", "", ""), Decision.IN)


def _texts(clauses: Sequence[ClauseVersion], context: Context, day: datetime.date) -> Iterator[Section]:
    for kind in ClauseKind:
        blocks = [
            _block(ClausePage(context.library, clause, day), context) for clause in clauses if clause.kind is kind
        ]
        if blocks:
            yield Section(label("kind", kind, context.language).capitalize(), 1, tuple(blocks), id=f"kind_{kind}")


def _block(page: ClausePage, context: Context) -> ClauseBlock:
    clause, language = page.version, context.language
    kind = label("kind", clause.kind, language)
    return ClauseBlock(
        clause_id=clause.id,
        version=str(clause.version),
        language=DocumentLanguage(language),
        digest=clause.digest,
        title=clause.title[language],
        meta=f"{clause.id} · {phrase('version', language)} {clause.version} · {kind}",
        lines=tuple(_lines(page, context)),
        kind=str(clause.kind),
        level=2,
    )


def _lines(page: ClausePage, context: Context) -> Iterator[ClauseLine]:
    previous = ""
    for shown in page.paragraphs():
        if shown.condition is not None:
            words = page.words_of(shown.condition, context.language)
            case = phrase("sheet_case", context.language, condition=words)
            yield ClauseLine(shown.part, (Run(f"[{case}]", Emphasis.ITALIC),))
        run_in = label("part", shown.part, context.language) if shown.part != previous else ""
        previous = shown.part
        lead, items, tail = split_items(paragraph_content(page.version, _rendered(shown, context.language)))
        yield ClauseLine(shown.part, lead, run_in, items)
        if tail:
            yield ClauseLine(shown.part, tail)


def _rendered(shown: ShownParagraph, language: Language) -> RenderedParagraph:
    return RenderedParagraph(shown.part, shown.nl if language == "nl" else shown.fr)


def _annexes(context: Context) -> Iterator[Section]:
    annexes = read_document_data("annexes")["annexes"]
    plan, law = annexes["verification_plan"], annexes["legal_sources"]
    checks = _table(plan["tables"]["tender"], tender_check_rows(context), context)
    checks += _table(plan["tables"]["execution"], execution_check_rows(context), context)
    if checks:
        yield Section(plan["heading"][context.language], 1, tuple(checks), id="annex_verification", is_annex=True)
    bases = _table(law["tables"]["clauses"], clause_law_rows(context), context)
    yield Section(law["heading"][context.language], 1, tuple(bases), id="annex_law", is_annex=True)
    yield Section(
        phrase("sheet_guidance", context.language), 1, tuple(_guidance(context)), id="annex_guidance", is_annex=True
    )


def _table(item: Mapping[str, Any], rows: Sequence[tuple[Content, ...]], context: Context) -> list[Table]:
    return [annex_table(item, rows, context)] if rows else []


def _guidance(context: Context) -> Iterator[Paragraph]:
    for clause in context.selection.chosen:
        title = (Run(f"{clause.id} – {clause.title[context.language]}. ", Emphasis.BOLD),)
        yield Paragraph((*title, *context.fill_parameters(clause, clause.guidance[context.language])))
