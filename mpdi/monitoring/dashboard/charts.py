"""Charts of the dashboard, each in two widths: shares as bars with the range that missing data allow. Pure."""

from collections.abc import Sequence

from mpdi.monitoring.uptake_charts import Bar, Course, share_bars, share_lines
from mpdi.svg import ACCENT, Drawing, as_address, short

_WIDTH, _MARGIN, _ROW, _BAR = 340, 8, 54, 14
_AXIS, _INK = "#c9ced6", "#1c2430"
_LONGEST = 42
MOST_BARS = 15
"""A chart of more is a wall; the table has them all."""


def bar_pictures(title: str, bars: Sequence[Bar]) -> list[str]:
    """The addresses of the wide and the narrow picture; none without a bar."""
    shown = bars[:MOST_BARS]
    return [as_address(share_bars(title, shown)), as_address(narrow_bars(title, shown))] if shown else []


def line_pictures(title: str, periods: Sequence[str], courses: Sequence[Course]) -> list[str]:
    """The same of lines over time; none where no line has two points."""
    told = [course for course in courses if sum(share is not None for share in course.shares) > 1]
    if not told:
        return []
    return [as_address(share_lines(title, periods, told, width)) for width in (760, _WIDTH)]


def narrow_bars(title: str, bars: Sequence[Bar]) -> bytes:
    """Bars for a telephone: the words above each bar."""
    drawing = Drawing(title, _WIDTH, _ROW * len(bars) + 2 * _MARGIN + 20)
    room, bottom = _WIDTH - 2 * _MARGIN - 20, _MARGIN + _ROW * len(bars)
    for mark in (0.0, 0.5, 1.0):
        across = _MARGIN + room * mark
        drawing.path([(across, _MARGIN), (across, bottom)], _AXIS, 1)
        drawing.text(across, bottom + 18, f"{mark * 100:.0f} %", "start" if mark == 0 else "middle")
    for place, bar in enumerate(bars):
        top = _MARGIN + _ROW * place
        drawing.text(_MARGIN, top + 16, short(bar.label, _LONGEST), "start")
        middle = top + 24 + _BAR / 2
        drawing.rect(_MARGIN, middle - _BAR / 2, max(room * bar.share, 1), _BAR, ACCENT)
        if bar.lower is not None and bar.upper is not None:
            start, end = _MARGIN + room * bar.lower, _MARGIN + room * bar.upper
            drawing.path([(start, middle), (end, middle)], _INK, 1.5)
            for across in (start, end):
                drawing.path([(across, middle - 6), (across, middle + 6)], _INK, 1.5)
    return drawing.to_bytes()
