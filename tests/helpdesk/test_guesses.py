"""What the rules guess is shown as a guess, and counted once somebody has confirmed it."""

import datetime

import pytest
from flask import Flask
from page_forms import fill_and_press
from sqlalchemy import select
from ticket_browsers import Browser, services_of, signed_in

from mpdi import clock
from mpdi.accounts.roles import Role
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.reports import Period, count_obstacles, report

QUESTION = {
    "question": "Notre directeur craint que le nettoyage écologique coûte plus cher, le budget est serré. Que faire ?",
    "email": "ann@example.org", "language": "fr",
}  # fmt: skip


def asked(app: Flask, **more: str) -> Ticket:
    ann = Browser(app)
    ann.get("/questions/new")
    ann.post("/questions/new", QUESTION | more)
    return stored(app)


def stored(app: Flask) -> Ticket:
    with services_of(app).database.reading() as session:
        ticket = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
        assert ticket is not None
        session.expunge_all()
        return ticket


def counted(app: Flask) -> tuple[dict[str, int], int, int]:
    today = clock.today()
    with services_of(app).database.reading() as session:
        made = count_obstacles(session, Period(today - datetime.timedelta(days=1), today))
    return made.counts, made.stated, made.total


def known(app: Flask, dimension: str) -> int:
    today = clock.today()
    with services_of(app).database.reading() as session:
        parts = report(session, Period(today - datetime.timedelta(days=1), today)).breakdowns
    return next(part.known for part in parts if part.dimension == dimension)


def test_a_guess_is_not_counted_until_a_facilitator_ticks_it(app: Flask) -> None:
    ticket = asked(app)
    assert ticket.obstacles == []
    assert "O-A2" in ticket.guesses["obstacles"]
    assert counted(app) == ({}, 0, 1)
    assert (known(app, "obstacle"), known(app, "nature")) == (0, 0)
    cora, address = signed_in(app, "Cora", Role.COORDINATOR), f"/helpdesk/tickets/{ticket.number}"
    page = cora.get(address)
    assert 'name="obstacles" value="O-A2"><label for="fact-O-A2">Fear of higher costs <span class="mark' in page
    assert "Fear of higher costs (guess)" in page, "the history says it too"
    fill_and_press(cora, address, {"obstacles": "O-A2"}, "Store the facts")
    assert stored(app).obstacles == ["O-A2"]
    assert counted(app) == ({"O-A2": 1}, 1, 1)
    assert (known(app, "obstacle"), known(app, "nature")) == (1, 1)
    page = cora.get(address)
    assert 'value="O-A2" checked><label for="fact-O-A2">Fear of higher costs</label>' in page


def test_storing_other_facts_confirms_no_obstacle(app: Flask) -> None:
    ticket = asked(app)
    cora, address = signed_in(app, "Cora", Role.COORDINATOR), f"/helpdesk/tickets/{ticket.number}"
    cora.get(address)
    fill_and_press(cora, address, {"nature": "economic"}, "Store the facts")
    assert counted(app) == ({}, 0, 1)
    assert "O-A2" in stored(app).guesses["obstacles"]


def test_what_the_asker_ticks_counts_at_once(app: Flask) -> None:
    ticket = asked(app, obstacles="O-A2")
    assert ticket.obstacles == ["O-A2"]
    assert "O-A2" not in ticket.guesses.get("obstacles", [])
    assert counted(app) == ({"O-A2": 1}, 1, 1)


def test_the_page_offers_the_obstacles_of_its_door_only(app: Flask) -> None:
    ann = Browser(app)
    assert 'value="O-A2"' in ann.get("/questions/new")
    assert 'value="O-E2"' not in ann.page
    assert 'value="O-E2"' in ann.get("/questions/new?door=firm")
    ann.post("/questions/new?door=firm", QUESTION | {"obstacles": "O-A2"}, 422)


@pytest.mark.parametrize("address", ["/helpdesk/obstacles?year=2026&span=q4"])
def test_the_digest_says_in_how_many_questions_something_is_stated(app: Flask, address: str) -> None:
    asked(app, obstacles="O-A2")
    asked(app)
    assert "Stated in 1 of 2 questions." in signed_in(app, "Cora", Role.COORDINATOR).get(address)


def test_who_asks_by_a_firms_account_is_a_firm_and_a_facilitator_corrects_it(app: Flask) -> None:
    firm = signed_in(app, "Fred", Role.FIRM)
    firm.get("/questions/new")
    firm.post("/questions/new?door=buyer", QUESTION)
    ticket = stored(app)
    assert ticket.asker_kind == "firm"
    cora, address = signed_in(app, "Cora", Role.COORDINATOR), f"/helpdesk/tickets/{ticket.number}"
    cora.get(address)
    fill_and_press(cora, address, {"asker_kind": "unknown"}, "Store the facts")
    assert stored(app).asker_kind == "unknown"
    assert known(app, "door") == 0
