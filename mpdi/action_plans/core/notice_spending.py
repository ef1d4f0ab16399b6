"""What notices say that an authority spends: awarded values by category and year, a minimum, with their coverage. Pure."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mpdi.action_plans.core.figure_words import in_language, money, numbered, sentence
from mpdi.action_plans.core.line_counts import EURO
from mpdi.action_plans.core.profile import PlanLanguage, Spending
from mpdi.action_plans.core.spending_notes import month
from mpdi.action_plans.core.written_values import CENT
from mpdi.clause_library.core.vocabulary import Category

YEARS = 3
"""How far back it is looked; an assumption of ours: older contracts say little of what is bought now."""
_YEAR = 12


@dataclass(frozen=True)
class AwardedLot:
    """A lot that was awarded: the day of its notice, its category, for how much. `None`: not stated."""

    day: datetime.date
    category: Category | None
    value: Decimal | None
    currency: str = EURO


@dataclass(frozen=True)
class AwardedSum:
    """Lots awarded, how many of them state a value, and the values by currency."""

    awarded: int = 0
    valued: int = 0
    amounts: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def euros(self) -> Decimal:
        """The values in EUR."""
        return self.amounts.get(EURO, Decimal(0))

    @property
    def others(self) -> Mapping[str, Decimal]:
        """The values in other currencies, which are added to nothing."""
        return {currency: amount for currency, amount in self.amounts.items() if currency != EURO}


@dataclass(frozen=True)
class NoticeSpending:
    """What was awarded from `first` on, the month of the first lot, to `last`, by category and by year."""

    first: datetime.date
    last: datetime.date
    whole: AwardedSum
    by_category: Mapping[Category, AwardedSum]
    by_year: Mapping[Category, Mapping[int, AwardedSum]]
    without_category: AwardedSum
    """Lots whose notice states no CPV: in no category."""

    @property
    def months(self) -> int:
        """From the first month to the last one, both in."""
        return (self.last.year - self.first.year) * _YEAR + self.last.month - self.first.month + 1

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years in which something was awarded."""
        return tuple(sorted({year for years in self.by_year.values() for year in years}))

    def yearly(self, category: Category) -> Decimal:
        """The EUR of a category in a year; less than a year is not stretched to one."""
        covered = Decimal(max(self.months, _YEAR)) / _YEAR
        return (self.by_category[category].euros / covered).quantize(CENT, ROUND_HALF_UP)

    @property
    def spending(self) -> tuple[Spending, ...]:
        """What a profile can hold: categories with a value in EUR, and their lots a year."""
        covered = Decimal(max(self.months, _YEAR)) / _YEAR
        return tuple(
            Spending(
                each,
                self.yearly(each),
                max(1, int((Decimal(found.awarded) / covered).quantize(Decimal(1), ROUND_HALF_UP))),
            )
            for each, found in self.by_category.items()
            if found.euros > 0
        )

    def note(self, language: PlanLanguage) -> str:
        """Return what a profile keeps of where these amounts come from."""
        said = sentence(
            "from_notices",
            valued=numbered(self.whole.valued),
            awarded=numbered(self.whole.awarded),
            amount=money(self.whole.euros),
            first=month(self.first),
            last=month(self.last),
            short=sentence("by_year" if self.months >= _YEAR else "short_span"),
        )
        return in_language(said, language)


def spending_of(lots: Iterable[AwardedLot], day: datetime.date) -> NoticeSpending | None:
    """Add up what was awarded in the three years up to a day; `None`: nothing was."""
    since = datetime.date(day.year - YEARS, day.month, 1)
    kept = [each for each in lots if since <= each.day <= day]
    if not kept:
        return None
    by_year: defaultdict[Category, dict[int, AwardedSum]] = defaultdict(dict)
    by_category: dict[Category, AwardedSum] = {}
    whole, without = AwardedSum(), AwardedSum()
    for each in kept:
        whole = _with(whole, each)
        if each.category is None:
            without = _with(without, each)
            continue
        by_category[each.category] = _with(by_category.get(each.category, AwardedSum()), each)
        years = by_year[each.category]
        years[each.day.year] = _with(years.get(each.day.year, AwardedSum()), each)
    first = min(each.day for each in kept)
    order = sorted(by_category, key=lambda each: (-by_category[each].euros, list(Category).index(each)))
    return NoticeSpending(
        first=datetime.date(first.year, first.month, 1),
        last=day,
        whole=whole,
        by_category={each: by_category[each] for each in order},
        by_year={each: dict(sorted(by_year[each].items())) for each in order},
        without_category=without,
    )


def _with(found: AwardedSum, lot: AwardedLot) -> AwardedSum:
    if lot.value is None:
        return AwardedSum(found.awarded + 1, found.valued, found.amounts)
    amounts = {**found.amounts, lot.currency: found.amounts.get(lot.currency, Decimal(0)) + lot.value}
    return AwardedSum(found.awarded + 1, found.valued + 1, amounts)
