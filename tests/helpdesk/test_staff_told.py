"""What those who work on tickets are told by mail: of what, who, in which language, once; on both databases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from ticket_browsers import in_database, services_of, signed_in
from ticket_samples import ASKER, Clock, actor, ask, user

from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.database import Database
from mpdi.helpdesk import operations, team_operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.news_handlers import StaffTeller
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.vocabulary import Route
from mpdi.jobs.events import TicketChanged, event_from
from mpdi.jobs.models import OutboxEvent

PORTAL = "https://mpdi.example/"
Told = Callable[[], list[tuple[str, str]]]


def is_told(mail: OutgoingMail) -> bool:
    return mail.message_id is None


@pytest.fixture
def told(session: Session, database: Database) -> Told:
    """Commit, handle what happened, and return who is told what since the last time."""
    known: set[int] = set()
    handled: set[int] = set()

    def handle() -> list[tuple[str, str]]:
        session.commit()
        events = list(session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)))
        fresh = [(each.id, each.name, dict(each.payload)) for each in events if each.name == TicketChanged.name]
        session.commit()
        for number, name, payload in fresh:
            if number not in handled:
                StaffTeller(database, PORTAL)(event_from(name, payload))
                StaffTeller(database, PORTAL)(event_from(name, payload))
                handled.add(number)
        mails = [mail for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)) if is_told(mail)]
        new = [(mail.recipient.partition("@")[0], mail.subject) for mail in mails if mail.id not in known]
        known.update(mail.id for mail in mails)
        session.commit()
        return new

    return handle


def test_a_new_question_is_told_to_its_body_in_the_language_of_each(session: Session, told: Told, fatima: User):
    user(session, "Nele", Role.FACILITATOR).language = "nl"
    user(session, "Fons", Role.FACILITATOR, Route.FOOD)
    user(session, "Cora", Role.COORDINATOR)
    ticket = ask(session, "Quel label ?", subject="Un objet secret")
    number = ticket.number
    assert told() == [("fatima", f"Nouvelle question : {number}"), ("nele", f"Nieuwe vraag: {number}")]
    french, _dutch = session.scalars(select(OutgoingMail)).all()
    assert f"https://mpdi.example/helpdesk/tickets/{number}" in french.body
    assert "27 novembre 2026" in french.body
    assert "secret" not in french.subject + french.body
    assert "label" not in french.body
    assert f"[{number}" not in french.subject, "a reply to it is no word of the asker's"
    assert french.headers["Auto-Submitted"] == "auto-generated"


def test_each_thing_that_happens_is_told_to_who_works_on_it_and_not_to_who_did_it(
    session: Session, told: Told, fatima: User
):
    ines, lea = user(session, "Ines", Role.FACILITATOR, Route.MPD), user(session, "Lea", Role.EXPERT)
    ticket = ask(session)
    told()
    team_operations.assign(session, ticket, actor(fatima), fatima, None)
    assert told() == [], "to oneself"
    team_operations.assign(session, ticket, actor(fatima), ines, None)
    assert told() == [("ines", f"Question qui vous est attribuée : {ticket.number}")]
    team_operations.hand_over(session, ticket, actor(ines), fatima, "Voir la circulaire", None)
    assert told() == [("fatima", f"Question qui vous est passée : {ticket.number}")]
    team_operations.ask_expert(session, ticket, actor(fatima), lea, "Proportionné ?", None)
    team_operations.answer_as_expert(session, ticket, actor(lea), "Oui", "fr", None)
    assert told() == [("fatima", f"Réponse de l’expert : {ticket.number}")]
    operations.answer(session, ticket, actor(fatima), Reply("Oui", "fr"), None)
    operations.resolve(session, ticket, ASKER, None)
    assert told() == []
    operations.add_message(session, ticket, ASKER, "Et le lait ?", "fr")
    assert told() == [("fatima", f"Nouveau message du demandeur : {ticket.number}")]
    operations.resolve(session, ticket, actor(fatima), None)
    operations.reopen(session, ticket, ASKER, None)
    assert told() == [("fatima", f"Question rouverte : {ticket.number}")]
    operations.resolve(session, ticket, actor(fatima), None)
    operations.reopen(session, ticket, actor(fatima), None)
    assert told() == [], "she did it herself"


def test_another_body_is_told_of_what_it_is_sent(session: Session, told: Told, fatima: User):
    user(session, "Fons", Role.FACILITATOR, Route.FOOD)
    ticket = ask(session)
    told()
    team_operations.reroute(session, ticket, actor(fatima), Route.FOOD, None)
    assert told() == [("fons", f"Une question vous est transmise : {ticket.number}")]


def test_the_next_body_is_told_who_sent_it(session: Session, told: Told, fatima: User):
    user(session, "Fons", Role.FACILITATOR, Route.FOOD)
    ticket = ask(session)
    told()
    team_operations.reroute(session, ticket, actor(fatima), Route.FOOD, None, "Une cantine.")
    told()
    body = session.scalars(select(OutgoingMail.body).order_by(OutgoingMail.id.desc())).first()
    assert body is not None
    assert "Envoyée par : Fatima." in body
    assert "cantine" not in body, "what a note says is forgotten with the ticket, not with a mail"


def test_where_nobody_is_assigned_the_body_hears_of_a_message(session: Session, told: Told, fatima: User):
    ticket = ask(session)
    told()
    operations.add_message(session, ticket, ASKER, "Encore ceci", "fr")
    assert told() == [("fatima", f"Nouveau message du demandeur : {ticket.number}")]


def test_of_a_ticket_forgotten_or_merged_meanwhile_nobody_is_told(
    session: Session, told: Told, now: Clock, fatima: User, tmp_path: Path
):
    one, two = ask(session), ask(session)
    other = ask(session, email="bob@example.org")
    team_operations.merge(session, two, actor(fatima), one, None)
    upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "bob@example.org", None)
    assert told() == [("fatima", f"Nouvelle question : {one.number}")]
    assert other.anonymised_at is not None


def test_who_switched_the_mails_off_gets_none(app: Flask):
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    assert "Write to me when something happens" in fatima.get("/account")
    fatima.post("/account/ticket-mails", {})
    page = fatima.get("/account")
    assert 'id="ticket-mails" name="wants" value="1" aria-describedby="ticket-mails-help">' in page
    with in_database(app) as session:
        ask(session)
    services_of(app).jobs.run_pending()
    with services_of(app).database.reading() as session:
        assert [mail for mail in session.scalars(select(OutgoingMail)) if is_told(mail)] == []
    fatima.post("/account/ticket-mails", {"wants": "1"})
    with in_database(app) as session:
        number = ask(session).number
    services_of(app).jobs.run_pending()
    services_of(app).jobs.run_pending()
    with services_of(app).database.reading() as session:
        (mail,) = session.scalars(select(OutgoingMail)).all()
        assert (mail.recipient, mail.subject) == ("fatima@example.org", f"Nouvelle question : {number}")
        assert session.scalars(select(Ticket)).all()


def test_who_answers_nothing_has_no_such_choice(app: Flask):
    buyer = signed_in(app, "Ben", Role.BUYER)
    assert "ticket-mails" not in buyer.get("/account")
