"""Pages of the clause library: the list, a clause, two versions compared; the same as JSON and as plain text."""

import datetime

from flask import Response, abort, jsonify, make_response, render_template, request

from mpdi import clock
from mpdi.clause_library import label_views, law_views, open_data_views, pack_views
from mpdi.clause_library.catalogue import MAX_FOUND, Found, Query, all_clauses, catalogue, found_by, read_query
from mpdi.clause_library.clause_page import ClausePage
from mpdi.clause_library.comparison import compare
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search.errors import SearchIndexError
from mpdi.clause_library.facet_words import FacetWords
from mpdi.clause_library.library_pages import cacheable, clauses, current_library
from mpdi.clause_library.plain_text import plain_text
from mpdi.clause_library.presentation import clause_json
from mpdi.i18n import content_language
from mpdi.services import services

__all__ = ["clauses", "label_views", "law_views", "open_data_views", "pack_views"]


@clauses.get("/clauses")
def clause_list() -> str:
    """List the clauses, searched by words and meaning, filtered by facets."""
    library, day, query = current_library(), clock.today(), read_query(request.args)
    candidates, is_searchable = _candidates(library, day, query)
    page = catalogue(candidates, query)
    words = FacetWords(library.reference, content_language())
    return render_template(
        "clauses/clause_list.html", query=query, catalogue=page, is_searchable=is_searchable, facet_words=words
    )


def _candidates(library: ClauseLibrary, day: datetime.date, query: Query) -> tuple[list[Found], bool]:
    if not query.words:
        return all_clauses(library, day), True
    try:
        result = services().search.search(query.words, content_language(), limit=MAX_FOUND)
    except SearchIndexError:
        return all_clauses(library, day), False
    return found_by(library, day, result.found), True


@clauses.get("/clauses/<identifier>")
def clause(identifier: str) -> str:
    """Show a clause in the version in force, or the newest where none is."""
    library, day = current_library(), clock.today()
    return _page(ClausePage(library, library.latest(identifier, day), day))


@clauses.get("/clauses/<identifier>/<version>")
def clause_version(identifier: str, version: str) -> str:
    """Show one version of a clause: the permanent address."""
    library = current_library()
    return _page(ClausePage(library, library.version(identifier, version), clock.today()))


def _page(page: ClausePage) -> str:
    return render_template("clauses/clause.html", page=page, clause=page.version)


@clauses.get("/clauses/<identifier>/<version>.json")
def clause_version_json(identifier: str, version: str) -> Response:
    """Return everything about one version as JSON."""
    return cacheable(jsonify(clause_json(current_library().version(identifier, version))))


@clauses.get("/clauses/<identifier>/<version>.txt")
def clause_version_text(identifier: str, version: str) -> Response:
    """Return one version as plain text in the language in which clauses are read (`?content=nl`), ready to paste."""
    library, language = current_library(), content_language()
    page = ClausePage(library, library.version(identifier, version), clock.today())
    response = make_response(plain_text(page, language))
    response.mimetype = "text/plain"
    response.headers["Content-Language"] = language
    return cacheable(response)


@clauses.get("/clauses/<identifier>/compare")
def clause_comparison(identifier: str) -> str:
    """Show what changed between two versions: `?from=1.0.0&to=1.1.0`, in both languages."""
    if "from" not in request.args or "to" not in request.args:
        abort(400)
    library = current_library()
    older, newer = (library.version(identifier, request.args[name]) for name in ("from", "to"))
    compared = list(zip(compare(older, newer, "fr"), compare(older, newer, "nl"), strict=True))
    return render_template("clauses/clause_comparison.html", older=older, newer=newer, compared=compared)
