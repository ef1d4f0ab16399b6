"""The points of the offers as horizontal bars, price first and the criteria after it, an SVG file of its own. Pure."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

_WIDTH, _LABEL, _VALUE, _ROW, _BAR, _MARGIN = 720, 200, 70, 30, 18, 8
_INK, _PAPER, _PRICE = "#1c2430", "#ffffff", "#1d3f8f"
_OTHERS = ("#8a6d00", "#0b6e5a", "#8a3a70", "#5a6b8c", "#a0522d", "#3d7a2a")
_FONT = "system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"
_LONGEST = 26
_FULL = Decimal(100)


@dataclass(frozen=True)
class Bar:
    """One offer: its name, its points in the order of the legend, and its total in words."""

    label: str
    parts: tuple[Decimal, ...]
    text: str


def bars(title: str, legend: Sequence[str], rows: Sequence[Bar]) -> str:
    """Return the picture as an address that holds it whole; bars run from zero to a hundred points, names on the left."""
    height = (len(rows) + len(legend)) * _ROW + 2 * _MARGIN
    root = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}", width=str(_WIDTH), height=str(height), role="img")
    ElementTree.SubElement(root, "title").text = _allowed(title)
    _rect(root, 0, 0, _WIDTH, height, _PAPER)
    for place, words in enumerate(legend):
        top = _MARGIN + place * _ROW
        _rect(root, _MARGIN + _LABEL, top + 6, _BAR, _BAR, _colour(place))
        _text(root, _MARGIN + _LABEL + _BAR + 8, top + 20, _short(words, 60), "start")
    for number, row in enumerate(rows, start=len(legend)):
        _row(root, row, _MARGIN + number * _ROW)
    return "data:image/svg+xml;base64," + base64.b64encode(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)).decode("ascii")


def _row(root: ElementTree.Element, row: Bar, top: int) -> None:
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    _text(root, _MARGIN + _LABEL - 8, top + 20, _short(row.label, _LONGEST), "end")
    left = float(_MARGIN + _LABEL)
    for place, part in enumerate(row.parts):
        width = float(room * part / _FULL)
        # A white hair between two parts: neighbours stay apart where colours look alike.
        _rect(root, left, top + (_ROW - _BAR) / 2, max(width - 1, 0), _BAR, _colour(place))
        left += width
    _text(root, _WIDTH - _MARGIN, top + 20, row.text, "end")


def _colour(place: int) -> str:
    return _PRICE if place == 0 else _OTHERS[(place - 1) % len(_OTHERS)]


def _short(label: str, longest: int) -> str:
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"


def _rect(root: ElementTree.Element, x: float, y: float, width: float, height: float, fill: str) -> None:
    ElementTree.SubElement(root, "rect", x=f"{x:.5g}", y=f"{y:.5g}", width=f"{width:.5g}", height=f"{height:.5g}", fill=fill)


def _text(root: ElementTree.Element, x: float, y: float, text: str, anchor: str) -> None:
    attributes = {"text-anchor": anchor, "font-family": _FONT, "font-size": "14", "fill": _INK, "x": f"{x:.5g}", "y": f"{y:.5g}"}
    ElementTree.SubElement(root, "text", attributes).text = _allowed(text)


def _allowed(text: str) -> str:
    """Leave out what XML forbids."""
    return "".join(each for each in text if each >= " " and each not in "\ufffe\uffff" and not "\ud800" <= each <= "\udfff")
