"""What became of the clauses of a Word file: unchanged, edited, missing, outdated."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.library import ClauseLibrary, UnknownClauseError
from mpdi.clause_library.core.model import VersionNumber
from mpdi.documents.docx_reader import ReadClause, ReadSpecification
from mpdi.exceptions import MpdiError

_ENTRY_KEYS = ("id", "version", "language", "digest", "place")


class DamagedManifestError(MpdiError):
    """The manifest is ours but does not hold what it should: someone changed it."""


class NoManifestError(MpdiError):
    """The file holds no manifest of ours: it was not written here, or the program that saved it dropped it."""


def inspect_document(read: ReadSpecification, library: ClauseLibrary, day: datetime.date) -> dict[str, Any]:
    """Compare a file with its manifest and with the library on a day.

    A clause is `missing` when its heading is gone, `edited` when its words changed, `outdated` when they did not and a
    newer version is in force, else `unchanged`. Clauses for the buyer's file only are not looked for.
    """
    if read.manifest is None or read.manifest.get("kind") != "specification":
        raise NoManifestError("This file has no manifest of MPDI. Inspect the .docx that MPDI wrote, saved as .docx.")
    found = {(clause.id, clause.version, str(clause.language)): clause for clause in read.clauses}
    entries = [entry for entry in manifest_list(read.manifest, "clauses", _ENTRY_KEYS) if entry["place"] == "document"]
    clauses = [
        {
            "id": entry["id"],
            "version": entry["version"],
            "language": entry["language"],
            "digest": entry["digest"],
            "state": _state(entry, found.get((entry["id"], entry["version"], entry["language"])), library, day),
        }
        for entry in entries
    ]
    return {"manifest": dict(read.manifest), "clauses": clauses}


def manifest_list(manifest: Mapping[str, Any], name: str, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return a list of the manifest whose entries hold a text under each key; `DamagedManifestError` where they do not."""
    entries = manifest.get(name)
    if not isinstance(entries, list) or not all(
        isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in keys) for entry in entries
    ):
        raise DamagedManifestError(f"The manifest of this file is damaged ({name}): write the document again.")
    return entries


def _state(entry: Mapping[str, Any], clause: ReadClause | None, library: ClauseLibrary, day: datetime.date) -> str:
    if clause is None:
        return "missing"
    if clause.rendered_digest != entry.get("rendered_digest"):
        return "edited"
    return "outdated" if _is_outdated(entry, library, day) else "unchanged"


def _is_outdated(entry: Mapping[str, Any], library: ClauseLibrary, day: datetime.date) -> bool:
    try:
        current = library.in_force(entry["id"], day)
        written = VersionNumber.parse(entry["version"])
    except (UnknownClauseError, ValueError):
        return False
    return current is not None and current.version > written
