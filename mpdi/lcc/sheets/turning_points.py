"""What would change the winner: each number of a filled sheet, its value, and from where on another offer is cheapest.

Bounds are the plausible ones of the sheet. Numbers are as they are typed (3 for 3 %). One number moves at a time; whole
numbers (a quantity, the years) and choices stand still.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from mpdi.lcc.inputs import Input as VariedInput
from mpdi.lcc.model import Case
from mpdi.lcc.sensitivity import Threshold, thresholds
from mpdi.lcc.sheets.filling import FilledSheet, work_out
from mpdi.lcc.sheets.model import Input, InputKind
from mpdi.lcc.sheets.values import GivenValues, Values

_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """An input that can change the winner. `offer`: whose it is, None for the buyer's. `low`, `high`: below or above
    what value, as typed, which other offer is the cheapest; None where that lies beyond the bounds."""

    input: Input
    offer: str | None
    value: Decimal
    low: tuple[Decimal, str] | None
    high: tuple[Decimal, str] | None


@dataclass(frozen=True, slots=True)
class _Varied:
    """One number of a filled sheet that may move; `place`: which offer it is of, None for the buyer."""

    input: Input
    place: int | None
    name: str
    value: Decimal

    @property
    def scale(self) -> Decimal:
        """What is typed, for one in formulas."""
        return _PERCENT if self.input.unit == "%" else Decimal(1)


def turning_points(filled: FilledSheet) -> tuple[TurningPoint, ...]:
    """Those inputs that can change the winner within their bounds, the nearest first; none for a single offer."""
    if len(filled.given.offers) < 2:
        return ()
    varied = {each.name: each for each in _varied(filled)}
    inputs = [_bounded(each) for each in varied.values()]

    def model(values: Mapping[str, Decimal]) -> Case:
        return work_out(filled.sheet, _moved(filled.given, varied, values)).case

    return tuple(
        _turning_point(found, varied[found.name], filled) for found in thresholds(model, inputs) if found.can_change
    )


def _varied(filled: FilledSheet) -> Iterator[_Varied]:
    for place, (inputs, values) in enumerate(
        [
            (filled.sheet.buyer, filled.given.buyer),
            *((filled.sheet.tenderer, given) for _, given in filled.given.offers),
        ]
    ):
        for each in inputs:
            value = values.get(each.key)
            if each.kind is InputKind.NUMBER and isinstance(value, Decimal):
                yield _Varied(each, place - 1 if place else None, f"{place}/{each.key}", value)


def _bounded(each: _Varied) -> VariedInput:
    low, high = each.input.minimum, each.input.maximum
    return VariedInput(
        each.name,
        each.value,
        each.value if low is None else low / each.scale,
        each.value if high is None else high / each.scale,
    )


def _moved(given: GivenValues, varied: Mapping[str, _Varied], values: Mapping[str, Decimal]) -> GivenValues:
    moved = [each for name, each in varied.items() if values[name] != each.value]
    buyer: Values = given.buyer
    offers = list(given.offers)
    for each in moved:
        if each.place is None:
            buyer = {**buyer, each.input.key: values[each.name]}
        else:
            name, held = offers[each.place]
            offers[each.place] = name, {**held, each.input.key: values[each.name]}
    return replace(given, buyer=buyer, offers=tuple(offers))


def _turning_point(found: Threshold, varied: _Varied, filled: FilledSheet) -> TurningPoint:
    offer = None if varied.place is None else filled.given.offers[varied.place][0]
    low, high = (
        None if turn is None else (turn.value * varied.scale, turn.winner) for turn in (found.below, found.above)
    )
    return TurningPoint(varied.input, offer, varied.value * varied.scale, low, high)
