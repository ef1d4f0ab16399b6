"""An asker who comes back after an answer is seen, promised another answer, and warned of; on both databases."""

import datetime

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from ticket_browsers import in_database, signed_in
from ticket_samples import ASKER, Clock, actor, ask, user
from werkzeug.datastructures import MultiDict

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Person, Role
from mpdi.database import Database
from mpdi.helpdesk import fact_operations, operations, queue_queries, team_operations
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.operations import NewQuestion, Reply, open_ticket
from mpdi.helpdesk.queue_filter import read_filter
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import Route
from mpdi.helpdesk.warning_operations import warn_of_due
from mpdi.migrations import alembic_config, upgrade

COORDINATOR = Person(1, (Grant(Role.COORDINATOR),))
WAIT, RESOLVE = TicketAction.WAIT, TicketAction.RESOLVE


def found(session: Session, **asked: str) -> list[str]:
    return [row.subject for row in queue_queries.queue(session, COORDINATOR, read_filter(MultiDict(asked))).rows]


def answered(session: Session, by: User, subject: str, then: TicketAction | None = RESOLVE, **facts: object) -> Ticket:
    ticket = ask(session, subject, **facts)
    operations.answer(session, ticket, actor(by), Reply("Oui.", "fr", then), None)
    return ticket


def due(ticket: Ticket) -> str:
    assert ticket.answer_due is not None
    return clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).strftime("%d %H:%M")


def test_who_comes_back_stands_above_those_who_are_waited_for(session: Session, now: Clock, fatima: User):
    back = answered(session, fatima, "wrote again")
    reopened = answered(session, fatima, "not answered")
    answered(session, fatima, "asker is waited for", WAIT, is_pilot=True)
    now.forward(days=6)
    ask(session, "first answer")
    now.forward(minutes=1)
    operations.add_message(session, back, ASKER, "Et pour le papier ?", "fr")
    now.forward(minutes=1)
    operations.reopen(session, reopened, ASKER, None)
    assert found(session) == ["first answer", "wrote again", "not answered", "asker is waited for"]
    assert found(session, due="again") == ["wrote again", "not answered"]


@pytest.mark.parametrize(("facts", "promised"), [({}, "03 10:30"), ({"is_pilot": True}, "01 10:30")])
def test_a_second_promise_is_made_of_the_same_length(
    session: Session, now: Clock, fatima: User, facts: dict[str, bool], promised: str
):
    ticket = answered(session, fatima, "Un écolabel ?", **facts)
    now.forward(days=6, hours=1)  # Monday 30 November
    operations.add_message(session, ticket, ASKER, "Et pour le papier ?", "fr")
    assert due(ticket) == promised
    now.forward(hours=5)
    operations.add_message(session, ticket, ASKER, "Toujours rien ?", "fr")
    assert due(ticket) == promised, "more words do not put it off"
    stated = fact_operations.Facts(is_pilot=True)
    fact_operations.set_facts(session, ticket, actor(fatima), stated, None)
    assert due(ticket) == "01 10:30"


@pytest.mark.parametrize("then", [None, WAIT, RESOLVE])
def test_an_answer_ends_it(session: Session, fatima: User, then: TicketAction | None):
    ticket = answered(session, fatima, "Un écolabel ?")
    operations.add_message(session, ticket, ASKER, "Et pour le papier ?", "fr")
    operations.answer(session, ticket, actor(fatima), Reply("Aussi.", "fr", then), None)
    assert ticket.awaited_since is None
    assert found(session, due="again", done="1") == []


@pytest.mark.parametrize("end", [operations.resolve, operations.wait, operations.close])
def test_thanks_that_ask_nothing_are_laid_aside_without_an_answer(session: Session, fatima: User, end):
    ticket = answered(session, fatima, "Un écolabel ?")
    operations.add_message(session, ticket, ASKER, "Merci !", "fr")
    end(session, ticket, actor(fatima), None)
    assert found(session, due="again", done="1") == []


def test_more_words_before_the_first_answer_make_no_second_promise(session: Session, now: Clock):
    ticket = ask(session, "Un écolabel ?")
    before = due(ticket)
    now.forward(days=1)
    operations.add_message(session, ticket, ASKER, "J'oubliais", "fr")
    assert due(ticket) == before
    assert found(session, due="again") == []


def test_the_second_promise_is_warned_of(session: Session, now: Clock, fatima: User):
    ticket = answered(session, fatima, "Un écolabel ?")
    before = len(session.scalars(select(OutgoingMail)).all())
    now.forward(days=6)
    operations.add_message(session, ticket, ASKER, "Et pour le papier ?", "fr")
    assert warn_of_due(session, "https://mpdi.example") == []
    now.forward(days=3)
    assert warn_of_due(session, "https://mpdi.example") == [ticket]
    assert warn_of_due(session, "https://mpdi.example") == []
    told = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()[before:]
    assert [mail.subject for mail in told if "retard" in mail.subject] == [f"Réponse en retard : {ticket.number}"]


def test_a_question_merged_into_an_answered_one_makes_its_promise_that_one_s(session: Session, now: Clock, fatima: User):
    done = answered(session, fatima, "done")
    now.forward(hours=1)
    waiting = ask(session, "waiting")
    promised = due(waiting)
    now.forward(hours=3)
    into = team_operations.merge(session, waiting, actor(fatima), done, None)
    assert (due(into), into.state) == (promised, "open")
    assert found(session, due="again") == ["done"]


def test_pages_show_the_mark_and_the_promise_to_both(app: Flask):
    cora = signed_in(app, "Cora", Role.COORDINATOR)
    assert cora.user is not None
    with in_database(app) as session:
        question = NewQuestion(body="Puis-je demander un écolabel ?", language="fr", route=Route.MPD)
        ticket, token = open_ticket(session, question, ASKER)
        operations.answer(session, ticket, actor(cora.user), Reply("Oui.", "fr", RESOLVE), None)
        number = ticket.number
    assert '<span aria-hidden="true">↩</span>' not in cora.get("/helpdesk?done=1")
    cora.get(f"/questions/{token}")
    cora.post(f"/questions/{token}/reopen")
    assert "another answer at the latest on" in cora.get(f"/questions/{token}")
    queue = cora.get("/helpdesk")
    assert "↩</span>Another answer awaited" in queue
    assert "answer by" in queue
    assert "Another answer due by" in cora.get(f"/helpdesk/tickets/{number}")
    assert number in cora.get("/helpdesk?due=again")


def test_tickets_from_before_keep_their_place_after_the_upgrade(database_url: str):
    made = Database(database_url)
    upgrade(made.engine)
    with made.writing() as session:
        fatima = user(session, "Fatima", Role.FACILITATOR)
        ask(session, "unanswered")
        answered(session, fatima, "answered")
        back = answered(session, fatima, "came back")
        operations.add_message(session, back, ASKER, "Et pour le papier ?", "fr")
        since = clock.aware(back.awaited_since)
    command.downgrade(alembic_config(made.engine), "0009")
    upgrade(made.engine)
    with made.reading() as session:
        kept = {each.subject: each for each in session.scalars(select(Ticket))}
        assert kept["answered"].awaited_since is None
        assert kept["unanswered"].awaited_since == kept["unanswered"].created_at
        assert abs(clock.aware(kept["came back"].awaited_since) - since) < datetime.timedelta(seconds=1)
        assert found(session, due="again") == ["came back"]
        assert session.execute(text("SELECT count(*) FROM ticket_words")).scalar_one() == 3
    made.engine.dispose()
