"""Components as bars and what was spent year by year as lines, each offer with its own stroke. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.svg import ACCENT, Drawing, short

_WIDTH, _MARGIN = 760, 8
_LABEL, _VALUE, _ROW, _BAR, _HEAD = 190, 120, 22, 13, 30
_LONGEST = 24
_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _GAP = 380, 96, 170, 34, 17
STROKES = (
    (ACCENT, ""),
    ("#9a3412", "8 4"),
    ("#1d6b3c", "2 4"),
    ("#7a2f7d", "12 4 2 4"),
    ("#5b4a00", "4 2"),
    ("#0f6570", "16 6"),
)
"""Colour and dashes of each offer: told apart without colour too."""
_LINE = "#6a7687"


@dataclass(frozen=True)
class Group:
    """A component, and for each offer its amount with its writing."""

    title: str
    amounts: tuple[tuple[str, Decimal, str], ...]


def grouped_bars(title: str, groups: Sequence[Group]) -> bytes:
    """Draw the groups under each other, all to one scale; an income goes to the left of zero."""
    height = sum(_HEAD + _ROW * len(group.amounts) for group in groups) + 2 * _MARGIN
    drawing = Drawing(title, _WIDTH, height)
    values = [amount for group in groups for _name, amount, _words in group.amounts]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(1)])
    room = _WIDTH - _LABEL - 2 * _VALUE - 2 * _MARGIN if low < 0 else _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    scale = room / float(high - low)
    zero = _MARGIN + _LABEL + (_VALUE if low < 0 else 0) - float(low) * scale
    top = _MARGIN
    for group in groups:
        drawing.text(_MARGIN, top + 20, group.title, "start")
        top += _HEAD
        for place, (name, amount, words) in enumerate(group.amounts):
            drawing.text(_MARGIN + _LABEL - 8, top + 15, short(name, _LONGEST), "end")
            width = abs(float(amount)) * scale
            drawing.rect(zero if amount >= 0 else zero - width, top + 4, width, _BAR, STROKES[place % len(STROKES)][0])
            end, anchor = (zero + width + 6, "start") if amount >= 0 else (zero - width - 6, "end")
            drawing.text(end, top + 15, words, anchor)
            top += _ROW
    return drawing.to_bytes()


@dataclass(frozen=True)
class Line:
    """An offer: its name, and what it has cost up to the end of year 0 … n."""

    name: str
    values: tuple[Decimal, ...]


def lines(title: str, rows: Sequence[Line], year_words: str, amounts: Sequence[tuple[Decimal, str]]) -> bytes:
    """Draw the lines from year 0 to n; `amounts`: the marks of the upright axis, each with its writing."""
    drawing = Drawing(title, _WIDTH, _HEIGHT)
    years = max(len(rows[0].values) - 1, 1)
    low, high = float(amounts[0][0]), float(amounts[-1][0])
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def across(year: int) -> float:
        return _LEFT + (right - _LEFT) * year / years

    def up(value: Decimal) -> float:
        return bottom - (bottom - 2 * _MARGIN) * (float(value) - low) / (high - low or 1.0)

    for value, words in amounts:
        drawing.text(_LEFT - 8, up(value) + 5, words, "end")
        drawing.path([(_LEFT, up(value)), (right, up(value))], _LINE, 0.5)
    step = max(1, -(-years // 10))
    for year in range(0, years + 1, step):
        drawing.text(across(year), bottom + 20, str(year), "middle")
    drawing.text(right + 12, bottom + 20, year_words, "start")
    for place, row in enumerate(rows):
        colour, dashes = STROKES[place % len(STROKES)]
        drawing.path([(across(year), up(value)) for year, value in enumerate(row.values)], colour, 2.5, dashes)
    for place, at in _spread([up(row.values[-1]) for row in rows]):
        colour, dashes = STROKES[place % len(STROKES)]
        drawing.path([(right + 4, at), (right + 30, at)], colour, 2.5, dashes)
        drawing.text(right + 36, at + 5, short(rows[place].name, 16), "start")
    return drawing.to_bytes()


def _spread(heights: Sequence[float]) -> list[tuple[int, float]]:
    """Keep names at the ends of lines apart: each at its height or, below another, as far as a line of text."""
    placed: list[tuple[int, float]] = []
    below = 0.0
    for place in sorted(range(len(heights)), key=lambda each: heights[each]):
        below = max(heights[place], below)
        placed.append((place, below))
        below += _GAP
    return placed


def axis(rows: Sequence[Line]) -> list[Decimal]:
    """Return round amounts that hold all values, at most seven."""
    values = [value for row in rows for value in row.values] + [Decimal(0)]
    low, high = min(values), max([*values, Decimal(1)])
    step = Decimal(1).scaleb((high - low).adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50):
        marks = range(int(low // (step * factor)) - (1 if low < 0 else 0), int(-(-high // (step * factor))) + 1)
        if len(marks) <= 7:
            return [step * factor * mark for mark in marks]
    return [low, high]
