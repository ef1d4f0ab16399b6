"""What is uncertain in a case, and how its lines are prepared for many draws: what is certain is summed once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpdi.lcc.cash_flows import price_factors
from mpdi.lcc.checks import known_money
from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.distributions import Distribution
from mpdi.lcc.errors import GrowthError, UnknownInputError
from mpdi.lcc.faults import fault
from mpdi.lcc.model import Alternative, Case, Category, ExternalCosts, Flow, MoneyBasis, Timing


class Target(StrEnum):
    """What of the lines a draw sets."""

    AMOUNT = "amount"
    """The amount itself, in money."""
    FACTOR = "factor"
    """A factor of the amount: 1.1 is ten per cent more."""
    GROWTH = "growth"
    """The yearly growth, one for all years."""
    PRICE_PATH = "price_path"
    """The growth of each year, a new draw for each."""
    DISCOUNT_RATE = "discount_rate"
    """The discount rate of the case: no line."""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """An uncertain number: what it sets, how it may turn out, and on which lines.

    `alternative`, `line`, `category`: only lines of that alternative, of that name, of that category; None is any. A
    number that touches several alternatives (a price of energy) is drawn once for all of them.
    """

    target: Target
    distribution: Distribution
    alternative: str | None = None
    line: str | None = None
    category: str | None = None

    def touches(self, alternative: Alternative, flow: Flow) -> bool:
        """Whether it sets something of that line."""
        return (
            self.target is not Target.DISCOUNT_RATE
            and self.alternative in (None, alternative.name)
            and self.line in (None, flow.name)
            and self.category in (None, flow.category)
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something uncertain in it; numbers by their place in the list of uncertainties.

    `prices`: its price in each year 0 … n where that is certain. `yearly`: what one year of inflation makes of its
    money, 1 where it is in the money of the case.
    """

    amount: float
    amounts: tuple[int, ...]
    factors: tuple[int, ...]
    growth: int | None
    path: int | None
    first: int
    last: int
    lag: int
    prices: tuple[float, ...]
    yearly: float


@dataclass(frozen=True, slots=True)
class PlannedAlternative:
    """`certain`: the present value of its certain lines. `lines`: the others."""

    years: int
    certain: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A case ready for draws. `rate`: the place of the uncertain discount rate; `discount_rate` and `weights` (discount
    factors by horizon): where it is certain."""

    timing: Timing
    discount_rate: float
    rate: int | None
    is_yearly: bool
    weights: dict[int, tuple[float, ...]]
    alternatives: tuple[PlannedAlternative, ...]
    paths: dict[int, int]

    def path_years(self, place: int) -> int:
        """How many numbers one draw of that uncertainty needs: the years of a price path, else one."""
        return self.paths.get(place, 1)


def plan_of(case: Case, uncertainties: Sequence[Uncertainty]) -> Plan:
    """Prepare a case; `UnknownInputError` names an uncertainty without a line, `GrowthError` a growth set twice."""
    _all_touch(case, uncertainties)
    rates = [place for place, each in enumerate(uncertainties) if each.target is Target.DISCOUNT_RATE]
    if len(rates) > 1:
        raise GrowthError("drawn_twice")
    horizons = {each.years or case.conventions.years for each in case.alternatives}
    weights = {
        years: tuple(map(float, discount_factors(case.conventions.discount_rate, years, case.conventions.timing)))
        for years in horizons
    }
    longest = max(horizons)
    return Plan(
        timing=case.conventions.timing,
        discount_rate=float(case.conventions.discount_rate),
        rate=rates[0] if rates else None,
        is_yearly=len(horizons) > 1,
        weights=weights,
        alternatives=tuple(_planned(each, case, uncertainties, weights, bool(rates)) for each in case.alternatives),
        paths={place: longest for place, each in enumerate(uncertainties) if each.target is Target.PRICE_PATH},
    )


def _all_touch(case: Case, uncertainties: Sequence[Uncertainty]) -> None:
    for each in uncertainties:
        lines = ((one, flow) for one in case.alternatives for flow in one.flows)
        if each.target is not Target.DISCOUNT_RATE and not any(each.touches(one, flow) for one, flow in lines):
            raise UnknownInputError(
                "touches_nothing",
                target=fault(f"target_{each.target}"),
                alternative=each.alternative or fault("any"),
                line=each.line or fault("any"),
                category=each.category or fault("any"),
            )


def _planned(
    alternative: Alternative,
    case: Case,
    uncertainties: Sequence[Uncertainty],
    weights: dict[int, tuple[float, ...]],
    is_rate_drawn: bool,
) -> PlannedAlternative:
    years = alternative.years or case.conventions.years
    certain, lines = 0.0, []
    for flow in alternative.flows:
        is_apart = case.conventions.external_costs is ExternalCosts.APART
        if flow.category == Category.EXTERNALITY and is_apart:
            continue
        line = _line(alternative, flow, case, uncertainties)
        is_certain = not line.amounts and not line.factors and line.growth is None and line.path is None
        if is_certain and not is_rate_drawn:
            span = slice(line.first, line.last + 1)
            certain += line.amount * sum(
                price * weight for price, weight in zip(line.prices[span], weights[years][span], strict=True)
            )
        else:
            lines.append(line)
    return PlannedAlternative(years, certain, tuple(lines))


def _line(alternative: Alternative, flow: Flow, case: Case, uncertainties: Sequence[Uncertainty]) -> Line:
    touching = [(place, each.target) for place, each in enumerate(uncertainties) if each.touches(alternative, flow)]
    by_target = {target: tuple(place for place, one in touching if one is target) for target in Target}
    growths, paths = by_target[Target.GROWTH], by_target[Target.PRICE_PATH]
    has_list = bool(flow.growth.rates or flow.growth.path)
    if len(growths) + len(paths) > 1 or ((growths or paths) and has_list) or len(by_target[Target.AMOUNT]) > 1:
        raise GrowthError("set_twice", line=flow.name, alternative=alternative.name)
    years = alternative.years or case.conventions.years
    return Line(
        amount=float(flow.amount),
        amounts=by_target[Target.AMOUNT],
        factors=by_target[Target.FACTOR],
        growth=growths[0] if growths else None,
        path=paths[0] if paths else None,
        first=flow.first,
        last=flow.last,
        lag=flow.growth.lag,
        prices=tuple(map(float, price_factors(flow, years, case.conventions))),
        yearly=_yearly(flow, case),
    )


def _yearly(flow: Flow, case: Case) -> float:
    if flow.money in (None, case.conventions.money):
        return 1.0
    inflation = Decimal(1) + known_money(case.conventions)
    return float(1 / inflation if flow.money is MoneyBasis.NOMINAL else inflation)
