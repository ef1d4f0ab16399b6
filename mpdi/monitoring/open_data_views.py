"""Notices as open data: what may be taken, every column explained, the files themselves."""

from collections.abc import Callable, Iterator

from flask import Response, abort, make_response, render_template
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.monitoring import open_data_release
from mpdi.monitoring.open_data_files import csv_lines, table_lines
from mpdi.monitoring.open_data_queries import edition, releases
from mpdi.monitoring.open_data_tables import LICENCE, TABLES, dictionary
from mpdi.monitoring.pages import uptake
from mpdi.services import public_url, services


@uptake.get("/notices/open-data")
def open_data() -> str:
    """Say what may be taken, under which licence, and what every column means."""
    with services().database.reading() as session:
        found = edition(session)
    return render_template("monitoring/open_data.html", edition=found, tables=TABLES, licence=LICENCE)


@uptake.get("/notices/open-data/<name>.csv")
def open_data_table(name: str) -> Response:
    """Return one table as CSV, or the dictionary."""
    if name == "dictionary":
        return _attached(make_response("".join(csv_lines(dictionary()))), "text/csv", "dictionary.csv")
    if name not in TABLES:
        abort(404)
    response = _streamed(lambda session: table_lines(session, name))
    return _attached(response, "text/csv", f"{name}-{clock.today():%Y-%m-%d}.csv")


@uptake.get("/notices/open-data/releases.json")
def open_data_package() -> Response:
    """Return every counted notice as one release package of OCDS."""
    address = public_url("uptake.open_data_package")

    def parts(session: Session) -> Iterator[str]:
        at = edition(session).read_at or clock.now()
        return open_data_release.package(releases(session), address, at)

    return _attached(_streamed(parts), "application/json", f"releases-{clock.today():%Y-%m-%d}.json")


@uptake.get("/notices/open-data/releases.jsonl")
def open_data_lines() -> Response:
    """Return the same, a release a line."""
    response = _streamed(lambda session: open_data_release.lines(releases(session)))
    return _attached(response, "application/jsonl", f"releases-{clock.today():%Y-%m-%d}.jsonl")


def _streamed(parts: Callable[[Session], Iterator[str]]) -> Response:
    """An answer that is sent as it is made; the database is read until its end."""
    database = services().database

    def stream() -> Iterator[bytes]:
        with database.reading() as session:
            for part in parts(session):
                yield part.encode("utf-8", "replace")

    return Response(stream())


def _attached(response: Response, kind: str, name: str) -> Response:
    response.mimetype = kind
    response.headers["Content-Disposition"] = f"attachment; filename=mpdi-{name}"
    return response
