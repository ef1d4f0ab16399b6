"""Horizontal bars as an SVG file of its own: the pages' policy allows no style inside them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
WIDTH, LABEL_WIDTH, VALUE_WIDTH, ROW, BAR, MARGIN = 720, 250, 90, 28, 16, 8
_INK, _BAR, _PAPER = "#1c2430", "#1d3f8f", "#ffffff"
_FONT = "system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"
_LONGEST_LABEL = 36


@dataclass(frozen=True)
class Bar:
    """One bar: its label, its length (0 or more), and what stands behind it."""

    label: str
    value: float
    text: str


def bars(title: str, rows: Sequence[Bar]) -> bytes:
    """Draw bars from zero, the longest as wide as there is room; the same rows give the same bytes."""
    height = len(rows) * ROW + 2 * MARGIN
    root = etree.Element(
        f"{{{SVG}}}svg", nsmap={None: SVG}, viewBox=f"0 0 {WIDTH} {height}", width=str(WIDTH), height=str(height), role="img")  # type: ignore[dict-item]
    etree.SubElement(root, f"{{{SVG}}}title").text = title
    _rect(root, 0, 0, WIDTH, height, _PAPER)
    longest = max((row.value for row in rows), default=0) or 1
    room = WIDTH - LABEL_WIDTH - VALUE_WIDTH - 2 * MARGIN
    for number, row in enumerate(rows):
        top = MARGIN + number * ROW
        width = round(room * row.value / longest, 1)
        _text(root, MARGIN + LABEL_WIDTH - 8, top + 19, _short(row.label), "end")
        _rect(root, MARGIN + LABEL_WIDTH, top + (ROW - BAR) / 2, width, BAR, _BAR)
        _text(root, MARGIN + LABEL_WIDTH + width + 8, top + 19, row.text, "start")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[:_LONGEST_LABEL - 1].rstrip() + "…"


def _rect(root: etree._Element, x: float, y: float, width: float, height: float, fill: str) -> None:
    etree.SubElement(
        root, f"{{{SVG}}}rect", x=f"{x:g}", y=f"{y:g}", width=f"{width:g}", height=f"{height:g}", fill=fill)


def _text(root: etree._Element, x: float, y: float, text: str, anchor: str) -> None:
    attributes = {"text-anchor": anchor, "font-family": _FONT, "font-size": "14", "fill": _INK, "x": f"{x:g}", "y": f"{y:g}"}
    etree.SubElement(root, f"{{{SVG}}}text", attributes).text = text
