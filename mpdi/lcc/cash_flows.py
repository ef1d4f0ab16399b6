"""From lines of cost to money by year: what is bought again and when, what is left at the end, what each year costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from mpdi.lcc.checks import known_money
from mpdi.lcc.discounting import exact, growth_factors
from mpdi.lcc.errors import GrowthError, LifeError
from mpdi.lcc.model import (
    ONE,
    STILL,
    ZERO,
    Alternative,
    Category,
    Conventions,
    Flow,
    Growth,
    MoneyBasis,
)

Row = list[Decimal]


def once(name: str, category: str, year: int, amount: Decimal, growth: Growth = STILL) -> Flow:
    """A cost of a single year."""
    return Flow(name, category, amount, year, year, growth)


def each_year(name: str, category: str, amount: Decimal, first: int, last: int, growth: Growth = STILL) -> Flow:
    """A cost of every year from `first` to `last`."""
    return Flow(name, category, amount, first, last, growth)


def unit_flows(
    name: str,
    price: Decimal,
    life: Decimal,
    years: int,
    *,
    replacement: Decimal | None = None,
    residual: bool = True,
    growth: Growth = STILL,
) -> tuple[Flow, ...]:
    """The flows of a thing bought today and again each time its life ends within the study.

    `life` in years, a fraction allowed (less than a year: bought several times a year). A purchase at k × life falls
    in the year that holds that moment, and none is made at the very end of the study. `replacement`: what a later one
    costs, the price unless said. `residual`: the unused part of the last one, straight line, in the last year.
    """
    if not life.is_finite() or life <= ZERO:
        raise LifeError("life", name=name, life=life)
    again = price if replacement is None else replacement
    moments = list(_moments(life, years))
    flows = [once(name, Category.ACQUISITION, 0, price, growth)]
    for moment in moments:
        year = int(moment.to_integral_value(rounding=ROUND_CEILING))
        flows.append(once(name, Category.REPLACEMENT, year, again, growth))
    if residual:
        last_price, bought = (again, moments[-1]) if moments else (price, ZERO)
        left = straight_line_residual(remaining_life(Decimal(years), life, bought), life, last_price)
        if left:
            flows.append(once(name, Category.RESIDUAL, years, left, growth))
    return tuple(flows)


def _moments(life: Decimal, years: int) -> Iterator[Decimal]:
    count = 1
    while count * life < years:
        yield count * life
        count += 1


def remaining_life(study: Decimal, life: Decimal, bought: Decimal = ZERO, *, from_start: bool = False) -> Decimal:
    """Years that a thing bought in year `bought` can still serve when the study ends.

    Ours counts a purchase of year t from its end: life - (study - t). With `from_start` it is counted from the start
    of its year, as NIST's E3 engine does: a purchase of year 1 has then served as long as one of today.
    """
    with exact():
        moment = max(bought - ONE, ZERO) if from_start else bought
        return life - (study - moment)


def straight_line_residual(remaining: Decimal, life: Decimal, price: Decimal) -> Decimal:
    """What the unused life is worth, as an income (negative): -price × remaining / life; nothing when none is left."""
    if life <= ZERO:
        raise LifeError("no_life_left", life=life)
    with exact():
        return -price * min(max(remaining, ZERO), life) / life


def share_residual(share: Decimal, price: Decimal) -> Decimal:
    """A residual value that is a share of the price (0.1 for ten per cent), as an income (negative)."""
    with exact():
        return -price * share


def last_purchase(study: int, first: int, interval: int) -> int:
    """The year of the last purchase when one is made in `first` and every `interval` years after, the end included.

    As E3's unit tests have it; an interval of nothing means that it is bought once.
    """
    return first + (study - first) // interval * interval if interval else first


def at_index(amounts: Sequence[Decimal], index: Sequence[Decimal], *, chained: bool = False) -> tuple[Decimal, ...]:
    """Yearly amounts at the prices of today, times a price index.

    The index counts from today (1.03, 1.05: three, then five per cent above today). With `chained` each value counts
    from the year before it. Raise `GrowthError` when there are not as many of the one as of the other.
    """
    if len(amounts) != len(index):
        raise GrowthError("index_length", amounts=len(amounts), values=len(index))
    with exact():
        if not chained:
            return tuple(amount * each for amount, each in zip(amounts, index, strict=True))
        level, grown = ONE, []
        for amount, step in zip(amounts, index, strict=True):
            level *= step
            grown.append(amount * level)
        return tuple(grown)


@dataclass(frozen=True, slots=True)
class YearlyCosts:
    """The money of one alternative by year 0 … n: `financial` by category, `external` (externalities) apart."""

    financial: dict[str, Row]
    external: Row


def yearly_costs(alternative: Alternative, conventions: Conventions) -> YearlyCosts:
    """Spread the flows of an alternative over its years; amounts in the money (real, nominal) of the case."""
    years = alternative.years or conventions.years
    costs = YearlyCosts({}, [ZERO] * (years + 1))
    grown: dict[tuple[Growth, MoneyBasis | None], Sequence[Decimal]] = {}
    with exact():
        for flow in alternative.flows:
            key = flow.growth, flow.money
            if key not in grown:
                grown[key] = price_factors(flow, years, conventions)
            _add(_row(costs, flow.category, years), flow, grown[key])
    return costs


def _row(costs: YearlyCosts, category: str, years: int) -> Row:
    if category == Category.EXTERNALITY:
        return costs.external
    if category not in costs.financial:
        costs.financial[category] = [ZERO] * (years + 1)
    return costs.financial[category]


def _add(row: Row, flow: Flow, factors: Sequence[Decimal]) -> None:
    amount, first, end = flow.amount, flow.first, flow.last + 1
    row[first:end] = [held + amount * each for held, each in zip(row[first:end], factors[first:end], strict=True)]


def price_factors(flow: Flow, years: int, conventions: Conventions) -> Sequence[Decimal]:
    """What the price of a flow is in each year 0 … `years`, times that of today, in the money of the case."""
    factors = growth_factors(flow.growth, years)
    if flow.money in (None, conventions.money):
        return factors
    inflation = ONE + known_money(conventions)
    sign = -1 if flow.money is MoneyBasis.NOMINAL else 1
    return [each * inflation ** (sign * year) for year, each in enumerate(factors)]
