"""Staff call a ticket otherwise: the queue and the mails do too, the history says so, replies still find their ticket."""

import pytest
from flask import Flask
from page_forms import fill_and_press
from sqlalchemy import select
from sqlalchemy.orm import Session
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask

from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.helpdesk import fact_operations, operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.fact_operations import Facts
from mpdi.helpdesk.models import OutgoingMail, Ticket, TicketEvent
from mpdi.helpdesk.operations import Reply

NEW = "Par où commencer un marché de fleurs"


@pytest.fixture
def address(app: Flask) -> str:
    with in_database(app) as session:
        return f"/helpdesk/tickets/{ask(session, 'Des fleurs').number}"


@pytest.fixture
def cora(app: Flask, address: str) -> Browser:
    browser = signed_in(app, "Cora", Role.COORDINATOR)
    browser.get(address)
    return browser


def test_a_subject_is_changed_with_the_facts_and_the_history_says_so(cora: Browser, address: str):
    fill_and_press(cora, address, {"subject": f"  {NEW} "}, "Store the facts")
    page = cora.get(address)
    assert f"<bdi>{NEW}</bdi></h1>" in page
    assert "Subject changed" in page
    assert NEW in cora.get("/helpdesk?words=fleurs")
    cora.get(address)
    fill_and_press(cora, address, {}, "Store the facts")
    assert cora.get(address).count("Subject changed") == 1


def test_an_empty_subject_leaves_the_one_there_is(cora: Browser, address: str):
    fill_and_press(cora, address, {"subject": "  "}, "Store the facts")
    page = cora.get(address)
    assert "<bdi>Des fleurs</bdi></h1>" in page
    assert "Subject changed" not in page


def test_a_subject_changed_by_two_is_asked_about(app: Flask, cora: Browser, address: str):
    jan = signed_in(app, "Jan", Role.COORDINATOR)
    jan.get(address)
    fill_and_press(jan, address, {"subject": "Fleurs coupées"}, "Store the facts")
    fill_and_press(cora, address, {"subject": NEW}, "Store the facts", 409)
    assert NEW in cora.page
    assert "<bdi>Fleurs coupées</bdi></h1>" in cora.get(address)


def test_the_answer_goes_under_the_new_subject_in_the_thread_of_the_ticket(app: Flask, cora: Browser, address: str):
    fill_and_press(cora, address, {"subject": NEW}, "Store the facts")
    cora.get(address)
    fill_and_press(cora, address, {"body": "Par le calendrier."}, "Send the answer")
    with services_of(app).database.reading() as session:
        mail = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == "ann@example.org")).one()
        assert mail.subject == f"Re: {NEW}"
        ticket = session.scalars(select(Ticket)).one()
        assert mail.message_id in [each.id for each in ticket.messages], "composing takes the tag from it"


def test_nothing_of_a_forgotten_asker_is_written_again(session: Session, fatima: User, tmp_path):
    ticket = ask(session, "Des fleurs")
    operations.answer(session, ticket, actor(fatima), Reply("Oui.", "fr"), None)
    upkeep_operations.anonymise(session, ticket, AttachmentStore(tmp_path))
    fact_operations.set_facts(session, ticket, actor(fatima), Facts(subject="Les fleurs d'Ann"), None)
    assert ticket.subject == ""
    events = session.scalars(select(TicketEvent.what).where(TicketEvent.ticket_id == ticket.id)).all()
    assert "subject_set" not in events
