"""What the figures depend on: tornado, table of scenarios, break-even of an input, and what would change the winner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from mpdi.lcc.discounting import exact
from mpdi.lcc.inputs import CostModel, Input, changed
from mpdi.lcc.measures import compared_costs, evaluate
from mpdi.lcc.model import ZERO, Result

Figure = Callable[[Result], Decimal]
"""What is looked at in a result: a life-cycle cost, a lead, a net saving."""

STEPS = 24
"""Into how many parts the way to a bound is cut before a change of winner is looked for in each."""
DIGITS = Context(prec=24)
"""What a root is told in: the search disturbs the last of the 34 digits it is made in."""
CLOSE = Decimal("1e-12")
"""A root is found when its bracket is narrower than this share of the way to the bound."""


def cost_of(place: int) -> Figure:
    """What the alternative at `place` is ranked on: its life-cycle cost, with externalities where they are counted."""
    return lambda result: result.alternatives[place].ranked


def net_savings_of(place: int) -> Figure:
    """The life-cycle cost of the base less that of the alternative at `place`."""
    return lambda result: result.alternatives[0].ranked - result.alternatives[place].ranked


def values_of_inputs(inputs: Sequence[Input]) -> dict[str, Decimal]:
    """The inputs at what they are held to be."""
    return {each.name: each.value for each in inputs}


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure with one input at its lower and at its upper bound, all others as they are."""

    name: str
    at_low: Decimal
    at_high: Decimal

    @property
    def swing(self) -> Decimal:
        """How far the input moves the figure."""
        return abs(self.at_high - self.at_low)


def tornado(model: CostModel, inputs: Sequence[Input], figure: Figure) -> tuple[Bar, ...]:
    """The bars of all inputs, the widest first (ties in the order given)."""
    values = values_of_inputs(inputs)

    def at(each: Input, value: Decimal) -> Decimal:
        return figure(evaluate(model(changed(values, each.name, value))))

    bars = [Bar(each.name, at(each, each.low), at(each, each.high)) for each in inputs]
    return tuple(sorted(bars, key=lambda bar: -bar.swing))


@dataclass(frozen=True, slots=True)
class Scenario:
    """Costs of all alternatives, in their order, with some inputs changed; the winner's name."""

    name: str
    costs: tuple[Decimal, ...]
    winner: str


def scenarios(
    model: CostModel, values: Mapping[str, Decimal], changes: Mapping[str, Mapping[str, Decimal]]
) -> tuple[Scenario, ...]:
    """A row for each scenario: its name → the inputs that differ in it. An empty one is the case as it is."""
    rows = []
    for name, differing in changes.items():
        held = dict(values)
        for each, value in differing.items():
            held = changed(held, each, value)
        result = evaluate(model(held))
        rows.append(Scenario(name, tuple(each.ranked for each in result.alternatives), result.winner.name))
    return tuple(rows)


def break_even(
    model: CostModel, values: Mapping[str, Decimal], name: str, bounds: tuple[Decimal, Decimal], figure: Figure
) -> Decimal | None:
    """The value of an input, within `bounds`, at which a figure is nothing; the one nearest the lower bound.

    With `net_savings_of` it is the value from which an alternative pays, or no longer pays, against the base. None:
    the figure keeps its sign at every one of `STEPS` points between the bounds.
    """

    def at(value: Decimal) -> Decimal:
        return figure(evaluate(model(changed(values, name, value))))

    low, high = bounds
    with exact():
        before, lead = low, at(low)
        if not lead:
            return low
        for step in range(1, STEPS + 1):
            after = low + (high - low) * step / STEPS
            here = at(after)
            if not here:
                return after
            if (lead > ZERO) != (here > ZERO):
                return _root(at, (before, lead), (after, here))
            before, lead = after, here
    return None


def _root(at: Callable[[Decimal], Decimal], left: tuple[Decimal, Decimal], right: tuple[Decimal, Decimal]) -> Decimal:
    """False position, halved where it stalls: exact at once when the figure is a straight line, as most are."""
    width = abs(right[0] - left[0])
    (start, above), (end, below) = left, right
    middle = start
    for turn in range(200):
        crossing = start - above * (end - start) / (below - above)
        middle = crossing if turn % 3 < 2 else (start + end) / 2
        value = at(middle)
        if abs(value) <= CLOSE * abs(left[1] - right[1]) or abs(end - start) <= CLOSE * width:
            break
        if (value > ZERO) == (above > ZERO):
            start, above = middle, value
        else:
            end, below = middle, value
    return DIGITS.plus(middle)


@dataclass(frozen=True, slots=True)
class Turn:
    """The value of an input at which another alternative becomes the cheapest, and which one."""

    value: Decimal
    winner: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """What one input must become for the winner to change: on the way down, on the way up; None: not within bounds."""

    name: str
    value: Decimal
    winner: str
    below: Turn | None
    above: Turn | None

    @property
    def can_change(self) -> bool:
        """Whether the input alone can change the winner within its bounds."""
        return self.below is not None or self.above is not None

    @property
    def nearest(self) -> Decimal | None:
        """The smallest change of the input that changes the winner, as a share of its value (of 1 where that is 0)."""
        turns = [abs(each.value - self.value) for each in (self.below, self.above) if each]
        return min(turns) / (abs(self.value) or 1) if turns else None


def thresholds(model: CostModel, inputs: Sequence[Input]) -> tuple[Threshold, ...]:
    """For each input, when “the winner changes if …”; those that can change it first, the nearest first.

    A change that is undone again between two of `STEPS` points on the way to a bound is not seen.
    """
    values = values_of_inputs(inputs)
    winner = evaluate(model(values)).ranking[0]
    found = [_threshold(model, values, each, winner) for each in inputs]
    return tuple(sorted(found, key=lambda each: (each.nearest is None, each.nearest or ZERO)))


def _threshold(model: CostModel, values: Mapping[str, Decimal], each: Input, winner: int) -> Threshold:
    def result_at(value: Decimal) -> Result:
        return evaluate(model(changed(values, each.name, value)))

    name = result_at(each.value).alternatives[winner].name
    below = _turn(result_at, each.value, each.low, winner) if each.low < each.value else None
    above = _turn(result_at, each.value, each.high, winner) if each.high > each.value else None
    return Threshold(each.name, each.value, name, below, above)


def _turn(result_at: Callable[[Decimal], Result], start: Decimal, bound: Decimal, winner: int) -> Turn | None:
    def lead(value: Decimal) -> Decimal:
        """By how much the winner is ahead of the best of the others; below nothing it is overtaken."""
        result = result_at(value)
        costs = compared_costs(result.conventions, result.alternatives)
        others = [cost for place, cost in enumerate(costs) if place != winner]
        return min(others) - costs[winner] if others else Decimal(1)

    with exact():
        before, ahead = start, lead(start)
        for step in range(1, STEPS + 1):
            after = start + (bound - start) * step / STEPS
            here = lead(after)
            if here < ZERO:
                value = _root(lead, (before, ahead), (after, here)) if ahead > ZERO else before
                return Turn(value, _overtaker(result_at(value), result_at(after), winner))
            before, ahead = after, here
    return None


def _overtaker(at_turn: Result, beyond: Result, winner: int) -> str:
    """Who is level with the winner at the turn; of several, the cheapest beyond it."""
    costs = compared_costs(at_turn.conventions, at_turn.alternatives)
    place = min((each for each in beyond.ranking if each != winner), key=lambda each: costs[each])
    return at_turn.alternatives[place].name
