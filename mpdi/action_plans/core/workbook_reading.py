"""Tables read from the cells of a workbook: every fault names its cell, what is wrong and how to mend it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.differences import is_read_back, state_of
from mpdi.action_plans.core.errors import PlanWorkbookError
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.tables import FIELDS, KeyedRow, TableName, Value
from mpdi.clause_library.core.said import Said, said
from mpdi.clause_library.core.vocabulary import Category

MOST_ROWS = 2_000
"""Rows of a table that are looked at; a plan has some forty. A bound of ours."""
_DAY_FIELDS = ("deadline", "by", "publication")
_NUMBER_FIELDS = {
    TableName.ACTIONS: (),
    TableName.OBJECTIVES: ("baseline", "target"),
    TableName.PURCHASES: ("amount",),
}
_NEEDED = {
    TableName.ACTIONS: ("what", "owner", "deadline"),
    TableName.OBJECTIVES: (),
    TableName.PURCHASES: ("category", "object", "publication"),
}
_GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_TYPED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class CellFound:
    """A cell as it was found: its value, and whether it is a formula."""

    value: object
    is_formula: bool = False


Cells = Mapping[tuple[int, int], CellFound]
"""Filled cells of a sheet by row and column, from 0; the first row holds the heads."""


def read_tables(
    sheets: Mapping[TableName, Cells], profile: PlanProfile, canevas: Canevas
) -> dict[TableName, list[KeyedRow]]:
    """Return the rows of every table; `PlanWorkbookError` with every fault found."""
    reader = _TableReader(profile, canevas)
    tables = {table: reader.rows(table, cells) for table, cells in sheets.items()}
    if reader.problems:
        raise PlanWorkbookError(reader.problems)
    return tables


class _TableReader:
    """Reads tables and gathers what is wrong."""

    def __init__(self, profile: PlanProfile, canevas: Canevas) -> None:
        self._profile, self._canevas = profile, canevas
        self.problems: list[Said] = []

    def rows(self, table: TableName, cells: Cells) -> list[KeyedRow]:
        last = max((row for row, _column in cells), default=0)
        if last > MOST_ROWS:
            self.problems.append(
                said(
                    "%(table)s: has more than %(most)s rows. Remove those below the table.",
                    table=str(table),
                    most=MOST_ROWS,
                )
            )
            return []
        found: list[KeyedRow] = []
        seen: set[str] = set()
        for number in range(1, last + 1):
            row = self._row(table, number, cells)
            if row is None:
                continue
            if row.key and row.key in seen:
                self._add(
                    table,
                    number,
                    0,
                    said("the key “%(key)s” stands twice.", key=row.key),
                    said("Delete the copy, or empty its key."),
                )
                continue
            seen.add(row.key)
            found.append(row)
        return found

    def _row(self, table: TableName, number: int, cells: Cells) -> KeyedRow | None:
        names = FIELDS[table]
        if not any((number, column) in cells for column in range(len(names))):
            return None
        key = self._text(table, number, 0, cells)
        values: dict[str, Value] = {}
        for column, field in enumerate(names[1:], start=1):
            values[field] = self._value(table, number, column, cells) if is_read_back(table, field) else None
        self._check(table, number, key, values)
        return KeyedRow(key, values)

    def _check(self, table: TableName, number: int, key: str, values: Mapping[str, Value]) -> None:
        if not key and table is TableName.OBJECTIVES:
            self._add(
                table, number, 0, said("has no key."), said("Write category.indicator, such as food.ethical_clauses.")
            )
        if key and table is TableName.OBJECTIVES and not self._is_objective(key):
            self._add(
                table,
                number,
                0,
                said("“%(key)s” is no category with an indicator.", key=key[:60]),
                said("Write such as food.ethical_clauses."),
            )
        missing = [field for field in _NEEDED[table] if values.get(field) in (None, "")]
        is_known = key in self._canevas.action_keys
        if missing and not (table is TableName.ACTIONS and is_known):
            column = FIELDS[table].index(missing[0])
            self._add(
                table,
                number,
                column,
                said("the row has no %(fields)s.", fields=", ".join(missing)),
                said("Fill it in, or empty the row."),
            )
        if table is TableName.ACTIONS and key and not is_known and not key.startswith("own."):
            self._add(
                table,
                number,
                0,
                said("“%(key)s” is no action of the canevas.", key=key[:60]),
                said("Empty the key of a new action."),
            )
        category = values.get("category")
        if table is TableName.PURCHASES and category and category not in list(Category):
            self._add(
                table,
                number,
                1,
                said("“%(word)s” is no category.", word=str(category)[:40]),
                said("Choose one of: %(words)s.", words=", ".join(Category)),
            )

    def _is_objective(self, key: str) -> bool:
        category, _, indicator = key.partition(".")
        return category in list(Category) and indicator in self._canevas.indicators

    def _value(self, table: TableName, row: int, column: int, cells: Cells) -> Value:
        field = FIELDS[table][column]
        found = cells.get((row, column))
        if found is None:
            return None
        if field in _DAY_FIELDS and not found.is_formula:
            return self._day(table, row, column, found.value)
        if field in _NUMBER_FIELDS[table] and not found.is_formula:
            return self._number(table, row, column, found.value)
        text = self._text(table, row, column, cells)
        if field == "state" and text and state_of(text, self._profile, self._canevas) is None:
            self._add(
                table,
                row,
                column,
                said("“%(word)s” is no state.", word=text[:40]),
                said("Choose one of the list of the cell."),
            )
        return text or None

    def _text(self, table: TableName, row: int, column: int, cells: Cells) -> str:
        found = cells.get((row, column))
        if found is None:
            return ""
        value = found.value
        if found.is_formula or (isinstance(value, str) and value.lstrip().startswith("=")):
            self._add(table, row, column, said("is a formula."), said("Paste its value in its place."))
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split())

    def _day(self, table: TableName, row: int, column: int, value: object) -> datetime.date | None:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        typed = _TYPED_DAY.fullmatch(str(value).strip())
        try:
            if typed:
                return datetime.date(int(typed[3]), int(typed[2]), int(typed[1]))
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError:
            self._add(
                table,
                row,
                column,
                said("“%(word)s” is no date.", word=str(value)[:40]),
                said("Write day/month/year, such as 30/06/2028."),
            )
            return None

    def _number(self, table: TableName, row: int, column: int, value: object) -> Decimal | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Decimal(str(value))
        text = str(value).strip()
        is_percentage = text.endswith("%")
        text = re.sub(r"\s*(?:%|EUR|€)$", "", text)
        if _GROUPED.fullmatch(text):
            text = re.sub(r"[ .\u00a0\u202f]", "", text)
        if not _PLAIN.fullmatch(text):
            self._add(
                table,
                row,
                column,
                said("“%(word)s” is no number.", word=str(value)[:40]),
                said("Write figures; amounts are in EUR, shares such as 80 %."),
            )
            return None
        number = Decimal(text.replace(",", "."))
        return number / 100 if is_percentage else number

    def _add(self, table: TableName, row: int, column: int, what: Said, remedy: Said) -> None:
        self.problems.append(
            said(
                "%(table)s, %(cell)s: %(what)s %(remedy)s",
                table=str(table),
                cell=cell_name(row, column),
                what=what,
                remedy=remedy,
            )
        )


def cell_name(row: int, column: int) -> str:
    """Return how a spreadsheet names a cell: B12."""
    return f"{chr(ord('A') + column)}{row + 1}"


def profile_lines(cells: Cells) -> Sequence[str]:
    """Return the lines of the profile in the hidden sheet."""
    last = max((row for row, _column in cells), default=0)
    return [str(found.value) if (found := cells.get((row, 0))) is not None else "" for row in range(1, last + 1)]
