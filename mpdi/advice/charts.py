"""The points of the offers as horizontal bars, price first and the criteria after it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.svg import ACCENT, Drawing, as_address, short

_WIDTH, _LABEL, _VALUE, _ROW, _BAR, _MARGIN = 720, 200, 70, 30, 18, 8
_OTHERS = ("#8a6d00", "#0b6e5a", "#8a3a70", "#5a6b8c", "#a0522d", "#3d7a2a")
_LONGEST, _LONGEST_LEGEND = 26, 60
_FULL = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """One offer: its name, its points in the order of the legend, and its total in words."""

    label: str
    parts: tuple[Decimal, ...]
    text: str


def bars(title: str, legend: Sequence[str], rows: Sequence[Bar]) -> str:
    """Return the picture as an address that holds it whole; bars run from zero to a hundred points, names on the left."""
    drawing = Drawing(title, _WIDTH, (len(rows) + len(legend)) * _ROW + 2 * _MARGIN)
    for place, words in enumerate(legend):
        top = _MARGIN + place * _ROW
        drawing.rect(_MARGIN + _LABEL, top + 6, _BAR, _BAR, _colour(place))
        drawing.text(_MARGIN + _LABEL + _BAR + 8, top + 20, short(words, _LONGEST_LEGEND), "start")
    for number, row in enumerate(rows, start=len(legend)):
        _row(drawing, row, _MARGIN + number * _ROW)
    return as_address(drawing.to_bytes())


def _row(drawing: Drawing, row: Bar, top: int) -> None:
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    drawing.text(_MARGIN + _LABEL - 8, top + 20, short(row.label, _LONGEST), "end")
    left = float(_MARGIN + _LABEL)
    for place, part in enumerate(row.parts):
        width = float(room * part / _FULL)
        # A white hair between two parts: neighbours stay apart where colours look alike.
        drawing.rect(left, top + (_ROW - _BAR) / 2, max(width - 1, 0), _BAR, _colour(place))
        left += width
    drawing.text(_WIDTH - _MARGIN, top + 20, row.text, "end")


def _colour(place: int) -> str:
    return ACCENT if place == 0 else _OTHERS[(place - 1) % len(_OTHERS)]
