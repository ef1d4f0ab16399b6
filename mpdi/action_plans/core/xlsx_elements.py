"""What is gathered from the elements of an .xlsx as they go by: sheets, links between parts, texts, rows of cells."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from mpdi.action_plans.core.spreadsheet_cells import (
    LONGEST_CELL,
    MOST_COLUMNS,
    SheetCell,
    SheetRow,
    column_name,
    column_number,
)
from mpdi.action_plans.core.spreadsheet_errors import TooLargeSpreadsheetError
from mpdi.action_plans.core.xlsx_styles import PLAIN, CellStyle

_MOST_SHEETS = 200
_MOST_TEXTS, _MOST_LETTERS = 1_000_000, 60_000_000
_COLUMNS = frozenset(map(column_name, range(MOST_COLUMNS)))
"""Columns that are looked at: what stands right of them is passed over."""
_LAST_SERIAL = 2_900_000
"""Of a day: in the year 9840."""
Begin = Callable[[str, Mapping[str, str]], None]
"""Is told of each element that begins, with its attributes."""


def local_name(name: str) -> str:
    """Return the name of an element without the prefix that some programs write."""
    return name.rpartition(":")[2]


class BookReader:
    """Sheets that are shown, and how days are counted."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.is_1904 = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if (
            local_name(name) == "sheet"
            and attributes.get("state", "visible") == "visible"
            and len(self.sheets) < _MOST_SHEETS
        ):
            link = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
            self.sheets[attributes.get("name", "")] = link
        elif local_name(name) == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class LinkReader:
    """Where the parts of a workbook stand."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = place


class TextReader:
    """Texts that cells point at, each once; of a long one the beginning."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._is_text, self._length, self._all = False, 0, 0

    def begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        name = local_name(name)
        if name == "si":
            self._parts, self._length = [], 0
        self._is_text = name == "t"

    def end(self, name: str) -> None:
        self._is_text = False
        if local_name(name) == "si" and self._parts is not None:
            text = "".join(self._parts)[:LONGEST_CELL]
            self._all += len(text)
            self.texts.append(text)
            self._parts = None
            if len(self.texts) > _MOST_TEXTS or self._all > _MOST_LETTERS:
                raise TooLargeSpreadsheetError(self._file)

    def letters(self, text: str) -> None:
        if self._is_text and self._parts is not None and self._length < LONGEST_CELL:
            self._parts.append(text)
            self._length += len(text)


class SheetReader:
    """Gathers the cells of a row from the elements of a sheet."""

    def __init__(self, file: str, texts: Sequence[str], styles: Sequence[CellStyle], first_day: datetime.date) -> None:
        self._file, self._texts, self._first_day = file, texts, first_day
        self._styles = {str(number): style for number, style in enumerate(styles)}
        self._done: list[SheetRow] = []
        self._number, self._column = 0, -1
        self._cells: dict[int, SheetCell] = {}
        self._type, self._style = "n", PLAIN
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    def taken(self) -> list[SheetRow]:
        """The rows gathered since it was last asked."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "v" or name == "t":
            self._into = self._value
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column, self._cells = -1, {}
        elif name == "f":
            self._into = self._formula = []
        elif ":" in name:
            self.begin(local_name(name), attributes)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        self._column = (
            column_number(letters) if letters in _COLUMNS else self._column + 1 if not letters else MOST_COLUMNS
        )
        self._type = attributes.get("t", "n")
        self._style = self._styles.get(attributes.get("s", ""), PLAIN)
        self._value, self._formula, self._into = [], None, None

    def letters(self, text: str) -> None:
        if self._into is not None and len(self._into) < LONGEST_CELL:
            self._into.append(text)

    def end(self, name: str) -> None:
        if name == "v" or name == "t" or name == "f":
            self._into = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            if self._cells:
                self._done.append(SheetRow(self._number, self._cells))
        elif ":" in name:
            self.end(local_name(name))

    def _end_cell(self) -> None:
        if self._column >= MOST_COLUMNS:
            return
        value = self._read("".join(self._value)[:LONGEST_CELL])
        if self._formula is not None:
            formula = "".join(self._formula)[:40] or "="
            self._cells[self._column] = SheetCell("" if value is None else value, formula, self._style.currency)
        elif value is not None:
            self._cells[self._column] = SheetCell(value, "", self._style.currency)

    def _read(self, written: str) -> str | Decimal | datetime.date | None:
        if self._type == "s":
            known = written.isdecimal() and int(written) < len(self._texts)
            return (self._texts[int(written)].strip() or None) if known else None
        if self._type in ("str", "inlineStr", "e", "b"):
            return written.strip() or None
        if self._type == "d":
            return datetime.date.fromisoformat(written[:10])
        return self._number_of(written)

    def _number_of(self, written: str) -> str | Decimal | datetime.date | None:
        """A figure, rid of what a binary number adds at its end: 1234.5599999999999 is 1234.56."""
        if not written:
            return None
        try:
            number = Decimal(repr(float(written)))
        except (InvalidOperation, ValueError):
            return written
        if not number.is_finite():
            return written
        if self._style.is_day and 0 < number < _LAST_SERIAL:
            return self._first_day + datetime.timedelta(days=int(number))
        return number
