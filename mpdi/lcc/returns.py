"""What an extra purchase gives back, in the words that suppliers and budgets use: purchase, running, return, a year.

Beside `measures`, never instead of it: a simple payback of 1.9 years or a return of 54 % leaves out what comes later.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.lcc.discounting import discount_factors, exact
from mpdi.lcc.errors import AmountError, HorizonError
from mpdi.lcc.model import INVESTMENT, ZERO, AlternativeResult, Conventions, Result, category_of


def present_value(alternative: AlternativeResult, words: Collection[str]) -> Decimal:
    """Present value of some of the components together; one that the alternative does not have counts nothing."""
    with exact():
        return sum((alternative.pv[word] for word in words if word in alternative.pv), ZERO)


def investment(alternative: AlternativeResult) -> Decimal:
    """Present value of the investment side: purchase, replacement, less what is left at the end."""
    return present_value(alternative, [word for word in alternative.pv if category_of(word) in INVESTMENT])


def running(alternative: AlternativeResult) -> Decimal:
    """Present value of all that is no investment."""
    return present_value(alternative, [word for word in alternative.pv if category_of(word) not in INVESTMENT])


def discounted_by_year(alternative: AlternativeResult, word: str, conventions: Conventions) -> tuple[Decimal, ...]:
    """What a component of year 0 … n is worth today, year by year."""
    factors = discount_factors(conventions.discount_rate, alternative.years, conventions.timing)
    with exact():
        return tuple(cost * factor for cost, factor in zip(alternative.cash_by_category[word], factors, strict=True))


@dataclass(frozen=True, slots=True)
class Returns:
    """An alternative against the base. `difference`: its cost less that of the base, negative when it is cheaper;
    `share`: the same as a fraction of the base. `return_on_investment` and `return_on_extra`: what it saves, as a
    fraction of all it invests, and of what it invests more than the base; None where there is nothing of the kind.
    """

    difference: Decimal
    share: Decimal | None
    return_on_investment: Decimal | None
    return_on_extra: Decimal | None
    difference_per_unit: Decimal


def returns(result: Result, place: int, units: int = 1) -> Returns:
    """The alternative at `place` (0 is the base); `units`: how many vehicles, devices the difference is spread over."""
    base, other = result.alternatives[0], result.alternatives[place]
    if base.years != other.years:
        raise HorizonError(
            "unequal_years", other=other.name, base=base.name, other_years=other.years, base_years=base.years
        )
    if units < 1:
        raise AmountError("units", units=units)
    with exact():
        difference = other.lcc - base.lcc
        extra = investment(other) - investment(base)
        return Returns(
            difference=difference,
            share=_over(difference, base.lcc),
            return_on_investment=_over(-difference, investment(other)),
            return_on_extra=_over(-difference, extra),
            difference_per_unit=difference / units,
        )


def _over(value: Decimal, whole: Decimal) -> Decimal | None:
    return value / whole if whole > ZERO else None


@dataclass(frozen=True, slots=True)
class YearlySaving:
    """Two yearly costs compared: `payback_years` and `return_a_year` are None where nothing is paid more, or saved."""

    saving: Decimal
    payback_years: Decimal | None
    return_a_year: Decimal | None


def yearly_saving(
    prices: tuple[Decimal, Decimal], costs_a_year: tuple[Sequence[Decimal], Sequence[Decimal]]
) -> YearlySaving:
    """Purchase prices and yearly costs of the base and of the other: what is saved a year, and how soon it pays.

    A fraction of a year is kept, as suppliers print it; nothing is discounted and no life ends.
    """
    with exact():
        before, after = (sum(each, ZERO) for each in costs_a_year)
        saving, extra = before - after, prices[1] - prices[0]
        is_paid_back = saving > ZERO and extra > ZERO
        return YearlySaving(saving, extra / saving if is_paid_back else None, saving / extra if is_paid_back else None)


@dataclass(frozen=True, slots=True)
class LifetimeCost:
    """A yearly cost over a life, and what it saves against the last of those compared."""

    cost: Decimal
    saving: Decimal


def lifetime_costs(costs_a_year: Sequence[Decimal], factor: Decimal) -> tuple[LifetimeCost, ...]:
    """Yearly costs times a published present-value factor (see `discounting.upv` for one of your own)."""
    if factor <= ZERO or not costs_a_year:
        raise AmountError("factor_over_costs", factor=factor, count=len(costs_a_year))
    with exact():
        costs = [each * factor for each in costs_a_year]
        return tuple(LifetimeCost(each, costs[-1] - each) for each in costs)
