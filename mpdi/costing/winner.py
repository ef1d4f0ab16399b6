"""“The winner changes if …”: the thresholds of a counted case, as text and as data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mpdi.costing.files import CountedCase
from mpdi.costing.table_words import TableWords
from mpdi.lcc.inputs import model_of, spread, values_of
from mpdi.lcc.sensitivity import Threshold, thresholds
from mpdi.lcc.sheets.model import Words
from mpdi.lcc.sheets.turning_points import TurningPoint, turning_points

SPREAD = Decimal("0.5")
"""How far, as a share of itself, an amount of a case without a sheet is moved: an assumption of ours."""
SPREAD_OF_RATES = Decimal("0.05")
"""How far a rate of such a case is moved: five points, an assumption of ours."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One number: below or above which value another offer is the cheapest, and which. `unit` is empty for a line."""

    key: str
    label: Words | None
    offer: str | None
    unit: str
    value: Decimal
    low: tuple[Decimal, str] | None
    high: tuple[Decimal, str] | None


def turns_of(counted: CountedCase) -> tuple[Turn, ...]:
    """All numbers of a case that can change its winner, the nearest first."""
    if counted.filled is not None:
        return tuple(_of_sheet(each) for each in turning_points(counted.filled))
    inputs = spread(values_of(counted.case), SPREAD, SPREAD_OF_RATES)
    return tuple(_of_line(each) for each in thresholds(model_of(counted.case), inputs) if each.can_change)


def _of_sheet(each: TurningPoint) -> Turn:
    unit = "" if each.input.unit == "factor" else each.input.unit
    return Turn(each.input.key, each.input.label, each.offer, unit, each.value, each.low, each.high)


def _of_line(each: Threshold) -> Turn:
    low, high = (None if turn is None else (turn.value, turn.winner) for turn in (each.below, each.above))
    return Turn(each.name, None, None, "", each.value, low, high)


def turn_lines(winner: str, turns: Sequence[Turn], say: TableWords) -> Iterator[str]:
    """The sentences, one number at a time."""
    if not turns:
        yield say("no_turn", winner=winner)
        return
    yield say("turns", winner=winner)
    for each in turns:
        name = each.label.said(say.language) if each.label else each.key
        owner = f"{each.offer}, " if each.offer else ""
        ways = [
            f"{say(word)} {say.sensible(limit[0], each.unit)} ({say('then', offer=limit[1])})"
            for word, limit in (("below", each.low), ("above", each.high))
            if limit
        ]
        now = say("now", value=say.sensible(each.value, each.unit))
        yield f"  {owner}{name}: {say('or').join(ways)}; {now}"


def as_turn_data(each: Turn) -> dict[str, Any]:
    """A threshold as data; limits are unrounded."""
    return {
        "input": each.key,
        "offer": each.offer,
        "unit": each.unit,
        "value": float(each.value),
        "below": _limit(each.low),
        "above": _limit(each.high),
    }


def _limit(limit: tuple[Decimal, str] | None) -> dict[str, Any] | None:
    return None if limit is None else {"value": float(limit[0]), "winner": limit[1]}
