"""Merged cells undone while rows go by: what stands in the first one holds for those below it."""

from collections.abc import Iterable
from typing import NamedTuple

from mpdi.action_plans.core.spreadsheet_cells import MOST_COLUMNS, SheetCell, SheetRow, column_number
from mpdi.action_plans.core.spreadsheet_errors import TooLargeSpreadsheetError

MOST_MERGED = 50_000
_MOST_AT_ONCE = 500
"""Ranges that one row crosses."""


class _Range(NamedTuple):
    first: int
    last: int
    column: int


class MergedCells:
    """The ranges of one sheet that stretch over several rows, such as `B4:B9`; those within a row hide nothing."""

    def __init__(self, file: str, ranges: Iterable[str]) -> None:
        read = [_read(each) for each in ranges]
        if len(read) > MOST_MERGED:
            raise TooLargeSpreadsheetError(file)
        self._file = file
        self._waiting = sorted((each for each in read if each.last > each.first), reverse=True)
        self._open: list[tuple[_Range, SheetCell | None]] = []

    def filled(self, row: SheetRow) -> SheetRow:
        """Return the row with what its merged cells show; rows come in their order."""
        number, cells = row
        self._open = [each for each in self._open if each[0].last >= number]
        while self._waiting and self._waiting[-1].first <= number:
            begun = self._waiting.pop()
            found = cells.get(begun.column) if begun.first == number else None
            if begun.last >= number and begun.column < MOST_COLUMNS:
                self._open.append((begun, found._replace(is_merged=True) if found else None))
        if len(self._open) > _MOST_AT_ONCE:
            raise TooLargeSpreadsheetError(self._file)
        for each, shown in self._open:
            if shown is not None:
                cells[each.column] = shown
        return row


def _read(written: str) -> _Range:
    first, _, last = written.partition(":")
    letters = first.rstrip("0123456789")
    return _Range(int(first[len(letters) :]), int(last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_number(letters))
