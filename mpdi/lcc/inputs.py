"""The inputs of a case that may turn out otherwise, as numbers that can be changed one by one.

A cost model turns numbers into a case. A product sheet is one; `model_of` makes one of any case: the discount rate,
the amount of each line and, where a line has one, its yearly growth.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from mpdi.lcc.errors import UnknownInputError
from mpdi.lcc.model import ZERO, Alternative, Case, Flow

CostModel = Callable[[Mapping[str, Decimal]], Case]
"""Numbers by the name of the input → the case they give. An input that is not among them keeps its value."""

DISCOUNT_RATE = "discount_rate"
GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Input:
    """An input, what it is held to be, and the bounds between which it may plausibly lie."""

    name: str
    value: Decimal
    low: Decimal
    high: Decimal


def values_of(case: Case) -> dict[str, Decimal]:
    """The inputs of a case with their values.

    Names: `discount_rate`; “alternative / line” for the amount of a line; “alternative / line / growth” for its
    growth. A second line of the same name bears “ (2)”.
    """
    values = {DISCOUNT_RATE: case.conventions.discount_rate}
    for alternative in case.alternatives:
        for name, flow in named_flows(alternative):
            values[name] = flow.amount
            if flow.growth.rate:
                values[f"{name} / {GROWTH}"] = flow.growth.rate
    return values


def named_flows(alternative: Alternative) -> Iterator[tuple[str, Flow]]:
    """The lines of an alternative with the names that their amounts bear as inputs."""
    seen: dict[str, int] = {}
    for flow in alternative.flows:
        name = f"{alternative.name} / {flow.name}"
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), flow


def model_of(case: Case) -> CostModel:
    """The case as a cost model: it gives the same case again with the numbers it is handed.

    A number under a name that is no input of the case is refused with `UnknownInputError`.
    """
    own = values_of(case)

    def rebuilt(values: Mapping[str, Decimal]) -> Case:
        for name in values:
            _known(own, name)
        held = {**own, **values}
        return replace(
            case,
            conventions=replace(case.conventions, discount_rate=held[DISCOUNT_RATE]),
            alternatives=tuple(_rebuilt(each, held) for each in case.alternatives),
        )

    return rebuilt


def _rebuilt(alternative: Alternative, values: Mapping[str, Decimal]) -> Alternative:
    flows = []
    for name, flow in named_flows(alternative):
        growth = flow.growth
        if growth.rate:
            growth = replace(growth, rate=values[f"{name} / {GROWTH}"])
        flows.append(replace(flow, amount=values[name], growth=growth))
    return replace(alternative, flows=tuple(flows))


def spread(values: Mapping[str, Decimal], share: Decimal, rates: Decimal) -> tuple[Input, ...]:
    """Inputs with bounds: each amount less and more by `share` of itself, each rate by `rates` (0.01: a point)."""
    inputs = []
    for name, value in values.items():
        is_rate = name == DISCOUNT_RATE or name.endswith(f" / {GROWTH}")
        by = rates if is_rate else abs(value) * share
        inputs.append(Input(name, value, value - by, value + by))
    return tuple(each for each in inputs if each.low != each.high or each.value != ZERO)


def changed(values: Mapping[str, Decimal], name: str, value: Decimal) -> dict[str, Decimal]:
    """The same inputs with one of them changed; `UnknownInputError` when there is none of that name."""
    _known(values, name)
    return {**values, name: value}


def _known(values: Mapping[str, Decimal], name: str) -> None:
    if name not in values:
        raise UnknownInputError("no_input", name=name, options=", ".join(sorted(values)))
