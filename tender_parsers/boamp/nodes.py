"""Reading the elements of a BOAMP notice: text by path, yes and no by the name of an element that is there."""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from tender_parsers.loose_values import Sayings, number
from tender_parsers.notice import Money


def text_of(node: etree._Element | None, path: str) -> str | None:
    """Text of the first element at a path, without white space around it."""
    found = node.find(path) if node is not None else None
    return whole_text(found) if found is not None else None


def whole_text(node: etree._Element) -> str | None:
    """All text of an element, that of elements within included."""
    return etree.tostring(node, method="text", encoding="unicode", with_tail=False).strip() or None


def child_names(node: etree._Element | None, path: str) -> Iterator[str]:
    """Names of the elements within the one at a path: the choices made in it."""
    found = node.find(path) if node is not None else None
    for child in found if found is not None else ():
        if isinstance(child.tag, str):
            yield child.tag


def yes_no(node: etree._Element | None, stem: str) -> bool | None:
    """Whether `…_OUI` or `…_NON` stands in a node, or the stem itself with one of them in it."""
    if node is None:
        return None
    inner = node.find(stem)
    for answer, says in (("OUI", True), ("NON", False)):
        if node.find(f"{stem}_{answer}") is not None or (inner is not None and inner.find(answer) is not None):
            return says
    return None


def money_of(node: etree._Element | None, path: str, said: Sayings, lot: str | None = None) -> Money | None:
    """An amount with its currency (`DEVISE`); a remark where it is no number."""
    written = text_of(node, path)
    if node is None or written is None:
        return None
    # Both a space between thousands and a decimal comma are met.
    found = number("".join(written.split()).replace(",", "."))
    element = node.find(path)
    if found is None or element is None:
        said.remark(path, written, "no number", lot)
        return None
    return Money(found, element.get("DEVISE"))


def count_of(node: etree._Element | None, path: str) -> Decimal | None:
    """A count at a path."""
    found = number(text_of(node, path))
    return found if found is not None and found >= 0 else None
