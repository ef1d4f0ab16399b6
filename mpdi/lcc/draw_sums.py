"""Present values of a block of draws: a geometric sum where growth and rate are a number a draw, else year by year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from mpdi.lcc.distributions import Numbers
from mpdi.lcc.draw_plan import Line, Plan, PlannedAlternative
from mpdi.lcc.model import Timing

Value = Numbers | float


@dataclass(slots=True)
class Drawn:
    """A block of draws: for each uncertainty, draws (rows) by the numbers that one draw needs (columns).

    `kept`: sums that several lines of the block share.
    """

    count: int
    numbers: Sequence[Numbers]
    kept: dict[tuple[object, ...], Value] = field(default_factory=dict)

    def one(self, place: int) -> Numbers:
        """The numbers of an uncertainty that needs one a draw."""
        return self.numbers[place][:, 0]

    def shared(self, key: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """What `make` gives, made once for a key."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]


def cost(alternative: PlannedAlternative, drawn: Drawn, plan: Plan) -> Numbers:
    """The present value of an alternative in each draw of the block; a year's where the horizons of the case differ."""
    total = np.full(drawn.count, alternative.certain)
    for line in alternative.lines:
        total += _amount(line, drawn) * _weight(line, alternative.years, drawn, plan)
    if plan.is_yearly:
        total /= _annuity(alternative.years, drawn, plan)
    return total


def _amount(line: Line, drawn: Drawn) -> Value:
    amount: Value = drawn.one(line.amounts[0]) if line.amounts else line.amount
    for place in line.factors:
        amount = amount * drawn.one(place)
    return amount


def _weight(line: Line, years: int, drawn: Drawn, plan: Plan) -> Value:
    """The present value of one unit a year of the line, at the price of today."""
    if line.growth is None and line.path is None:
        if plan.rate is None:
            span = slice(line.first, line.last + 1)
            return float(np.dot(line.prices[span], plan.weights[years][span]))
        return drawn.shared(("price", line.prices, line.first, line.last), lambda: _polynomial(line, drawn, plan))
    if line.path is not None:
        growths = drawn.numbers[line.path]
        return drawn.shared(("path", line.path, *_span(line)), lambda: _along_path(line, growths, drawn, plan))
    return drawn.shared(("growth", line.growth, *_span(line)), lambda: _geometric(line, drawn, plan))


def _span(line: Line) -> tuple[object, ...]:
    return line.first, line.last, line.lag, line.yearly


def _rate(drawn: Drawn, plan: Plan) -> Value:
    return plan.discount_rate if plan.rate is None else drawn.one(plan.rate)


def _step(drawn: Drawn, plan: Plan) -> Value:
    """One year of discount: (1+d)^-1."""
    return drawn.shared(("step",), lambda: 1.0 / (1.0 + _rate(drawn, plan)))


def _shift(drawn: Drawn, plan: Plan) -> Value:
    """What the timing makes of the end-of-year factor of every year but 0."""
    if plan.timing is Timing.END:
        return 1.0
    return drawn.shared(("shift",), lambda: _shift_of(_rate(drawn, plan), plan.timing))


def _shift_of(rate: Value, timing: Timing) -> Value:
    if timing is Timing.MID:
        return np.sqrt(1.0 + rate)
    # d / ln(1+d) is 0/0 at a rate of nothing, and 1 + d/2 beside it.
    rates = np.asarray(rate, dtype=np.float64)
    is_tiny = np.abs(rates) < 1e-9
    apart = np.where(is_tiny, 1.0, rates)
    return np.where(is_tiny, 1.0 + rates / 2, apart / np.log1p(apart))


def _geometric(line: Line, drawn: Drawn, plan: Plan) -> Value:
    """Sum over the line's years of (1+g)^(t-lag) × yearly^t × discount, in closed form."""
    growth = 1.0 + (drawn.one(line.growth) if line.growth is not None else 0.0)
    ratio = growth * line.yearly * _step(drawn, plan)
    lag = _power(growth, line.lag) if line.lag else 1.0
    total: Value = 0.0
    if line.first == 0:
        total = total + 1.0 / lag
    first = max(line.first, 1)
    if line.last >= first:
        run = _power(ratio, first) * _run(ratio, line.last - first + 1)
        total = total + run * _shift(drawn, plan) / lag
    return total


def _run(ratio: Value, count: int) -> Value:
    """1 + q + … + q^(count-1) by doubling: no division, so no exception where q is one."""
    total: Value = 1.0
    power = ratio
    for bit in bin(count)[3:]:
        total = total + total * power
        power = power * power
        if bit == "1":
            total = total + power
            power = power * ratio
    return total


def _power(base: Value, exponent: int) -> Value:
    """base^exponent for a whole exponent ≥ 1, by squaring: several times faster than `**` on arrays."""
    result = base
    for bit in bin(exponent)[3:]:
        result = result * result
        if bit == "1":
            result = result * base
    return result


def _polynomial(line: Line, drawn: Drawn, plan: Plan) -> Value:
    """Certain prices at an uncertain rate: the sum of price × step^t, from the last year back (Horner)."""
    step = _step(drawn, plan)
    total: Value = 0.0
    for year in range(line.last, max(line.first, 1) - 1, -1):
        total = total * step + line.prices[year]
    total = total * _power(step, max(line.first, 1)) * _shift(drawn, plan)
    return total + line.prices[0] if line.first == 0 else total


def _along_path(line: Line, drawn_growths: Numbers, drawn: Drawn, plan: Plan) -> Value:
    """A price that grows by a new draw each year, discounted year by year."""
    growths = np.ascontiguousarray(drawn_growths.T)
    step = _step(drawn, plan) * line.yearly
    level: Value = 1.0
    total: Value = 0.0
    for year in range(1, line.last + 1):
        level = level * step
        if year > line.lag:
            level = level * (1.0 + growths[year - line.lag - 1])
        if year >= line.first:
            total = total + level
    total = total * _shift(drawn, plan)
    return total + 1.0 if line.first == 0 else total


def _annuity(years: int, drawn: Drawn, plan: Plan) -> Value:
    """What one unit at the end of each year is worth today."""
    step = _step(drawn, plan)
    return step * _run(step, years)
