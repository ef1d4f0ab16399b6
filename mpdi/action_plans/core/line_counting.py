"""Lines of a spreadsheet added up to yearly spending by category; each line left out is kept with its reason.

Amounts in different currencies are never added up. A yearly amount is the whole, by the months from the first line to the
last, times twelve; months of less than a year are not stretched to one.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from mpdi.action_plans.core.line_categories import LabelTable, category_of_cpv, cpv_of, label_key
from mpdi.action_plans.core.line_counts import EURO, CategoryCount, LabelFound, LeftLine, LineReason, SpendingCount
from mpdi.action_plans.core.spreadsheet_cells import SheetCell, SheetRow
from mpdi.action_plans.core.spreadsheet_columns import ColumnMap, LineField
from mpdi.action_plans.core.subtotals import SubtotalFinder
from mpdi.action_plans.core.written_values import (
    CENT,
    WrittenSpan,
    currency_of,
    is_ambiguous,
    read_amount,
    read_span,
    rounded,
)
from mpdi.clause_library.core.vocabulary import Category

_YEAR = 12
_MOST_LABELS = 5_000
"""Labels without a category that are told apart; a bound of ours."""


def count_lines(rows: Iterable[SheetRow], columns: ColumnMap, labels: Mapping[str, Category]) -> SpendingCount:
    """Add the lines of a sheet up, in the order of the file; memory grows with what is left out, not with the lines."""
    counter = _Counter(columns, LabelTable(labels))
    for row in rows:
        if row.number > columns.head:
            counter.take(row)
    return counter.result()


class _Read(NamedTuple):
    amount: Decimal
    span: WrittenSpan | None


class _Counter:
    """Takes line after line."""

    def __init__(self, columns: ColumnMap, labels: LabelTable) -> None:
        self._columns, self._labels = columns, labels
        self._subtotals = SubtotalFinder(columns.columns)
        self._amounts: defaultdict[Category, Decimal] = defaultdict(Decimal)
        self._lines: Counter[Category] = Counter()
        self._contracts: defaultdict[Category, set[tuple[int, str]]] = defaultdict(set)
        self._years: dict[int, tuple[int, Decimal]] = {}
        self._first, self._last = 0, 0
        self._left: list[LeftLine] = []
        self._unknown: dict[str, LabelFound] = {}

    def take(self, row: SheetRow) -> None:
        """Count a line, or keep why it is not."""
        amount, currency, reason = self._amount(row)
        if reason is LineReason.NO_AMOUNT and not any(self._cell(row, each) for each in LineField):
            return
        if self._subtotals.is_one(row, amount):
            self._leave(row, LineReason.SUBTOTAL, amount, currency)
            return
        if reason is None and currency != EURO:
            reason = LineReason.CURRENCY
        if reason is not None or amount is None:
            self._leave(row, reason or LineReason.NO_AMOUNT, amount, currency)
            return
        self._subtotals.add(amount)
        span, reason = self._span(row)
        category, why = self._category(row)
        reason = reason or why
        if reason is not None or category is None:
            if reason is LineReason.UNKNOWN_LABEL:
                self._keep_label(row, amount)
            self._leave(row, reason or LineReason.NO_CATEGORY, amount, currency)
            return
        self._count(row, category, _Read(amount, span))

    def _cell(self, row: SheetRow, field: LineField) -> SheetCell | None:
        place = self._columns.columns.get(field)
        return None if place is None else row.cells.get(place)

    def _words(self, row: SheetRow, field: LineField) -> str:
        cell = self._cell(row, field)
        return "" if cell is None else " ".join(str(cell.value).split())

    def _amount(self, row: SheetRow) -> tuple[Decimal | None, str, LineReason | None]:
        """The amount, its currency, and why it cannot be counted."""
        cell = self._cell(row, LineField.AMOUNT)
        currency = self._currency(row, cell)
        if cell is None or cell.value == "":
            return None, currency, LineReason.NO_AMOUNT
        if isinstance(cell.value, str):
            if is_ambiguous(cell.value) and not self._columns.decimal:
                return None, currency, LineReason.UNCLEAR_AMOUNT
            read = read_amount(cell.value, self._columns.decimal)
            amount = None if read is None else rounded(read.amount)
            currency = read.currency or currency if read else currency
        else:
            amount = rounded(cell.value) if isinstance(cell.value, Decimal) else None
        if cell.formula or (isinstance(cell.value, str) and cell.value.startswith("=")):
            return amount, currency, LineReason.FORMULA
        if amount is None:
            return None, currency, LineReason.NOT_AN_AMOUNT
        return amount, currency, LineReason.MERGED_AMOUNT if cell.is_merged else None

    def _currency(self, row: SheetRow, cell: SheetCell | None) -> str:
        """What the column of currencies says, else what the format of the amount shows, else EUR."""
        written = self._words(row, LineField.CURRENCY)
        if written:
            return currency_of(written) or written[:10]
        return (cell.currency if cell else "") or EURO

    def _span(self, row: SheetRow) -> tuple[WrittenSpan | None, LineReason | None]:
        if LineField.DATE not in self._columns.columns:
            return None, None
        cell = self._cell(row, LineField.DATE)
        if cell is None or cell.value == "":
            return None, LineReason.NO_DATE
        if cell.formula:
            return None, LineReason.FORMULA
        span = read_span(cell.value)
        if span is None:
            return None, LineReason.NOT_A_DATE
        first, last = self._columns.first_year, self._columns.last_year
        is_wanted = (first is None or span.year >= first) and (last is None or span.year <= last)
        return span, None if is_wanted else LineReason.OTHER_YEAR

    def _category(self, row: SheetRow) -> tuple[Category | None, LineReason | None]:
        """The authority's own label first, then the CPV code, then the description as a label."""
        for each in (LineField.CATEGORY, LineField.CPV, LineField.DESCRIPTION):
            cell = self._cell(row, each)
            if cell is not None and (cell.formula or str(cell.value).startswith("=")):
                return None, LineReason.FORMULA
        own, code = self._words(row, LineField.CATEGORY), self._words(row, LineField.CPV)
        words = self._words(row, LineField.DESCRIPTION)
        digits = cpv_of(code) if code else None
        found = self._labels.find(own) or (category_of_cpv(digits) if digits else self._labels.find(words))
        if found is not None:
            return found, None
        if own:
            return None, LineReason.UNKNOWN_LABEL
        if code:
            return None, LineReason.UNKNOWN_CPV
        return None, LineReason.UNKNOWN_LABEL if words else LineReason.NO_CATEGORY

    def _keep_label(self, row: SheetRow, amount: Decimal) -> None:
        label = self._words(row, LineField.CATEGORY) or self._words(row, LineField.DESCRIPTION)
        key = label_key(label) or label
        known = self._unknown.get(key)
        if known is not None:
            self._unknown[key] = LabelFound(known.label, known.lines + 1, known.amount + amount)
        elif len(self._unknown) < _MOST_LABELS:
            self._unknown[key] = LabelFound(label, 1, amount)

    def _leave(self, row: SheetRow, reason: LineReason, amount: Decimal | None, currency: str) -> None:
        fields = (LineField.CATEGORY, LineField.CPV, LineField.DESCRIPTION, LineField.DATE, LineField.AMOUNT)
        words = [text for each in fields if (text := self._words(row, each))]
        if reason is LineReason.SUBTOTAL:
            words = [" ".join(str(cell.value).split()) for _, cell in sorted(row.cells.items()) if str(cell.value)]
        self._left.append(LeftLine(row.number, reason, " · ".join(words)[:120], amount, currency))

    def _count(self, row: SheetRow, category: Category, read: _Read) -> None:
        self._amounts[category] += read.amount
        self._lines[category] += 1
        year = read.span.year if read.span else 0
        if read.span is not None:
            self._first = min(self._first or read.span.first_month, read.span.first_month)
            self._last = max(self._last, read.span.last_month)
            lines, amount = self._years.get(year, (0, Decimal(0)))
            self._years[year] = (lines + 1, amount + read.amount)
        contract = label_key(self._words(row, LineField.CONTRACT))
        if contract:
            self._contracts[category].add((year, contract))

    def result(self) -> SpendingCount:
        """What all lines give together."""
        months = self._last - self._first + 1 if self._last else 0
        has_dates = LineField.DATE in self._columns.columns
        covered = Decimal(max(months, _YEAR)) / _YEAR if has_dates else Decimal(max(self._columns.years, 1))
        has_contracts = LineField.CONTRACT in self._columns.columns
        rows = [
            CategoryCount(
                each,
                amount,
                (amount / covered).quantize(CENT, ROUND_HALF_UP),
                self._lines[each],
                self._contracts_a_year(each) if has_contracts else None,
            )
            for each, amount in self._amounts.items()
        ]
        return SpendingCount(
            categories=tuple(sorted(rows, key=lambda each: (-each.amount, list(Category).index(each.category)))),
            lines=sum(self._lines.values()),
            amount=sum(self._amounts.values(), Decimal(0)),
            left=tuple(self._left),
            labels=tuple(sorted(self._unknown.values(), key=lambda each: (-abs(each.amount), each.label))),
            years=dict(sorted(self._years.items())),
            months=months,
            first=_first_day(self._first) if months else None,
            last=_first_day(self._last) if months else None,
            covered_years=covered,
            has_contracts=has_contracts,
        )

    def _contracts_a_year(self, category: Category) -> int | None:
        """Contracts of which a year has lines, the mean of the years; `None`: no line has a number."""
        numbered = self._contracts[category]
        if not numbered:
            return None
        years = len(self._years) or max(self._columns.years, 1)
        return max(1, int((Decimal(len(numbered)) / years).quantize(Decimal(1), ROUND_HALF_UP)))


def _first_day(month: int) -> datetime.date:
    """The first day of a month counted from year 0."""
    return datetime.date(month // _YEAR, month % _YEAR + 1, 1)
