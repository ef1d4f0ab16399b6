"""Components as bars and what was spent year by year as lines, each offer with its own stroke. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap

from mpdi.svg import ACCENT, Drawing

_WIDTH, _MARGIN = 760, 8
_LABEL, _VALUE, _ROW, _BAR, _HEAD = 190, 120, 22, 13, 30
_LONGEST, _LONGEST_BELOW, _TEXT = 24, 84, 17
"""Signs of a name on a line beside a bar and below the lines, and the height of a line of text: no name is cut."""
_HEIGHT, _LEFT, _RIGHT, _BOTTOM, _KEY = 380, 120, 60, 40, 48
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
    rows = (_row(name) for group in groups for name, _amount, _words in group.amounts)
    height = _HEAD * len(groups) + sum(rows) + 2 * _MARGIN
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
            for line, part in enumerate(_parts(name, _LONGEST)):
                drawing.text(_MARGIN + _LABEL - 8, top + 15 + line * _TEXT, part, "end")
            width = abs(float(amount)) * scale
            drawing.rect(zero if amount >= 0 else zero - width, top + 4, width, _BAR, STROKES[place % len(STROKES)][0])
            end, anchor = (zero + width + 6, "start") if amount >= 0 else (zero - width - 6, "end")
            drawing.text(end, top + 15, words, anchor)
            top += _row(name)
    return drawing.to_bytes()


def _parts(name: str, longest: int) -> list[str]:
    """Break a name into lines of so many signs; a word that is longer is broken too."""
    return wrap(name, longest) or [""]


def _row(name: str) -> int:
    return _ROW + _TEXT * (len(_parts(name, _LONGEST)) - 1)


@dataclass(frozen=True)
class Line:
    """An offer: its name, and what it has cost up to the end of year 0 … n."""

    name: str
    values: tuple[Decimal, ...]


def lines(title: str, rows: Sequence[Line], year_words: str, amounts: Sequence[tuple[Decimal, str]]) -> bytes:
    """Draw the lines from year 0 to n, their names below; `amounts`: the marks of the upright axis, with their writing."""
    names = [_parts(row.name, _LONGEST_BELOW) for row in rows]
    drawing = Drawing(title, _WIDTH, _HEIGHT + _MARGIN + sum(_TEXT * len(parts) + 4 for parts in names))
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
    _key(drawing, names)
    return drawing.to_bytes()


def _key(drawing: Drawing, names: Sequence[Sequence[str]]) -> None:
    """Under the lines: each stroke with the whole name of its offer."""
    top = _HEIGHT + _MARGIN
    for place, parts in enumerate(names):
        colour, dashes = STROKES[place % len(STROKES)]
        drawing.path([(_MARGIN, top), (_MARGIN + _KEY, top)], colour, 2.5, dashes)
        for line, part in enumerate(parts):
            drawing.text(_MARGIN + _KEY + 8, top + 5 + line * _TEXT, part, "start")
        top += _TEXT * len(parts) + 4


def axis(rows: Sequence[Line]) -> list[Decimal]:
    """Return round amounts that hold all values, at most seven."""
    values = [value for row in rows for value in row.values] + [Decimal(0)]
    low, high = min(values), max([*values, Decimal(1)])
    step = Decimal(1).scaleb((high - low).adjusted() - 1)
    for factor in (1, 2, 5, 10, 20, 50):
        # Not `//`: of decimals it cuts towards zero, which left the largest value above the last mark.
        first = int((low / (step * factor)).to_integral_value(ROUND_FLOOR))
        marks = range(first, int((high / (step * factor)).to_integral_value(ROUND_CEILING)) + 1)
        if len(marks) <= 7:
            return [step * factor * mark for mark in marks]
    return [low, high]
