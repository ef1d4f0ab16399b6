"""A link that opens something is kept no longer than its mail needs it: gone from the wish, and from the mail once sent."""

import re

import mail_servers
import mails
import pytest
from aiosmtpd.controller import Controller
from article_samples import forget_loading
from flask import Flask
from sqlalchemy import select
from ticket_browsers import in_database, services_of, signed_in
from ticket_samples import actor, ask, user

from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations
from mpdi.helpdesk.mail.incoming_operations import note_bounce
from mpdi.helpdesk.mail.parsed import Bounce
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.models import OutgoingMail
from mpdi.helpdesk.operations import Reply
from mpdi.jobs.models import OutboxEvent


class Mailbox:
    """What arrived at the server."""

    def __init__(self):
        self.arrived = []

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(envelope.content.decode())
        return "250 taken"


@pytest.fixture
def mailbox():
    made = Mailbox()
    controller = Controller(made, hostname="127.0.0.1", port=mail_servers.free_port())
    controller.start()
    made.port = controller.port
    yield made
    controller.stop()


@pytest.fixture
def send(app: Flask, mailbox, with_servers):
    def go():
        deliver(services_of(app).database, with_servers(smtp=f"smtp://127.0.0.1:{mailbox.port}?security=none"))
        return mailbox.arrived

    return go


def bodies(app: Flask) -> list[str]:
    with services_of(app).database.reading() as session:
        return [mail.body for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]


def ask_for_a_new_password(app: Flask) -> None:
    forget_loading(app)
    with in_database(app) as session:
        user(session, "Ann", Role.BUYER).password_hash = "x"
    visitor = signed_in(app, "", None)
    visitor.get("/forgotten-password")
    visitor.post("/forgotten-password", {"email": "ann@example.org"}, 200)


def test_a_link_for_a_new_password_is_gone_once_it_is_sent(app: Flask, send):
    ask_for_a_new_password(app)
    services_of(app).jobs.run_pending()
    with services_of(app).database.reading() as session:
        assert session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "mail_wanted")).all() == [{}]
    assert "/new-password/" in bodies(app)[0]
    [arrived] = send()
    assert re.search(r"/new-password/", arrived)
    assert bodies(app) == [""]


def test_one_that_came_back_is_not_sent_again_without_its_words(app: Flask, send):
    ask_for_a_new_password(app)
    services_of(app).jobs.run_pending()
    send()
    with in_database(app) as session:
        mail = session.scalars(select(OutgoingMail)).one()
        note_bounce(session, Bounce("ann@example.org", mail.mail_id, "5.1.1", is_final=True))
    desk = signed_in(app, "Chris", Role.ADMINISTRATOR)
    desk.get("/helpdesk/mail")
    desk.post("/helpdesk/mail/outgoing/1/resend")
    assert "Its words were deleted when it was sent" in desk.get("/helpdesk/mail")
    assert len(send()) == 1


def test_the_words_of_mails_that_somebody_says_arrived_are_kept_and_gone_as_if_the_server_had_said_it(app: Flask):
    ask_for_a_new_password(app)
    services_of(app).jobs.run_pending()
    visitor = signed_in(app, "", None)
    visitor.get("/questions/new")
    visitor.post("/questions/new", {"question": "Un écolabel ?", "language": "fr", "email": "elise@commune.example"})
    with in_database(app) as session:
        fatima = user(session, "Fatima", Role.FACILITATOR)
        operations.answer(session, ask(session), actor(fatima), Reply("Oui, « ou équivalent ».", "fr"), None)
        for mail in session.scalars(select(OutgoingMail)):
            mail.state = "uncertain"
    assert ["/new-password/" in body or "/questions/" in body for body in bodies(app)] == [True, True, False]
    desk = signed_in(app, "Chris", Role.ADMINISTRATOR)
    for number in (1, 2, 3):
        desk.get("/helpdesk/mail")
        desk.post(f"/helpdesk/mail/outgoing/{number}/arrived")
    assert bodies(app) == ["", "", "Oui, « ou équivalent »."]


def test_the_words_of_an_answer_are_kept_those_of_its_acknowledgement_are_not(app: Flask, send):
    visitor = signed_in(app, "", None)
    visitor.get("/questions/new")
    fields = {
        "question": "Puis-je demander un écolabel ?",
        "language": "fr",
        "email": mails.ASKER.partition("<")[2][:-1],
    }
    visitor.post("/questions/new", fields)
    with in_database(app) as session:
        fatima = user(session, "Fatima", Role.FACILITATOR)
        operations.answer(session, ask(session), actor(fatima), Reply("Oui, « ou équivalent ».", "fr"), None)
    assert "/questions/" in bodies(app)[0]
    assert len(send()) == 2
    assert bodies(app) == ["", "Oui, « ou équivalent »."]
