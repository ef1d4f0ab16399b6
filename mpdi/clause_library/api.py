"""The clause library as JSON, for other programs. Open to all, read only."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from mpdi import clock
from mpdi.clause_library.catalogue import MAX_FOUND, read_query
from mpdi.clause_library.core.search.words import Hit
from mpdi.clause_library.library_pages import cacheable, current_library
from mpdi.clause_library.presentation import clause_json, clause_summary
from mpdi.i18n import content_language
from mpdi.services import services

clause_api = Blueprint("clause_api", __name__, url_prefix="/api/clauses")


@clause_api.get("")
def index() -> Response:
    """List every clause, in the version in force or else the newest; `?theme=…&category=…&kind=…&ambition=…` filter."""
    library, day, query = current_library(), clock.today(), read_query(request.args)
    versions = (library.latest(identifier, day) for identifier in library.identifiers)
    return cacheable(jsonify([clause_summary(version) for version in versions if query.admits(version)]))


@clause_api.get("/search")
def search() -> Response:
    """Return the clauses found for `?words=…&content=fr|nl`, ranked."""
    query, language = read_query(request.args), content_language()
    hits = services().search.search(query.words, language, limit=MAX_FOUND).hits if query.words else []
    return cacheable(jsonify([found_json(hit) for hit in hits]))


def found_json(hit: Hit) -> dict[str, Any]:
    """Return one clause found, with the keys of `mpdi clauses search --format json`."""
    return {
        "id": hit.id,
        "title": {"fr": hit.title.fr, "nl": hit.title.nl},
        "score": round(hit.score, 6),
        "excerpt": "".join(text for text, _ in hit.excerpt),
    }


@clause_api.get("/<identifier>")
def clause(identifier: str) -> Response:
    """Return everything about the version in force, or the newest where none is."""
    return cacheable(jsonify(clause_json(current_library().latest(identifier, clock.today()))))


@clause_api.get("/<identifier>/<version>")
def clause_version(identifier: str, version: str) -> Response:
    """Return everything about one version."""
    return cacheable(jsonify(clause_json(current_library().version(identifier, version))))
