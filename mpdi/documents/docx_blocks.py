"""Blocks into paragraphs and tables."""

import re
from copy import copy

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_inline import Writing, add_content, add_run, control, paragraph
from mpdi.documents.docx_numbering import DASHES, FIRST_LIST
from mpdi.documents.docx_pictures import write_picture
from mpdi.documents.docx_tables import write_table
from mpdi.documents.inline import Content, Run, content_text
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    ClauseBlock,
    ClauseLine,
    NumberedItems,
    Paragraph,
    ParagraphKind,
    Picture,
    Table,
)
from mpdi.documents.ooxml import END_TAG, META_TAG, add, w
from mpdi.documents.outline import Heading
from mpdi.documents.tags import clause_tag
from mpdi.documents.text import is_blank

_PARAGRAPHS = {ParagraphKind.BODY: "", ParagraphKind.KEPT: "", ParagraphKind.LEAD: "Lead", ParagraphKind.NOTE: "Note"}
_ITEM = re.compile(r"\s*(\([0-9a-z]{1,3}\))\s+")
_CALLOUTS = {CalloutKind.NOTE: "CalloutNote", CalloutKind.TO_COMPLETE: "CalloutToComplete"}


def write_block(body: _Element, block: Block, state: Writing) -> None:
    """Append any block but a clause, which needs its heading's number: see :func:`write_clause`."""
    if isinstance(block, Paragraph):
        element = _words(body, block.content, state, _PARAGRAPHS[block.kind])
        if block.kind is ParagraphKind.KEPT and element is not None:
            add(_properties(element), "keepNext")
    elif isinstance(block, NumberedItems):
        _write_list(body, block.items, FIRST_LIST + state.counts.numbered_lists, state)
        state.counts.numbered_lists += 1
    elif isinstance(block, Bullets):
        _write_list(body, block.items, DASHES, state)
    elif isinstance(block, Table):
        write_table(body, (block, state))
    elif isinstance(block, Callout):
        _write_callout(body, block, state)
    elif isinstance(block, Picture):
        write_picture(body, block, state)


def write_heading(
    parent: _Element, heading: Heading, state: Writing, *, starts_page: bool = False, says_annex: bool = False
) -> _Element:
    """Append a numbered heading with its bookmark; ``says_annex``: its number does not say that it is an annex."""
    element = paragraph(parent, heading.style)
    if starts_page:
        add(element[0], "pageBreakBefore")
    mark = state.next_mark()
    add(element, "bookmarkStart", id=mark, name=heading.bookmark)
    if says_annex and heading.is_annex and heading.level == 1:
        add_run(element, f"{state.labels.annex} – ", state, "HeadingWord")
    add_run(element, heading.text, state)
    add(element, "bookmarkEnd", id=mark)
    return element


def write_clause(body: _Element, clause: ClauseBlock, heading: Heading, state: Writing) -> None:
    """Append a clause: heading in its tagged control, meta line in another, then the lines."""
    write_clause_head(body, clause, heading, state)
    for line in clause.lines:
        write_line(body, line, state)


def write_clause_head(body: _Element, clause: ClauseBlock, heading: Heading, state: Writing) -> None:
    """Append the heading of a clause and its meta line."""
    tag = clause_tag(clause.clause_id, clause.version, clause.language, clause.digest)
    write_heading(control(body, tag, state), heading, state)
    if not is_blank(clause.meta):
        meta = paragraph(control(body, META_TAG, state), "ClauseMeta")
        add_run(meta, clause.meta, state)


def write_line(body: _Element, line: ClauseLine, state: Writing) -> None:
    """Append a line of a clause and its items."""
    if not is_blank(line.label + content_text(line.content)):
        element = paragraph(body, "ClauseText")
        if line.label:
            add_run(element, f"{line.label}\N{EN SPACE}", state, "PartLabel")
        add_content(element, line.content, state)
    for item in line.items:
        _write_item(body, item, state)


def _write_item(body: _Element, item: Content, state: Writing) -> None:
    """An item "(1) …": its number, a tab, its words, so that the words stand under each other."""
    first = item[0] if item else None
    numbered = _ITEM.match(first.text) if isinstance(first, Run) else None
    if not isinstance(first, Run) or numbered is None:
        _words(body, item, state, "ClauseItem")
        return
    element = paragraph(body, "ClauseItem")
    add_run(element, numbered[1], state)
    add(element[-1], "tab")
    add_content(element, (Run(first.text[numbered.end() :], first.emphasis, first.language), *item[1:]), state)


def needs_air(block: Block) -> bool:
    """Whether the styles of ``block`` leave no space above it when it follows a table."""
    is_note = isinstance(block, Paragraph) and block.kind is ParagraphKind.NOTE
    return isinstance(block, Paragraph | NumberedItems | Bullets) and not is_note


def open_space(body: _Element, index: int) -> None:
    """Give ``body[index]``, what follows a table, the air above it that tables do not have below."""
    add(_properties(body[index]), "spacing", before="220")


def _properties(element: _Element) -> _Element:
    properties = element.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        element.insert(0, properties)
    return properties


def mark_end(body: _Element, index: int, state: Writing) -> None:
    """Say that a clause ended before the paragraph ``body[index]``: wrap that one in a tagged control.

    No paragraph is added for the mark.
    """
    first = body[index]
    held = control(body, END_TAG, state)
    body.insert(index, body[-1])
    held.append(first)


def _words(body: _Element, content: Content, state: Writing, style: str) -> _Element | None:
    if is_blank(content_text(content)):
        return None
    element = paragraph(body, style)
    add_content(element, content, state)
    return element


def _write_list(body: _Element, items: tuple[Content, ...], number: int, state: Writing) -> None:
    style = "ListDash" if number == DASHES else "ListNumbered"
    properties = _list_properties(style, number)
    for item in items:
        element = _words(body, item, state, "")
        if element is not None:
            element.insert(0, copy(properties))


def _list_properties(style: str, number: int) -> _Element:
    properties = etree.Element(w("pPr"))
    add(properties, "pStyle", val=style)
    numbering = add(properties, "numPr")
    add(numbering, "ilvl", val="0")
    add(numbering, "numId", val=str(number))
    return properties


def _write_callout(body: _Element, callout: Callout, state: Writing) -> None:
    style = _CALLOUTS[callout.kind]
    if not is_blank(callout.title):
        add_run(paragraph(body, f"{style}Title"), callout.title, state)
    for content in callout.paragraphs:
        _words(body, content, state, style)
