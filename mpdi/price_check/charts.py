"""The totals of the offers as horizontal bars with the bound of the rule. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.svg import ACCENT, INK, Drawing, short

_WIDTH, _LABEL, _VALUE, _ROW, _BAR, _MARGIN = 720, 250, 120, 28, 16, 8
_MARKED = "#8a6d00"
_LONGEST = 34


@dataclass(frozen=True)
class Bar:
    """One offer: its name, its amount, the amount in words, and whether it is to be questioned."""

    label: str
    value: Decimal
    text: str
    is_marked: bool


def bars(title: str, rows: Sequence[Bar], bound: Decimal | None, bound_words: str) -> bytes:
    """Draw bars from zero, the longest as wide as there is room, and the bound as a line; the same rows, the same bytes."""
    height = len(rows) * _ROW + 2 * _MARGIN + (_ROW if bound is not None else 0)
    drawing = Drawing(title, _WIDTH, height)
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    longest = max([row.value for row in rows] + ([bound] if bound is not None else []))
    for number, row in enumerate(rows):
        top, width = _MARGIN + number * _ROW, float(room * row.value / longest)
        drawing.text(_MARGIN + _LABEL - 8, top + 19, short(row.label, _LONGEST), "end")
        fill = _MARKED if row.is_marked else ACCENT
        drawing.rect(_MARGIN + _LABEL, top + (_ROW - _BAR) / 2, width, _BAR, fill)
        drawing.text(_WIDTH - _MARGIN, top + 19, row.text, "end")
    if bound is not None:
        _bound(drawing, _MARGIN + _LABEL + float(room * bound / longest), len(rows), bound_words)
    return drawing.to_bytes()


def _bound(drawing: Drawing, x: float, count: int, words: str) -> None:
    bottom = _MARGIN + count * _ROW
    drawing.rect(x - 1, _MARGIN, 2, count * _ROW + 6, INK)
    drawing.text(x, bottom + 20, words, "middle")
