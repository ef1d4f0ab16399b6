"""Horizontal bars and steps of a plan, as SVG; the same rows give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.svg import ACCENT, Drawing, short

_WIDTH, _LABEL, _VALUE, _ROW, _BAR, _MARGIN = 720, 230, 175, 30, 18, 8
_LONGEST = 30
_EMPTY = "#c9ced6"
_STEP, _GAP = 62, 6


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length as a share of the longest scale (0 to 1), and its value in words."""

    label: str
    share: Decimal
    text: str


def bars(title: str, rows: Sequence[Bar]) -> bytes:
    """Draw bars from zero; a share of 1 is as wide as there is room."""
    drawing = Drawing(title, _WIDTH, len(rows) * _ROW + 2 * _MARGIN)
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    for number, row in enumerate(rows):
        top = _MARGIN + number * _ROW
        left = _MARGIN + _LABEL
        width = max(float(room * row.share), 1.0)
        drawing.text(left - 10, top + 20, short(row.label, _LONGEST), "end")
        drawing.rect(left, top + (_ROW - _BAR) / 2, width, _BAR, ACCENT)
        drawing.text(left + width + 8, top + 20, row.text, "start")
    return drawing.to_bytes()


@dataclass(frozen=True)
class Steps:
    """One theme: its name, its level (None: not answered), the highest there is, and the level in words."""

    label: str
    level: int | None
    highest: int
    text: str


def steps(title: str, rows: Sequence[Steps]) -> bytes:
    """Draw for each theme as many boxes as there are levels above zero, those reached filled."""
    drawing = Drawing(title, _WIDTH, len(rows) * _ROW + 2 * _MARGIN)
    for number, row in enumerate(rows):
        top = _MARGIN + number * _ROW
        left = _MARGIN + _LABEL
        drawing.text(left - 10, top + 20, short(row.label, _LONGEST), "end")
        for step in range(row.highest):
            is_reached = row.level is not None and step < row.level
            fill = ACCENT if is_reached else _EMPTY
            drawing.rect(left + step * (_STEP + _GAP), top + (_ROW - _BAR) / 2, _STEP, _BAR, fill)
        drawing.text(left + row.highest * (_STEP + _GAP) + 8, top + 20, row.text, "start")
    return drawing.to_bytes()
