"""A Word file of ours, perhaps edited, perhaps saved again by LibreOffice or Word, read back.

A clause runs from its heading (a paragraph in a control tagged ``mpdi:clause:…``) to the next such
heading, the next heading of its level or above, a control tagged ``mpdi:end``, or the end. Its text
is that of all paragraphs between, without automatic numbers and without the meta line. Where its heading
stands in the cell of a table (a document in two columns), it goes on in that column; what stands outside
the table then belongs to the open clauses of every column.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml.etree import _Element

from mpdi.documents.docx_archive import Package, file_bytes, main_part
from mpdi.documents.docx_outline import NO_LEVEL, StyleSheet, style_sheet
from mpdi.documents.docx_text import Placed, inner_controls, paragraphs, printed_text, tag_of
from mpdi.documents.errors import DamagedPartError, NotAWordDocumentError
from mpdi.documents.ooxml import CLAUSE_TAG, END_TAG, MANIFEST, META_TAG, w
from mpdi.documents.tags import ClauseTag, parsed_clause_tag, parsed_parameter_tag
from mpdi.documents.text import joined_text, normalised_text, text_digest

_MANIFEST_PART = re.compile(r"customXml/item\d+\.xml")
_BRACKETS = re.compile(r"\[.*\]")


@dataclass(frozen=True, slots=True)
class ReadParameter:
    """A parameter as it stands in the file; in brackets it is still to complete."""

    clause_id: str
    key: str
    text: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause found in a file. ``digest12``: of its version, from the tag. ``text``: normalised."""

    id: str
    version: str
    language: str
    digest12: str
    heading: str
    text: str
    parameters: tuple[ReadParameter, ...]

    @property
    def rendered_digest(self) -> str:
        """Equal to ``ClauseBlock.rendered_digest`` when nobody changed a word."""
        return text_digest(self.text)


@dataclass(frozen=True, slots=True)
class ReadSpecification:
    """What a file says about itself. ``manifest``: None when it has none of ours.

    ``parameters``: all of the file, also outside clauses. ``unknown_tags``: clause tags that someone
    changed so that they cannot be read.
    """

    manifest: dict[str, Any] | None
    clauses: tuple[ReadClause, ...]
    parameters: tuple[ReadParameter, ...]
    unknown_tags: tuple[str, ...]


def read_specification(data: bytes | Path) -> ReadSpecification:
    """Read a .docx, given as bytes or as path. Raises a ``ReadDocumentError`` of one reason each."""
    package = Package(file_bytes(data))
    name = main_part(package)
    body = _body(package, name)
    found = _Finder(_styles(package, name))
    for paragraph in paragraphs(body):
        found.take(paragraph)
    return ReadSpecification(
        manifest=_manifest(package),
        clauses=found.clauses(),
        parameters=tuple(parameter for paragraph in paragraphs(body) for parameter in _parameters(paragraph.element)),
        unknown_tags=tuple(found.unknown),
    )


def read_paragraphs(data: bytes | Path) -> tuple[str, ...]:
    """The text of each paragraph of any .docx in order, tables too; not of headers, footers and notes.

    Raises a ``ReadDocumentError`` of one reason each.
    """
    package = Package(file_bytes(data))
    texts = (normalised_text(printed_text(each.element)) for each in paragraphs(_body(package, main_part(package))))
    return tuple(text for text in texts if text)


def _body(package: Package, name: str) -> _Element:
    root = package.xml(name)
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise NotAWordDocumentError(
            f"The archive's main part {name} is no Word text (a workbook, a presentation, or a 'Strict Open XML' "
            "file). Save the text as Word document (.docx) and try again."
        )
    return body


def _styles(package: Package, main: str) -> StyleSheet:
    folder, _, _ = main.rpartition("/")
    name = f"{folder}/styles.xml" if folder else "styles.xml"
    return style_sheet(package.xml(name) if name in package.names else None)


def _manifest(package: Package) -> dict[str, Any] | None:
    for name in sorted(package.names):
        if not _MANIFEST_PART.fullmatch(name):
            continue
        root = package.xml(name)
        if root.tag == f"{{{MANIFEST}}}manifest":
            return _decoded(root.text or "", name)
    return None


def _decoded(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DamagedPartError(f"The manifest in {name} is not JSON ({error}): write the document again.") from error
    if not isinstance(value, dict):
        raise DamagedPartError(f"The manifest in {name} is no JSON object: write the document again.")
    return value


@dataclass(slots=True)
class _Open:
    """A clause being read."""

    tag: ClauseTag
    level: int
    control: _Element
    lines: list[str]
    parameters: list[ReadParameter]

    def closed(self) -> ReadClause:
        return ReadClause(
            id=self.tag.clause_id,
            version=self.tag.version,
            language=self.tag.language,
            digest12=self.tag.digest,
            heading=normalised_text(self.lines[0]),
            text=joined_text(self.lines),
            parameters=tuple(self.parameters),
        )


@dataclass(slots=True)
class _Finder:
    """Takes paragraph after paragraph and cuts the clauses out: each column is its own stream, full width another."""

    styles: StyleSheet
    unknown: list[str] = field(default_factory=list)
    _begun: list[_Open] = field(default_factory=list)
    _open: dict[int | None, _Open] = field(default_factory=dict)

    def clauses(self) -> tuple[ReadClause, ...]:
        """What was found, in the order of the headings, once all paragraphs are taken."""
        return tuple(clause.closed() for clause in self._begun)

    def take(self, placed: Placed) -> None:
        """The next paragraph, with the content controls around it."""
        paragraph = placed.element
        controls = {control: tag_of(control) for control in (*placed.around, *inner_controls(paragraph))}
        level = self.styles.level(paragraph)
        streams = [column for column in self._open if placed.column is None or column in (placed.column, None)]
        opened = self._opened(controls, level, paragraph)
        if opened:
            for column in streams:
                del self._open[column]
            self._open[placed.column] = opened
            self._begun.append(opened)
            return
        for column in streams:
            clause = self._open[column]
            if END_TAG in controls.values() or (level and level <= clause.level):
                del self._open[column]
            elif not self._is_meta(paragraph, controls):
                clause.lines.append(printed_text(paragraph))
                clause.parameters.extend(_parameters(paragraph))

    def _opened(self, controls: dict[_Element, str], level: int | None, paragraph: _Element) -> _Open | None:
        known = [clause.control for clause in self._open.values()]
        for control, tag in controls.items():
            if not tag.startswith(CLAUSE_TAG) or any(control is each for each in known):
                continue
            parts = parsed_clause_tag(tag)
            if parts:
                words, parameters = printed_text(paragraph), list(_parameters(paragraph))
                return _Open(parts, level or NO_LEVEL, control, [words], parameters)
            if tag not in self.unknown:
                self.unknown.append(tag)
        return None

    def _is_meta(self, paragraph: _Element, controls: dict[_Element, str]) -> bool:
        return META_TAG in controls.values() or self.styles.name(paragraph) == "Clause meta"


def _parameters(paragraph: _Element) -> Iterator[ReadParameter]:
    for control in inner_controls(paragraph):
        parts = parsed_parameter_tag(tag_of(control))
        if parts:
            text = normalised_text(printed_text(control))
            yield ReadParameter(*parts, text=text, is_filled=bool(text) and not _BRACKETS.fullmatch(text))
