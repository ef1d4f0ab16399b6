"""Components as bars and what was spent year by year as lines, each offer with its own stroke. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap

from mpdi.costing.chart_labels import Box, beside
from mpdi.svg import ACCENT, INK, Drawing

_MARGIN = 8
_ROW, _BAR, _HEAD, _TEXT = 22, 13, 30, 17
"""Heights of a row of bars, of a bar, of the title of a group, of a line of text."""
_HEIGHT, _BOTTOM, _KEY = 380, 40, 48
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
class Format:
    """Widths of a picture: in all, of the names beside bars, of what is written at their ends, left and right of lines.

    `longest`, `longest_below`: signs of a name on a line beside a bar and below the lines, so that no name is cut.
    `ticks`: how many years are written below the lines at most.
    """

    width: int
    label: int
    value: int
    left: int
    right: int
    longest: int
    longest_below: int
    ticks: int


WIDE = Format(760, 190, 120, 120, 60, 24, 84, 10)
NARROW = Format(360, 120, 92, 86, 44, 15, 36, 5)
"""For a phone: letters keep their size where the wide picture would be read with a glass."""


@dataclass(frozen=True)
class Group:
    """A component, and for each offer its amount with its writing."""

    title: str
    amounts: tuple[tuple[str, Decimal, str], ...]


def grouped_bars(title: str, groups: Sequence[Group], shape: Format = WIDE) -> bytes:
    """Draw the groups under each other, all to one scale; an income goes to the left of zero."""
    rows = (_row(name, shape) for group in groups for name, _amount, _words in group.amounts)
    height = _HEAD * len(groups) + sum(rows) + 2 * _MARGIN
    drawing = Drawing(title, shape.width, height)
    values = [amount for group in groups for _name, amount, _words in group.amounts]
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(1)])
    ends = 2 if low < 0 else 1
    room = shape.width - shape.label - ends * shape.value - 2 * _MARGIN
    scale = room / float(high - low)
    zero = _MARGIN + shape.label + (shape.value if low < 0 else 0) - float(low) * scale
    top = _MARGIN
    for group in groups:
        drawing.text(_MARGIN, top + 20, group.title, "start")
        top += _HEAD
        for place, (name, amount, words) in enumerate(group.amounts):
            for line, part in enumerate(_parts(name, shape.longest)):
                drawing.text(_MARGIN + shape.label - 8, top + 15 + line * _TEXT, part, "end")
            width = abs(float(amount)) * scale
            drawing.rect(zero if amount >= 0 else zero - width, top + 4, width, _BAR, STROKES[place % len(STROKES)][0])
            end, anchor = (zero + width + 6, "start") if amount >= 0 else (zero - width - 6, "end")
            drawing.text(end, top + 15, words, anchor)
            top += _row(name, shape)
    return drawing.to_bytes()


def _parts(name: str, longest: int) -> list[str]:
    """Break a name into lines of so many signs; a word that is longer is broken too."""
    return wrap(name, longest) or [""]


def _row(name: str, shape: Format) -> int:
    return _ROW + _TEXT * (len(_parts(name, shape.longest)) - 1)


@dataclass(frozen=True)
class Line:
    """An offer: its name, and what it has cost up to the end of year 0 … n."""

    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class Crossing:
    """Where a line overtakes the first: where between two years, how much was spent then, by the end of which year."""

    year: Decimal
    amount: Decimal
    reached: int
    words: str


class _Plane:
    """Years across, amounts up, the names of the offers below."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Line],
        amounts: Sequence[tuple[Decimal, str]],
        shape: Format,
        slots: int,
    ) -> None:
        self._names = [_parts(row.name, shape.longest_below) for row in rows]
        below = sum(_TEXT * len(parts) + 4 for parts in self._names)
        self.drawing, self._shape, self._slots = Drawing(title, shape.width, _HEIGHT + _MARGIN + below), shape, slots
        self._low, self._high = float(amounts[0][0]), float(amounts[-1][0])
        self._right, self._floor = shape.width - shape.right, _HEIGHT - _BOTTOM
        for value, words in amounts:
            self.drawing.text(shape.left - 8, self.up(value) + 5, words, "end")
            self.drawing.path([(shape.left, self.up(value)), (self._right, self.up(value))], _LINE, 0.5)

    def across(self, year: float) -> float:
        """Where a year stands."""
        return self._shape.left + (self._right - self._shape.left) * year / self._slots

    def up(self, value: Decimal) -> float:
        """Where an amount stands."""
        share = (float(value) - self._low) / (self._high - self._low or 1.0)
        return self._floor - (self._floor - 2 * _MARGIN) * share

    def finish(self, years: int, year_words: str, shift: float = 0) -> bytes:
        """Write the years and the key, and return the file."""
        for year in range(0, years + 1, max(1, -(-years // self._shape.ticks))):
            self.drawing.text(self.across(year + shift), self._floor + 20, str(year), "middle")
        self.drawing.text(self._shape.width - _MARGIN, self._floor + 36, year_words, "end")
        _key(self.drawing, self._names)
        return self.drawing.to_bytes()


def lines(
    title: str,
    rows: Sequence[Line],
    year_words: str,
    amounts: Sequence[tuple[Decimal, str]],
    crossings: Sequence[Crossing] = (),
    shape: Format = WIDE,
) -> bytes:
    """Draw the lines from year 0 to n, their names below; `amounts`: the marks of the upright axis, with their writing."""
    years = max(len(rows[0].values) - 1, 1)
    plane = _Plane(title, rows, amounts, shape, years)
    for place, row in enumerate(rows):
        colour, dashes = STROKES[place % len(STROKES)]
        points = [(plane.across(year), plane.up(value)) for year, value in enumerate(row.values)]
        plane.drawing.path(points, colour, 2.5, dashes)
    marks = [(plane.across(float(each.year)), plane.up(each.amount)) for each in crossings]
    taken = [Box(x - 6, y - 6, x + 6, y + 6) for x, y in marks]
    for (x, y), each in zip(marks, crossings, strict=True):
        plane.drawing.rect(x - 4, y - 4, 8, 8, INK)
        box, at, anchor = beside((x, y), each.words, taken, Box(0, 0, shape.width, _HEIGHT - _BOTTOM))
        taken.append(box)
        plane.drawing.text(*at, each.words, anchor)
    return plane.finish(years, year_words)


def year_bars(
    title: str,
    rows: Sequence[Line],
    year_words: str,
    amounts: Sequence[tuple[Decimal, str]],
    shape: Format = WIDE,
) -> bytes:
    """Draw what each year asks, a bar an offer; an income goes below nothing."""
    years = len(rows[0].values)
    plane = _Plane(title, rows, amounts, shape, years)
    bar = (plane.across(1) - plane.across(0)) * 0.8 / len(rows)
    zero = plane.up(Decimal(0))
    for place, row in enumerate(rows):
        for year, value in enumerate(row.values):
            top = plane.up(value)
            left = plane.across(year + 0.1) + bar * place
            plane.drawing.rect(left, min(top, zero), bar, abs(top - zero), STROKES[place % len(STROKES)][0])
    return plane.finish(years - 1, year_words, 0.5)


@dataclass(frozen=True)
class Span:
    """A range on one line: its name, from where to where, the mark in it, and what is written beside it."""

    name: str
    low: Decimal
    middle: Decimal
    high: Decimal
    words: str


def spans(title: str, rows: Sequence[Span], shape: Format = WIDE, reference: Decimal | None = None) -> bytes:
    """Draw the ranges under each other, to one scale; `reference`: an amount marked by an upright line over all."""
    height = sum(_row(row.name, shape) + _TEXT for row in rows) + 3 * _MARGIN
    drawing = Drawing(title, shape.width, height)
    ends = [value for row in rows for value in (row.low, row.high)] + ([reference] if reference is not None else [])
    low, high = float(min(ends)), float(max(ends))
    left, right = _MARGIN + shape.label, shape.width - 2 * _MARGIN

    def across(value: Decimal) -> float:
        return left + (right - left) * (float(value) - low) / (high - low or 1.0)

    top = _MARGIN
    for place, row in enumerate(rows):
        for line, part in enumerate(_parts(row.name, shape.longest)):
            drawing.text(left - 8, top + 15 + line * _TEXT, part, "end")
        drawing.rect(
            across(row.low), top + 4, across(row.high) - across(row.low), _BAR, STROKES[place % len(STROKES)][0]
        )
        drawing.rect(across(row.middle) - 1.5, top, 3, _BAR + 8, INK)
        drawing.text(right, top + 15 + _TEXT, row.words, "end")
        top += _row(row.name, shape) + _TEXT
    if reference is not None:
        drawing.path([(across(reference), 0), (across(reference), height)], _LINE, 1.5, "4 3")
    return drawing.to_bytes()


def crossings(rows: Sequence[Line], words: str) -> tuple[Crossing, ...]:
    """Where another line comes below the first for the first time, having been above it; `words` has a place for {year}."""
    found = []
    for row in rows[1:]:
        leads = [own - base for own, base in zip(row.values, rows[0].values, strict=True)]
        for year in range(1, len(leads)):
            before, after = leads[year - 1], leads[year]
            if before > 0 >= after:
                share = before / (before - after)
                low, high = row.values[year - 1], row.values[year]
                found.append(Crossing(year - 1 + share, low + (high - low) * share, year, words.format(year=year)))
                break
    return tuple(found)


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
