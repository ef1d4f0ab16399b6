"""Title page and contents list of a bilingual document."""

from lxml.etree import _Element

from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_beside import add_texts
from mpdi.documents.docx_columns import Columns, Side
from mpdi.documents.docx_front import completion_table, cover_facts
from mpdi.documents.docx_inline import Writing, add_run, add_tab, control, field_mark, open_field, paragraph
from mpdi.documents.docx_tables import write_rows
from mpdi.documents.ooxml import LOGO_TAG, add
from mpdi.documents.outline import Heading
from mpdi.documents.text import is_blank, normalised_text

_Texts = list[tuple[str, Writing]]


def write_bilingual_title_page(body: _Element, document: BilingualDocument, states: tuple[Writing, Writing]) -> None:
    """Append the first page; what is empty is left out, what is the same in both languages is said once."""
    pages = [side.title_page for side in document.sides]
    logo = [(page.logo_place, state) for page, state in zip(pages, states, strict=True)]
    if not all(is_blank(words) for words, _state in logo):
        add_run(paragraph(control(body, LOGO_TAG, states[0]), "LogoPlace"), logo[0][0], states[0])
    _line(body, [(page.authority, state) for page, state in zip(pages, states, strict=True)], "CoverAuthority")
    _line(body, [(page.kind, state) for page, state in zip(pages, states, strict=True)], "CoverKind")
    _write_object(body, [(page.object, state) for page, state in zip(pages, states, strict=True)])
    facts = [cover_facts(page, state) for page, state in zip(pages, states, strict=True)]
    for pair in zip(*facts, strict=True):
        element = paragraph(body, "CoverFact")
        add_texts(element, [(label, state) for (label, _value), state in zip(pair, states, strict=True)], "FactLabel")
        add_tab(element, states[0])
        add_texts(element, [(value, state) for (_label, value), state in zip(pair, states, strict=True)])
    sides = (Side(state, iter(())) for state in states)
    Columns(body, *sides).write_texts(list(zip(*(page.notices for page in pages), strict=True)), "CoverNotice")
    _write_completion(body, document, states)


def _write_completion(body: _Element, document: BilingualDocument, states: tuple[Writing, Writing]) -> None:
    if not document.to_complete:
        return
    _line(body, [(state.labels.to_complete, state) for state in states], "CoverListHeading")
    sides = zip(document.sides, states, strict=True)
    write_rows(body, *((completion_table(side.title_page.to_complete, state), state) for side, state in sides))


def _line(body: _Element, texts: _Texts, style: str) -> None:
    if not all(is_blank(text) for text, _state in texts):
        add_texts(paragraph(body, style), texts)


def _write_object(body: _Element, texts: _Texts) -> None:
    """One line a language: both are read as titles."""
    shown = {normalised_text(text): (text, state) for text, state in reversed(texts) if not is_blank(text)}
    styles = ("CoverObject",) if len(shown) == 1 else ("CoverObjectFirst", "CoverObjectBeside")
    for style, (text, state) in zip(styles, reversed(shown.values()), strict=False):
        add_run(paragraph(body, style), text, state)


def write_bilingual_contents(
    body: _Element, outlines: tuple[tuple[Heading, ...], ...], levels: int, states: tuple[Writing, Writing]
) -> None:
    """Append the contents list, each entry linked to both headings; see ``docx_front.write_contents``."""
    entries = [pair for pair in zip(*outlines, strict=True) if pair[0].level <= levels]
    if not entries:
        return
    _line(body, [(state.labels.contents, state) for state in states], "TOCHeading")
    elements = [paragraph(body, f"TOC{pair[0].level}") for pair in entries]
    open_field(elements[0], f'TOC \\o "1-{levels}" \\h \\z \\u', states[0])
    for element, pair in zip(elements, entries, strict=True):
        _write_entry(element, pair, states)
    field_mark(elements[-1], "end", states[0])


def _write_entry(element: _Element, pair: tuple[Heading, ...], states: tuple[Writing, Writing]) -> None:
    first, second = pair
    link = add(element, "hyperlink", anchor=first.bookmark, history="1")
    if first.is_annex and first.level == 1:
        add_run(link, f"{first.number} {first.text}", states[0])
    else:
        add_run(link, first.number, states[0])
        add_tab(link, states[0])
        add_run(link, first.text, states[0])
    add_run(element, " – ", states[0])
    add_run(add(element, "hyperlink", anchor=second.bookmark, history="1"), second.text, states[1])
