"""The totals of the offers as horizontal bars with the bound of the rule, an SVG file of its own. Pure."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

_WIDTH, _LABEL, _VALUE, _ROW, _BAR, _MARGIN = 720, 250, 120, 28, 16, 8
_INK, _PLAIN, _MARKED, _PAPER = "#1c2430", "#1d3f8f", "#8a6d00", "#ffffff"
_FONT = "system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"
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
    root = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDTH} {height}", width=str(_WIDTH), height=str(height), role="img")
    ElementTree.SubElement(root, "title").text = title
    _rect(root, 0, 0, _WIDTH, height, _PAPER)
    room = _WIDTH - _LABEL - _VALUE - 2 * _MARGIN
    longest = max([row.value for row in rows] + ([bound] if bound is not None else []))
    for number, row in enumerate(rows):
        top, width = _MARGIN + number * _ROW, float(room * row.value / longest)
        _text(root, _MARGIN + _LABEL - 8, top + 19, _short(row.label), "end")
        _rect(root, _MARGIN + _LABEL, top + (_ROW - _BAR) / 2, width, _BAR, _MARKED if row.is_marked else _PLAIN)
        _text(root, _WIDTH - _MARGIN, top + 19, row.text, "end")
    if bound is not None:
        _bound(root, _MARGIN + _LABEL + float(room * bound / longest), len(rows), bound_words)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def as_address(svg: bytes) -> str:
    """Return a picture as an address that holds it whole: nothing of it is kept on the server."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def _bound(root: ElementTree.Element, x: float, count: int, words: str) -> None:
    bottom = _MARGIN + count * _ROW
    _rect(root, x - 1, _MARGIN, 2, count * _ROW + 6, _INK)
    _text(root, x, bottom + 20, words, "middle")


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1].rstrip() + "…"


def _rect(root: ElementTree.Element, x: float, y: float, width: float, height: float, fill: str) -> None:
    ElementTree.SubElement(root, "rect", x=f"{x:.5g}", y=f"{y:.5g}", width=f"{width:.5g}", height=f"{height:.5g}", fill=fill)


def _text(root: ElementTree.Element, x: float, y: float, text: str, anchor: str) -> None:
    attributes = {"text-anchor": anchor, "font-family": _FONT, "font-size": "14", "fill": _INK, "x": f"{x:.5g}", "y": f"{y:.5g}"}
    ElementTree.SubElement(root, "text", attributes).text = _allowed(text)


def _allowed(text: str) -> str:
    """Leave out what XML forbids."""
    return "".join(each for each in text if each >= " " and each not in "\ufffe\uffff" and not "\ud800" <= each <= "\udfff")
