"""From a purchase and the library to the plain data of one Word file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.model import (
    Block,
    Bullets,
    ClauseBlock,
    Emphasis,
    Metadata,
    Paragraph,
    Run,
    Section,
    SpecificationDocument,
    TitlePage,
    ToComplete,
    content_text,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.specifications.annexes import annex_sections, arranged
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.clause_blocks import clause_block
from mpdi.specifications.context import Context
from mpdi.specifications.cost_annex import CostAnnex, with_cost_clause, without_cost_annex
from mpdi.specifications.manifest import build_manifest
from mpdi.specifications.one_language import note_one_language, one_language_texts
from mpdi.specifications.placing import Placement
from mpdi.specifications.skeleton import Block as SkeletonBlock
from mpdi.specifications.skeleton import SkeletonSection, read_skeleton
from mpdi.specifications.tables import computed_blocks
from mpdi.specifications.to_complete import each_once
from mpdi.specifications.words import phrase

NO_ANNEXES: Mapping[Language, CostAnnex] = MappingProxyType({})


def assemble(
    purchase: Purchase,
    selection: Selection,
    library: ClauseLibrary,
    findings: Sequence[Finding],
    cost_annexes: Mapping[Language, CostAnnex] = NO_ANNEXES,
    open_points: int = 0,
) -> SpecificationDocument | BilingualDocument:
    """Return the specification tenderers read, complete, in the language of the purchase or in both side by side.

    `cost_annexes`: that of life-cycle cost by language, where it was asked for; `open_points`: how many points keep it
    from being made, which the document then lists as to complete.
    """
    if purchase.language == "fr+nl":
        return _bilingual(purchase, selection, library, findings, cost_annexes, open_points)
    said = purchase if cost_annexes else without_cost_annex(purchase)
    context = Context(said, library, selection, purchase.language)
    annex = cost_annexes.get(purchase.language)
    sections = _body(context, annex, open_points)
    document = _document(context, [*arranged(sections), *_annexed(annex)], context.to_complete)
    return replace(document, manifest=build_manifest(purchase, selection, document.clauses, findings, annex))


def _bilingual(
    purchase: Purchase,
    selection: Selection,
    library: ClauseLibrary,
    findings: Sequence[Finding],
    cost_annexes: Mapping[Language, CostAnnex],
    open_points: int,
) -> BilingualDocument:
    """Assemble both languages: no condition depends on the language, so that they have the same structure."""
    said = purchase if cost_annexes else without_cost_annex(purchase)
    contexts = [Context(in_language(said, each), library, selection, each) for each in LANGUAGES]
    bodies = [_body(context, cost_annexes.get(context.language), open_points) for context in contexts]
    places = one_language_texts(said, selection.chosen)
    for context in contexts:
        note_one_language(context, places)
    open_places = each_once(zip(*(context.needs for context in contexts), strict=True))
    sides = [
        _document(
            context,
            [*arranged(sections, beside), *_annexed(cost_annexes.get(context.language))],
            tuple(pair[index] for pair in open_places),
        )
        for index, (context, sections, beside) in enumerate(zip(contexts, bodies, reversed(bodies), strict=True))
    ]
    document = BilingualDocument(sides[0], sides[1])
    annex = cost_annexes.get("fr")
    return replace(document, manifest=build_manifest(purchase, selection, document.clauses, findings, annex))


def _body(context: Context, annex: CostAnnex | None, open_points: int) -> list[Section]:
    placement = Placement(read_skeleton(), context.selection.chosen)
    sections = [section for part in read_skeleton() for section in _sections(part, 1, context, placement)]
    if open_points:
        words = phrase("cost_annex_open", context.language, count=str(open_points))
        context.need(words, phrase("table_award_criteria", context.language))
    return [*with_cost_clause(sections, annex, context.language), *annex_sections(context, _bases(sections))]


def _annexed(annex: CostAnnex | None) -> tuple[Section, ...]:
    return () if annex is None else annex.sections


def _document(
    context: Context, sections: Sequence[Section], to_complete: tuple[ToComplete, ...]
) -> SpecificationDocument:
    return SpecificationDocument(
        language=DocumentLanguage(context.language),
        metadata=_metadata(context),
        title_page=_title_page(context, to_complete),
        sections=tuple(sections),
        header=_header(context),
    )


def _sections(part: SkeletonSection, level: int, context: Context, placement: Placement) -> Iterator[Section]:
    if not context.stands(part.only_when):
        return
    heading = part.heading[context.language]
    blocks = tuple(
        made for block in context.standing(part.blocks) for made in _made(block, part, level, context, placement)
    )
    under = [section for each in part.sections for section in _sections(each, min(level + 1, 3), context, placement)]
    if not blocks and not under:
        return
    yield from _without_bare_headings([Section(heading, level, blocks, id=part.id, starts_page=level == 1), *under])


def _without_bare_headings(sections: Sequence[Section]) -> list[Section]:
    """Let clauses stand in the section before where their own would hold nothing else: their headings are of its level."""
    made = list(sections[:1])
    for section in sections[1:]:
        if section.level == 3 and all(isinstance(block, ClauseBlock) for block in section.blocks):
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *section.blocks))
        else:
            made.append(section)
    return made


def _made(
    block: SkeletonBlock, part: SkeletonSection, level: int, context: Context, placement: Placement
) -> Iterator[Block]:
    where = part.heading[context.language]
    match block.kind:
        case "paragraph":
            yield Paragraph(context.fill(block.items[0].text[context.language], where, part.id))
        case "list":
            items = tuple(
                context.fill(item.text[context.language], where, part.id)
                for item in block.items
                if context.stands(item.only_when)
            )
            if items:
                yield Bullets(items)
        case "to_complete":
            words = content_text(context.fill(block.items[0].text[context.language], where, part.id))
            context.need(words, where, part.id)
            yield Paragraph((Run(f"[{words}]", Emphasis.HIGHLIGHT),))
        case "table":
            yield from computed_blocks(block.key, context, where)
        case _:
            for clause in placement.clauses(block):
                made = clause_block(clause, context, min(level + 1, 3))
                if made is not None:
                    yield made


def _bases(sections: Sequence[Section]) -> list[tuple[str, str]]:
    standing = {section.id for section in sections}
    return [
        basis
        for part in read_skeleton()
        for section in part.walk()
        if section.id in standing
        for basis in section.legal_basis
    ]


def _metadata(context: Context) -> Metadata:
    purchase = context.purchase
    title = (
        f"{phrase('document_kind', context.language)} – {purchase.object}"
        if purchase.object
        else phrase("document_kind", context.language)
    )
    return Metadata(
        title, purchase.publication_date, purchase.reference or "", purchase.authority.name or "", purchase.object or ""
    )


def _header(context: Context) -> str:
    return " · ".join(filter(None, (context.purchase.reference, context.purchase.object)))


def _title_page(context: Context, to_complete: tuple[ToComplete, ...]) -> TitlePage:
    purchase, language = context.purchase, context.language
    signed = all(clause.register.is_signed for clause in context.selection.chosen)
    notices = [phrase("review_signed" if signed else "review_pending", language), phrase("library_origin", language)]
    if not purchase.date_is_stated:
        notices.insert(0, phrase("date_assumed", language))
    missing = f"[{phrase('fact_object', language)}]"
    return TitlePage(
        kind=phrase("document_kind", language),
        object=purchase.object or missing,
        authority=purchase.authority.name or "",
        reference=purchase.reference or "",
        procedure=context.fact("procedure_label") or "",
        date=purchase.publication_date,
        notices=tuple(notices),
        to_complete=to_complete,
        logo_place=phrase("logo_place", language),
    )
