"""The quarters of one indicator as a small line, with the target where there is one; the same points give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.action_plans.core.progress import FEW, Followed
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.svg import ACCENT, INK, PAPER, Drawing

_WIDTH, _HEIGHT, _MARGIN = 240, 70, 12
_AXIS, _TARGET = "#c9ced6", "#8a5a00"
_DOT = 3.5


@dataclass(frozen=True)
class Point:
    """One quarter: the rate, and how many it rests on."""

    rate: Decimal
    count: Decimal


def trend_chart(title: str, followed: Followed, quarters: Sequence[str]) -> bytes:
    """Draw the quarters of an indicator; a quarter that rests on fewer than five is an empty box. Empty: nothing to draw."""
    points: list[Point | None] = []
    for name in quarters:
        measured = followed.series.quarters.get(name)
        rate = measured.rate if measured is not None else None
        points.append(None if measured is None or rate is None else Point(rate, measured.denominator))
    if not any(points):
        return b""
    target = followed.objective.target if followed.objective is not None else None
    return _draw(title, points, target, _highest(followed.indicator.unit, points, target))


def _highest(unit: Unit, points: Sequence[Point | None], target: Decimal | None) -> Decimal:
    """The value at the top: the whole for shares and percentages, else the largest that is drawn."""
    whole = {Unit.SHARE: Decimal(1), Unit.PERCENT: Decimal(100)}.get(unit)
    return whole or max([each.rate for each in points if each], default=Decimal(0)) or target or Decimal(1)


def _draw(title: str, points: Sequence[Point | None], target: Decimal | None, highest: Decimal) -> bytes:
    drawing = Drawing(title, _WIDTH, _HEIGHT)
    step = (_WIDTH - 2 * _MARGIN) / max(len(points) - 1, 1)

    def height(value: Decimal) -> float:
        share = min(max(float(value / highest), 0.0), 1.0)
        return _HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN)

    bottom = height(Decimal(0))
    drawing.path([(_MARGIN, bottom), (_WIDTH - _MARGIN, bottom)], _AXIS, 1)
    if target is not None:
        drawing.path([(_MARGIN, height(target)), (_WIDTH - _MARGIN, height(target))], _TARGET, 1.5, "5 4")
    placed = [(_MARGIN + number * step, point) for number, point in enumerate(points) if point is not None]
    if len(placed) > 1:
        drawing.path([(across, height(point.rate)) for across, point in placed], ACCENT, 1.5)
    for across, point in placed:
        top = height(point.rate) - _DOT
        drawing.rect(across - _DOT, top, 2 * _DOT, 2 * _DOT, INK if point.count >= FEW else ACCENT)
        if point.count < FEW:
            drawing.rect(across - _DOT + 1.5, top + 1.5, 2 * _DOT - 3, 2 * _DOT - 3, PAPER)
    return drawing.to_bytes()
