"""A picture of bars and lines as an SVG file of its own: the pages' policy allows no style inside them. Pure.

Features draw with it what they show; the same calls give the same bytes.
"""

import base64
from collections.abc import Sequence
from xml.etree import ElementTree

INK, PAPER, ACCENT = "#1c2430", "#ffffff", "#1d3f8f"
_FONT = "system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"


class Drawing:
    """A white sheet of so many pixels, with the title that stands for it where it is not seen."""

    def __init__(self, title: str, width: int, height: int) -> None:
        size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
        self._root = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "role": "img"})
        ElementTree.SubElement(self._root, "title").text = _allowed(title)
        self.rect(0, 0, width, height, PAPER)

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Draw a filled rectangle."""
        place = {"x": f"{x:.5g}", "y": f"{y:.5g}", "width": f"{width:.5g}", "height": f"{height:.5g}"}
        ElementTree.SubElement(self._root, "rect", {**place, "fill": fill})

    def text(self, x: float, y: float, text: str, anchor: str) -> None:
        """Write one line; `anchor`: start, middle or end of it stands at x."""
        place = {"text-anchor": anchor, "x": f"{x:.5g}", "y": f"{y:.5g}"}
        look = {"font-family": _FONT, "font-size": "14", "fill": INK}
        ElementTree.SubElement(self._root, "text", {**place, **look}).text = _allowed(text)

    def path(self, points: Sequence[tuple[float, float]], stroke: str, width: float, dashes: str = "") -> None:
        """Draw a line through points; `dashes`: lengths of strokes and gaps, none for a whole line."""
        look = {"fill": "none", "stroke": stroke, "stroke-width": f"{width:.5g}"}
        if dashes:
            look["stroke-dasharray"] = dashes
        places = " ".join(f"{x:.5g},{y:.5g}" for x, y in points)
        ElementTree.SubElement(self._root, "polyline", {"points": places, **look})

    def to_bytes(self) -> bytes:
        """Return the file."""
        drawn: bytes = ElementTree.tostring(self._root, encoding="utf-8", xml_declaration=True)
        return drawn


def as_address(svg: bytes) -> str:
    """Return a picture as an address that holds it whole: nothing of it is kept on the server."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def short(label: str, longest: int) -> str:
    """Cut a label to so many characters."""
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"


def _allowed(text: str) -> str:
    """Leave out what XML forbids."""
    return "".join(
        each for each in text if each >= " " and each not in "\ufffe\uffff" and not "\ud800" <= each <= "\udfff"
    )
