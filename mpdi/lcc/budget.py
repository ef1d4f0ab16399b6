"""The budget-year view beside the life view: what a yearly budget sees of an offer, and what it hides."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from mpdi.lcc.discounting import exact
from mpdi.lcc.errors import HorizonError
from mpdi.lcc.measures import payback
from mpdi.lcc.model import INVESTMENT, ZERO, AlternativeResult, Result, category_of

MANDATE = 6
"""Years of a Belgian municipal mandate, after which its council no longer sees what it gained."""


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One alternative against the base, undiscounted but for `gain_over_life_pv`; a gain is positive.

    `extra_now`: what it costs more in year 0. `first_year_saving`: what year 1 gives back. `cumulative`: gain by year
    0 … n. `earned_back`: first year with nothing left to earn back, None when it never comes or when year 0 costs no
    more (`extra_now` ≤ 0). `gain_in_budget_year`:
    all that the budget of the purchase sees. `share_after_mandate`: of the gain over the life, what comes after
    `mandate` years; None where there is no gain.
    """

    name: str
    extra_now: Decimal
    first_year_saving: Decimal
    cumulative: tuple[Decimal, ...]
    earned_back: int | None
    gain_in_budget_year: Decimal
    gain_over_life: Decimal
    gain_over_life_pv: Decimal
    mandate: int
    share_after_mandate: Decimal | None


def budget_view(result: Result, place: int = 1, mandate: int = MANDATE) -> BudgetView:
    """The alternative at `place` (0 is the base) as the budgets of its years see it."""
    base, other = result.alternatives[0], result.alternatives[place]
    if base.years != other.years:
        raise HorizonError(
            "unequal_years", other=other.name, base=base.name, other_years=other.years, base_years=base.years
        )
    with exact():
        gains = [before - after for before, after in zip(base.cash, other.cash, strict=True)]
        cumulative = tuple(accumulate(gains))
        total = cumulative[-1]
        seen = cumulative[min(mandate, len(cumulative) - 1)]
        return BudgetView(
            name=other.name,
            extra_now=-gains[0],
            first_year_saving=gains[1],
            cumulative=cumulative,
            earned_back=payback(cumulative) if gains[0] < ZERO else None,
            gain_in_budget_year=gains[0],
            gain_over_life=total,
            gain_over_life_pv=base.lcc - other.lcc,
            mandate=mandate,
            share_after_mandate=(total - seen) / total if total > ZERO else None,
        )


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """What a year asks of the two parts of a budget: investment (purchase, replacement, resale) and operation."""

    year: int
    investment: Decimal
    operation: Decimal


def budget_years(alternative: AlternativeResult) -> tuple[BudgetYear, ...]:
    """Year 0 … n of an alternative, split as a municipal budget is."""
    with exact():
        investment = [ZERO] * (alternative.years + 1)
        for word, row in alternative.cash_by_category.items():
            if category_of(word) in INVESTMENT:
                investment = [held + each for held, each in zip(investment, row, strict=True)]
        return tuple(
            BudgetYear(year, spent, whole - spent)
            for year, (spent, whole) in enumerate(zip(investment, alternative.cash, strict=True))
        )
