"""The labels directory as open data: JSON and CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

from mpdi.clause_library.core.label_directory import DirectoryEntry, Statement
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.open_data import LICENCE
from mpdi.csv_text import csv_text

COLUMNS = (
    "id",
    "name_fr",
    "name_nl",
    "type",
    "use",
    "owner_fr",
    "owner_nl",
    "website",
    "themes",
    "categories",
    "cpv",
    "criteria_fr",
    "criteria_nl",
    "criteria_certainty",
    "equivalents",
    "certainty",
    "source",
)
"""Columns of the CSV; a list within a cell is joined by `; `."""


def directory_json(entries: Sequence[DirectoryEntry]) -> dict[str, Any]:
    """Return the directory with its licence; `conditions_opened`: of article 54, § 1, none was checked for any label."""
    return {
        "licence": LICENCE,
        "legal_review": "pending",
        "conditions_opened": [],
        "labels": [_label(entry) for entry in entries],
    }


def directory_csv(entries: Sequence[DirectoryEntry]) -> str:
    """Return a line a label as CSV."""
    return csv_text([COLUMNS, *(tuple(_cells(entry)) for entry in entries)])


def _label(entry: DirectoryEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "name": _both(entry.label.name),
        "type": entry.label.type,
        "use": str(entry.use),
        "owner": _statement(entry.owner),
        "website": entry.website,
        "themes": list(map(str, entry.themes)),
        "categories": list(map(str, entry.categories)),
        "cpv": list(entry.cpv),
        "criteria": {
            "certainty": str(entry.criteria_certainty),
            "source": _both(entry.criteria_source.title),
            "aspects": [{"theme": str(aspect.theme), **_both(aspect.text)} for aspect in entry.aspects],
        },
        "verification": [
            {
                "by": check.by,
                "ask": _both(check.ask),
                "check": _both(check.check),
                "certainty": str(check.certainty),
                "source": _both(check.source.title),
            }
            for check in entry.verification
        ],
        "equivalents": list(entry.equivalents),
        "may": list(map(_statement, entry.may)),
        "may_not": list(map(_statement, entry.may_not)),
        "to_open": list(map(_both, entry.to_open)),
        "certainty": str(entry.label.certainty),
        "source": entry.label.source,
    }


def _cells(entry: DirectoryEntry) -> Iterator[str]:
    yield from (entry.id, entry.label.name.fr, entry.label.name.nl, entry.label.type, entry.use)
    yield from (entry.owner.text.fr, entry.owner.text.nl, entry.website)
    yield from ("; ".join(entry.themes), "; ".join(entry.categories), "; ".join(entry.cpv))
    yield "; ".join(aspect.text.fr for aspect in entry.aspects)
    yield "; ".join(aspect.text.nl for aspect in entry.aspects)
    yield from (entry.criteria_certainty, "; ".join(entry.equivalents), entry.label.certainty, entry.label.source)


def _statement(statement: Statement) -> dict[str, Any]:
    title = _both(statement.source.title)
    return {**_both(statement.text), "certainty": str(statement.certainty), "source": title}


def _both(text: Bilingual) -> dict[str, str]:
    return {"fr": text.fr, "nl": text.nl}
