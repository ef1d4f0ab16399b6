"""The figures of a case: life-cycle cost, annual equivalent, and each alternative against the first."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from operator import mul

from mpdi.lcc.cash_flows import YearlyCosts, yearly_costs
from mpdi.lcc.checks import check_case
from mpdi.lcc.discounting import annual_factor, discount_factors, exact
from mpdi.lcc.model import (
    INVESTMENT,
    ONE,
    ZERO,
    Alternative,
    AlternativeResult,
    Case,
    Caution,
    Comparison,
    Conventions,
    ExternalCosts,
    Result,
    category_of,
)

TINY_SHARE = Decimal("0.001")
"""An extra investment below this share of the base's life-cycle cost makes the SIR meaningless: an assumption of ours."""
SMALL_LEAD = Decimal("0.01")
"""A lead below this share of the winner's cost is called small: an assumption of ours."""


def evaluate(case: Case) -> Result:
    """Count a case. Raise the error of `mpdi.lcc.errors` that says what is wrong with it."""
    check_case(case)
    factors: dict[int, tuple[Decimal, ...]] = {}
    results: list[AlternativeResult] = []
    with exact():
        for alternative in case.alternatives:
            years = alternative.years or case.conventions.years
            if years not in factors:
                factors[years] = discount_factors(case.conventions.discount_rate, years, case.conventions.timing)
            costs = yearly_costs(alternative, case.conventions)
            base = results[0] if results else None
            results.append(_count(alternative, costs, case.conventions, factors[years], base))
        return _ranked(case, tuple(results))


def _count(
    alternative: Alternative,
    costs: YearlyCosts,
    conventions: Conventions,
    factors: Sequence[Decimal],
    base: AlternativeResult | None,
) -> AlternativeResult:
    pv = {category: _worth(row, factors) for category, row in costs.financial.items()}
    lcc, external = sum(pv.values(), ZERO), _worth(costs.external, factors)
    cash = tuple(sum(column, ZERO) for column in zip(*costs.financial.values(), strict=True)) or (ZERO,) * len(factors)
    annual = lcc * annual_factor(conventions.discount_rate, len(factors) - 1)
    units = alternative.units_per_year
    return AlternativeResult(
        name=alternative.name,
        years=len(factors) - 1,
        cash=cash,
        cash_by_category={category: tuple(row) for category, row in costs.financial.items()},
        pv=pv,
        lcc=lcc,
        annual=annual,
        external_pv=external,
        external_cash=tuple(costs.external),
        ranked=lcc + external if conventions.external_costs is ExternalCosts.COUNTED else lcc,
        per_unit=annual / units if units else None,
        comparison=_compare(base, cash, pv, factors, conventions) if base else None,
    )


def _worth(row: Iterable[Decimal], factors: Iterable[Decimal]) -> Decimal:
    return sum(map(mul, row, factors), ZERO)


def _compare(
    base: AlternativeResult,
    cash: Sequence[Decimal],
    pv: Mapping[str, Decimal],
    factors: Sequence[Decimal],
    conventions: Conventions,
) -> Comparison:
    if len(cash) != len(base.cash):
        return Comparison(None, None, None, None, None, (Caution.UNEQUAL_LIVES,))
    net_savings = base.lcc - sum(pv.values(), ZERO)
    investment = _investment(pv) - _investment(base.pv)
    if cash[0] < base.cash[0] or (cash[0] == base.cash[0] and investment <= ZERO):
        # Later replacements may make all investments together a cent dearer than the base: what costs less to buy has
        # nothing to pay back all the same. With equal years 0 (a contract paid yearly), they alone say what is invested.
        return Comparison(net_savings, None, None, None, None, (Caution.NO_EXTRA_INVESTMENT,), is_dearer=False)
    cautions = []
    if investment <= ZERO:
        cautions.append(Caution.LESS_INVESTED_OVER_STUDY)  # year 0 is dearer, else it would have ended above
    elif investment < abs(base.lcc) * TINY_SHARE:
        cautions.append(Caution.TINY_INVESTMENT)
    sir = (net_savings + investment) / investment if investment > ZERO else None
    gains = [mine - yours for mine, yours in zip(base.cash, cash, strict=True)]
    simple = list(accumulate(gains))
    discounted = list(accumulate(map(mul, gains, factors)))
    if _reverses(simple) or _reverses(discounted):
        cautions.append(Caution.PAYBACK_REVERSED)
    airr = _adjusted_rate(sir, conventions.discount_rate, len(cash) - 1)
    return Comparison(net_savings, sir, airr, payback(simple), payback(discounted), tuple(cautions))


def _investment(pv: Mapping[str, Decimal]) -> Decimal:
    return sum((worth for word, worth in pv.items() if category_of(word) in INVESTMENT), ZERO)


def _adjusted_rate(sir: Decimal | None, rate: Decimal, years: int) -> Decimal | None:
    return (ONE + rate) * sir ** (ONE / years) - ONE if sir is not None and sir > ZERO else None


def payback(cumulative: Sequence[Decimal]) -> int | None:
    """The first year after 0 in which the cumulative gain (by year 0 … n) is not negative; None: it never comes."""
    return next((year for year, gain in enumerate(cumulative) if year and gain >= ZERO), None)


def _reverses(cumulative: Sequence[Decimal]) -> bool:
    year = payback(cumulative)
    return year is not None and any(gain < ZERO for gain in cumulative[year:])


def compared_costs(conventions: Conventions, results: Sequence[AlternativeResult]) -> tuple[Decimal, ...]:
    """What the ranking compares: the costs over the study, or where the horizons differ what they are a year."""
    if len({each.years for each in results}) == 1:
        return tuple(each.ranked for each in results)
    with exact():
        return tuple(each.ranked * annual_factor(conventions.discount_rate, each.years) for each in results)


def _ranked(case: Case, results: tuple[AlternativeResult, ...]) -> Result:
    costs = compared_costs(case.conventions, results)
    ranking = tuple(sorted(range(len(results)), key=costs.__getitem__))
    cautions = [Caution.UNEQUAL_LIVES] if len({each.years for each in results}) > 1 else []
    if len(ranking) > 1 and costs[ranking[1]] - costs[ranking[0]] <= abs(costs[ranking[0]]) * SMALL_LEAD:
        cautions.append(Caution.SMALL_LEAD)
    return Result(case.conventions, results, ranking, tuple(cautions), case.unit)
