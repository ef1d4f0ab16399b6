"""Sheets of words as an .xlsx: strings only, so that nothing typed by a stranger is ever a formula."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
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
_FORBIDDEN = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in characters, and the values of its drop-down list (empty: free text)."""

    head: str
    width: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: at most 31 characters of name, a frozen and filtered header row, rows of strings."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    frozen_columns: int = 0

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
    text = made.add_format({**cell, "bottom": 1, "bottom_color": _RULE, "num_format": "@"})
    head = made.add_format({**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": _ACCENT, "valign": "vcenter"})
    for sheet in workbook.sheets:
        _write_sheet(made.add_worksheet(sheet.name), sheet, head, text)
    made.close()
    return buffer.getvalue()


def _write_sheet(made: Any, sheet: Sheet, head: Any, text: Any) -> None:
    last_row, last_column = len(sheet.rows), len(sheet.columns) - 1
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, column.width)
        made.write_string(0, place, column.head, head)
        if column.choices and sheet.rows:
            made.data_validation(1, place, last_row, place, {"validate": "list", "source": list(column.choices)})
    for line, row in enumerate(sheet.rows, 1):
        _write_row(made, line, row, text)
    made.freeze_panes(1, sheet.frozen_columns)
    made.autofilter(0, 0, last_row, last_column)
    made.set_landscape()
    made.set_paper(9)
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    made.set_footer("&L&8&A&R&8&P / &N")


def _write_row(made: Any, line: int, row: Sequence[str], text: Any) -> None:
    for place, words in enumerate(row):
        made.write_string(line, place, words.translate(_FORBIDDEN)[:_LONGEST_TEXT], text)
