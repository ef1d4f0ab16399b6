"""Sheets that calculate, as an .xlsx: words, numbers and formulas. What is given as words is never a formula."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

from mpdi.documents.errors import DocumentModelError

_INK, _ACCENT, _RULE, _OPEN = "#1C2430", "#1D3F8F", "#C9CED6", "#FFF7D6"
_LONGEST_TEXT = 32_767
_FORBIDDEN = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)}


class Look(StrEnum):
    """How a cell looks, and how its number is written."""

    TEXT = "text"
    TITLE = "title"
    HEAD = "head"
    HEAD_NUMBER = "head_number"
    MONEY = "money"
    NUMBER = "number"
    WHOLE = "whole"
    PERCENT = "percent"
    FACTOR = "factor"
    OPEN_MONEY = "open_money"
    """An amount that the reader may change: the figures follow."""
    OPEN_PERCENT = "open_percent"


_FORMATS: dict[Look, dict[str, object]] = {
    Look.TEXT: {"num_format": "@"},
    Look.TITLE: {"num_format": "@", "bold": True, "font_size": 14},
    Look.HEAD: {"bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "text_wrap": True, "valign": "vcenter"},
    Look.HEAD_NUMBER: {"bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "num_format": "0", "align": "right"},
    Look.MONEY: {"num_format": "#,##0.00"},
    Look.NUMBER: {"num_format": "#,##0.00##"},
    Look.WHOLE: {"num_format": "0", "align": "right"},
    Look.PERCENT: {"num_format": "0.00%"},
    Look.FACTOR: {"num_format": "0.000000"},
    Look.OPEN_MONEY: {"num_format": "#,##0.00", "bg_color": _OPEN},
    Look.OPEN_PERCENT: {"num_format": "0.00%", "bg_color": _OPEN},
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a cell."""

    text: str
    look: Look = Look.TEXT


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a cell."""

    value: float
    look: Look = Look.NUMBER


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, without its “=”, and the value that a reader shows who does not calculate."""

    text: str
    value: float | str
    look: Look = Look.MONEY


Cell = Words | Number | Formula | None


@dataclass(frozen=True, slots=True)
class CalculationSheet:
    """A sheet: at most 31 characters of name, widths of its columns in characters, rows of cells from the top left.

    `frozen`: rows and columns that stay in sight.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen: tuple[int, int] = (1, 1)

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= 31 or set(self.name) & set("[]:*?/\\'"):
            raise DocumentModelError(f"Sheet {self.name!r}: a name has 1 to 31 characters and none of []:*?/\\'")


def place(row: int, column: int, *, sheet: str = "") -> str:
    """The address of a cell (rows and columns counted from 0), fixed, on another sheet where one is named."""
    address: str = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"'{sheet}'!{address}" if sheet else address


def span(first: tuple[int, int], last: tuple[int, int], *, sheet: str = "") -> str:
    """The address of a block of cells from its first to its last (row, column)."""
    return f"{place(*first, sheet=sheet)}:{place(*last)}"


def write_calculation(title: str, day: datetime.date, sheets: Sequence[CalculationSheet]) -> bytes:
    """Return the .xlsx; the same data give the same bytes. `day` is the only date in it."""
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made.set_properties({"title": title[:250], "created": datetime.datetime.combine(day, datetime.time())})
    made.set_calc_mode("auto")
    ground = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "bottom": 1, "bottom_color": _RULE}
    formats = {look: made.add_format({**ground, **own}) for look, own in _FORMATS.items()}
    for sheet in sheets:
        _write_sheet(made.add_worksheet(sheet.name), sheet, formats)
    made.close()
    return buffer.getvalue()


def _write_sheet(made: Any, sheet: CalculationSheet, formats: dict[Look, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        made.set_column(column, column, width)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            _write_cell(made, row, column, cell, formats)
    made.freeze_panes(*sheet.frozen)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.set_footer("&L&8&A&R&8&P / &N")


def _write_cell(made: Any, row: int, column: int, cell: Cell, formats: dict[Look, Any]) -> None:
    if isinstance(cell, Words):
        made.write_string(row, column, cell.text.translate(_FORBIDDEN)[:_LONGEST_TEXT], formats[cell.look])
    elif isinstance(cell, Number):
        made.write_number(row, column, cell.value, formats[cell.look])
    elif isinstance(cell, Formula):
        made.write_formula(row, column, f"={cell.text}", formats[cell.look], cell.value)
