"""Action plans: the page of a plan against its template, its document against zip, the regional view, a large list.

Goals: progress page at most 3 times its template; document at most 5 times packing the same XML; regional view of 300
plans with 40 objectives each in at most 6 statements; the list of 80,000 lines is told against the bare reading of the
same file by openpyxl.
"""

import datetime
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from jinja2 import Template
from openpyxl import Workbook, load_workbook
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from benchmarks.documents import measure
from benchmarks.pages import best
from mpdi import clock
from mpdi.accounts import role_operations, session_operations
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.line_counting import count_lines
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.regional import Body
from mpdi.action_plans.core.spreadsheet import open_spreadsheet
from mpdi.action_plans.core.spreadsheet_columns import guess_columns
from mpdi.action_plans.files.document import plan_document
from mpdi.action_plans.models import ActionPlan, AdoptedAction, AdoptedObjective, PlanRevision, PlanVersion
from mpdi.action_plans.operations import begin_plan
from mpdi.action_plans.regional_reporting import region_on
from mpdi.app import create_app
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category
from mpdi.clause_library.operations import load_edition
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.migrations import upgrade
from mpdi.monitoring.dashboard.kept_facts import FactsStore
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services

PAGE_GOAL, DOCUMENT_GOAL, STATEMENTS = 3.0, 5.0, 6
PLANS, OBJECTIVES, ACTIONS, LINES = 300, 40, 40, 80_000
LEVELS = ("local", "regional", "federal")


def main() -> int:
    """Print a row for each figure; return 1 where a goal is missed."""
    with tempfile.TemporaryDirectory() as home:
        app = _application(Path(home))
        services: Services = app.extensions[EXTENSION]
        missed = [_region(app, services), _page(app, services), _document(services)]
    _large_list()
    return int(any(missed))


def _application(home: Path) -> Flask:
    app = create_app(Settings(home, f"sqlite:///{home / 'bench.sqlite3'}", "bench"))
    services: Services = app.extensions[EXTENSION]
    upgrade(services.database.engine)
    with services.database.writing() as session:
        load_edition(session, folder("clauses"))
    paths = [str(each) for each in sorted((folder("examples") / "notices").glob("*commune*.xml"))]
    ingest(services.database, paths, ReadingPlan(home), 1)
    return app


def _page(app: Flask, services: Services) -> bool:
    """The pages of the plan of the examples' commune."""
    data = strict_yaml.read(folder("examples") / "plan-avancement-fr.yaml")
    profile = read_profile(data, edition_canevas(), clock.today())
    with services.database.writing() as session:
        _, token = begin_plan(session, profile)
    slow = [_is_slow(app, app.test_client(), f"/plans/{token}{part}") for part in ("", "/progress")]
    return any(slow)


def _is_slow(app: Flask, client: Any, address: str) -> bool:
    seen: list[tuple[Template, dict[str, Any]]] = []

    def remember(_sender: Flask, template: Template, context: dict[str, Any], **_extra: Any) -> None:
        seen.append((template, context))

    start = time.perf_counter()
    with template_rendered.connected_to(remember, app):
        client.get(address, follow_redirects=True)
    first = time.perf_counter() - start
    template, context = seen[-1]
    whole = best(lambda: client.get(address), 10)
    with app.test_request_context(address):
        alone = best(lambda: template.render(context), 10)
    name = address if len(address) < 24 else f"/plans/…{address[39:]}"
    print(
        f"{name:<24} first {first * 1000:6.0f} ms   page {whole * 1000:6.1f} ms   template {alone * 1000:6.1f} ms   "
        f"ratio {whole / alone:4.2f} (goal {PAGE_GOAL:g})"
    )
    return whole / alone > PAGE_GOAL


def _document(services: Services) -> bool:
    """The Word file of the same commune."""
    data = strict_yaml.read(folder("examples") / "plan-commune-fr.yaml")
    with services.database.reading() as session:
        library = services.library.library(session)
    plan = draft_plan(read_profile(data, edition_canevas(), clock.today()), edition_canevas(), library)
    ours, limit, ratio = measure(plan_document(plan))  # type: ignore[arg-type]
    print(
        f"write the plan: {ours * 1000:.1f} ms; zip alone {limit * 1000:.1f} ms; {ratio:.1f} x (goal {DOCUMENT_GOAL:g} x)"
    )
    return ratio > DOCUMENT_GOAL


def made_register(count: int) -> list[Body]:
    """Authorities that do not exist."""
    return [
        Body(f"made-{number}", Bilingual(f"A{number}", f"A{number}"), LEVELS[number % 3]) for number in range(count)
    ]


def make_plans(session: Session, owner: int, names: list[str], objectives: int, actions: int) -> None:
    """Put an adopted plan a name into the database: the same names give the same plans."""
    indicators = list(edition_canevas().indicators)
    categories = list(Category)
    first, last = datetime.date(2025, 1, 1), datetime.date(2027, 12, 31)
    moment = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    plans = [
        {
            "id": number, "token_hash": f"{number:064d}", "revision": 1, "last_number": 1, "created_at": moment,
            "changed_at": moment, "owner_id": owner, "authority_id": name, "authority_name": name,
            "authority_type": "local", "canevas": "1.0.0", "first_day": first, "last_day": last,
        }
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip
    revisions = [
        {
            "plan_id": each["id"], "number": 1, "what": "begin", "written_at": moment,
            "profile": {"actions": {"own.a0": {"state": "done"}, "own.a1": {"comment": "…"}}},
        }
        for each in plans
    ]  # fmt: skip
    versions = [
        {
            "id": each["id"], "plan_id": each["id"], "number": 1, "kind": "adoption", "decided_on": first, "organ": "c",
            "note": "", "profile": {}, "profile_digest": "", "canevas": "1.0.0", "written_at": moment,
        }
        for each in plans
    ]  # fmt: skip
    aims = [
        {
            "version_id": each["id"], "category": str(categories[number % len(categories)]),
            "indicator": indicators[number // len(categories) % len(indicators)], "baseline": None,
            "target": (each["id"] * 7 + number) % 100, "by": last,
        }
        for each in plans
        for number in range(objectives)
    ]  # fmt: skip
    done = [
        {
            "version_id": each["id"], "key": f"own.a{number}", "element": "own", "state": "planned",
            "deadline": first + datetime.timedelta(days=30 * number),
        }
        for each in plans
        for number in range(actions)
    ]  # fmt: skip
    tables = (ActionPlan, plans), (PlanRevision, revisions), (PlanVersion, versions)
    for table, rows in (*tables, (AdoptedObjective, aims), (AdoptedAction, done)):
        session.execute(insert(table), rows)


def _region(app: Flask, services: Services) -> bool:
    """The regional view of so many plans: statements, and the page against its template."""
    day = datetime.date(2026, 12, 2)
    register = made_register(PLANS)
    with services.database.writing() as session:
        user = User(email="c@example.org", email_key="c@example.org", name="C", language="fr", created_at=clock.now())
        session.add(user)
        session.flush()
        role_operations.grant_role(session, "bench", user, Grant(Role.COORDINATOR))
        token = session_operations.start_session(session, user, "bench")
        make_plans(session, user.id, [each.id for each in register], OBJECTIVES, ACTIONS)
    statements = counted_statements(services.database, lambda session: FactsStore().kept(session))
    kept_store = FactsStore()

    def view(session: Session) -> object:
        return region_on(session, kept_store.kept(session), day, register=register)

    with services.database.reading() as session:
        view(session)
        seconds = best(lambda: view(session), 5)
    asked = counted_statements(services.database, view)
    print(
        f"regional view, {PLANS} plans × {OBJECTIVES} objectives: {asked} statements (goal {STATEMENTS}), "
        f"{seconds * 1000:.0f} ms; facts of notices read anew: {statements} statements"
    )
    client = app.test_client()
    client.set_cookie("mpdi_sign_in", token, domain="localhost")
    _is_slow(app, client, "/plans/desk")
    return asked > STATEMENTS


def counted_statements(database: Database, action: Callable[[Session], object]) -> int:
    """How many statements an action takes, the one that begins a transaction of SQLite left out."""
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement != "BEGIN":
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", count)
    with database.reading() as session:
        action(session)
    event.remove(database.engine, "before_cursor_execute", count)
    return len(statements)


def _large_list() -> None:
    """A list of invoices against the bare reading of the same file by openpyxl."""
    data = _invoices()
    bare = best(lambda: _read_bare(data), 2)
    ours = best(lambda: _count(data), 2)
    print(f"{LINES:,} lines: {ours:.2f} s; read by openpyxl alone {bare:.2f} s; {ours / bare:.1f} x")


def _invoices() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Invoices")
    sheet.append(["Date", "Supplier", "Category", "Amount"])
    for number in range(LINES):
        sheet.append(
            [datetime.date(2026, 1 + number % 12, 1 + number % 28), f"S{number % 900}", "Nettoyage", 10.5 + number]
        )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _count(data: bytes) -> object:
    opened = open_spreadsheet("invoices.xlsx", BytesIO(data))
    columns = guess_columns(opened).columns
    return count_lines(opened.rows(columns.sheet), columns, {"Nettoyage": Category.CLEANING})


def _read_bare(data: bytes) -> int:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    return sum(1 for sheet in book.worksheets for _ in sheet.iter_rows(values_only=True))


if __name__ == "__main__":
    raise SystemExit(main())
