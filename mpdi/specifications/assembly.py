"""From a purchase and the library to the plain data of one Word file."""

from collections.abc import Iterator, Sequence

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.vocabulary import Language
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
    content_text,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.specifications.annexes import annex_sections
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.clause_blocks import clause_block
from mpdi.specifications.context import Context
from mpdi.specifications.manifest import build_manifest
from mpdi.specifications.placing import Placement
from mpdi.specifications.skeleton import Block as SkeletonBlock
from mpdi.specifications.skeleton import SkeletonSection, read_skeleton
from mpdi.specifications.tables import computed_blocks
from mpdi.specifications.words import phrase


def assemble(
    purchase: Purchase,
    selection: Selection,
    library: ClauseLibrary,
    findings: Sequence[Finding],
    language: Language,
) -> SpecificationDocument:
    """Return the specification tenderers read, complete, in one language."""
    context = Context(purchase, library, selection, language)
    placement = Placement(read_skeleton(), selection.chosen)
    sections = [section for part in read_skeleton() for section in _sections(part, 1, context, placement)]
    sections += annex_sections(context, _bases(sections))
    title_page = _title_page(context)
    clauses = [block for section in sections for block in section.blocks if isinstance(block, ClauseBlock)]
    return SpecificationDocument(
        language=DocumentLanguage(language),
        metadata=_metadata(context),
        title_page=title_page,
        sections=tuple(sections),
        manifest=build_manifest(purchase, selection, clauses, findings, language),
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
    yield Section(heading, level, blocks, id=part.id, starts_page=level == 1)
    yield from under


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


def _title_page(context: Context) -> TitlePage:
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
        to_complete=tuple(context.to_complete),
        logo_place=phrase("logo_place", language),
    )
