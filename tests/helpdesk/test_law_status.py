"""A law changes: clauses are marked, answers flagged, their keepers told once; set back, the marks are gone."""

import datetime
import json
import re

import pytest
from article_samples import answered, run_jobs, services_of, signed_in
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from mpdi.accounts.roles import Role
from mpdi.clause_library.core.law_register import InstrumentStatus
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.law_operations import (
    SameStatusError,
    StatusReasonError,
    change_status,
    changed_instruments,
    history,
)
from mpdi.cli import main
from mpdi.helpdesk.law_flags import LawFollower
from mpdi.helpdesk.models import Article, ArticleVersion, OutgoingMail
from mpdi.jobs.events import InstrumentStatusChanged, SpecificationWritten, event_from
from mpdi.jobs.models import OutboxEvent
from mpdi.jobs.operations import record
from mpdi.specifications.law_counts import specifications_on

LAW = "LAW-2016-06-17"
SINCE = datetime.date(2027, 1, 1)
REASON = "Modifiée par une loi fictive, publiée pour l'essai."
CLAUSE = "ENV-CLEAN-001"


@pytest.fixture
def coordinator(app: Flask) -> FlaskClient:
    return signed_in(app, Role.COORDINATOR, name="Carla Coordonne")


@pytest.fixture
def answer(app: Flask, clause_library: ClauseLibrary) -> str:
    """A published answer that rests on a clause as it is now, as its slug."""
    newest = clause_library.versions(CLAUSE)[-1].reference
    with services_of(app).database.writing() as session:
        ticket = answered(session)
        session.add(
            article := Article(
                slug="label", state="published", route="mpd", ticket_id=ticket.id, changed_at=ticket.created_at
            )
        )
        session.flush()
        session.add(
            ArticleVersion(
                article_id=article.id,
                number=1,
                title_fr="Label",
                question_fr="Un label ?",
                answer_fr="Oui.",
                clauses=[newest],
                published_at=ticket.created_at,
            )
        )
    return "label"


def csrf(browser: FlaskClient, address: str) -> str:
    """The token of the form of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(address).text)
    assert found
    return found.group(1)


def change(browser: FlaskClient, status: str, **changed: str) -> int:
    address = f"/law/{LAW}/status"
    data = {"status": status, "since": "01/01/2027", "reason": REASON, **changed}
    return browser.post(address, data={**data, "csrf_token": csrf(browser, address)}).status_code


def mails(app: Flask) -> list[str]:
    with services_of(app).database.reading() as session:
        return [each.recipient for each in session.scalars(select(OutgoingMail)) if "/law/" in each.body]


def flag(app: Flask) -> tuple[bool, str]:
    with services_of(app).database.reading() as session:
        article = session.scalars(select(Article).where(Article.slug == "label")).one()
        return article.flagged_at is not None, article.flagged_because


def test_a_changed_status_marks_flags_and_tells_once_and_is_undone(app, client, coordinator, answer):
    expert = signed_in(app, Role.EXPERT, name="Emma Experte")
    assert expert.get(f"/law/{LAW}/status").status_code == 403
    assert change(coordinator, "amended") == 303
    run_jobs(app)
    for address in (f"/clauses/{CLAUSE}", f"/law/{LAW}", f"/law/{LAW}/54", "/law", f"/answers/{answer}"):
        assert "re-read" in client.get(f"{address}?language=en").text, address
    assert REASON.split("'")[0] in client.get(f"/law/{LAW}").text
    assert flag(app) == (True, LAW)
    # The expert is told; who did it is not.
    assert len(mails(app)) == 1
    assert client.get(f"/answers/{answer}.json").json["clauses_changed"] == []
    assert change(coordinator, "in_force") == 303
    run_jobs(app)
    assert flag(app) == (False, "")
    for address in (f"/clauses/{CLAUSE}", f"/law/{LAW}/54", f"/answers/{answer}"):
        assert "re-read" not in client.get(f"{address}?language=en").text, address
    assert len(mails(app)) == 2
    assert "1 published answer" in client.get(f"/law/{LAW}?language=en").text


def test_a_clause_that_does_not_rest_on_it_keeps_its_peace(app, client, coordinator):
    library = services_of(app).library
    with services_of(app).database.reading() as session:
        found = library.library(session)
    other = next(each.id for each in found if all(basis.act != LAW for basis in each.legal_basis))
    change(coordinator, "amended")
    assert "being re-read" not in client.get(f"/clauses/{other}?language=en").text


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [("since", "hier", "hier"), ("reason", "", "01/01/2027"), ("reason", "x" * 1_001, "01/01/2027")],
)
def test_a_wrong_field_is_said_and_nothing_typed_is_lost(coordinator, field, typed, kept):
    address = f"/law/{LAW}/status"
    data = {"status": "amended", "since": "01/01/2027", "reason": REASON, field: typed}
    answer = coordinator.post(address, data={**data, "csrf_token": csrf(coordinator, address)})
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert kept in answer.text
    assert "error-summary" not in coordinator.get(address).text


def test_the_status_it_has_already_is_refused_with_the_remedy(coordinator):
    assert change(coordinator, "in_force") == 422


def test_unknown_instruments_and_articles_are_not_found(client):
    for address in ("/law/NO-SUCH", f"/law/{LAW}/999", "/law/NO-SUCH/1"):
        assert client.get(address).status_code == 404
    assert "Nobody has read this article" in client.get("/law/RD-2017-04-18/76?language=en").text
    assert "No legal instrument found" in client.get("/law?words=zzqqx&language=en").text


def test_only_who_may_change_it_sees_how_many_specifications_are_concerned(client, coordinator):
    assert "were downloaded" in coordinator.get(f"/law/{LAW}?language=en").text
    assert "downloaded" not in client.get(f"/law/{LAW}?language=en").text


def test_the_operation_keeps_its_history_in_each_database(database, clause_library):
    law = clause_library.reference.instruments[LAW]
    with database.writing() as session:
        change_status(session, law, InstrumentStatus.AMENDED, SINCE, REASON, "tests")
        with pytest.raises(SameStatusError):
            change_status(session, law, InstrumentStatus.AMENDED, SINCE, REASON, "tests")
        for reason in ("", " x ", "x" * 1_001):
            with pytest.raises(StatusReasonError):
                change_status(session, law, InstrumentStatus.REPEALED, SINCE, reason, "tests")
    with database.writing() as session:
        marked = changed_instruments(session, clause_library.reference.instruments)
        assert [(each.status, each.since) for each in marked.values()] == [("amended", SINCE)]
        change_status(session, law, InstrumentStatus.IN_FORCE, SINCE, REASON, "tests")
        assert changed_instruments(session, clause_library.reference.instruments) == {}
        assert [each.status for each in history(session, LAW)] == ["in_force", "amended"]
        events = session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)).all()
        made = [event_from(each.name, each.payload) for each in events]
        assert [(each.status, each.is_open) for each in made] == [("amended", True), ("in_force", False)]


def test_the_handler_repeated_changes_nothing(app, answer):
    signed_in(app, Role.EXPERT, name="Emma Experte")
    follower = LawFollower(services_of(app).database, services_of(app).library, "https://mpdi.example")
    event = InstrumentStatusChanged(LAW, "amended", "2027-01-01", True)
    for _ in range(2):
        follower(event)
    assert flag(app) == (True, LAW)
    assert len(mails(app)) == 1


def test_specifications_are_counted_once_each_by_their_clauses(database, clause_library):
    with database.writing() as session:
        for number, clauses in (
            ("1", (f"{CLAUSE}@1.0.0",)),
            ("1", (f"{CLAUSE}@1.0.0",)),
            ("2", ("NO-SUCH-001@1.0.0",)),
        ):
            record(session, SpecificationWritten(number, clauses))
    with database.reading() as session:
        assert specifications_on(session, clause_library, LAW) == 1
        assert specifications_on(session, clause_library, "NO-SUCH") == 0


def test_the_command_lists_what_is_concerned_and_says_what_is_wrong(app, answer, monkeypatch):
    settings = services_of(app).settings
    monkeypatch.setenv("MPDI_HOME", str(settings.home))
    monkeypatch.setenv("MPDI_DATABASE_URL", settings.database_url)
    arguments = ["law", "status", LAW, "amended", "--date", "2027-01-01", "--reason", REASON, "--format", "json"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert any(each.startswith(f"{CLAUSE}@") for each in found["clauses"])
    assert found["answers"] == [answer]
    assert found["specifications"] == 0
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "already" in again.stderr
    arguments[2] = "NO-SUCH"
    unknown = CliRunner().invoke(main, arguments)
    assert unknown.exit_code == 2
    assert "NO-SUCH" in unknown.stderr
