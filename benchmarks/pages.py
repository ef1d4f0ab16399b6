"""The list page and a clause page against their own templates: what database, search, headers and languages add. Goal: at most 3 times."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Template

from mpdi import clock
from mpdi.app import create_app
from mpdi.clause_library.operations import load_edition
from mpdi.config import Settings
from mpdi.migrations import upgrade
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services

ADDRESSES = ("/clauses", "/clauses?words=produits+verts", "/clauses/ENV-CLEAN-001")
GOAL = 3.0


def main() -> int:
    """Print a row for each address; return 1 where the goal is missed."""
    with tempfile.TemporaryDirectory() as home:
        app = _application(Path(home))
        ratios = [_row(app, address) for address in ADDRESSES]
    return int(any(ratio > GOAL for ratio in ratios))


def _application(home: Path) -> Flask:
    app = create_app(Settings(home, f"sqlite:///{home / 'bench.sqlite3'}", "bench"))
    services: Services = app.extensions[EXTENSION]
    upgrade(services.database.engine)
    with services.database.writing() as session:
        load_edition(session, folder("clauses"))
    with services.database.reading() as session:
        library = services.library.library(session)
    services.search.rebuild([library.latest(identifier, clock.today()) for identifier in library.identifiers])
    return app


def _row(app: Flask, address: str) -> float:
    client = app.test_client()
    seen: list[tuple[Template, dict[str, Any]]] = []

    def remember(_sender: Flask, template: Template, context: dict[str, Any], **_extra: Any) -> None:
        seen.append((template, context))

    with template_rendered.connected_to(remember, app):
        client.get(address)
    template, context = seen[-1]
    whole = best(lambda: client.get(address))
    with app.test_request_context(address):
        alone = best(lambda: template.render(context))
    print(
        f"{address:<28} page {whole * 1000:6.1f} ms   template {alone * 1000:6.1f} ms   ratio {whole / alone:4.2f} (goal {GOAL:g})"
    )
    return whole / alone


def best(action: Callable[[], object], repetitions: int = 20) -> float:
    """Return the shortest of so many times."""
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    raise SystemExit(main())
