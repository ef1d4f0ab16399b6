"""Sheets as an .xlsx: words, figures, and days as real dates that sort; nothing typed by a stranger is ever a formula."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from mpdi.documents.errors import DocumentModelError

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""Of an .xlsx."""
_INK, _ACCENT, _RULE = "#1C2430", "#1D3F8F", "#C9CED6"
_LONGEST_LIST = 255
"""Characters that a drop-down list can hold in all."""
_LONGEST_TEXT = 32_767
_DAY, _MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
Cell = str | datetime.date | Decimal
"""What a cell holds: words, a figure, a day, or a moment without zone as the clock on the wall has it."""
_FORBIDDEN = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and the values of its drop-down list (empty: free text).

    `is_day`: what is typed into its empty cells is read as a day. `figures`: how a spreadsheet shows its figures (`0.0%`),
    also those typed into its empty cells.
    """

    head: str
    width: float
    choices: tuple[str, ...] = ()
    is_day: bool = False
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: at most 31 characters of name, a frozen and filtered header row, rows of words, figures and days.

    `is_hidden`: it is for a program that reads the file back, and is shown only to who asks for it.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen_columns: int = 0
    is_hidden: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= 31 or set(self.name) & set("[]:*?/\\"):
            raise DocumentModelError(f"Sheet {self.name!r}: a name has 1 to 31 characters and none of []:*?/\\")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise DocumentModelError(f"Sheet {self.name!r}: every row must have as many cells as there are columns")
        if any(len(",".join(column.choices)) > _LONGEST_LIST for column in self.columns):
            raise DocumentModelError(f"Sheet {self.name!r}: a drop-down list holds {_LONGEST_LIST} characters at most")


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets and the properties of the file; `day` is the only date in it."""

    title: str
    day: datetime.date
    sheets: tuple[Sheet, ...]
    author: str = ""


def write_workbook(workbook: Workbook) -> bytes:
    """Return the .xlsx; the same data give the same bytes."""
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made.set_properties(
        {
            "title": workbook.title[:250],
            "author": workbook.author[:250],
            "created": datetime.datetime.combine(workbook.day, datetime.time()),
        }
    )
    cell = {"valign": "top", "text_wrap": True, "font_name": "Arial", "font_size": 10, "font_color": _INK}
    cell_formats = {
        each: made.add_format({**cell, "bottom": 1, "bottom_color": _RULE, "num_format": each, "align": "left"})
        for each in ("@", _DAY, _MOMENT, *_figure_formats(workbook))
    }
    head = made.add_format({**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "valign": "vcenter"})
    for sheet in workbook.sheets:
        _write_sheet(made.add_worksheet(sheet.name), sheet, head, cell_formats)
    made.close()
    return buffer.getvalue()


def _figure_formats(workbook: Workbook) -> tuple[str, ...]:
    """How figures are shown, in the order of the columns: the order of formats is part of the bytes."""
    columns = (column for sheet in workbook.sheets for column in sheet.columns)
    return tuple(dict.fromkeys(column.figures for column in columns if column.figures))


def _write_sheet(made: Any, sheet: Sheet, head: Any, formats: Mapping[str, Any]) -> None:
    last_row, last_column = len(sheet.rows), len(sheet.columns) - 1
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, column.width)
        made.write_string(0, place, column.head, head)
        if column.choices and sheet.rows:
            made.data_validation(1, place, last_row, place, {"validate": "list", "source": list(column.choices)})
    for line, row in enumerate(sheet.rows, 1):
        _write_row(made, line, row, sheet.columns, formats)
    if sheet.is_hidden:
        made.hide()
    made.freeze_panes(1, sheet.frozen_columns)
    made.autofilter(0, 0, last_row, last_column)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    made.set_footer("&L&8&A&R&8&P / &N")


def _write_row(
    made: Any, line: int, row: Sequence[Cell], columns: Sequence[Column], formats: Mapping[str, Any]
) -> None:
    for place, (value, column) in enumerate(zip(row, columns, strict=True)):
        if isinstance(value, datetime.date):
            form = formats[_MOMENT if isinstance(value, datetime.datetime) else _DAY]
            made.write_datetime(line, place, value, form)
        elif isinstance(value, Decimal):
            made.write_number(line, place, float(value), formats[column.figures or "@"])
        elif column.figures and not value:
            made.write_blank(line, place, None, formats[column.figures])
        elif column.is_day and not value:
            made.write_blank(line, place, None, formats[_DAY])
        else:
            made.write_string(line, place, value.translate(_FORBIDDEN)[:_LONGEST_TEXT], formats["@"])
