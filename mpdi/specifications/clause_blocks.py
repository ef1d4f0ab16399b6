"""Clauses set as blocks of a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.rendering import RenderedParagraph
from mpdi.clause_library.core.vocabulary import PRINTED_PARTS
from mpdi.documents.model import ClauseBlock, ClauseLine, Content, Inline, Language, Parameter, Run, content_text
from mpdi.specifications.context import Context
from mpdi.specifications.words import label, phrase

_MARKER = re.compile(r"\((\d{1,2})\)\s")
_FIRST_OF_MORE = re.compile(r"(^|[:.;])\s*$")
_LATER_ITEM = re.compile(r"([:.;,?]|[:.;,?]?\s(et|en|ou|of))\s*$")
_REFERENCE_BEFORE = re.compile(
    r"(\(\d{1,2}\)\s(et|en|ou|of)|\b(à|tot|points?|punt(en)?|cas|geval(len)?|lignes?|lijn(en)?|regels?|tâches?|taken"
    r"|critères?|criteri(a|um)|catégories?|categorie(ën)?|éléments?|onderdelen|sous|onder))\s*$"
)
_REFERENCE_AFTER = re.compile(r"(à|tot|et|en|ou|of)\s\(\d{1,2}\)")


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
    """Split “lead: (1) …; (2) …. Tail” into lead, items and tail; a text with fewer than two items stays whole.

    A number that the sentence only refers to (“the tasks (1) to (6)”) begins no item.
    """
    text = content_text(content)
    starts = _item_starts(text)
    if len(starts) < 2:
        return content, (), ()
    bounds = [0, *starts, len(text)]
    segments = [_part_of(content, start, end) for start, end in pairwise(bounds)]
    last, tail = _cut_tail(segments[-1])
    items = tuple(tuple(segment) for segment in (*segments[1:-1], last))
    return tuple(segments[0]), items, tuple(tail)


def _item_starts(text: str) -> list[int]:
    """Return where items begin: numbers that run on from (1), or from where an earlier paragraph left them."""
    starts: list[int] = []
    expected = 0
    for marker in _MARKER.finditer(text):
        number, before = int(marker.group(1)), text[: marker.start()]
        if _REFERENCE_BEFORE.search(before) or _REFERENCE_AFTER.match(text, marker.end()):
            continue
        is_first = not starts and (number == 1 or _FIRST_OF_MORE.search(before) is not None)
        if is_first or (starts and number == expected and _LATER_ITEM.search(before)):
            starts.append(marker.start())
            expected = number + 1
    return starts


def _part_of(content: Content, start: int, end: int) -> list[Inline]:
    """Return what stands between two places of the text; a parameter is never cut."""
    part: list[Inline] = []
    place = 0
    for inline in content:
        length = len(content_text((inline,)))
        if isinstance(inline, Run):
            words = inline.text[max(start - place, 0) : max(end - place, 0)]
            part += [replace(inline, text=words)] if words else []
        elif start <= place < end:
            part.append(inline)
        place += length
    return part


def _cut_tail(segment: list[Inline]) -> tuple[list[Inline], list[Inline]]:
    for index, inline in enumerate(segment):
        if isinstance(inline, Run) and (match := re.search(r"\.\s+(?=[A-ZÀ-Ý])", inline.text)):
            head = [*segment[:index], Run(inline.text[: match.start() + 1])]
            return head, [Run(inline.text[match.end() :]), *segment[index + 1 :]]
    return segment, []
