"""Plain data into a Word file: one pure function; the same document gives the same bytes."""

from lxml.etree import _Element

from mpdi.documents import docx_frame as frame
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_bilingual_front import write_bilingual_contents, write_bilingual_title_page
from mpdi.documents.docx_blocks import mark_end, needs_air, open_space, write_block, write_clause, write_heading
from mpdi.documents.docx_columns import Columns, Side
from mpdi.documents.docx_front import write_contents, write_title_page
from mpdi.documents.docx_inline import Counts, Writing, add_run, paragraph
from mpdi.documents.docx_letter import write_letter_head, write_signature
from mpdi.documents.docx_numbering import numbering_part
from mpdi.documents.docx_package import packed
from mpdi.documents.docx_rows import body_bytes
from mpdi.documents.docx_styles import styles_part
from mpdi.documents.errors import DocumentModelError
from mpdi.documents.inline import Language
from mpdi.documents.labels import LABELS
from mpdi.documents.model import (
    Block,
    ClauseBlock,
    LetterDocument,
    Manifest,
    Section,
    SpecificationDocument,
    Table,
    WordDocument,
)
from mpdi.documents.ooxml import add, root
from mpdi.documents.outline import Heading, bookmarks, outline, outlines


def write_specification(document: SpecificationDocument) -> bytes:
    """The .docx of a specification: see :func:`write_document`."""
    return write_document(document)


def write_document(document: WordDocument | BilingualDocument) -> bytes:
    """The .docx of any of our documents, in one language or in two columns.

    Raises ``TagTooLongError`` for an identifier or key that does not fit into a control's tag, and
    ``DocumentModelError`` for data that contradict themselves (a digest that is none, a manifest that
    is not JSON). Text never fails: what XML forbids becomes U+FFFD.
    """
    return packed(document_parts(document))


def document_parts(document: WordDocument | BilingualDocument) -> dict[str, bytes]:
    """Name and bytes of every part of the package."""
    if isinstance(document, BilingualDocument):
        body, counts = _bilingual_body(document)
        return _parts(document.sides, body, counts, document.manifest, "")
    body, counts = _body(document)
    return _parts((document,), body, counts, document.manifest, LABELS[document.language].annex)


def _parts(
    sides: tuple[WordDocument, ...], body: bytes, counts: Counts, manifest: Manifest, annex_word: str
) -> dict[str, bytes]:
    language, metadata = sides[0].language, sides[0].metadata
    pictures = {f"word/{frame.picture_name(number)}": png for number, png in enumerate(counts.pictures, start=1)}
    return pictures | {
        "[Content_Types].xml": frame.content_types_part(has_pictures=bool(pictures)),
        "_rels/.rels": frame.PACKAGE_RELATIONS_PART,
        "customXml/_rels/item1.xml.rels": frame.MANIFEST_RELATIONS_PART,
        "customXml/item1.xml": _manifest(manifest, metadata.title),
        "customXml/itemProps1.xml": frame.MANIFEST_PROPERTIES_PART,
        "docProps/app.xml": frame.APPLICATION_PART,
        "docProps/core.xml": frame.core_part(metadata, *(side.language for side in sides)),
        "word/_rels/document.xml.rels": frame.body_relations_part(len(pictures)),
        "word/document.xml": body,
        "word/fontTable.xml": frame.FONTS_PART,
        "word/footer1.xml": frame.footer_part(*sides),
        "word/header1.xml": frame.header_part(*sides),
        "word/numbering.xml": numbering_part(annex_word, counts.numbered_lists),
        "word/settings.xml": frame.settings_part(language),
        "word/styles.xml": styles_part(language, is_bilingual=len(sides) > 1),
    }


def _manifest(manifest: Manifest, title: str) -> bytes:
    try:
        return frame.manifest_part(manifest)
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentModelError(f"The manifest of {title!r} is not JSON: {error}") from error


def _body(document: WordDocument) -> tuple[bytes, Counts]:
    headings = outline(document)
    state = Writing(document.language, bookmarks(headings))
    part = root("document")
    body = add(part, "body")
    if isinstance(document, LetterDocument):
        write_letter_head(body, document, state)
        _Body(body, headings, state).write_letter(document.sections)
        write_signature(body, document, state)
    else:
        write_title_page(body, document.title_page, state)
        write_contents(body, headings, document.contents_levels, state)
        _Body(body, headings, state).write(document.sections)
    frame.add_page_layout(body)
    return body_bytes(part, state.counts), state.counts


def _bilingual_body(document: BilingualDocument) -> tuple[bytes, Counts]:
    left, right = outlines(document)
    counts = Counts()
    states = (Writing(Language.FR, bookmarks(left), counts), Writing(Language.NL, bookmarks(right), counts))
    part = root("document")
    body = add(part, "body")
    write_bilingual_title_page(body, document, states)
    write_bilingual_contents(body, (left, right), document.fr.contents_levels, states)
    Columns(body, Side(states[0], iter(left)), Side(states[1], iter(right))).write(document.sections)
    frame.add_page_layout(body)
    return body_bytes(part, counts), counts


class _Body:
    """Writes sections one after the other, marking the end of a clause that no heading ends."""

    def __init__(self, body: _Element, headings: tuple[Heading, ...], state: Writing) -> None:
        self._body = body
        self._headings = iter(headings)
        self._state = state
        self._open_level = 0  # of the clause just written; 0: none

    def write(self, sections: tuple[Section, ...]) -> None:
        for index, section in enumerate(sections):
            self._write_section(section, is_first=index == 0)
        place = len(self._body)
        add_run(paragraph(self._body, "Closing"), self._state.labels.end, self._state)
        self._end_clause(place)

    def write_letter(self, sections: tuple[Section, ...]) -> None:
        for section in sections:
            self._write_section(section, is_first=False)

    def _write_section(self, section: Section, *, is_first: bool) -> None:
        place = len(self._body)
        starts_page = section.starts_page or is_first
        write_heading(self._body, next(self._headings), self._state, starts_page=starts_page)
        if section.level <= self._open_level:
            self._open_level = 0
        self._end_clause(place)
        self._write_blocks(section.blocks)

    def _write_blocks(self, blocks: tuple[Block, ...]) -> None:
        previous: Block | None = None
        for block in blocks:
            if isinstance(block, ClauseBlock):
                write_clause(self._body, block, next(self._headings), self._state)
                self._open_level = block.level
            else:
                self._write_block(block, previous)
            previous = block

    def _write_block(self, block: Block, previous: Block | None) -> None:
        place = len(self._body)
        write_block(self._body, block, self._state)
        if isinstance(previous, Table) and needs_air(block) and place < len(self._body):
            open_space(self._body, place)
        self._end_clause(place)

    def _end_clause(self, place: int) -> None:
        if self._open_level and place < len(self._body):
            mark_end(self._body, place, self._state)
            self._open_level = 0
