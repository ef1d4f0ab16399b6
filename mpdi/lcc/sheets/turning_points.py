"""What would change the winner: each number of a filled sheet, its value, and from where on another offer is cheapest.

Bounds are the plausible ones of the sheet. Numbers are as they are typed (3 for 3 %). One number moves at a time; whole
numbers (a quantity, the years) and choices stand still. The way to a bound is searched where another offer is cheapest
at its end or half-way: a change that is undone before either is not seen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.inputs import CostModel
from mpdi.lcc.inputs import Input as VariedInput
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Case
from mpdi.lcc.sensitivity import Threshold, thresholds
from mpdi.lcc.sheets.filling import FilledSheet, work_out
from mpdi.lcc.sheets.model import Input, InputKind
from mpdi.lcc.sheets.values import GivenValues

_PERCENT = Decimal(100)
_PROBES = (Decimal(1), Decimal("0.5"), Decimal("0.99"))
"""Where on the way to a bound the winner is looked at: its end, half-way, and short of an end that divides by nothing."""


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
    ranking = evaluate(filled.case).ranking
    found = [
        (threshold, each)
        for each in _varied(filled)
        for threshold in _thresholds(each, _model(filled, each, _rivals(each, ranking)))
    ]
    found.sort(key=lambda pair: pair[0].nearest or Decimal(0))
    return tuple(_turning_point(threshold, each, filled) for threshold, each in found)


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


def _rivals(each: _Varied, ranking: tuple[int, ...]) -> tuple[int, ...]:
    """The offers that count: a value of one offer moves it past the winner, or the winner behind the second."""
    if each.place is None:
        return tuple(sorted(ranking))
    return tuple(sorted((each.place, ranking[1] if each.place == ranking[0] else ranking[0])))


def _model(filled: FilledSheet, each: _Varied, rivals: tuple[int, ...]) -> CostModel:
    given = replace(filled.given, offers=tuple(filled.given.offers[place] for place in rivals))
    at = None if each.place is None else rivals.index(each.place)

    def model(values: Mapping[str, Decimal]) -> Case:
        return work_out(filled.sheet, _moved(given, each.input.key, at, values[each.name])).case

    return model


def _moved(given: GivenValues, key: str, at: int | None, value: Decimal) -> GivenValues:
    if at is None:
        return replace(given, buyer={**given.buyer, key: value})
    offers = list(given.offers)
    name, held = offers[at]
    offers[at] = name, {**held, key: value}
    return replace(given, offers=tuple(offers))


def _thresholds(each: _Varied, model: CostModel) -> tuple[Threshold, ...]:
    winner = evaluate(model({each.name: each.value})).ranking[0]
    low, high = (
        each.value if bound is None else _reach(each, model, winner, bound / each.scale)
        for bound in (each.input.minimum, each.input.maximum)
    )
    if low == high:
        return ()
    return tuple(found for found in thresholds(model, [VariedInput(each.name, each.value, low, high)]) if found.can_change)


def _reach(each: _Varied, model: CostModel, winner: int, bound: Decimal) -> Decimal:
    """How far towards a bound the search must go: where another offer wins; not at all where none does.

    A value at which the sheet asks for more than was given, or divides by nothing, is no value of this case.
    """
    for share in _PROBES:
        value = each.value + (bound - each.value) * share
        try:
            if evaluate(model({each.name: value})).ranking[0] != winner:
                return value
        except LifeCycleCostError:
            continue
    return each.value


def _turning_point(found: Threshold, varied: _Varied, filled: FilledSheet) -> TurningPoint:
    offer = None if varied.place is None else filled.given.offers[varied.place][0]
    low, high = (
        None if turn is None else (turn.value * varied.scale, turn.winner) for turn in (found.below, found.above)
    )
    return TurningPoint(varied.input, offer, varied.value * varied.scale, low, high)
