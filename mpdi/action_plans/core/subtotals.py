"""Subtotals among the lines of a spreadsheet, found by their words, their formula, or because they add up what is above."""

import re
from collections.abc import Mapping
from decimal import Decimal

from mpdi.action_plans.core.line_categories import label_key
from mpdi.action_plans.core.spreadsheet_cells import SheetRow
from mpdi.action_plans.core.spreadsheet_columns import LineField

_SURE = re.compile(
    r"(?:sous|sub) ?tota(?:l|ux|al|len)\b|tota(?:l|ux|al) general|grand total|algemeen totaal|eindtotaal|tussentotaal"
    r"|(?:a )?report(?:er)?$|over ?dracht$|over te dragen"
)
_PLAIN = re.compile(r"tota(?:l|al|ux)(?: (?:du|de|des|d|par|van|voor|per|htva|tvac|ht|ttc|excl|incl|eur|\d{4})\b.*)?")
"""A whole text, or its beginning before such a word: “Total Belgium SA” is a supplier."""
_PARTS = ("tota", "report", "dracht", "dragen")
_ADDING = re.compile(r"(?:sum|somme|som|subtotal|aggregate)\(", re.IGNORECASE)


class SubtotalFinder:
    """Looks at line after line; `add` tells it of each amount that was none."""

    def __init__(self, columns: Mapping[LineField, int]) -> None:
        self._columns = columns
        self._group, self._in_group = Decimal(0), 0
        self._all, self._count = Decimal(0), 0

    def add(self, amount: Decimal) -> None:
        """Take an amount into the sums."""
        self._group += amount
        self._all += amount
        self._in_group += 1
        self._count += 1

    def is_one(self, row: SheetRow, amount: Decimal | None) -> bool:
        """Whether a line is a subtotal; the next group begins after it."""
        found = self._by_words(row) or self._by_formula(row) or self._by_sum(row, amount)
        if found:
            self._group, self._in_group = Decimal(0), 0
        return found

    def _by_words(self, row: SheetRow) -> bool:
        if self._has(row, LineField.DATE) or self._has(row, LineField.CONTRACT):
            return False
        texts = [cell.value for cell in row.cells.values() if isinstance(cell.value, str)]
        keys = [label_key(text) for text in texts if _may_be_total(text)]
        if any(_SURE.match(key) for key in keys):
            return True
        # without dates a line of a supplier named Total would look the same: then its other cells are empty
        return any(_PLAIN.fullmatch(key) for key in keys) and not self._has(row, LineField.CPV)

    def _by_formula(self, row: SheetRow) -> bool:
        cell = row.cells.get(self._columns.get(LineField.AMOUNT, -1))
        return cell is not None and _ADDING.match(cell.formula) is not None

    def _by_sum(self, row: SheetRow, amount: Decimal | None) -> bool:
        """A line of little else than an amount that is the sum of the group, or of everything, of three lines at least."""
        asked = (LineField.DATE, LineField.CPV, LineField.SUPPLIER, LineField.CONTRACT, LineField.DESCRIPTION)
        known = [each for each in asked if each in self._columns]
        if amount is None or not amount or not known or any(self._has(row, each) for each in known):
            return False
        return (self._in_group >= 3 and amount == self._group) or (self._count >= 3 and amount == self._all)

    def _has(self, row: SheetRow, field: LineField) -> bool:
        cell = row.cells.get(self._columns.get(field, -1))
        return cell is not None and cell.value != "" and not (isinstance(cell.value, str) and _is_total(cell.value))


def _may_be_total(text: str) -> bool:
    """A glance, before a text is written in the form in which it is compared."""
    low = text.lower()
    return any(part in low for part in _PARTS)


def _is_total(text: str) -> bool:
    if not _may_be_total(text):
        return False
    key = label_key(text)
    return bool(_SURE.match(key) or _PLAIN.fullmatch(key))
