"""Words into runs: the state of one file being written, runs, parameters, links, controls."""

from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.inline import Content, Emphasis, Inline, Language, Link, Parameter, Run
from mpdi.documents.labels import LABELS, Labels
from mpdi.documents.ooxml import W15, XML_SPACE, W, add, copied, w
from mpdi.documents.tags import parameter_tag
from mpdi.documents.text import single_spaced

STYLES = {
    Emphasis.PLAIN: "",
    Emphasis.BOLD: "Strong",
    Emphasis.ITALIC: "Emphasis",
    Emphasis.MUTED: "Muted",
    Emphasis.HIGHLIGHT: "Highlight",
}
"""The character style of each emphasis; none for plain words."""


@dataclass(slots=True)
class Counts:
    """What is numbered through one file, whatever the language; `rows`: of tables, kept as text until the end;
    `pictures`: in their order, as PNG."""

    controls: int = 0
    numbered_lists: int = 0
    tables: int = 0
    marks: int = 0
    rows: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Writing:
    """What must be counted and looked up while one body is written in one language."""

    language: Language
    bookmarks: dict[str, str]
    counts: Counts = field(default_factory=Counts)
    _text_runs: dict[tuple[str, Language | None], _Element] = field(default_factory=dict)
    _runs: dict[tuple[str, Language | None], _Element] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        """The writer's own words in the document's language."""
        return LABELS[self.language]

    def next_control(self) -> str:
        """A number for a content control, unique in the file."""
        self.counts.controls += 1
        return str(self.counts.controls)

    def next_mark(self) -> str:
        """A number for a bookmark, unique in the file."""
        self.counts.marks += 1
        return str(self.counts.marks)

    def text_run(self, style: str, language: Language | None) -> _Element:
        """A run with an empty ``w:t``, to be copied."""
        known = self._text_runs.get((style, language))
        if known is None:
            known = self._text_runs[style, language] = self.run(style, language)
            add(known, "t")
        return known

    def run(self, style: str = "", language: Language | None = None) -> _Element:
        """A fresh run with character style (or none) and language, and nothing in it yet."""
        known = self._runs.get((style, language))
        if known is None:
            known = self._runs[style, language] = _empty_run(style, LABELS[language or self.language].locale)
        return copied(known)


def _empty_run(style: str, locale: str) -> _Element:
    run = etree.Element(w("r"), nsmap={"w": W})
    properties = add(run, "rPr")
    if style:
        add(properties, "rStyle", val=style)
    add(properties, "lang", val=locale)
    return run


@cache
def _empty_paragraph(style: str) -> _Element:
    element = etree.Element(w("p"), nsmap={"w": W})
    if style:
        add(add(element, "pPr"), "pStyle", val=style)
    return element


def paragraph(parent: _Element, style: str = "") -> _Element:
    """Append a paragraph of that style (none: Normal)."""
    element = copied(_empty_paragraph(style))
    parent.append(element)
    return element


def add_run(parent: _Element, text: str, state: Writing, style: str = "", language: Language | None = None) -> None:
    """Append a run, unless it has no text."""
    words = single_spaced(text)
    if not words:
        return
    run = copied(state.text_run(style, language))
    element = run[-1]
    if words[0].isspace() or words[-1].isspace() or "  " in words:
        element.set(XML_SPACE, "preserve")
    element.text = words
    parent.append(run)


def add_tab(parent: _Element, state: Writing) -> None:
    """Append a run that is a tab."""
    run = state.run()
    add(run, "tab")
    parent.append(run)


def add_content(parent: _Element, content: Content, state: Writing) -> None:
    """Append the runs, controls and links of ``content``."""
    for part in content:
        _add_inline(parent, part, state)


def _add_inline(parent: _Element, part: Inline, state: Writing) -> None:
    if isinstance(part, Parameter):
        _add_parameter(parent, part, state)
    elif isinstance(part, Link):
        add_link(parent, part, state)
    elif isinstance(part, Run):
        add_run(parent, part.text, state, STYLES[part.emphasis], part.language)


def _add_parameter(parent: _Element, parameter: Parameter, state: Writing) -> None:
    tag = parameter_tag(parameter.clause_id, parameter.key)
    held = control(parent, tag, state, title=parameter.key)
    add_run(held, parameter.printed or "–", state, "Strong" if parameter.is_filled else "Highlight")


def add_link(parent: _Element, link: Link, state: Writing) -> None:
    """Append a link to a bookmark of the document, or plain text where there is none."""
    anchor = state.bookmarks.get(link.target)
    if anchor is None or not link.text.strip():
        add_run(parent, link.text, state)
        return
    add_run(add(parent, "hyperlink", anchor=anchor, history="1"), link.text, state, "Hyperlink")


def control(parent: _Element, tag: str, state: Writing, *, title: str = "") -> _Element:
    """Append a content control with that tag and answer the element that holds its content.

    With a ``title`` it is a plain-text control with a frame (a parameter); without, it is drawn without
    one. A title on a heading that is linked to makes LibreOffice 25.2 crash when it exports to PDF.
    """
    element = copied(_empty_control(tag, single_spaced(title)[:64]))
    element[0][_ID_PLACE[bool(title)]].set(w("val"), state.next_control())
    parent.append(element)
    return element[1]


_ID_PLACE = {True: 2, False: 1}  # of w:id among what _empty_control puts into w:sdtPr


@lru_cache(maxsize=2048)
def _empty_control(tag: str, title: str) -> _Element:
    element = etree.Element(w("sdt"), nsmap={"w": W, "w15": W15})
    properties = add(element, "sdtPr")
    if title:
        add(properties, "alias", val=title)
    add(properties, "tag", val=tag)
    add(properties, "id", val="0")
    if title:
        add(properties, "text")
    else:
        etree.SubElement(properties, f"{{{W15}}}appearance").set(f"{{{W15}}}val", "hidden")
    add(element, "sdtContent")
    return element


def add_field(parent: _Element, instruction: str, cached: str, state: Writing) -> None:
    """Append a field that shows ``cached`` until a word processor computes it."""
    open_field(parent, instruction, state)
    add_run(parent, cached, state)
    field_mark(parent, "end", state)


def open_field(parent: _Element, instruction: str, state: Writing) -> None:
    """Append what stands before a field's cached result."""
    field_mark(parent, "begin", state)
    run = state.run()
    words = add(run, "instrText")
    words.set(XML_SPACE, "preserve")
    words.text = f" {instruction} "
    parent.append(run)
    field_mark(parent, "separate", state)


def field_mark(parent: _Element, kind: str, state: Writing) -> None:
    """Append the begin, separate or end mark of a field."""
    run = state.run()
    add(run, "fldChar", fldCharType=kind)
    parent.append(run)
