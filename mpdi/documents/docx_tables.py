"""Tables: caption above, header row repeated and tagged, horizontal rules only."""

from itertools import accumulate, pairwise

from lxml.etree import _Element

from mpdi.documents.docx_inline import Writing, add_content, add_field, add_run, paragraph
from mpdi.documents.docx_styles import ACCENT, TEXT_WIDTH
from mpdi.documents.inline import Content, Emphasis, Run, content_text
from mpdi.documents.model import Table
from mpdi.documents.ooxml import add
from mpdi.documents.text import is_blank, single_spaced

_SHORT = 600  # characters in a cell, up to which a row is not split over pages


def write_table(body: _Element, table: Table, state: Writing) -> None:
    """Append the numbered caption and the table."""
    _write_caption(body, table, state)
    write_rows(body, table, state)


def write_rows(body: _Element, table: Table, state: Writing) -> None:
    """Append the table alone."""
    element = add(body, "tbl")
    widths = column_widths(table.widths)
    _write_properties(element, table)
    grid = add(element, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=str(width))
    _write_header(element, table, widths, state)
    for index, row in enumerate(table.rows, start=1):
        _write_row(element, row, table, widths, state, is_total=table.has_total and index == len(table.rows))


def column_widths(shares: tuple[float, ...], total: int = TEXT_WIDTH) -> tuple[int, ...]:
    """Percentages as twentieths of a point that sum exactly to ``total``."""
    whole = sum(shares)
    edges = [0, *(round(total * part / whole) for part in accumulate(shares))]
    return tuple(right - left for left, right in pairwise(edges))


def _write_caption(body: _Element, table: Table, state: Writing) -> None:
    state.tables += 1
    element = paragraph(body, "Caption")
    add_run(element, f"{state.labels.table}\N{NO-BREAK SPACE}", state)
    add_field(element, f"SEQ {state.labels.table} \\* ARABIC", str(state.tables), state)
    if not is_blank(table.caption):
        add_run(element, f" – {table.caption}", state)


def _write_properties(element: _Element, table: Table) -> None:
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="QuietTable")
    add(properties, "tblW", w=str(TEXT_WIDTH), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="1",
        noVBand="1")  # fmt: skip
    add(properties, "tblCaption", val=single_spaced(table.caption)[:250])
    add(properties, "tblDescription", val=single_spaced(table.description or table.caption)[:250])


def _write_header(element: _Element, table: Table, widths: tuple[int, ...], state: Writing) -> None:
    row = add(element, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    add(properties, "tblHeader")
    for column, words in enumerate(table.header):
        style = "TableHeadingFigure" if column in table.right_aligned else "TableHeading"
        cell = _cell(row, widths[column], valign="bottom")
        add_run(paragraph(cell, style), words, state)


def _write_row(
    element: _Element,
    row: tuple[Content, ...],
    table: Table,
    widths: tuple[int, ...],
    state: Writing,
    *,
    is_total: bool,
) -> None:
    line = add(element, "tr")
    if max(len(content_text(content)) for content in row) <= _SHORT:
        add(add(line, "trPr"), "cantSplit")
    for column, content in enumerate(row):
        cell = _cell(line, widths[column], total=is_total)
        style = "TableFigure" if column in table.right_aligned else "TableDense" if table.is_dense else "TableText"
        add_content(paragraph(cell, style), _bold(content) if is_total else content, state)


def _cell(row: _Element, width: int, *, valign: str = "", total: bool = False) -> _Element:
    cell = add(row, "tc")
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
