"""Rows and cells of a spreadsheet of a buyer, whatever file they come from, and how much of one is read."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

LARGEST_FILE = 25_000_000
"""Bytes of a file: 80,000 lines have some 4 million. Here and below: bounds of ours."""
LARGEST_UNPACKED = 250_000_000
"""Bytes of all that an .xlsx holds; they are never in memory at once."""
MOST_LINES = 200_000
MOST_COLUMNS = 100
LONGEST_CELL = 300
"""Characters; what is beyond is not looked at."""


class SheetCell(NamedTuple):
    """A cell as it was found.

    `formula`: its beginning, in a workbook; what `value` is then is what it showed when the file was saved.
    `currency`: three letters where the format of the cell shows one. `is_merged`: it is one with cells above or below.
    """

    value: str | Decimal | datetime.date
    formula: str = ""
    currency: str = ""
    is_merged: bool = False


class SheetRow(NamedTuple):
    """A row that holds something: its number, from 1 as a spreadsheet shows it, and its cells by column, from 0."""

    number: int
    cells: dict[int, SheetCell]


class Spreadsheet(Protocol):
    """An opened file; rows are read when they are asked for, one after the other."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets that are shown, in order; a .csv has one without a name."""

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Every row of a sheet that holds something."""


def column_name(column: int) -> str:
    """Return how a spreadsheet names a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """Return the place, from 0, of a column that is named in letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
