"""The whole library as open data: JSON and CSV, with licence, version of the edition and schema."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from mpdi import __version__
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.presentation import clause_json
from mpdi.csv_text import csv_text

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    "id",
    "version",
    "status",
    "themes",
    "categories",
    "kind",
    "ambition",
    "title_fr",
    "title_nl",
    "summary_fr",
    "summary_nl",
    "legal_basis",
    "certainty",
    "legal_review",
    "labels",
    "taxonomy_objectives",
    "valid_from",
    "review_due",
    "digest",
)
"""Columns of the CSV; a list within a cell is joined by `; `."""


def edition_digest(versions: Sequence[ClauseVersion]) -> str:
    """Return one SHA-256 for the library as it stands: the same digest, the same texts."""
    lines = "\n".join(f"{version.reference} {version.digest}" for version in versions)
    return hashlib.sha256(lines.encode()).hexdigest()


def library_json(versions: Sequence[ClauseVersion]) -> dict[str, Any]:
    """Return the library with what a reader must know of it."""
    return {
        "licence": LICENCE,
        "software_version": __version__,
        "edition": edition_digest(versions),
        "schema": "/clauses/schema.json",
        "clauses": [clause_json(version) for version in versions],
    }


def library_csv(versions: Sequence[ClauseVersion]) -> str:
    """Return a line a clause as CSV."""
    return csv_text([COLUMNS, *(tuple(_cells(version)) for version in versions)])


def _cells(version: ClauseVersion) -> Iterator[str]:
    register = version.register
    yield from (version.id, str(version.version), register.status)
    yield from ("; ".join(version.themes), "; ".join(version.categories), version.kind, version.ambition)
    yield from (version.title.fr, version.title.nl, version.summary.fr, version.summary.nl)
    yield "; ".join(f"{basis.act} {basis.article}" for basis in version.legal_basis)
    yield from (version.certainty, str(register.legal_review["state"]))
    yield from ("; ".join(version.labels), "; ".join(version.taxonomy_objectives))
    yield from (register.valid_from.isoformat(), register.review_due.isoformat(), version.digest)
