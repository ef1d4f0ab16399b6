"""The words of a paragraph as a reader of the page sees them, and the controls that hold them."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from mpdi.documents.ooxml import MC, W, w

_BREAKS = {w("tab"): " ", w("br"): " ", w("cr"): " ", w("ptab"): " "}
_SIGNS = {w("noBreakHyphen"): "\N{NON-BREAKING HYPHEN}", w("softHyphen"): "\N{SOFT HYPHEN}"}
# What a buyer may add to a clause without a word of text must still count as a change of it.
_ADDITIONS = {
    w("footnoteReference"): "[†]",
    w("endnoteReference"): "[†]",
    w("drawing"): "[▣]",
    w("pict"): "[▣]",
    w("object"): "[▣]",
}
_PRINTED = _BREAKS | _SIGNS | _ADDITIONS
# Deleted or moved away (changes count as accepted), computed, or said twice.
_SKIPPED = frozenset(
    {w("del"), w("moveFrom"), w("instrText"), w("delText"), w("delInstrText"), w("pPr"), w("rPr"), w("sdtPr")}
    | {f"{{{MC}}}Fallback"}
)


def printed_text(element: _Element) -> str:
    """The text under ``element``: tracked changes accepted, hidden codes of fields left out."""
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        name = child.tag
        if name == w("t"):
            yield child.text or ""
        elif name in _PRINTED:
            yield _PRINTED[str(name)]
            yield from _pieces(child)
        elif name == w("sym"):
            yield _symbol(child)
        elif name == w("p"):
            yield " "
            yield from _pieces(child)
        elif isinstance(name, str) and name not in _SKIPPED:
            yield from _pieces(child)


def _symbol(element: _Element) -> str:
    """A character of a symbol font: its code stands for it."""
    return f"[{element.get(w('char'), '')}]"


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph, the content controls around it (outermost first), the column of the table it stands in, if any."""

    element: _Element
    around: tuple[_Element, ...] = ()
    column: int | None = None


def paragraphs(container: _Element) -> Iterator[Placed]:
    """Each paragraph under ``container`` in order.

    Descends into tables, controls and tracked insertions, not into text boxes (part of their paragraph). The column is
    that of the outermost table.
    """
    yield from _paragraphs(container, (), None)


def _paragraphs(element: _Element, around: tuple[_Element, ...], column: int | None) -> Iterator[Placed]:
    for child in element:
        if child.tag == w("p"):
            yield Placed(child, around, column)
        elif child.tag == w("sdt"):
            yield from _paragraphs(child, (*around, child), column)
        elif child.tag == w("tr") and column is None:
            for index, cell in enumerate(_cells(child)):
                held = tuple(control for control in cell.iterancestors(w("sdt")) if child in control.iterancestors())
                yield from _paragraphs(cell, (*around, *reversed(held)), index)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _paragraphs(child, around, column)


def _cells(row: _Element) -> list[_Element]:
    """The cells of a row, those in controls too; not those of tables within."""
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def inner_controls(paragraph: _Element) -> Iterator[_Element]:
    """The content controls inside a paragraph, in order."""
    return iter(paragraph.iter(w("sdt")))


def tag_of(control: _Element) -> str:
    """The tag of a content control, or an empty string."""
    element = control.find(f"{{{W}}}sdtPr/{{{W}}}tag")
    return "" if element is None else str(element.get(w("val"), ""))
