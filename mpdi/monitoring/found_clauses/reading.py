"""What is searched, read: a Word file, the text of a PDF, plain text, the texts of a notice. Files may be hostile."""

import re
from collections.abc import Iterator

from mpdi.clause_library.core.said import said
from mpdi.documents.docx_reader import ReadSpecification, read_paragraphs, read_specification
from mpdi.documents.errors import ReadDocumentError
from mpdi.monitoring.found_clauses.model import SearchedText, Tagged, UnreadableTextError
from mpdi.monitoring.found_clauses.pdf_text import pdf_pages
from mpdi.monitoring.found_clauses.wording import unbroken
from tender_parsers import NoticeError, parse_notice
from tender_parsers.exceptions import NotANotice, SeveralNotices
from tender_parsers.notice import Notice

LARGEST = 25 * 2**20
"""Bytes of a file."""
LONGEST = 1_500_000
"""Characters of a text: five times a specification of 150 pages, and some twenty seconds."""
_BEGINNINGS = {".docx": b"PK", ".pdf": b"%PDF"}
_BOM = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<[\w:]+\s[^>]*\bxmlns|\{\s*")')
"""How XML and JSON begin that no text begins with."""
_PARAGRAPH_END = re.compile(r"\n\s*\n|\f|\r\n\s*\r\n")


def searched_file(data: bytes, name: str = "") -> SearchedText:
    """Read a file by what its bytes are: a PDF, a .docx, a notice, else text in UTF-8. Raises `UnreadableTextError`.

    `name`: as far as it is known; a file that is not what its name says is refused: its words would be no words.
    """
    if len(data) > LARGEST:
        raise UnreadableTextError(said("The file has more than 25 MB. Remove its pictures, and try again."))
    for suffix, begins in _BEGINNINGS.items():
        if name.lower().endswith(suffix) and not data.startswith(begins):
            raise UnreadableTextError(
                said(
                    "The file is named %(suffix)s but is none. Save it anew in that form with your word processor, or name a plain text .txt.",
                    suffix=suffix,
                )
            )
    if data.startswith(b"%PDF"):
        return _bounded(SearchedText(tuple(unbroken(page) for page in pdf_pages(data))))
    if data.startswith(b"PK"):
        return _bounded(_word_file(data))
    if data.removeprefix(_BOM).lstrip()[:1] in (b"<", b"{") and (notice := _notice(data)) is not None:
        return _bounded(searched_notice(notice))
    try:
        return searched_words(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableTextError(said("The file is no .docx, no PDF, no notice and no text in UTF-8.")) from error


def searched_words(text: str) -> SearchedText:
    """Read a text that was typed or pasted. Raises `UnreadableTextError` where there is none, or far too much."""
    paragraphs = tuple(part.strip() for part in _PARAGRAPH_END.split(text.replace("\0", " ")) if part.strip())
    if not paragraphs:
        raise UnreadableTextError(said("There is no text to search."))
    return _bounded(SearchedText(tuple(unbroken(part) for part in paragraphs)))


def _bounded(text: SearchedText) -> SearchedText:
    """The text, unless it would take minutes to search."""
    if sum(map(len, text.paragraphs)) > LONGEST:
        raise UnreadableTextError(said("The text is longer than any specification. Split it, and try again."))
    return text


def searched_notice(notice: Notice) -> SearchedText:
    """The free texts of a notice, each once. Raises `UnreadableTextError` where it has none."""
    texts = tuple(dict.fromkeys(text.value for text in notice.texts if text.value.strip()))
    if not texts:
        raise UnreadableTextError(said("The notice holds no free text."))
    return SearchedText(texts)


def _notice(data: bytes) -> Notice | None:
    """The notice; `None`: it is none, and may be a text."""
    try:
        return parse_notice(data)
    except (NotANotice, SeveralNotices):
        return None
    except NoticeError as error:
        if not _DECLARED.match(data):
            return None
        words = said(
            "The file begins like a notice (XML or JSON) and cannot be read: cut off, damaged or too large. Take it again where it was published, or give its text."
        )
        raise UnreadableTextError(words) from error


def _word_file(data: bytes) -> SearchedText:
    try:
        paragraphs = read_paragraphs(data)
        read = read_specification(data)
    except ReadDocumentError as error:
        words = said(
            "The Word file cannot be read: damaged, too large, with macros, or no .docx. Save it anew as .docx."
        )
        raise UnreadableTextError(words) from error
    if not paragraphs:
        raise UnreadableTextError(said("The Word file holds no text."))
    return SearchedText(paragraphs, tuple(_tagged(read)))


def _tagged(read: ReadSpecification) -> Iterator[Tagged]:
    """The clauses that a file of ours names; unchanged where the digest of the words is that of its manifest."""
    listed = (read.manifest or {}).get("clauses")
    written = {
        (entry.get("id"), entry.get("version"), entry.get("language")): entry.get("rendered_digest")
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict)
    }
    for clause in read.clauses:
        known = written.get((clause.id, clause.version, clause.language))
        yield Tagged(clause.id, clause.version, clause.language, clause.text, known == clause.rendered_digest)
