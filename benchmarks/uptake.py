"""The dashboard of uptake against its own template, with statements counted; and what reading all facts once takes.

Goal: the page at most 3 times its template, at most 6 statements, once the facts of this state are in memory. The
notices are those of the examples, and of the folder of reference data where there is one.
"""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Template
from sqlalchemy import event

from benchmarks.pages import best
from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.migrations import upgrade
from mpdi.monitoring.dashboard.kept_facts import FactsStore
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services

ADDRESSES = ("/uptake", "/uptake?part=sme&period=all", "/uptake?part=no_offer&period=all", "/uptake/notices?answer=yes")
GOAL, STATEMENTS = 3.0, 6


def main() -> int:
    """Print a row for each address; return 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as home:
        app = create_app(Settings(Path(home), f"sqlite:///{Path(home) / 'bench.sqlite3'}", "bench"))
        services: Services = app.extensions[EXTENSION]
        upgrade(services.database.engine)
        reference = os.environ.get("MPDI_REFERENCE_DATA")
        paths = [folder("examples") / "notices", *([Path(reference) / "notices"] if reference else [])]
        report = ingest(services.database, [str(path) for path in paths], ReadingPlan(Path(home)), 2)
        with services.database.reading() as session:
            start = time.perf_counter()
            facts = FactsStore().kept(session).facts
            print(
                f"{report.notices.new:,} notices, {len(facts):,} facts read in {time.perf_counter() - start:.2f} s, once"
            )
        missed = [_is_missed(app, services, address) for address in ADDRESSES]
    return int(any(missed))


def _is_missed(app: Flask, services: Services, address: str) -> bool:
    client = app.test_client()
    seen: list[tuple[Template, dict[str, Any]]] = []
    statements: list[str] = []

    def remember(_sender: Flask, template: Template, context: dict[str, Any], **_extra: Any) -> None:
        seen.append((template, context))

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    start = time.perf_counter()
    with template_rendered.connected_to(remember, app):
        client.get(address)
    first = time.perf_counter() - start
    event.listen(services.database.engine, "before_cursor_execute", count)
    client.get(address)
    event.remove(services.database.engine, "before_cursor_execute", count)
    template, context = seen[-1]
    whole = best(lambda: client.get(address))
    with app.test_request_context(address):
        alone = best(lambda: template.render(context))
    print(
        f"{address:<34} first {first * 1000:6.0f} ms   page {whole * 1000:6.1f} ms   template {alone * 1000:6.1f} ms   "
        f"ratio {whole / alone:4.2f} (goal {GOAL:g})   {len(statements)} statements (goal {STATEMENTS})"
    )
    return whole / alone > GOAL or len(statements) > STATEMENTS


if __name__ == "__main__":
    raise SystemExit(main())
