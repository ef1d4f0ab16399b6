"""Shares as horizontal bars with the span that missing data allow, and over time as lines. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from mpdi.svg import ACCENT, Drawing

_WIDTH, _LABEL, _VALUE, _MARGIN, _BAR, _TEXT = 760, 210, 130, 10, 14, 17
_LONGEST = 27
_AXIS, _SPAN = "#c9ced6", "#1c2430"
_MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_HEIGHT, _LEFT, _BOTTOM = 330, 60, 36
STROKES = ((ACCENT, ""), ("#9a3412", "8 4"), ("#1d6b3c", "2 4"), ("#7a2f7d", "12 4 2 4"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A share from 0 to 1, its bounds, and what is written beside it."""

    label: str
    share: float
    words: str
    lower: float | None = None
    upper: float | None = None


def share_bars(title: str, rows: Sequence[Bar]) -> bytes:
    """Bars to one scale from 0 to 100 %; a thin line with ends from the lower to the upper bound."""
    heights = [max(len(_parts(row.label)) * _TEXT, 22) + 8 for row in rows]
    drawing = Drawing(title, _WIDTH, sum(heights) + 2 * _MARGIN + 22)
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    left, bottom = _MARGIN + _LABEL, _MARGIN + sum(heights)
    for mark in _MARKS:
        drawing.path([(left + room * mark, _MARGIN), (left + room * mark, bottom)], _AXIS, 1)
        drawing.text(left + room * mark, bottom + 18, f"{mark:.0%}".replace("%", " %"), "middle")
    top = float(_MARGIN)
    for row, height in zip(rows, heights, strict=True):
        middle = top + height / 2
        parts = _parts(row.label)
        for line, part in enumerate(parts):
            drawing.text(left - 8, middle + 5 + (line - (len(parts) - 1) / 2) * _TEXT, part, "end")
        drawing.rect(left, middle - _BAR / 2, max(room * row.share, 1), _BAR, ACCENT)
        if row.lower is not None and row.upper is not None:
            _span(drawing, left + room * row.lower, left + room * row.upper, middle)
        drawing.text(_WIDTH - _MARGIN - _VALUE + 8, middle + 5, row.words, "start")
        top += height
    return drawing.to_bytes()


def _span(drawing: Drawing, start: float, end: float, middle: float) -> None:
    drawing.path([(start, middle), (end, middle)], _SPAN, 1.5)
    for place in (start, end):
        drawing.path([(place, middle - 6), (place, middle + 6)], _SPAN, 1.5)


def _parts(label: str) -> list[str]:
    return wrap(label, _LONGEST) or [""]


@dataclass(frozen=True, slots=True)
class Course:
    """A theme over time: a share for each period, `None` where too little is known."""

    name: str
    shares: tuple[float | None, ...]


def share_lines(title: str, periods: Sequence[str], courses: Sequence[Course], width: int = _WIDTH) -> bytes:
    """Lines from 0 % to the next quarter above the highest share; broken where a share is unknown; names below."""
    beside, most = (2, 9) if width >= _WIDTH else (1, 4)
    drawing = Drawing(title, width, _HEIGHT + 26 * -(-len(courses) // beside))
    right, bottom = width - 40, _HEIGHT - _BOTTOM
    known = [share for course in courses for share in course.shares if share is not None]
    ceiling = next((mark for mark in _MARKS[1:] if mark >= max(known, default=0)), 1.0)
    step = (right - _LEFT) / max(len(periods) - 1, 1)

    def place(number: int, share: float) -> tuple[float, float]:
        return _LEFT + step * number, bottom - (bottom - 2 * _MARGIN) * share / ceiling

    for part in range(6):
        mark = ceiling * part / 5
        drawing.path([(_LEFT, place(0, mark)[1]), (right, place(0, mark)[1])], _AXIS, 1)
        drawing.text(_LEFT - 8, place(0, mark)[1] + 5, f"{mark:.0%}".replace("%", " %"), "end")
    for number in range(0, len(periods), max(1, -(-len(periods) // most))):
        drawing.text(_LEFT + step * number, bottom + 22, periods[number], "middle")
    for order, course in enumerate(courses):
        colour, dashes = STROKES[order % len(STROKES)]
        for run in _runs(course.shares):
            points = [place(number, share) for number, share in run]
            drawing.path(points, colour, 2.5, dashes)
            for x, y in points:
                drawing.rect(x - 3, y - 3, 6, 6, colour)
        across, down = _LEFT + (order % beside) * 330, _HEIGHT + 8 + 26 * (order // beside)
        drawing.path([(across, down), (across + 40, down)], colour, 2.5, dashes)
        drawing.text(across + 50, down + 5, course.name, "start")
    return drawing.to_bytes()


def _runs(shares: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Periods that follow each other and are known."""
    runs: list[list[tuple[int, float]]] = [[]]
    for number, share in enumerate(shares):
        if share is None:
            runs.append([])
        else:
            runs[-1].append((number, share))
    return [run for run in runs if run]
