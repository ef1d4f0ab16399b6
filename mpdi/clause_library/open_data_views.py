"""The library for other programs and for those who follow it: open data, schema, freshness, feed of changes."""

import datetime
from collections.abc import Iterator

from flask import Response, jsonify, make_response, render_template

from mpdi import clock
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.clause_library.freshness import freshness
from mpdi.clause_library.library_pages import cacheable, clauses, current_library
from mpdi.clause_library.open_data import edition_digest, library_csv, library_json
from mpdi.feeds import Feed, FeedEntry, atom
from mpdi.i18n import translate as _
from mpdi.resources import folder
from mpdi.services import public_url

NEWEST = 100
"""Versions that the feed of changes names."""


def _current(library: ClauseLibrary) -> list[ClauseVersion]:
    return [library.latest(identifier, clock.today()) for identifier in library.identifiers]


@clauses.get("/clauses/open-data")
def open_data() -> str:
    """Say what may be taken, under which licence, and how fresh it is."""
    library, day = current_library(), clock.today()
    return render_template(
        "clauses/open_data.html",
        freshness=freshness(library, day),
        total=len(library.identifiers),
        edition=edition_digest(_current(library)),
    )


@clauses.get("/clauses.json")
def library_as_json() -> Response:
    """Return every clause, in the version in force or else the newest, with everything about it."""
    return cacheable(jsonify(library_json(_current(current_library()))))


@clauses.get("/clauses.csv")
def library_as_csv() -> Response:
    """Return the same, a line a clause, without the texts."""
    response = make_response(library_csv(_current(current_library())))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f"attachment; filename=mpdi-clauses-{clock.today():%Y-%m-%d}.csv"
    return cacheable(response)


@clauses.get("/clauses/schema.json")
def clause_schema() -> Response:
    """Return the JSON Schema of a clause's text."""
    response = make_response((folder("clauses") / "schema" / "clause.schema.json").read_bytes())
    response.mimetype = "application/schema+json"
    return cacheable(response)


@clauses.get("/clauses/changes.xml")
def changes() -> Response:
    """Return the newest versions as an Atom feed, an entry for each language."""
    versions = sorted(current_library(), key=lambda version: (version.register.valid_from, version.id), reverse=True)
    newest = versions[:NEWEST]
    feed = Feed(
        title=_("Changes to the clauses"),
        author="MPDI",
        address=public_url("clauses.changes"),
        page=public_url("clauses.clause_list"),
        updated=max((_moment(version) for version in newest), default=clock.now()),
        entries=[entry for version in newest for entry in _entries(version)],
    )
    response = make_response(atom(feed))
    response.mimetype = "application/atom+xml"
    return cacheable(response)


def _entries(version: ClauseVersion) -> Iterator[FeedEntry]:
    address = {"identifier": version.id, "version": str(version.version)}
    for language in LANGUAGES:
        yield FeedEntry(
            address=public_url("clauses.clause_version", **address, content=language),
            language=language,
            title=f"{version.id} {version.version} – {version.title[language]}",
            summary=version.change[language],
            updated=_moment(version),
            published=_moment(version),
            category=str(version.categories[0]),
        )


def _moment(version: ClauseVersion) -> datetime.datetime:
    return datetime.datetime.combine(version.register.valid_from, datetime.time(), datetime.UTC)
