"""What is not known for sure: spreads by component, as a tornado, as scenarios and as seeded draws. Pure.

A spread is a share of itself in %, both ways, most likely none (triangular); that of the discount rate is in points.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from mpdi.costing.fault_words import file_fault
from mpdi.lcc.discounting import exact
from mpdi.lcc.distributions import Discrete, Distribution, Normal, Triangular, Uniform
from mpdi.lcc.draw_plan import Target, Uncertainty
from mpdi.lcc.errors import DistributionError
from mpdi.lcc.inputs import DISCOUNT_RATE, CostModel, Input
from mpdi.lcc.measures import compared_costs
from mpdi.lcc.model import ONE, Case, Category, Result
from mpdi.lcc.monte_carlo import Simulation, simulate
from mpdi.lcc.sensitivity import Bar, Scenario, scenarios, tornado

DEFAULTS: Mapping[str, Decimal] = {
    "energy": Decimal(20), "maintenance": Decimal(20), "replacement": Decimal(20), DISCOUNT_RATE: Decimal(1),
}  # fmt: skip
"""Spreads looked at where none were typed: assumptions of ours, without a source."""
SEED, DRAWS, MOST_DRAWS = 1, 10_000, 200_000
_HUNDRED = Decimal(100)
_WIDEST = Decimal(99)
_DISTRIBUTIONS = ("triangular", "normal", "uniform", "discrete")
_INPUT_KEYS = ("target", "alternative", "line", "category", *_DISTRIBUTIONS)


@dataclass(frozen=True, slots=True)
class Spreads:
    """What is uncertain: % by component, points of the discount rate; `more`: numbers with a distribution of their own."""

    by_name: Mapping[str, Decimal] = field(default_factory=dict)
    seed: int = SEED
    draws: int = DRAWS
    more: tuple[Uncertainty, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A case looked at: `lead`: by how much the winner leads; the bars are of that lead, below nothing another wins."""

    lead: Decimal
    inputs: tuple[Input, ...]
    bars: tuple[Bar, ...]
    scenarios: tuple[Scenario, ...]
    simulation: Simulation


def uncertain_names(case: Case) -> tuple[str, ...]:
    """The components of a case to which a spread can be given, and the discount rate."""
    used = {flow.category for each in case.alternatives for flow in each.flows} - {str(Category.EXTERNALITY)}
    ordered = [str(each) for each in Category if str(each) in used]
    return (*ordered, *sorted(used - set(ordered)), DISCOUNT_RATE)


def read_spreads(data: Mapping[str, Any]) -> Spreads:
    """Read `{spreads: {energy: 20, discount_rate: 1}, seed?, draws?, inputs?}`; `DistributionError` says what is wrong."""
    for key in data:
        if key not in ("spreads", "seed", "draws", "inputs"):
            raise DistributionError(file_fault("spread_key", key=key))
    given = data.get("spreads") or {}
    if not isinstance(given, Mapping):
        raise DistributionError(file_fault("spreads_form"))
    listed = data.get("inputs") or []
    if not isinstance(listed, list):
        raise DistributionError(file_fault("inputs_form"))
    return Spreads(
        {str(key): spread(str(key), value) for key, value in given.items()},
        _whole(data.get("seed", SEED), "seed", 2**32),
        _whole(data.get("draws", DRAWS), "draws", MOST_DRAWS),
        tuple(_input(each, place) for place, each in enumerate(listed, start=1)),
    )


def spread(name: str, value: object) -> Decimal:
    """Read one spread: from 0 to 99 % of a component, from 0 to 20 points of the discount rate."""
    most = Decimal(20) if name == DISCOUNT_RATE else _WIDEST
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= most:
        raise DistributionError(file_fault("bad_spread", name=name, value=value, most=most))
    return number


def _whole(value: object, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise DistributionError(file_fault("bad_whole", name=name, value=value, most=most))
    return value


def _input(data: object, place: int) -> Uncertainty:
    where = f"uncertainty, inputs[{place}]"
    if not isinstance(data, Mapping) or any(key not in _INPUT_KEYS for key in data):
        raise DistributionError(file_fault("input_keys", place=where, options=", ".join(_INPUT_KEYS)))
    kinds = [key for key in _DISTRIBUTIONS if key in data]
    if data.get("target") not in tuple(Target) or len(kinds) != 1:
        targets, ways = ", ".join(Target), ", ".join(_DISTRIBUTIONS)
        raise DistributionError(file_fault("input_needs", place=where, targets=targets, ways=ways))
    named = {key: None if data.get(key) is None else str(data[key]) for key in ("alternative", "line", "category")}
    return Uncertainty(Target(data["target"]), _distribution(kinds[0], data[kinds[0]], where), **named)


def _distribution(kind: str, given: object, where: str) -> Distribution:
    try:
        if kind == "discrete" and isinstance(given, Mapping):
            return Discrete([float(str(each)) for each in given], [float(str(each)) for each in given.values()])
        if not isinstance(given, list):
            raise DistributionError(file_fault("numbers_in_list", place=where, kind=kind))
        numbers = [float(str(each)) for each in given]
    except ValueError as error:
        raise DistributionError(file_fault("no_numbers", place=where, kind=kind)) from error
    makers: Mapping[str, tuple[int, Any]] = {
        "triangular": (3, Triangular),
        "normal": (2, Normal),
        "uniform": (2, Uniform),
    }
    count, maker = makers.get(kind, (0, None))
    if maker is None or len(numbers) != count:
        raise DistributionError(file_fault("number_count", place=where, kind=kind, count=len(numbers)))
    made: Distribution = maker(*numbers)
    return made


def look_at(case: Case, result: Result, held: Spreads) -> Uncertain:
    """Look at a counted case; what has no spread stands still. `DistributionError` for a component it does not have."""
    known = uncertain_names(case)
    for name in held.by_name:
        if name not in known:
            raise DistributionError(file_fault("no_component", name=name, options=", ".join(known)))
    inputs = tuple(_bounds(name, value, case) for name, value in held.by_name.items() if value)
    draws = (*(_drawn(each) for each in inputs), *held.more)
    if not draws:
        raise DistributionError(file_fault("nothing_uncertain"))
    model = scaled(case)
    values = {each.name: each.value for each in inputs}
    winner = result.ranking[0]
    with exact():
        lead = _lead(result, winner)
        bars = tornado(model, inputs, lambda other: _lead(other, winner)) if len(result.ranking) > 1 else ()
        rows = scenarios(model, values, dict(_scenarios(inputs)))
    return Uncertain(lead, inputs, bars, rows, simulate(case, draws, draws=held.draws, seed=held.seed))


def _bounds(name: str, value: Decimal, case: Case) -> Input:
    if name == DISCOUNT_RATE:
        rate = case.conventions.discount_rate
        return Input(name, rate, rate - value / _HUNDRED, rate + value / _HUNDRED)
    return Input(name, ONE, ONE - value / _HUNDRED, ONE + value / _HUNDRED)


def _drawn(each: Input) -> Uncertainty:
    shape = Triangular(float(each.low), float(each.value), float(each.high))
    if each.name == DISCOUNT_RATE:
        return Uncertainty(Target.DISCOUNT_RATE, shape)
    return Uncertainty(Target.FACTOR, shape, category=each.name)


def scaled(case: Case) -> CostModel:
    """The case as a model whose inputs are a factor for each component and the discount rate."""

    def model(values: Mapping[str, Decimal]) -> Case:
        rate = values.get(DISCOUNT_RATE, case.conventions.discount_rate)
        alternatives = tuple(
            replace(each, flows=tuple(replace(flow, amount=flow.amount * values.get(flow.category, ONE)) for flow in each.flows))
            for each in case.alternatives
        )  # fmt: skip
        return replace(case, conventions=replace(case.conventions, discount_rate=rate), alternatives=alternatives)

    return model


def _lead(result: Result, winner: int) -> Decimal:
    costs = compared_costs(result.conventions, result.alternatives)
    others = [cost for place, cost in enumerate(costs) if place != winner]
    return min(others) - costs[winner] if others else Decimal(0)


def _scenarios(inputs: Sequence[Input]) -> Iterator[tuple[str, dict[str, Decimal]]]:
    """As it is; each input low and high; all costs low, all high. Names are keys: `energy:low`, `all:high`, `as_is`."""
    yield "as_is", {}
    for each in inputs:
        yield f"{each.name}:low", {each.name: each.low}
        yield f"{each.name}:high", {each.name: each.high}
    costs = [each for each in inputs if each.name != DISCOUNT_RATE]
    if len(costs) > 1:
        yield "all:low", {each.name: each.low for each in costs}
        yield "all:high", {each.name: each.high for each in costs}
