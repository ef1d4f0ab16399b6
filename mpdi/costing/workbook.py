"""The tenderer's workbook as an .xlsx: only his cells are open, results follow what he types, to the cent of the engine.

The sheets are protected without a password: that guards against slips. What guards against more is that the buyer's
parameters bear a digest, and that what a workbook shows is never taken over: `workbook_reading` counts it anew.
"""

import datetime
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mpdi.costing.numbers import unit_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.costing.workbook_cells import Cell, SheetCells, Style
from mpdi.costing.workbook_layout import BOUNDS, workbook_cells
from mpdi.costing.workbook_words import text
from mpdi.lcc.sheets.model import Input, InputKind, Language

_INK, _ACCENT, _RULE, _YELLOW, _FAINT = "#1C2430", "#1D3F8F", "#C9CED6", "#FFF3BF", "#5B6472"
_BASE = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "valign": "top"}
_OPEN = {**_BASE, "bg_color": _YELLOW, "border": 1, "border_color": _RULE, "locked": False, "text_wrap": True}
_FORMATS: Mapping[Style, Mapping[str, Any]] = {
    Style.TEXT: {**_BASE, "text_wrap": True},
    Style.FAINT: {**_BASE, "font_color": _FAINT},
    Style.TITLE: {**_BASE, "bold": True, "font_size": 13},
    Style.HEAD: {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "text_wrap": True},
    Style.NUMBER: {**_BASE, "num_format": "General", "align": "right"},
    Style.MONEY: {**_BASE, "num_format": "#,##0.00"},
    Style.RESULT: {**_BASE, "num_format": "#,##0.00", "bold": True},
    Style.FACTOR: {**_BASE, "num_format": "0.000000"},
    Style.OPEN: {**_OPEN, "num_format": "@"},
    Style.OPEN_NUMBER: {**_OPEN, "num_format": "General", "align": "right"},
}
_LONGEST_MESSAGE, _LONGEST_TITLE = 255, 32
_WIDE = 2
"""Rows of the offer below its title that run over all its columns."""


def write_tender_workbook(parameters: TenderParameters, language: Language) -> bytes:
    """Return the .xlsx for tenderers; the same parameters and language give the same bytes."""
    cells = workbook_cells(parameters, language)
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = datetime.datetime.combine(parameters.date, datetime.time())
    made.set_properties(
        {"title": parameters.title or parameters.sheet.title.said(language), "author": "", "created": created}
    )
    formats = {style: made.add_format(dict(looks)) for style, looks in _FORMATS.items()}
    for sheet in cells.sheets:
        _write(made.add_worksheet(sheet.name), sheet, formats, language)
    made.get_worksheet_by_name(cells.technical.name).hide()
    _widen(made.get_worksheet_by_name(cells.offer.name), cells.offer, formats[Style.TEXT])
    made.close()
    return buffer.getvalue()


def _write(page: Any, sheet: SheetCells, formats: Mapping[Style, Any], language: Language) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for _, cell in sorted(sheet.cells.items()):
        _write_cell(page, cell, formats[cell.style])
    for (row, column), each in sheet.typed.items():
        words = sheet.cells[row, BOUNDS].value
        page.data_validation(row, column, row, column, _validation(each, str(words), language))
    if sheet.frozen_rows:
        page.freeze_panes(sheet.frozen_rows, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&8&A&R&8&P / &N")
    page.protect("", {"format_columns": True, "format_rows": True})


def _write_cell(page: Any, cell: Cell, form: Any) -> None:
    if cell.formula is not None:
        # Without a stored value every program works the formula out when it opens the file.
        page.write_formula(cell.row, cell.column, f"={cell.formula}", form, "")
    elif cell.value is None:
        page.write_blank(cell.row, cell.column, None, form)
    elif isinstance(cell.value, str):
        page.write_string(cell.row, cell.column, cell.value, form)
    else:
        page.write_number(cell.row, cell.column, float(cell.value), form)


def _validation(each: Input, within: str, language: Language) -> dict[str, Any]:
    is_choice = each.kind is InputKind.CHOICE
    words = text(
        "type_choice" if is_choice else "type_number", language, unit=unit_words(each.unit, language), bounds=within
    )
    shared = {
        "input_title": each.label.said(language)[:_LONGEST_TITLE],
        "input_message": words[:_LONGEST_MESSAGE],
        "error_title": each.label.said(language)[:_LONGEST_TITLE],
        "error_message": words[:_LONGEST_MESSAGE],
        "ignore_blank": True,
    }
    if is_choice:
        return {"validate": "list", "source": list(each.options), **shared}
    kind = "integer" if each.kind is InputKind.WHOLE else "decimal"
    low, high = float(each.minimum or 0), float(each.maximum or 0)
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high, **shared}


def _widen(page: Any, sheet: SheetCells, form: Any) -> None:
    """Guide and digest run over the columns that one sees, else they would stand in a narrow column."""
    for row in range(1, 1 + _WIDE):
        page.merge_range(row, 0, row, BOUNDS, str(sheet.cells[row, 0].value), form)
        page.set_row(row, 45)
