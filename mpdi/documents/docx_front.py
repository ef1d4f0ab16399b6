"""Title page and contents list."""

from lxml.etree import _Element

from mpdi.documents.docx_inline import (
    Writing,
    add_run,
    add_tab,
    control,
    field_mark,
    open_field,
    paragraph,
)
from mpdi.documents.docx_tables import write_rows
from mpdi.documents.inline import Link, Run
from mpdi.documents.labels import written_date
from mpdi.documents.model import Table, TitlePage, ToComplete
from mpdi.documents.ooxml import LOGO_TAG, add
from mpdi.documents.outline import Heading
from mpdi.documents.text import is_blank


def write_title_page(body: _Element, page: TitlePage, state: Writing) -> None:
    """Append the first page; what is empty is left out."""
    if not is_blank(page.logo_place):
        add_run(paragraph(control(body, LOGO_TAG, state), "LogoPlace"), page.logo_place, state)
    _line(body, page.authority, "CoverAuthority", state)
    _line(body, page.kind, "CoverKind", state)
    _line(body, page.object, "CoverObject", state)
    for label, value in cover_facts(page, state):
        _write_fact(body, label, value, state)
    for line in page.verdict:
        _line(body, line, "CoverVerdict", state)
    for notice in page.notices:
        _line(body, notice, "CoverNotice", state)
    if page.to_complete:
        _line(body, state.labels.to_complete, "CoverListHeading", state)
        write_rows(body, (completion_table(page.to_complete, state), state))


def write_contents(body: _Element, headings: tuple[Heading, ...], levels: int, state: Writing) -> None:
    """Append the contents list: a field that is not dirty, its cached entries linked to their headings.

    The entries have no page numbers (nothing here lays out pages); updating the field adds them. Annex
    headings come in by their outline level (``\\u``): a list of styles would need the reader's own list separator.
    """
    entries = [heading for heading in headings if heading.level <= levels]
    if not entries:
        return
    _line(body, state.labels.contents, "TOCHeading", state)
    elements = [paragraph(body, f"TOC{heading.level}") for heading in entries]
    open_field(elements[0], f'TOC \\o "1-{levels}" \\h \\z \\u', state)
    for element, heading in zip(elements, entries, strict=True):
        _write_entry(element, heading, state)
    field_mark(elements[-1], "end", state)


def _line(body: _Element, text: str, style: str, state: Writing) -> None:
    if not is_blank(text):
        add_run(paragraph(body, style), text, state)


def cover_facts(page: TitlePage, state: Writing) -> list[tuple[str, str]]:
    """The lines (label, value) of the first page."""
    labels = state.labels
    day = written_date(page.date, state.language) if page.date else ""
    known = [(labels.reference, page.reference), (labels.procedure, page.procedure), (labels.date, day)]
    return [(label, value) for label, value in (*known, *page.facts) if not is_blank(value)]


def _write_fact(body: _Element, label: str, value: str, state: Writing) -> None:
    element = paragraph(body, "CoverFact")
    add_run(element, label, state, "FactLabel")
    add_tab(element, state)
    add_run(element, value, state)


def completion_table(entries: tuple[ToComplete, ...], state: Writing) -> Table:
    """What is to complete, and where, each place a link."""
    labels = state.labels
    rows = tuple(((Run(entry.text),), (Link(entry.where or "–", entry.target),)) for entry in entries)
    return Table(labels.to_complete, (labels.to_complete_what, labels.where), rows, (62, 38), is_dense=True)


def _write_entry(element: _Element, heading: Heading, state: Writing) -> None:
    link = add(element, "hyperlink", anchor=heading.bookmark, history="1")
    if heading.is_annex and heading.level == 1:
        add_run(link, f"{heading.number} {heading.text}", state)
        return
    add_run(link, heading.number, state)
    add_tab(link, state)
    add_run(link, heading.text, state)
