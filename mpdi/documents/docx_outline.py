"""Which paragraphs are headings, and of which level, whatever a word processor calls the styles."""

from dataclasses import dataclass, field

from lxml.etree import _Element

from mpdi.documents.ooxml import W, w

NO_LEVEL = 9  # deeper than any heading
_DEPTH = 20  # of styles based on each other, as Word allows few


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    level: int | None


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """Names and outline levels of the paragraph styles of a file."""

    _styles: dict[str, _Style] = field(default_factory=dict)

    def level(self, paragraph: _Element) -> int | None:
        """1 to 9 for a heading, None for body text."""
        own = paragraph.find(f"{{{W}}}pPr/{{{W}}}outlineLvl")
        if own is not None:
            return _level(own)
        style = _style_of(paragraph)
        for _ in range(_DEPTH):
            known = self._styles.get(style)
            if known is None:
                return None
            if known.level is not None:
                return known.level if known.level <= NO_LEVEL else None
            style = known.based_on
        return None

    def name(self, paragraph: _Element) -> str:
        """Name of the paragraph's style, or an empty string."""
        known = self._styles.get(_style_of(paragraph))
        return known.name if known else ""


def style_sheet(root: _Element | None) -> StyleSheet:
    """The styles of word/styles.xml; none when there is no such part."""
    if root is None:
        return StyleSheet()
    return StyleSheet({str(style.get(w("styleId"))): _read(style) for style in root.findall(w("style"))})


def _read(style: _Element) -> _Style:
    level = style.find(f"{{{W}}}pPr/{{{W}}}outlineLvl")
    return _Style(
        name=_value(style.find(w("name"))),
        based_on=_value(style.find(w("basedOn"))),
        level=None if level is None else _level(level) or NO_LEVEL + 1,
    )


def _style_of(paragraph: _Element) -> str:
    return _value(paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle"))


def _value(element: _Element | None) -> str:
    return "" if element is None else str(element.get(w("val"), ""))


def _level(element: _Element) -> int | None:
    """Word counts from 0; 9 means body text."""
    value = _value(element)
    return int(value) + 1 if value.isdigit() and len(value) == 1 and int(value) < NO_LEVEL else None
