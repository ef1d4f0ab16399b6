"""Two documents side by side: a row of a borderless table for each paragraph, full-width tables between.

Within a cell a control holds a run, not a paragraph: a control around the last paragraph of a cell is not the cell's
own in Word, and none is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_beside import add_texts
from mpdi.documents.docx_blocks import (
    mark_end,
    needs_air,
    open_space,
    write_block,
    write_clause_head,
    write_heading,
    write_line,
)
from mpdi.documents.docx_inline import Writing, control, paragraph
from mpdi.documents.docx_styles import GUTTER, NUMBER_WIDTH, TEXT_WIDTH
from mpdi.documents.docx_tables import write_table
from mpdi.documents.docx_text import printed_text
from mpdi.documents.model import Block, ClauseBlock, ClauseLine, Paragraph, Section, Table, content
from mpdi.documents.ooxml import END_TAG, W, add, copied, w
from mpdi.documents.outline import Heading

_COLUMN = (TEXT_WIDTH - GUTTER) // 2
_CELLS = (
    (NUMBER_WIDTH + _COLUMN + GUTTER // 2, NUMBER_WIDTH, GUTTER // 2),
    (TEXT_WIDTH - _COLUMN - GUTTER // 2, GUTTER // 2, 0),
)
"""Width, left margin and right margin of the two cells: numbers of headings hang in the left margin of the first."""
_SHORT = 320  # characters of a paragraph, up to which its row is not split over pages
Pair = tuple[list[_Element], list[_Element]]


@dataclass(frozen=True)
class Side:
    """One of the two languages while it is written."""

    state: Writing
    headings: Iterator[Heading]


class Columns:
    """Writes sections in two columns, marking the end of a clause that no heading ends, each in its column."""

    def __init__(self, body: _Element, *sides: Side) -> None:
        self._body = body
        self._sides = sides
        self._table: _Element | None = None
        self._open_level = 0  # of the clause just written; 0: none

    def write(self, sections: Sequence[tuple[Section, Section]]) -> None:
        """Append all sections and the closing line."""
        for index, pair in enumerate(sections):
            self._write_section(pair, is_first=index == 0)
        element = paragraph(self._body, "Closing")
        add_texts(element, [(side.state.labels.end, side.state) for side in self._sides])
        self._end_before(len(self._body) - 1)

    def write_texts(self, texts: Sequence[tuple[str, ...]], style: str) -> None:
        """Append plain texts of a style, and end the table."""
        for pair in texts:
            self._add_blocks([Paragraph(content(text)) for text in pair], style)
        self._table = None

    def _write_section(self, pair: tuple[Section, Section], *, is_first: bool) -> None:
        if pair[0].starts_page or is_first:
            self._open_gap(starts_page=True)
        if pair[0].level <= self._open_level:
            self._open_level = 0
        boxes = [_box() for _ in self._sides]
        for box, side in zip(boxes, self._sides, strict=True):
            write_heading(box, next(side.headings), side.state, says_annex=True)
        self._end_before_row(boxes)
        self._add_rows(_beside(boxes), keeps_whole=True)
        previous: Block | None = None
        for blocks in zip(pair[0].blocks, pair[1].blocks, strict=True):
            self._write_blocks(blocks, previous)
            previous = blocks[0]

    def _write_blocks(self, blocks: tuple[Block, Block], previous: Block | None) -> None:
        left, right = blocks
        if isinstance(left, Table) and isinstance(right, Table):
            place = len(self._body)
            write_table(self._body, *zip((left, right), (side.state for side in self._sides), strict=True))
            self._table = None
            self._end_before(place)
        elif isinstance(left, ClauseBlock) and isinstance(right, ClauseBlock):
            self._write_clause((left, right))
        else:
            self._add_blocks(blocks, has_air=isinstance(previous, Table) and needs_air(left))

    def _write_clause(self, clauses: tuple[ClauseBlock, ClauseBlock]) -> None:
        boxes = [_box() for _ in self._sides]
        for box, side, clause in zip(boxes, self._sides, clauses, strict=True):
            write_clause_head(box, clause, next(side.headings), side.state)
        self._add_rows(_beside(boxes), keeps_whole=True)
        for lines in zip(*(_by_part(clause) for clause in clauses), strict=True):
            boxes = [_box() for _ in self._sides]
            for box, side, part in zip(boxes, self._sides, lines, strict=True):
                for line in part:
                    write_line(box, line, side.state)
            self._add_rows(_beside(boxes))
        self._open_level = clauses[0].level

    def _add_blocks(self, blocks: Sequence[Block], style: str = "", *, has_air: bool = False) -> None:
        boxes = [_box() for _ in self._sides]
        for box, side, block in zip(boxes, self._sides, blocks, strict=True):
            write_block(box, block, side.state)
            for element in box if style else ():
                add(_properties(element), "pStyle", val=style)
            if has_air and len(box):
                open_space(box, 0)
        self._end_before_row(boxes)
        self._add_rows(_beside(boxes))

    def _add_rows(self, rows: list[Pair], *, keeps_whole: bool = False) -> None:
        for row in rows:
            is_short = all(len(printed_text(each)) <= _SHORT for cell in row for each in cell)
            element = copied(_empty_row(keeps_whole or is_short))
            cells = element.findall(w("tc"))
            for cell, elements in zip(cells, row, strict=True):
                cell.extend(_inline(each) for each in elements)
                if not elements:
                    add(cell, "p")
            self._rows().append(element)

    def _rows(self) -> _Element:
        if self._table is None:
            if len(self._body) and self._body[-1].tag == w("tbl"):
                self._open_gap(starts_page=False)
            self._table = copied(_empty_table())
            self._body.append(self._table)
        return self._table

    def _open_gap(self, *, starts_page: bool) -> None:
        """Part two tables that would touch (Word would make one of them) by the thinnest paragraph there is."""
        element = paragraph(self._body, "TableGap")
        if starts_page:
            add(element[0], "pageBreakBefore")
        self._table = None

    def _end_before_row(self, boxes: Sequence[_Element]) -> None:
        """Say that a clause ended before the paragraphs of the next row, in each column."""
        if not self._open_level or not any(len(box) for box in boxes):
            return
        for box, side in zip(boxes, self._sides, strict=True):
            if len(box):
                _mark_run(box[0], END_TAG, side.state)
        self._open_level = 0

    def _end_before(self, place: int) -> None:
        """Say that a clause ended before the full-width paragraph ``place``, in both columns."""
        if self._open_level:
            mark_end(self._body, place, self._sides[0].state)
            self._open_level = 0


def _beside(boxes: Sequence[_Element]) -> list[Pair]:
    """Paragraph beside paragraph; where one language has more of them, all in one row."""
    left, right = (list(box) for box in boxes)
    if not left and not right:
        return []
    if len(left) != len(right):
        return [(left, right)]
    return [([one], [other]) for one, other in zip(left, right, strict=True)]


def _by_part(clause: ClauseBlock) -> list[list[ClauseLine]]:
    """The lines of a clause, those of one part together."""
    return [list(lines) for _part, lines in groupby(clause.lines, key=lambda line: line.part)]


def _inline(element: _Element) -> _Element:
    """A paragraph without the control around it: the control holds its first run instead."""
    if element.tag != w("sdt"):
        return element
    holder = element[1]
    held = holder[0]
    holder.remove(held)
    run = held.find(w("r"))
    if run is not None:
        held.replace(run, element)
        holder.append(run)
    return held


def _mark_run(element: _Element, tag: str, state: Writing) -> None:
    """Put a tagged control around the first run of a paragraph."""
    run = next((child for child in element if child.tag == w("r")), None)
    if run is None:
        return
    held = control(element, tag, state)
    element.replace(run, element[-1])
    held.append(run)


def _properties(element: _Element) -> _Element:
    properties = element.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        element.insert(0, properties)
    return properties


def _box() -> _Element:
    return etree.Element(w("body"), nsmap={"w": W})


@cache
def _empty_table() -> _Element:
    table = etree.Element(w("tbl"), nsmap={"w": W})
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val="Columns")
    add(properties, "tblW", w=str(sum(width for width, _left, _right in _CELLS)), type="dxa")
    add(properties, "tblInd", w=str(-NUMBER_WIDTH), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0000", firstRow="0", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1",
        noVBand="1")  # fmt: skip
    grid = add(table, "tblGrid")
    for width, _left, _right in _CELLS:
        add(grid, "gridCol", w=str(width))
    return table


@cache
def _empty_row(keeps_whole: bool) -> _Element:
    row = etree.Element(w("tr"), nsmap={"w": W})
    if keeps_whole:
        add(add(row, "trPr"), "cantSplit")
    for width, left, right in _CELLS:
        properties = add(add(row, "tc"), "tcPr")
        add(properties, "tcW", w=str(width), type="dxa")
        margins = add(properties, "tcMar")
        add(margins, "left", w=str(left), type="dxa")
        add(margins, "right", w=str(right), type="dxa")
    return row
