"""Clause versions as plain data: the JSON of the pages, the API and the commands."""

import json
from typing import Any

from mpdi.clause_library.core.digest import canonical_json
from mpdi.clause_library.core.model import Bilingual, ClauseVersion


def clause_summary(version: ClauseVersion) -> dict[str, Any]:
    """Return what a list says of a version, with the keys of `mpdi clauses list --format json`."""
    return {
        "id": version.id,
        "version": str(version.version),
        "status": str(version.register.status),
        "themes": list(map(str, version.themes)),
        "categories": list(map(str, version.categories)),
        "kind": str(version.kind),
        "ambition": str(version.ambition),
        "title": _both(version.title),
        "legal_review": str(version.register.legal_review["state"]),
        "digest": version.digest,
    }


def clause_json(version: ClauseVersion) -> dict[str, Any]:
    """Return everything about a version.

    The keys of its text file as the digest sees them (decimals as strings, dates ISO), then `status`, `legal_review`
    and `digest` as in `clause_summary`, `certainty` (the lowest among its legal bases) and the whole `register` entry.
    Without these five keys it is the text that `digest` is the SHA-256 of.
    """
    return {
        **_plain(version.data),
        "status": str(version.register.status),
        "legal_review": str(version.register.legal_review["state"]),
        "digest": version.digest,
        "certainty": str(version.certainty),
        "register": _plain(version.register_data),
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"fr": text.fr, "nl": text.nl}


def _plain(data: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(canonical_json(data))
    return plain
