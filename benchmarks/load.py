"""Fifty people at once for a minute, on two workers with PostgreSQL: no error, no lost update, by count.

Run: python -m benchmarks.load [PEOPLE [SECONDS]]. Exits 1 where a request failed or a count differs.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.load_clients import Facilitator, Told, Visitor, at_work
from benchmarks.postgresql import NoPostgresqlError, free_port, postgresql
from mpdi import clock
from mpdi.accounts import audit, session_operations
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search.words import ClauseIndex
from mpdi.clause_library.operations import load_edition
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.models import Message, OutgoingMail, Ticket, TicketEvent
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route
from mpdi.migrations import upgrade
from mpdi.resources import folder

PEOPLE, SECONDS, WORKERS, SHARED = 50, 60, 2, 12
"""`SHARED`: so few tickets are changed by all facilitators at once."""


_BY_FACILITATORS = ("answered", "noted", "assigned", "facts_set")


@dataclass(frozen=True)
class Prepared:
    """What the run begins with: the facilitators' cookies and the tickets they share."""

    cookies: Sequence[str]
    shared: Sequence[str]


def main() -> int:
    """Run, print what happened; return 1 where anything is wrong."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    try:
        with tempfile.TemporaryDirectory() as home, postgresql() as url:
            told, differences = run(Path(home), url, people, seconds)
    except NoPostgresqlError as error:
        print(error)
        return 0
    print("\n".join(report(told, people, seconds)))
    print("\n".join(differences) or "every count in the database is what the people were told")
    return int(bool(told.wrong or differences))


def run(home: Path, url: str, people: int, seconds: float) -> tuple[Told, list[str]]:
    """Serve, let the people work, count; return what they were told and where the database differs."""
    database = Database(url)
    upgrade(database.engine)
    prepared = _prepare(database, home, max(1, people * 2 // 3))
    with serving(home, url) as port:
        at_work([Visitor(port, f"w{number}") for number in range(4 * WORKERS)], 0.1)  # what rules know is read once
        before = _counts(database)
        visitors = [Visitor(port, f"v{number}") for number in range(people - len(prepared.cookies))]
        facilitators = [
            Facilitator(port, f"f{number}", cookie, prepared.shared) for number, cookie in enumerate(prepared.cookies)
        ]
        told = at_work([*visitors, *facilitators], seconds)
    differences = [*_differences(before, _counts(database), told), *_of_revisions(database), *_of_texts(database, told)]
    differences += _of_changes(database, told)
    with database.reading() as session:
        if not audit.verify(session).is_whole:
            differences.append("the audit log is not whole")
    database.engine.dispose()
    return told, differences


def _prepare(database: Database, home: Path, facilitators: int) -> Prepared:
    with database.writing() as session:
        load_edition(session, folder("clauses"))
        cookies = [_facilitator(session, number) for number in range(facilitators)]
        asked = NewQuestion(
            body="Quel écolabel pour le papier ?", language="fr", route=Route.MPD, email="a@bench.example"
        )
        shared = [open_ticket(session, asked, Actor())[0].number for _ in range(SHARED)]
    index = ClauseIndex(Settings(home, "", "").index_folder)
    index.rebuild(ClauseLibrary.from_folder(folder("clauses")))
    index.close()
    return Prepared(cookies, shared)


def _facilitator(session: Session, number: int) -> str:
    address = f"f{number}@bench.example"
    user = User(email=address, email_key=address, name=f"F{number}", language="fr", created_at=clock.now())
    user.roles.append(RoleGrant(role=Role.FACILITATOR.value, granted_at=clock.now()))
    session.add(user)
    session.flush()
    return session_operations.start_session(session, user, "bench")


@contextmanager
def serving(home: Path, url: str) -> Iterator[int]:
    """Serve as docs/operating.md says for a public service: gunicorn with two workers; yield the port."""
    port, log = free_port(), home / "server.log"
    environ = {**os.environ, "MPDI_HOME": str(home), "MPDI_DATABASE_URL": url, "MPDI_SECRET_KEY": "bench"}
    command = [sys.executable, "-m", "gunicorn", "mpdi.app:create_app()", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", "4", "--timeout", "120", "--log-level", "warning"]
    with log.open("w") as output:
        server = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
        try:
            _await(server, port, log)
            yield port
        finally:
            server.terminate()
            server.wait(30)
    print(log.read_text()[-3000:], end="")


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/questions/new", timeout=60):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the portal does not answer")


# Counts


def _counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        found = Counter(session.scalars(select(TicketEvent.what)))
        found["tickets"] = session.scalar(select(func.count(Ticket.id))) or 0
        found["messages"] = session.scalar(select(func.count(Message.id))) or 0
        found["mails"] = session.scalar(select(func.count(OutgoingMail.id))) or 0
        return found


def _differences(before: dict[str, int], after: dict[str, int], told: Told) -> Iterator[str]:
    done = told.done
    expected = {name: done[name] for name in (*_BY_FACILITATORS, "asker_wrote")}
    expected |= {"opened": done["asked"], "tickets": done["asked"]}
    expected["messages"] = done["asked"] + done["asker_wrote"] + done["answered"] + done["noted"]
    for name, count in expected.items():
        if (there := after.get(name, 0) - before.get(name, 0)) != count:
            yield f"{name}: the people were told {count}, the database has {there}"


def _of_revisions(database: Database) -> Iterator[str]:
    """A ticket's revision counts its changes: one overwritten would be counted once for two events."""
    changes = select(TicketEvent.ticket_id, func.count().label("made")).group_by(TicketEvent.ticket_id).subquery()
    with database.reading() as session:
        rows = session.execute(
            select(Ticket.number, Ticket.revision, changes.c.made).join(changes, changes.c.ticket_id == Ticket.id)
        )
        yield from (
            f"{number}: revision {revision}, {made} events" for number, revision, made in rows if revision != made
        )


def _of_changes(database: Database, told: Told) -> Iterator[str]:
    """What facilitators were told they changed in a ticket stands in its history: no more and no less."""
    made = select(Ticket.number, func.count()).join(TicketEvent, TicketEvent.ticket_id == Ticket.id)
    with database.reading() as session:
        rows = session.execute(made.where(TicketEvent.what.in_(_BY_FACILITATORS)).group_by(Ticket.number)).all()
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    for number in sorted(found.keys() | told.changes.keys()):
        if found.get(number, 0) != told.changes[number]:
            yield f"{number}: {told.changes[number]} changes told, {found.get(number, 0)} there"


def _of_texts(database: Database, told: Told) -> Iterator[str]:
    """Each text that somebody was told is kept stands there, once."""
    with database.reading() as session:
        bodies = session.scalars(select(Message.body)).all()
    for text in told.texts:
        if (count := bodies.count(text)) != 1:
            yield f"“{text}” stands there {count} times"


def report(told: Told, people: int, seconds: float) -> list[str]:
    """Return what happened, in lines."""
    cuts = statistics.quantiles(told.seconds, n=100)
    return [
        f"{people} people, {seconds:g} s, {WORKERS} workers, PostgreSQL: {len(told.seconds):,} requests, "
        f"{len(told.seconds) / seconds:.0f}/s, p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
        f"p99 {cuts[98] * 1000:.0f} ms",
        "done: " + ", ".join(f"{name} {count}" for name, count in sorted(told.done.items())),
        "conflicts shown: "
        + (", ".join(f"{name} {count}" for name, count in sorted(told.conflicts.items())) or "none"),
        "errors: " + (", ".join(f"{name} × {count}" for name, count in sorted(told.wrong.items())) or "none"),
    ]


if __name__ == "__main__":
    sys.exit(main())
