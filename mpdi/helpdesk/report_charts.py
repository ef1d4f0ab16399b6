"""The counts of a report as horizontal bars. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.svg import ACCENT, Drawing, short

WIDTH, LABEL_WIDTH, VALUE_WIDTH, ROW, BAR, MARGIN = 720, 250, 90, 28, 16, 8
_LONGEST_LABEL = 36


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length (0 or more), and what stands behind it."""

    label: str
    value: float
    text: str


def bars(title: str, rows: Sequence[Bar]) -> bytes:
    """Draw bars from zero, the longest as wide as there is room; the same rows give the same bytes."""
    drawing = Drawing(title, WIDTH, len(rows) * ROW + 2 * MARGIN)
    longest = max((row.value for row in rows), default=0) or 1
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 2 * MARGIN
    for number, row in enumerate(rows):
        top = MARGIN + number * ROW
        width = round(room * row.value / longest, 1)
        drawing.text(MARGIN + LABEL_WIDTH - 8, top + 19, short(row.label, _LONGEST_LABEL), "end")
        drawing.rect(MARGIN + LABEL_WIDTH, top + (ROW - BAR) / 2, width, BAR, ACCENT)
        drawing.text(MARGIN + LABEL_WIDTH + width + 8, top + 19, row.text, "start")
    return drawing.to_bytes()
