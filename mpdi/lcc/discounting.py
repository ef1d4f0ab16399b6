"""Money over time: what an amount of a later year is worth today, and what a price of today becomes.

All of it in `Decimal` with 34 digits, so that no cent depends on the order of the sums. Rates are fractions a year.
Formulas as NIST Handbook 135 (life-cycle costing manual) uses them; Fisher's relation between real and nominal.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from itertools import accumulate
from operator import mul

from mpdi.lcc.errors import GrowthError, HorizonError, RateError
from mpdi.lcc.faults import fault
from mpdi.lcc.model import ONE, ZERO, Growth, Timing

LONGEST = 100
"""Years of the longest study we accept: an assumption of ours, beyond it no price of today says anything."""

LOWEST = Decimal("-0.5")
"""The lowest rate that is taken for one; real rates have been negative, never by half."""


def exact() -> AbstractContextManager[Context]:
    """The context of every calculation here: 34 significant digits, whatever the caller's own context is."""
    return localcontext(Context(prec=34))


def check_years(years: int) -> int:
    """The horizon, or `HorizonError` when it is no whole number of years from 1 to `LONGEST`."""
    if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= LONGEST:
        raise HorizonError("study_years", years=years, most=LONGEST)
    return years


def check_rate(rate: Decimal, what: str = "discount_rate") -> Decimal:
    """The rate, or `RateError` when it is no fraction from `LOWEST` to below 1; `what`: the key of its name."""
    if not rate.is_finite() or not LOWEST <= rate < ONE:
        raise RateError("rate", what=fault(what), rate=rate)
    return rate


def discount_factors(rate: Decimal, years: int, timing: Timing = Timing.END) -> tuple[Decimal, ...]:
    """Worth today of one unit in each year 0 … `years`; year 0 is 1 in every timing."""
    check_rate(rate), check_years(years)
    with exact():
        ends = list(accumulate([ONE / (ONE + rate)] * years, mul, initial=ONE))
        if timing is Timing.MID:
            shift = (ONE + rate).sqrt()
        elif timing is Timing.CONTINUOUS and rate:
            shift = rate / (ONE + rate).ln()
        else:
            shift = ONE
        return (ONE, *(each * shift for each in ends[1:]))


def growth_factors(growth: Growth, years: int) -> tuple[Decimal, ...]:
    """What a price of today is worth in each year 0 … `years`, as `Growth` says; raise `GrowthError` or `RateError`."""
    if sum(map(bool, (growth.rate, growth.rates, growth.path))) > 1:
        raise GrowthError("growth_given_twice")
    if not 0 <= growth.lag <= LONGEST:
        raise GrowthError("growth_lag", lag=growth.lag, most=LONGEST)
    with exact():
        if growth.path:
            return _along_path(growth.path, years)
        if growth.rates:
            return _by_list(growth.rates, growth.lag, years)
        if not growth.rate:
            return (ONE,) * (years + 1)
        step = ONE + check_rate(growth.rate, "price_growth")
        return tuple(accumulate([step] * years, mul, initial=step**-growth.lag))


def _along_path(path: Sequence[Decimal], years: int) -> tuple[Decimal, ...]:
    if any(not each.is_finite() or each < ZERO for each in path):
        raise GrowthError("negative_path")
    _enough(path, years, "path_too_short")
    return (ONE, *path[:years])


def _by_list(rates: Sequence[Decimal], lag: int, years: int) -> tuple[Decimal, ...]:
    for each in rates:
        check_rate(each, "yearly_growth")
    _enough(rates, years - lag, "growths_too_few")
    grown = list(accumulate((ONE + each for each in rates), mul, initial=ONE))
    return tuple(grown[max(year - lag, 0)] for year in range(years + 1))


def _enough(given: Sequence[Decimal], needed: int, key: str) -> None:
    if len(given) < needed:
        raise GrowthError(key, found=len(given), needed=needed)


def npv(rate: Decimal, flows: Sequence[Decimal], first_year: int = 0) -> Decimal:
    """Net present value of yearly flows, the first of them in `first_year`.

    0 (today) is what a purchase needs. Spreadsheets' NPV() counts the first value as that of year 1
    (`first_year=1`): there the purchase price is discounted by a year too much.
    """
    check_rate(rate)
    with exact():
        step = ONE / (ONE + rate)
        factors = accumulate([step] * (len(flows) - 1), mul, initial=step**first_year)
        return sum(map(mul, flows, factors), ZERO)


def upv(rate: Decimal, years: int) -> Decimal:
    """Uniform present value: what one unit at the end of each of `years` years is worth today."""
    return upv_star(rate, ZERO, years)


def upv_star(rate: Decimal, growth: Decimal, years: int) -> Decimal:
    """The same for a price that grows each year by `growth`, already once in year 1; rate = growth is no exception."""
    check_rate(rate), check_rate(growth, "price_growth"), check_years(years)
    with exact():
        return sum(accumulate([(ONE + growth) / (ONE + rate)] * years, mul), ZERO)


def annual_factor(rate: Decimal, years: int) -> Decimal:
    """What a present value times this is a year: d / (1 - (1+d)^-n), and 1/n at a rate of nothing."""
    with exact():
        return ONE / upv(rate, years)


def nominal_rate(real: Decimal, inflation: Decimal) -> Decimal:
    """The rate with inflation in it: (1+real) × (1+inflation) - 1, never the sum of both."""
    with exact():
        return (ONE + check_rate(real)) * (ONE + check_rate(inflation, "inflation")) - ONE


def real_rate(nominal: Decimal, inflation: Decimal) -> Decimal:
    """The rate without inflation: (1+nominal) / (1+inflation) - 1, never the difference of both."""
    with exact():
        return (ONE + check_rate(nominal)) / (ONE + check_rate(inflation, "inflation")) - ONE


@dataclass(frozen=True, slots=True)
class MoneyViews:
    """One yearly cost counted in real and in nominal money, and what the shortcut would have said.

    `pv_real` and `pv_nominal` are equal: a case that mixes them is wrong, one that converts is not. `shortcut_rate`
    is nominal rate less inflation, as some calculators take it; `shortcut_pv` is what that gives.
    """

    nominal_rate: Decimal
    nominal_growth: Decimal
    pv_real: Decimal
    pv_nominal: Decimal
    shortcut_rate: Decimal
    shortcut_pv: Decimal


def money_views(annual: Decimal, real: Decimal, inflation: Decimal, growth: Decimal, years: int) -> MoneyViews:
    """Count `annual` (prices of today) over `years` at a real rate and a real growth, then in nominal money."""
    nominal, grown = nominal_rate(real, inflation), nominal_rate(growth, inflation)
    with exact():
        shortcut = nominal - inflation
        return MoneyViews(
            nominal_rate=nominal,
            nominal_growth=grown,
            pv_real=annual * upv_star(real, growth, years),
            pv_nominal=annual * upv_star(nominal, grown, years),
            shortcut_rate=shortcut,
            shortcut_pv=annual * upv_star(shortcut, growth, years),
        )
