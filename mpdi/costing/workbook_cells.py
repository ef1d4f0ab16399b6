"""Cells of the tenderer's workbook as plain data: what stands where, what is open; writing and reading share them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mpdi.lcc.sheets.model import Input


class Style(StrEnum):
    """How a cell looks, and whether the tenderer may write into it."""

    TEXT = "text"
    FAINT = "faint"
    TITLE = "title"
    HEAD = "head"
    NUMBER = "number"
    MONEY = "money"
    RESULT = "result"
    FACTOR = "factor"
    OPEN = "open"
    """The tenderer's: text."""
    OPEN_NUMBER = "open_number"
    """The tenderer's: a number, or an option."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; `formula` is written without its equals sign, and then `value` is None."""

    row: int
    column: int
    value: str | Decimal | None
    style: Style = Style.TEXT
    formula: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is the tenderer's."""
        return self.style in (Style.OPEN, Style.OPEN_NUMBER)


@dataclass
class SheetCells:
    """One sheet while it is filled: rows and columns from 0; `typed` are cells that hold an input, by row and column."""

    name: str
    widths: tuple[float, ...]
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    typed: dict[tuple[int, int], Input] = field(default_factory=dict)
    frozen_rows: int = 0

    def put(self, row: int, column: int, value: str | Decimal | None, style: Style = Style.TEXT) -> None:
        """Put a value (or an open cell) in its place."""
        self.cells[row, column] = Cell(row, column, value, style)

    def calculate(self, row: int, column: int, formula: str, style: Style = Style.NUMBER) -> str:
        """Put a formula in its place and return the reference of the cell within its sheet."""
        self.cells[row, column] = Cell(row, column, None, style, formula)
        return absolute(row, column)

    def put_row(self, row: int, values: Mapping[int, str] | tuple[str, ...], style: Style = Style.TEXT) -> None:
        """Put texts beside one another."""
        placed = values.items() if isinstance(values, Mapping) else enumerate(values)
        for column, value in placed:
            self.put(row, column, value, style)

    def constants(self) -> Iterator[Cell]:
        """Cells that stay as they are: neither open nor calculated."""
        return (cell for cell in self.cells.values() if not cell.is_open and cell.formula is None)


def letters(column: int) -> str:
    """The letters of a column counted from 0: A, …, Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def absolute(row: int, column: int) -> str:
    """A reference that does not move: `$C$7`."""
    return f"${letters(column)}${row + 1}"


def named(row: int, column: int) -> str:
    """A cell as a person says it: `C7`."""
    return f"{letters(column)}{row + 1}"


def elsewhere(sheet: str, reference: str) -> str:
    """A reference from another sheet."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{reference}"
