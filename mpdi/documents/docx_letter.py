"""The head of a letter and its signature: no cover, no contents list."""

from lxml.etree import _Element

from mpdi.documents.docx_blocks import write_block
from mpdi.documents.docx_front import cover_facts
from mpdi.documents.docx_inline import Writing, add_content, add_run, add_tab, paragraph
from mpdi.documents.inline import content_text
from mpdi.documents.model import LetterDocument
from mpdi.documents.ooxml import add
from mpdi.documents.text import is_blank


def write_letter_head(body: _Element, letter: LetterDocument, state: Writing) -> None:
    """Append what the sender deletes, then who writes, to whom, the facts of the head and the blocks before the first heading."""
    for block in letter.foreword:
        write_block(body, block, state)
    if not is_blank(letter.title_page.authority):
        element = paragraph(body, "CoverAuthority")
        if letter.foreword:
            add(element[0], "spacing", before="480")
        add_run(element, letter.title_page.authority, state)
    for place, line in enumerate(line for line in letter.addressee if not is_blank(content_text(line))):
        element = paragraph(body, "LetterAddress")
        if place == 0:
            add(element[0], "spacing", before="720")
        add_content(element, line, state)
    for place, (label, value) in enumerate(cover_facts(letter.title_page, state)):
        element = paragraph(body, "CoverFact")
        if place == 0:
            add(element[0], "spacing", before="720")
        add_run(element, label, state, "FactLabel")
        add_tab(element, state)
        add_run(element, value, state)
    add_run(paragraph(body, "LetterOpening"), letter.salutation, state)
    for block in letter.opening:
        write_block(body, block, state)


def write_signature(body: _Element, letter: LetterDocument, state: Writing) -> None:
    """Append the lines at the end, kept together."""
    for place, line in enumerate(letter.signature):
        element = paragraph(body, "LetterSignature")
        if place < len(letter.signature) - 1:
            add(element[0], "keepNext")
        if place == 0:
            add(element[0], "spacing", before="360")
        add_content(element, line, state)
