"""The queue: most pressing first, filters, words, views, many at once, few statements; on both databases."""

import datetime

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import Clock, actor, ask, user
from werkzeug.datastructures import MultiDict

from mpdi.accounts.roles import Grant, Person, Role
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk import fact_operations, operations, queries, queue_operations, queue_queries, team_operations
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.queue_filter import QueueFilter, Sort, read_filter, stored_filter
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route, Stage, TicketKind

COORDINATOR = Person(1, (Grant(Role.COORDINATOR),))


def found(session: Session, query: str = "", person: Person = COORDINATOR) -> list[str]:
    pairs = [tuple(pair.split("=")) for pair in query.split("&") if pair]
    return [row.subject for row in queue_queries.queue(session, person, read_filter(MultiDict(pairs))).rows]


def test_pilots_and_innovation_come_first_then_near_deadlines_then_the_oldest(session: Session, now: Clock):
    today = now.today()
    ask(session, "ordinary and old")
    now.forward(minutes=1)
    ask(session, "ordinary")
    ask(session, "deadline far away", tender_deadline=today + datetime.timedelta(days=60))
    ask(session, "deadline near", tender_deadline=today + datetime.timedelta(days=9))
    ask(session, "deadline passed", tender_deadline=today - datetime.timedelta(days=1))
    now.forward(hours=2)
    ask(session, "innovation", route=Route.MPI)
    ask(session, "pilot", is_pilot=True)
    assert found(session) == [
        "innovation",
        "pilot",
        "deadline near",
        "ordinary and old",
        "ordinary",
        "deadline far away",
        "deadline passed",
    ]


def test_what_is_answered_comes_after_what_waits_for_its_first_answer(session: Session):
    fatima = user(session, "Fatima", Role.FACILITATOR)
    pilot = ask(session, "answered pilot", is_pilot=True)
    ask(session, "waits still")
    operations.answer(session, pilot, actor(fatima), Reply("Oui", "fr"), None)
    assert found(session) == ["waits still", "answered pilot"]


@pytest.fixture
def varied(session: Session, now: Clock) -> dict[str, Ticket]:
    """Tickets that differ in one thing each."""
    fatima = user(session, "Fatima", Role.FACILITATOR)
    by = actor(fatima)
    made = {
        "plain": ask(session, "plain"),
        "food": ask(session, "food", route=Route.FOOD),
        "dutch": ask(session, "dutch", language="nl"),
        "firm": ask(session, "firm", asker_kind=AskerKind.FIRM),
        "reread": ask(session, "reread", kind=TicketKind.REREAD),
        "facts": ask(session, "facts"),
        "mine": ask(session, "mine"),
        "resolved": ask(session, "resolved"),
        "pilot": ask(session, "pilot", is_pilot=True),
        "city": ask(session, "city", authority_id="commune-bruxelles", authority_name="Stad Brussel"),
        "club": ask(session, "club", authority_name="Club de l'étang"),
        "elouges": ask(session, "elouges", authority_name="Intercommunale d'Élouges"),
    }
    stated = fact_operations.Facts(
        question_nature=QuestionNature.LEGAL,
        stage=Stage.AWARD,
        category=Category.CLEANING,
        obstacles=(Obstacle.A1, Obstacle.E2),
    )
    fact_operations.set_facts(session, made["facts"], by, stated, None)
    team_operations.assign(session, made["mine"], by, fatima, None)
    operations.resolve(session, made["resolved"], by, None)
    return made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("route=food", {"food"}),
        ("asked_in=nl", {"dutch"}),
        ("door=firm", {"firm"}),
        ("kind=reread", {"reread"}),
        ("nature=legal", {"facts"}),
        ("stage=award", {"facts"}),
        ("stage=execution", set()),
        ("category=cleaning", {"facts"}),
        ("level=local", {"city"}),
        ("level=federal", set()),
        ("authority=Ville de Bruxelles", {"city"}),
        ("authority=VILLE-DE-BRUXELLES", {"city"}),
        ("authority=étang", {"club"}),
        ("authority=ÉTANG", {"club"}),
        ("authority=l’Etang", {"club"}),
        ("authority=élouges", {"elouges"}),
        ("authority=Élouges", {"elouges"}),
        ("authority=intercommunale D'ELOUGES", {"elouges"}),
        ("authority=%", set()),
        ("obstacle=O-A1", {"facts"}),
        ("obstacle=O-E2", {"facts"}),
        ("obstacle=O-E2&obstacle=O-A2", {"facts"}),
        ("obstacle=O-A2", set()),
        ("state=resolved", {"resolved"}),
        ("state=open", {"mine"}),
        ("assignee=me", {"mine"}),
        ("assignee=1", {"mine"}),
        ("pilot=1", {"pilot"}),
        ("route=food&asked_in=nl", set()),
        ("route=food&route=mpi", {"food"}),
        ("words=dutch", {"dutch"}),
        ("words=DUT", {"dutch"}),
        ("words=%", set()),
        ("words=_", set()),
        (
            "route=mars&page=x&sort=y&due=z",
            {"plain", "food", "dutch", "firm", "reread", "facts", "mine", "pilot", "city", "club", "elouges"},
        ),
    ],
)
def test_each_filter(session: Session, varied: dict[str, Ticket], query: str, names: set[str]):
    assert set(found(session, query)) == names


def test_done_ones_are_shown_when_asked_for(session: Session, varied: dict[str, Ticket]):
    assert set(found(session, "done=1")) == set(varied)
    assert "mine" not in found(session, "assignee=none")


def test_words_are_searched_in_messages_numbers_and_the_name_of_the_body(session: Session):
    ticket = ask(session, "Question\n\nUn détail sur les ampoules LED", authority_name="Commune d'Exemple")
    ask(session, "autre chose")
    for query in ("words=ampoules", f"words={ticket.number}", "words=exemple", "words=led ampoules"):
        assert found(session, query) == [ticket.subject]
    assert found(session, "words=ampoules introuvable") == []


def test_what_is_due_soon_or_overdue(session: Session, now: Clock):
    ask(session, "pilot, one day", is_pilot=True)
    ask(session, "ordinary, three days")
    assert found(session, "due=soon") == []
    now.forward(minutes=1)
    assert found(session, "due=soon") == ["pilot, one day"]
    now.forward(days=1)
    assert found(session, "due=overdue") == ["pilot, one day"]


@pytest.mark.parametrize(
    ("sort", "names"), [("newest", ["c", "b", "a"]), ("oldest", ["a", "b", "c"]), ("changed", ["a", "c", "b"])]
)
def test_orders(session: Session, now: Clock, sort: str, names: list[str]):
    tickets = []
    for name in "abc":
        tickets.append(ask(session, name))
        now.forward(minutes=1)
    operations.add_message(session, tickets[0], actor(user(session, "Ann", Role.FIRM)), "encore", "fr")
    assert found(session, f"sort={sort}") == names


def test_a_facilitator_sees_the_routes_held_and_what_is_given_or_asked(session: Session):
    fatima = user(session, "Fatima", Role.FACILITATOR, Route.MPD)
    ask(session, "hers by route")
    given, asked = ask(session, "hers by hand", route=Route.FOOD), ask(session, "asked about", route=Route.SME)
    ask(session, "not hers", route=Route.SOCIAL)
    team_operations.assign(session, given, actor(fatima), fatima, None)
    team_operations.ask_expert(session, asked, actor(fatima), fatima, "?", None)
    assert set(found(session, person=fatima.as_person())) == {"hers by route", "hers by hand", "asked about"}
    buyer = user(session, "Bea", Role.BUYER, authority_id="x").as_person()
    assert found(session, person=buyer) == found(session, person=Person()) == []


def test_pages_of_fifty(session: Session):
    for number in range(120):
        ask(session, f"q{number}")
    pages = [queue_queries.queue(session, COORDINATOR, QueueFilter(page=number)) for number in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert {(page.total, page.pages) for page in pages} == {(120, 3)}
    assert len({row.number for page in pages for row in page.rows}) == 120
    after = queue_queries.queue(session, COORDINATOR, QueueFilter(page=4))
    assert (list(after.rows), after.total) == ([], 0)


def test_a_filter_survives_the_address_and_the_saved_view():
    asked = QueueFilter(
        "led & co",
        {"route": ("mpi", "food"), "stage": ("award",), "obstacle": ("O-A1",), "level": ("local", "other")},
        "me",
        None,
        is_pilot=True,
        with_done=True,
        sort=Sort.NEWEST,
        authority="CPAS d’Uccle & fils",
    )
    assert read_filter(MultiDict(asked.arguments())) == asked
    assert stored_filter(asked.stored()) == asked


def test_views_are_kept_replaced_and_limited(session: Session):
    one = user(session, "Fatima", Role.FACILITATOR)
    queue_operations.save_view(session, one.id, "Food", QueueFilter(chosen={"route": ("food",)}))
    queue_operations.save_view(session, one.id, "Food", QueueFilter(chosen={"route": ("mpi",)}))
    frame = queue_queries.queue_frame(session, one.id)
    assert [(name, kept) for _number, name, kept in frame.views] == [("Food", {"route": ["mpi"]})]
    assert frame.people == ((one.id, "Fatima"),)
    for number in range(queue_operations.MOST_VIEWS - 1):
        queue_operations.save_view(session, one.id, f"v{number}", QueueFilter())
    with pytest.raises(queue_operations.TooManyViewsError):
        queue_operations.save_view(session, one.id, "one more", QueueFilter())


# Pages


@pytest.fixture
def cora(app: Flask) -> Browser:
    return signed_in(app, "Cora", Role.COORDINATOR)


def make(app: Flask, *names: str, **facts: object) -> list[str]:
    with in_database(app) as session:
        return [ask(session, name, **facts).number for name in names]


def chosen(app: Flask, number: str) -> Ticket:
    with services_of(app).database.reading() as session:
        ticket = queries.ticket_whole(session, number)
        session.expunge_all()
        return ticket


def test_the_page_needs_at_most_four_statements(app: Flask, cora: Browser):
    make(app, *(f"question {number}" for number in range(60)))
    cora.get("/helpdesk")
    statements: list[str] = []
    engine = services_of(app).database.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    answered = "/helpdesk?words=question&route=mpd&page=2&sort=newest"
    for address in ("/helpdesk", answered, "/helpdesk?words=introuvable", "/helpdesk?words=question&page=99"):
        statements.clear()
        cora.get(address)
        assert len(statements) <= 4, statements


def answered(app: Flask, *numbers: str) -> None:
    with in_database(app) as session:
        for ticket in session.scalars(select(Ticket).where(Ticket.number.in_(numbers))):
            ticket.first_answered_at = ticket.created_at


def test_many_are_assigned_rerouted_and_closed(app: Flask, cora: Browser):
    one, two, three = make(app, "one", "two", "three")
    answered(app, one, three)
    cora.get("/helpdesk")
    cora.post("/helpdesk/bulk?sort=newest", {"chosen": [f"{one}.1", f"{two}.1"], "action": "assign", "assignee": "me"})
    page = cora.get("/helpdesk?sort=newest")
    assert f"Done: {one}, {two}." in page
    assert [chosen(app, number).assignee_id for number in (one, two, three)] == [cora.user.id, cora.user.id, None]
    cora.post("/helpdesk/bulk", {"chosen": [f"{three}.1"], "action": "reroute", "route": "food"})
    assert chosen(app, three).route == "food"
    cora.post("/helpdesk/bulk", {"chosen": [f"{one}.2", f"{two}.2", f"{three}.2"], "action": "close"})
    assert f"Never answered, left open: {two}." in cora.get("/helpdesk")
    assert [chosen(app, number).state for number in (one, two, three)] == ["closed", "open", "closed"]


def test_one_that_changed_meanwhile_is_left_alone_and_named(app: Flask, cora: Browser):
    one, two = make(app, "one", "two")
    answered(app, two)
    with in_database(app) as session:
        operations.add_message(
            session, queries.ticket_whole(session, one), actor(user(session, "A", Role.FIRM)), "x", "fr"
        )
    cora.get("/helpdesk")
    cora.post("/helpdesk/bulk", {"chosen": [f"{one}.1", f"{two}.1"], "action": "close"})
    page = cora.get("/helpdesk?done=1")
    assert f"Changed by somebody meanwhile, left alone: {one}." in page
    assert [chosen(app, number).state for number in (one, two)] == ["new", "closed"]
    cora.post("/helpdesk/bulk", {"chosen": [f"{two}.2"], "action": "close"})
    assert f"Their state does not allow it: {two}." in cora.get("/helpdesk")


def test_of_a_route_of_others_nothing_can_be_done_in_bulk(app: Flask):
    (number,) = make(app, "not yours")
    food = signed_in(app, "Food", Role.FACILITATOR, Route.FOOD)
    food.get("/helpdesk")
    food.post("/helpdesk/bulk", {"chosen": [f"{number}.1"], "action": "close"})
    assert chosen(app, number).state == "new"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"action": "close"}, 303),
        ({"chosen": ["x"], "action": "close"}, 400),
        ({"chosen": ["MPDI-2026-00001.1"], "action": "eat"}, 400),
        ({"chosen": ["MPDI-2026-00001.1"], "action": "reroute", "route": "mars"}, 400),
        ({"chosen": ["MPDI-2026-00001.1"], "action": "assign", "assignee": "99999"}, 400),
    ],
)
def test_made_up_bulk_requests(cora: Browser, data: dict, status: int):
    cora.get("/helpdesk")
    cora.post("/helpdesk/bulk", data, status)


def test_a_view_is_kept_shown_and_deleted(app: Flask, cora: Browser):
    make(app, "cantine bio", route=Route.FOOD)
    make(app, "nettoyage")
    cora.get("/helpdesk?route=food")
    cora.post("/helpdesk/views?route=food", {"name": "Cantines"})
    page = cora.get("/helpdesk?route=food")
    assert '<a href="/helpdesk?route=food" aria-current="page">Cantines</a>' in page
    assert "nettoyage" not in page
    number = page.split("/helpdesk/views/")[1].split("/")[0]
    other = signed_in(app, "Other", Role.COORDINATOR)
    assert "Cantines" not in other.get("/helpdesk")
    other.post(f"/helpdesk/views/{number}/delete")
    assert "Cantines" in cora.get("/helpdesk")
    cora.post(f"/helpdesk/views/{number}/delete")
    cora.get("/helpdesk")  # says that it is deleted, once
    assert "Cantines" not in cora.get("/helpdesk")


def test_the_empty_queue_says_why_and_what_next(cora: Browser):
    assert "Nothing waits" in cora.get("/helpdesk")
    assert "Take a filter or a word away" in cora.get("/helpdesk?words=nothing")
