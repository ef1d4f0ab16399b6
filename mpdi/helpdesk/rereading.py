"""“Read my specification again”: what became of the clauses of a file written here, what lint said, section by section."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mpdi.clause_library.comparison import Change
from mpdi.clause_library.core.library import ClauseLibrary, UnknownClauseError
from mpdi.documents.docx_reader import ReadClause, ReadSpecification, read_specification
from mpdi.documents.errors import ReadDocumentError
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.clause_differences import changes_in
from mpdi.specifications.checking.inspection import (
    DamagedManifestError,
    NoManifestError,
    inspect_document,
    manifest_list,
)

_FINDING_KEYS = ("rule", "severity", "where", "message", "remedy")


class NotReadAutomaticallyError(MpdiError):
    """The file was not written by MPDI, or cannot be read: it is kept, and read by people."""


@dataclass(frozen=True)
class ReadSection:
    """A clause of the file: its state (`unchanged`, `edited`, `missing`, `outdated`), and its words where it is there."""

    clause_id: str
    version: str
    language: str
    state: str
    heading: str = ""
    text: str = ""
    changes: tuple[Change, ...] = ()
    """Of an edited clause, word by word against the library; empty where the library has no such version."""

    @property
    def name(self) -> str:
        """What a comment calls this section."""
        return f"{self.clause_id} – {self.heading}" if self.heading else self.clause_id


@dataclass(frozen=True)
class Rereading:
    """A file read again. `findings` are those of its manifest, from the day it was written, in the file's language."""

    sections: tuple[ReadSection, ...]
    findings: tuple[Mapping[str, str], ...]
    language: str

    @property
    def ordered(self) -> tuple[ReadSection, ...]:
        """The sections: first those that somebody must look at, each kind in the order of the file."""
        return tuple(sorted(self.sections, key=lambda section: section.state == "unchanged"))

    @property
    def first_unchanged(self) -> int:
        """The place, counted from 1, of the first section in which nothing changed; 0 where there is none."""
        changed = sum(section.state != "unchanged" for section in self.sections)
        return changed + 1 if changed < len(self.sections) else 0

    def count(self, state: str) -> int:
        """How many sections are in a state."""
        return sum(section.state == state for section in self.sections)


def read_again(data: bytes, library: ClauseLibrary, day: datetime.date) -> Rereading:
    """Inspect a file written here; `NotReadAutomaticallyError` says why any other is not read."""
    try:
        read = read_specification(data)
        inspected = inspect_document(read, library, day)
        findings = manifest_list(inspected["manifest"], "findings", _FINDING_KEYS)
    except (ReadDocumentError, NoManifestError, DamagedManifestError) as error:
        raise NotReadAutomaticallyError(str(error)) from error
    found = {(clause.id, clause.version, clause.language): clause for clause in read.clauses}
    written = {
        (entry.get("id"), entry.get("version"), entry.get("language")): str(entry.get("rendered_digest"))
        for entry in inspected["manifest"]["clauses"]
    }
    sections = tuple(_section(entry, found, library, written) for entry in inspected["clauses"])
    return Rereading(sections, tuple(findings), _language(read))


def _section(
    entry: Mapping[str, Any],
    found: Mapping[tuple[str, str, str], ReadClause],
    library: ClauseLibrary,
    written: Mapping[tuple[Any, Any, Any], str],
) -> ReadSection:
    key = (entry["id"], entry["version"], entry["language"])
    clause = found.get(key)
    heading, text = (clause.heading, _body(clause)) if clause else ("", "")
    changes = _changes(clause, library, written[key]) if clause and entry["state"] == "edited" else ()
    return ReadSection(entry["id"], entry["version"], entry["language"], entry["state"], heading, text, changes)


def _changes(clause: ReadClause, library: ClauseLibrary, digest: str) -> tuple[Change, ...]:
    try:
        version = library.version(clause.id, clause.version)
    except UnknownClauseError:
        return ()
    return changes_in(clause, version, "nl" if clause.language == "nl" else "fr", digest)


def _body(clause: ReadClause) -> str:
    """The text without the heading it begins with."""
    return clause.text.removeprefix(clause.heading).strip()


def _language(read: ReadSpecification) -> str:
    return next((clause.language for clause in read.clauses if clause.language in ("fr", "nl")), "fr")


def composed(comments: Iterable[tuple[str, str]]) -> str:
    """Write comments, each under the name of its section, as one text; those without a word are left out."""
    return "\n\n".join(
        f"{' '.join(section.split()) or '–'}\n{comment.strip()}" for section, comment in comments if comment.strip()
    )
