"""Words into runs: the state of one file being written, runs, parameters, links, controls."""

from copy import copy
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.inline import Content, Emphasis, Inline, Language, Link, Parameter, Run
from mpdi.documents.labels import LABELS, Labels
from mpdi.documents.ooxml import W15, XML_SPACE, add, w
from mpdi.documents.tags import parameter_tag
from mpdi.documents.text import single_spaced

_STYLES = {
    Emphasis.PLAIN: "",
    Emphasis.BOLD: "Strong",
    Emphasis.ITALIC: "Emphasis",
    Emphasis.MUTED: "Muted",
    Emphasis.HIGHLIGHT: "Highlight",
}


@dataclass(slots=True)
class Writing:
    """What must be counted and looked up while one body is written."""

    language: Language
    bookmarks: dict[str, str]
    controls: int = 0
    numbered_lists: int = 0
    tables: int = 0
    marks: int = 0
    _looks: dict[tuple[str, str], _Element] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        """The writer's own words in the document's language."""
        return LABELS[self.language]

    def next_control(self) -> str:
        """A number for a content control, unique in the file."""
        self.controls += 1
        return str(self.controls)

    def next_mark(self) -> str:
        """A number for a bookmark, unique in the file."""
        self.marks += 1
        return str(self.marks)

    def look(self, style: str, language: Language | None) -> _Element:
        """A fresh ``w:rPr`` with character style (or none) and language."""
        locale = LABELS[language or self.language].locale
        if (style, locale) not in self._looks:
            self._looks[style, locale] = _run_properties(style, locale)
        return copy(self._looks[style, locale])


def _run_properties(style: str, locale: str) -> _Element:
    properties = etree.Element(w("rPr"))
    if style:
        add(properties, "rStyle", val=style)
    add(properties, "lang", val=locale)
    return properties


def paragraph(parent: _Element, style: str = "") -> _Element:
    """Append a paragraph of that style (none: Normal)."""
    element = add(parent, "p")
    if style:
        add(add(element, "pPr"), "pStyle", val=style)
    return element


def add_run(parent: _Element, text: str, state: Writing, style: str = "", language: Language | None = None) -> None:
    """Append a run, unless it has no text."""
    words = single_spaced(text)
    if not words:
        return
    run = add(parent, "r")
    run.append(state.look(style, language))
    element = add(run, "t")
    if words[0].isspace() or words[-1].isspace() or "  " in words:
        element.set(XML_SPACE, "preserve")
    element.text = words


def add_tab(parent: _Element, state: Writing) -> None:
    """Append a run that is a tab."""
    run = add(parent, "r")
    run.append(state.look("", None))
    add(run, "tab")


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
        add_run(parent, part.text, state, _STYLES[part.emphasis], part.language)


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
    element = add(parent, "sdt")
    properties = add(element, "sdtPr")
    if title:
        add(properties, "alias", val=single_spaced(title)[:64])
    add(properties, "tag", val=tag)
    add(properties, "id", val=state.next_control())
    if title:
        add(properties, "text")
    else:
        properties.append(properties.makeelement(f"{{{W15}}}appearance", {f"{{{W15}}}val": "hidden"}))
    return add(element, "sdtContent")


def add_field(parent: _Element, instruction: str, cached: str, state: Writing) -> None:
    """Append a field that shows ``cached`` until a word processor computes it."""
    field_mark(parent, "begin", state)
    run = add(parent, "r")
    run.append(state.look("", None))
    words = add(run, "instrText")
    words.set(XML_SPACE, "preserve")
    words.text = f" {instruction} "
    field_mark(parent, "separate", state)
    add_run(parent, cached, state)
    field_mark(parent, "end", state)


def field_mark(parent: _Element, kind: str, state: Writing) -> None:
    """Append the begin, separate or end mark of a field."""
    run = add(parent, "r")
    run.append(state.look("", None))
    add(run, "fldChar", fldCharType=kind)
