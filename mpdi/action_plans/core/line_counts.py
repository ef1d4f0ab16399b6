"""What a list of invoices or contracts gives: spending by category, and every line that is not counted."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from mpdi.action_plans.core.profile import Spending
from mpdi.clause_library.core.vocabulary import Category

EURO = "EUR"


class LineReason(StrEnum):
    """Why a line is not counted."""

    SUBTOTAL = "subtotal"
    CURRENCY = "currency"
    FORMULA = "formula"
    NO_AMOUNT = "no_amount"
    UNCLEAR_AMOUNT = "unclear_amount"
    """1.234 may be thousands or decimals, and nothing says which."""
    NOT_AN_AMOUNT = "not_an_amount"
    MERGED_AMOUNT = "merged_amount"
    NO_DATE = "no_date"
    NOT_A_DATE = "not_a_date"
    OTHER_YEAR = "other_year"
    NO_CATEGORY = "no_category"
    UNKNOWN_CPV = "unknown_cpv"
    UNKNOWN_LABEL = "unknown_label"


class LeftLine(NamedTuple):
    """A line that is not counted: its row, the reason, what it says, its amount where one can be read."""

    row: int
    reason: LineReason
    said: str
    amount: Decimal | None
    currency: str


class LabelFound(NamedTuple):
    """A label of the authority that has no category yet, with its lines and their amount in EUR."""

    label: str
    lines: int
    amount: Decimal


@dataclass(frozen=True)
class CategoryCount:
    """What was counted of one category: all of it, a year of it, lines, and contracts a year where they are numbered."""

    category: Category
    amount: Decimal
    yearly: Decimal
    lines: int
    contracts: int | None


@dataclass(frozen=True)
class SpendingCount:
    """What a file gives. Amounts in EUR but where a currency stands; `months`: 0 where no column has dates."""

    categories: tuple[CategoryCount, ...]
    lines: int
    amount: Decimal
    left: tuple[LeftLine, ...]
    labels: tuple[LabelFound, ...]
    years: Mapping[int, tuple[int, Decimal]]
    """Lines and amount counted, by year."""
    months: int
    first: datetime.date | None
    last: datetime.date | None
    """The first days of the first and of the last month counted; `None` where no column has dates."""
    covered_years: Decimal
    """By which whole amounts are divided."""
    has_contracts: bool

    @property
    def spending(self) -> tuple[Spending, ...]:
        """What a profile can hold: credit notes may leave a category with nothing, or less."""
        return tuple(
            Spending(each.category, each.yearly, each.contracts) for each in self.categories if each.yearly > 0
        )

    @property
    def left_by_reason(self) -> Mapping[LineReason, int]:
        """How many lines are not counted, by reason."""
        counted = Counter(each.reason for each in self.left)
        return {reason: counted[reason] for reason in LineReason if counted[reason]}

    def left_amounts(self, reason: LineReason | None = None) -> Mapping[str, Decimal]:
        """Amounts not counted, by currency, of one reason; of all but subtotals, which hold other lines, without one."""
        found: defaultdict[str, Decimal] = defaultdict(Decimal)
        for each in self.left:
            is_asked = each.reason is reason or (reason is None and each.reason is not LineReason.SUBTOTAL)
            if is_asked and each.amount is not None:
                found[each.currency or EURO] += each.amount
        return dict(sorted(found.items(), key=lambda pair: (pair[0] != EURO, pair[0])))
