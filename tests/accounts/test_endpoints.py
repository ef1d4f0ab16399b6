"""Every endpoint × role × whose record, through the portal, against the grid beside this file."""

import datetime
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
from endpoint_grid import GRID, PUBLIC
from flask import Flask
from flask.testing import FlaskClient
from people import add_user, services_of, sign_in
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from mpdi import clock
from mpdi.accounts import session_operations
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile import Authority, Period, PlanProfile
from mpdi.action_plans.core.profile_json import profile_json
from mpdi.action_plans.models import PlanVersion
from mpdi.action_plans.operations import begin_plan
from mpdi.app import create_app
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.clause_library.queries import LibraryCache
from mpdi.config import Settings
from mpdi.events.models import AgendaEvent
from mpdi.follow_up.operations import begin_log, claim_log
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.helpdesk.models import Article, ArticleVersion, Attachment, ExpertRequest
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.resources import folder
from mpdi.services import EXTENSION
from mpdi.specifications.operations import begin_draft, claim_draft

BODY = "commune-uccle"
LETTERS = "olbtwx"
HOLDERS = {
    Role.BUYER: Grant(Role.BUYER, BODY),
    Role.FACILITATOR: Grant(Role.FACILITATOR, route="food"),
}
RECORDS = (
    "{ticket}",
    "{question}",
    "{draft}",
    "{owned}",
    "{session}",
    "{log}",
    "{owned_log}",
    "{plan}",
    "{owned_plan}",
)
"""What an address names that belongs to somebody."""
TYPED = {
    "revision": "1", "body": "Un mot", "text": "Un mot", "message": "Un mot", "language": "fr", "route": "mpi",
    "assignee": "", "helped": "yes", "value": "yes", "words": "label", "action": "close",
    "reference": "clause:ENV-CLEAN-001",
}  # fmt: skip
_NUMBERS = count(1)


@dataclass(frozen=True)
class Line:
    """One endpoint and method, its address and who gets in."""

    endpoint: str
    method: str
    address: str
    cells: tuple[str, ...]

    @property
    def names_record(self) -> bool:
        return any(name in self.address for name in RECORDS)


PUBLIC_LINES = [Line(*text.split(), cells=("*",) * len(Role)) for text in PUBLIC.strip().splitlines()]
LINES = [
    Line(endpoint, method, address, tuple(cells))
    for endpoint, method, address, *cells in (text.split() for text in GRID.strip().splitlines()[1:] if text.strip())
]


@pytest.fixture(scope="module")
def portal(
    library_home: Path,
    warm_library: LibraryCache,
    warm_suggestions: SuggestionService,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """A portal for this module. The token of forms has its own tests: here it would only stand in the way."""
    home = tmp_path_factory.mktemp("endpoints") / "home"
    shutil.copytree(library_home, home)
    app = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests"))
    app.extensions[EXTENSION] = replace(services_of(app), library=warm_library, suggestions=warm_suggestions)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    services_of(app).search.words.close()
    services_of(app).database.engine.dispose()


@pytest.fixture(scope="module")
def people(portal: Flask) -> dict[Role, int | None]:
    """Somebody with each role; for the visitor nobody."""
    with services_of(portal).database.writing() as session:
        made = {role: add_user(session, HOLDERS.get(role, Grant(role))).id for role in Role if role is not Role.VISITOR}
        add_user(session, Grant(Role.ADMINISTRATOR))
    return {Role.VISITOR: None} | made


@pytest.fixture(scope="module")
def things(portal: Flask) -> dict[str, str]:
    """Records that belong to nobody in particular: an event, an article, a notice, somebody else."""
    notice = take_in_notice(portal)
    with services_of(portal).database.writing() as session:
        start = clock.now() + datetime.timedelta(days=9)
        event = AgendaEvent(
            kind="training", audience="both", title_fr="Formation", title_nl="Opleiding", starts_at=start,
            ends_at=start + datetime.timedelta(hours=2), is_published=True, changed_at=clock.now(),
        )  # fmt: skip
        article = Article(slug="une-reponse", state="published", route="mpd", changed_at=clock.now())
        article.versions.append(
            ArticleVersion(
                number=1, title_fr="Une réponse", question_fr="Quoi ?", answer_fr="Ceci.", published_at=clock.now()
            )
        )
        session.add_all((event, article))
        other = add_user(session, Grant(Role.FIRM))
        session.flush()
        return {
            "event": str(event.id),
            "article": str(article.id),
            "slug": article.slug,
            "user": str(other.id),
        } | notice


def take_in_notice(portal: Flask) -> dict[str, str]:
    """One fictitious notice; its key in addresses."""
    held = services_of(portal)
    path = folder("examples") / "notices" / "2025-02-17-agency-03-competition.xml"
    ingest(held.database, [str(path)], ReadingPlan(held.settings.home, with_detection=False), 1)
    with held.database.reading() as session:
        return {"notice": key_of(session.scalars(select(NoticeRecord.identity)).one())}


def make_ticket(portal: Flask, session: Session, letter: str, mine: int | None) -> dict[str, str]:
    """A ticket that is one's own, of one's body, …; another asked it but where it is one's own."""
    asker = mine if letter == "o" else add_user(session).id
    question = NewQuestion(
        body="Puis-je demander un écolabel ?", language="fr", route=Route.FOOD if letter == "t" else Route.MPI,
        email="asker@example.org", name="Asker", authority_id=BODY if letter == "b" else "stib",
    )  # fmt: skip
    ticket, token = open_ticket(session, question, Actor(asker, "Asker"))
    ticket.asker_id = asker
    if letter == "w" and mine is not None:
        ticket.assignee_id = mine
        session.add(ExpertRequest(ticket_id=ticket.id, expert_id=mine, question="Et vous ?", asked_at=clock.now()))
    stored = AttachmentStore(services_of(portal).settings.home).store(io.BytesIO(b"a text"), "a.txt")
    message = ticket.messages[0]
    message.attachments.append(
        Attachment(file_name=stored.file_name, media_type=stored.media_type, size=stored.size, digest=stored.digest)
    )
    session.flush()
    return {
        "ticket": ticket.number, "question": token if letter == "l" else ticket.number,
        "file": str(message.attachments[0].id), "revision": str(ticket.revision),
    }  # fmt: skip


def make_draft(session: Session, letter: str, mine: int | None) -> dict[str, str]:
    """A draft behind its link, or one with an owner; with another letter a link that leads nowhere."""
    draft, token = begin_draft(session, {"object": "Nettoyage"})
    if letter in "ox":
        owner = mine if letter == "o" and mine is not None else add_user(session).id
        claim_draft(session, draft, owner)
    return {"draft": token if letter == "l" else f"not-{token}", "owned": str(draft.id)}


def make_log(session: Session, letter: str, mine: int | None) -> dict[str, str]:
    """The follow-up log of a contract behind its link, or one with an owner; else a link that leads nowhere."""
    texts = {key: {"fr": "Un", "nl": "Een"} for key in ("title", "receive", "check", "how", "sanction")}
    check = texts | {"key": "ENV-CLEAN-001:execution:1", "clause_id": "ENV-CLEAN-001", "version": "1.0.0"}
    check |= {"moment": "start", "giver": "contractor", "who": "site_manager", "source": "site", "figures": []}
    check |= {"is_on_request": False, "is_on_site": True, "legal_review": "pending"}
    plan = {"reference": "EX", "object": texts["title"], "authority": texts["title"], "months": 12, "checks": [check]}
    log, token = begin_log(session, plan, None)
    if letter in "ox":
        claim_log(session, log, mine if letter == "o" and mine is not None else add_user(session).id)
    return {"log": token if letter == "l" else f"not-{token}", "owned_log": str(log.id)}


def make_plan(session: Session, letter: str, mine: int | None) -> dict[str, str]:
    """An action plan that was adopted, behind its link, or one with an owner; else a link that leads nowhere."""
    first, last = clock.today(), clock.today() + datetime.timedelta(days=700)
    authority = Authority(Bilingual("Commune d'Exemple", "Gemeente Voorbeeld"), AuthorityType.LOCAL)
    profile = PlanProfile(authority, Period(first, last), first, canevas=edition_canevas().version)
    owner = mine if letter == "o" and mine is not None else add_user(session).id if letter in "ox" else None
    plan, token = begin_plan(session, profile, owner)
    plan.versions.append(
        PlanVersion(
            number=1, kind="adoption", decided_on=first, organ="Collège", profile=profile_json(profile),
            profile_digest="0" * 64, canevas=profile.canevas, written_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()
    return {"plan": token if letter == "l" else f"not-{token}", "owned_plan": str(plan.id)}


def make_session(session: Session, letter: str, mine: int | None) -> dict[str, str]:
    """A session of one's own or of another."""
    user_id = mine if letter == "o" and mine is not None else add_user(session).id
    user = session.get_one(User, user_id)
    token = session_operations.start_session(session, user, "Firefox")
    found = session_operations.find_session(session, token)
    assert found is not None
    return {"session": str(found.id)}


def places(portal: Flask, line: Line, letter: str, mine: int | None) -> dict[str, str]:
    """What stands in the places of an address, made anew: one call never meets what another changed."""
    with services_of(portal).database.writing() as session:
        if "{ticket}" in line.address or "{question}" in line.address:
            return make_ticket(portal, session, letter, mine)
        if "{draft}" in line.address or "{owned}" in line.address:
            return make_draft(session, letter, mine)
        if "{log}" in line.address or "{owned_log}" in line.address:
            return make_log(session, letter, mine)
        if "{plan}" in line.address or "{owned_plan}" in line.address:
            return make_plan(session, letter, mine)
        if "{session}" in line.address:
            return make_session(session, letter, mine)
    return {}


def letters_of(line: Line) -> str:
    if any(place in line.address for place in ("{draft}", "{log}", "{plan}")):
        return "lx"
    if any(place in line.address for place in ("{owned}", "{owned_log}", "{owned_plan}", "{session}")):
        return "ox"
    return LETTERS if line.names_record else "x"


def browser_of(portal: Flask, mine: int | None) -> FlaskClient:
    client = portal.test_client()
    if mine is not None:
        sign_in(client, mine)
    return client


def visit(portal: Flask, line: Line, letter: str, mine: int | None, things: dict[str, str]) -> TestResponse:
    """Go to the address as somebody."""
    held = things | places(portal, line, letter, mine)
    client = browser_of(portal, mine)
    address = line.address.format(**held)
    if line.method == "GET":
        return client.get(address, buffered=True)
    typed = {"revision": held.get("revision", "1"), "body": f"Un mot {next(_NUMBERS)}", "into": held.get("ticket", "")}
    return client.post(address, data=TYPED | typed, buffered=True)


def asks_to_sign_in(response: TestResponse) -> bool:
    if response.status_code == 303:
        return response.location.partition("?")[0] == "/sign-in"
    return response.status_code == 403 and 'action="/sign-in"' in response.text


def is_refused(response: TestResponse, line: Line) -> bool:
    """Sent to sign in, forbidden; for a record also unknown."""
    return (
        asks_to_sign_in(response) or response.status_code == 403 or (line.names_record and response.status_code == 404)
    )


def test_every_endpoint_has_its_line(portal: Flask) -> None:
    known = {(line.endpoint, line.method) for line in (*LINES, *PUBLIC_LINES)}
    there = {
        (rule.endpoint, method)
        for rule in portal.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there - known == set(), "say in tests/accounts/endpoint_grid.py who gets in"
    assert known - there == set(), "these are gone: take their lines out"


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.endpoint}")
def test_a_line_has_a_cell_for_every_role_and_letters_that_can_be(line: Line) -> None:
    assert len(line.cells) == len(Role)
    assert all(cell in "*-" or set(cell) <= set(letters_of(line)) for cell in line.cells)


@pytest.mark.parametrize("line", PUBLIC_LINES, ids=lambda line: f"{line.method} {line.endpoint}")
def test_nobody_is_refused_where_all_may_come(
    portal: Flask, people: dict[Role, int | None], things: dict[str, str], line: Line
) -> None:
    for role, mine in people.items():
        response = visit(portal, line, "x", mine, things)
        assert not is_refused(response, line), role
        assert response.status_code < 500, role


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.endpoint}")
def test_who_gets_in(
    portal: Flask, people: dict[Role, int | None], things: dict[str, str], line: Line, role: Role
) -> None:
    cell = line.cells[list(Role).index(role)]
    expected = set(letters_of(line)) if cell == "*" else set(cell) - {"-"}
    answers = {letter: visit(portal, line, letter, people[role], things) for letter in letters_of(line)}
    opened = {letter for letter, response in answers.items() if not is_refused(response, line)}
    assert opened == expected, {letter: (each.status_code, each.location) for letter, each in answers.items()}
    assert max(each.status_code for each in answers.values()) < 500
    if role is Role.VISITOR and not line.names_record and cell == "-":
        assert asks_to_sign_in(answers["x"]), "a visitor is sent to sign in, not shown a closed door"


@pytest.mark.parametrize(
    "line", [line for line in LINES if line.names_record], ids=lambda line: f"{line.method} {line.endpoint}"
)
def test_a_record_that_is_not_there_looks_like_one_that_is_closed(
    portal: Flask, people: dict[Role, int | None], things: dict[str, str], line: Line
) -> None:
    """Nobody learns from an answer that a ticket, draft or session exists."""
    nowhere = (
        things
        | dict.fromkeys(("ticket", "question", "draft", "log", "plan"), "MPDI-2026-99999")
        | {"owned": "99999", "owned_log": "99999", "owned_plan": "99999", "session": "99999", "file": "99999"}
    )
    for role, mine in people.items():
        cell = line.cells[list(Role).index(role)]
        if cell == "*" or (role is Role.COORDINATOR and "{ticket}" in line.address):
            continue  # who sees every ticket learns nothing
        client = browser_of(portal, mine)
        call: Callable[..., TestResponse] = client.get if line.method == "GET" else client.post
        data = {} if line.method == "GET" else {"data": TYPED}
        absent = call(line.address.format(**nowhere), buffered=True, **data)
        closed = visit(portal, line, "x", mine, things)
        assert (absent.status_code, asks_to_sign_in(absent)) == (closed.status_code, asks_to_sign_in(closed)), role
