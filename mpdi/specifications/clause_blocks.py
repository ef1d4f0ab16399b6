"""Clauses set as blocks of a document."""

import re
from collections.abc import Iterator, Sequence

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.rendering import RenderedParagraph
from mpdi.clause_library.core.vocabulary import PRINTED_PARTS
from mpdi.documents.model import ClauseBlock, ClauseLine, Content, Inline, Language, Parameter, Run
from mpdi.specifications.context import Context
from mpdi.specifications.words import label, phrase

_ITEM = re.compile(r"(?=\(\d{1,2}\)\s)")
_ITEM_START = re.compile(r"\(\d{1,2}\)\s")


def clause_block(clause: ClauseVersion, context: Context, level: int) -> ClauseBlock | None:
    """Return the clause as tenderers read it, or None when it has nothing for them."""
    printed = [paragraph for paragraph in context.rendered(clause) if paragraph.part in PRINTED_PARTS]
    if not printed:
        return None
    note_missing(clause, printed, context)
    return ClauseBlock(
        clause_id=clause.id,
        version=str(clause.version),
        language=_document_language(context),
        digest=clause.digest,
        title=clause.title[context.language],
        meta=_meta(clause, context),
        lines=tuple(_lines(clause, printed, context)),
        kind=str(clause.kind),
        level=level,
    )


def _document_language(context: Context) -> Language:
    return Language(context.language)


def _meta(clause: ClauseVersion, context: Context) -> str:
    kind = label("kind", clause.kind, context.language)
    return f"{clause.id} · {phrase('version', context.language)} {clause.version} · {kind}"


def note_missing(clause: ClauseVersion, paragraphs: Sequence[RenderedParagraph], context: Context) -> None:
    """List the parameters of a clause that still have no value."""
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            if not piece.is_filled and piece.parameter:
                name = clause.parameters[piece.parameter].label[context.language]
                context.need(name, f"{clause.id} – {clause.title[context.language]}", clause.id)


def _lines(clause: ClauseVersion, printed: Sequence[RenderedParagraph], context: Context) -> Iterator[ClauseLine]:
    previous = ""
    for paragraph in printed:
        run_in = label("part", paragraph.part, context.language) if paragraph.part != previous else ""
        previous = paragraph.part
        lead, items, tail = split_items(paragraph_content(clause, paragraph))
        yield ClauseLine(paragraph.part, lead, run_in, items)
        if tail:
            yield ClauseLine(paragraph.part, tail)


def paragraph_content(clause: ClauseVersion, paragraph: RenderedParagraph) -> Content:
    """Return a rendered paragraph as runs and parameters."""
    content: list[Inline] = []
    for piece in paragraph.pieces:
        if piece.parameter is None:
            content.append(Run(piece.text))
        else:
            words = piece.text if piece.is_filled else piece.text.removeprefix("[").removesuffix("]")
            content.append(Parameter(clause.id, piece.parameter, words, piece.is_filled))
    return tuple(content)


def split_items(content: Content) -> tuple[Content, tuple[Content, ...], Content]:
    """Split “lead: (1) …; (2) …. Tail” into lead, items and tail; a text with fewer than two items stays whole."""
    segments: list[list[Inline]] = [[]]
    for inline in content:
        if not isinstance(inline, Run):
            segments[-1].append(inline)
            continue
        for index, part in enumerate(_ITEM.split(inline.text)):
            if index or _ITEM_START.match(part):
                segments.append([])
            if part:
                segments[-1].append(Run(part))
    if len(segments) < 3:
        return content, (), ()
    last, tail = _cut_tail(segments[-1])
    items = tuple(tuple(segment) for segment in (*segments[1:-1], last))
    return tuple(segments[0]), items, tuple(tail)


def _cut_tail(segment: list[Inline]) -> tuple[list[Inline], list[Inline]]:
    for index, inline in enumerate(segment):
        if isinstance(inline, Run) and (match := re.search(r"\.\s+(?=[A-ZÀ-Ý])", inline.text)):
            head = [*segment[:index], Run(inline.text[: match.start() + 1])]
            return head, [Run(inline.text[match.end() :]), *segment[index + 1 :]]
    return segment, []
