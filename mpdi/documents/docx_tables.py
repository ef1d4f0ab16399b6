"""Tables: caption above, header row repeated and tagged, horizontal rules only."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_beside import BESIDE, add_beside, distinct
from mpdi.documents.docx_inline import Writing, add_field, add_run, paragraph
from mpdi.documents.docx_rows import add_rows, are_runs, cell, plain_cell, row
from mpdi.documents.docx_styles import ACCENT, TEXT_WIDTH
from mpdi.documents.inline import Content, Emphasis, Run, content_text
from mpdi.documents.model import Table
from mpdi.documents.ooxml import W, add, copied, w
from mpdi.documents.text import single_spaced

_SHORT = 600  # characters in a cell, in one language, up to which a row is not split over pages
_LETTER = 100  # width that a letter of a table takes on average, rather more than less

Side = tuple[Table, Writing]
"""A table in one language. A bilingual table has two: same columns and rows, the words of both in each cell."""
_Words = list[tuple[Content, Writing]]


def write_table(body: _Element, *sides: Side) -> None:
    """Append the numbered caption and the table."""
    _write_caption(body, sides)
    write_rows(body, *sides)


def write_rows(body: _Element, *sides: Side) -> None:
    """Append the table alone."""
    element = add(body, "tbl")
    table = sides[0][0]
    widths = column_widths(table.widths)
    _write_properties(element, sides)
    grid = add(element, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=str(width))
    _write_header(element, sides, widths)
    if all(are_runs(side.rows) for side, _state in sides):
        add_rows(element, _row_texts(sides, widths), sides[0][1])
        return
    for index in range(len(table.rows)):
        _write_row(element, index, sides, widths)


def column_widths(shares: tuple[float, ...], total: int = TEXT_WIDTH) -> tuple[int, ...]:
    """Percentages as twentieths of a point that sum exactly to ``total``."""
    whole = sum(shares)
    edges = [0, *(round(total * part / whole) for part in accumulate(shares))]
    return tuple(right - left for left, right in pairwise(edges))


def _write_caption(body: _Element, sides: tuple[Side, ...]) -> None:
    state = sides[0][1]
    state.counts.tables += 1
    element = paragraph(body, "Caption")
    label = BESIDE.join(each.labels.table for _table, each in sides)
    add_run(element, f"{label}\N{NO-BREAK SPACE}", state)
    add_field(element, f"SEQ {state.labels.table} \\* ARABIC", str(state.counts.tables), state)
    captions = distinct([((Run(table.caption),), each) for table, each in sides])
    if captions:
        add_run(element, " – ", state)
        add_beside(element, captions)


def _write_properties(element: _Element, sides: tuple[Side, ...]) -> None:
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="QuietTable")
    add(properties, "tblW", w=str(TEXT_WIDTH), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1",
        noVBand="1")  # fmt: skip
    captions = dict.fromkeys(single_spaced(table.caption) for table, _state in sides)
    descriptions = dict.fromkeys(single_spaced(table.description or table.caption) for table, _state in sides)
    add(properties, "tblCaption", val=BESIDE.join(captions)[:250])
    add(properties, "tblDescription", val=BESIDE.join(descriptions)[:250])


def _write_header(element: _Element, sides: tuple[Side, ...], widths: tuple[int, ...]) -> None:
    row = add(element, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    add(properties, "tblHeader")
    for column, width in enumerate(widths):
        style = "TableHeadingFigure" if column in sides[0][0].right_aligned else "TableHeading"
        words: _Words = [((Run(table.header[column]),), state) for table, state in sides]
        _fill(_cell(row, width, valign="bottom"), words, style, width)


def _write_row(element: _Element, index: int, sides: tuple[Side, ...], widths: tuple[int, ...]) -> None:
    table = sides[0][0]
    is_total = table.has_total and index == len(table.rows) - 1
    line = add(element, "tr")
    if not _can_split(index, sides):
        add(add(line, "trPr"), "cantSplit")
    for column, width in enumerate(widths):
        style = _cell_style(table, column)
        words = [(side.rows[index][column], state) for side, state in sides]
        words = [(_bold(content), state) for content, state in words] if is_total else words
        _fill(_cell(line, width, total=is_total), words, style, width)


def _can_split(index: int, sides: tuple[Side, ...]) -> bool:
    return any(len(content_text(content)) > _SHORT for side, _state in sides for content in side.rows[index])


def _row_texts(sides: tuple[Side, ...], widths: tuple[int, ...]) -> Iterator[str]:
    """The same rows as `_write_row` makes, as text; those in one language that sum nothing up by the shortest way."""
    table, state = sides[0]
    styles = [_cell_style(table, column) for column in range(len(widths))]
    last = len(table.rows) - 1
    for index, contents in enumerate(table.rows):
        if len(sides) > 1 or (table.has_total and index == last):
            yield _row_text(index, sides, widths)
            continue
        cells = [
            plain_cell(width, content, style, state)
            for width, content, style in zip(widths, contents, styles, strict=True)
        ]
        has_long_text = max(map(len, cells)) > _SHORT  # with its markup: a cheap answer for most rows
        yield row(cells, can_split=has_long_text and _can_split(index, sides))


def _row_text(index: int, sides: tuple[Side, ...], widths: tuple[int, ...]) -> str:
    """The same row as `_write_row` makes, as text."""
    table = sides[0][0]
    is_total = table.has_total and index == len(table.rows) - 1
    cells = []
    for column, width in enumerate(widths):
        words = [(side.rows[index][column], state) for side, state in sides]
        words = [(_bold(content), state) for content, state in words] if is_total else words
        cells.append(cell(width, _paragraphs(words, width), _cell_style(table, column), is_total=is_total))
    return row(cells, can_split=_can_split(index, sides))


def _cell_style(table: Table, column: int) -> str:
    if column in table.right_aligned:
        return "TableFigureDense" if table.is_dense else "TableFigure"
    return "TableDense" if table.is_dense else "TableText"


def _fill(element: _Element, words: _Words, style: str, width: int) -> None:
    for beside in _paragraphs(words, width):
        add_beside(paragraph(element, style), beside)


def _paragraphs(words: _Words, width: int) -> list[_Words]:
    """What a cell says: one paragraph, or one a language where both do not fit beside each other; blank stays one."""
    if len(words) > 1:
        words = distinct(words) or words[:1]
    if len(words) == 1:
        return [words]
    length = sum(len(content_text(content)) for content, _state in words)
    return [words] if (length + len(BESIDE)) * _LETTER < width else [[each] for each in words]


def _cell(line: _Element, width: int, *, valign: str = "", total: bool = False) -> _Element:
    made = copied(_empty_cell(width, valign, total=total))
    line.append(made)
    return made


@lru_cache(maxsize=256)
def _empty_cell(width: int, valign: str, *, total: bool) -> _Element:
    cell = etree.Element(w("tc"), nsmap={"w": W})
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=str(width), type="dxa")
    if total:
        add(add(properties, "tcBorders"), "top", val="single", sz="8", space="0", color=ACCENT)
    if valign:
        add(properties, "vAlign", val=valign)
    return cell


def _bold(content: Content) -> Content:
    return tuple(
        Run(part.text, Emphasis.BOLD, part.language)
        if isinstance(part, Run) and part.emphasis is Emphasis.PLAIN
        else part
        for part in content
    )
