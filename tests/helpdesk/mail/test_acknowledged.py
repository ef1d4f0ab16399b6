"""Who asks by mail is told the private link and follows the question on the portal; robots are told nothing."""

import re

import mails
import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, services_of

from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.filing import Filing
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.ticket_operations import TicketFiler
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.operations import token_hash

DUTCH = (
    "Goedendag,\n\nWelke clausule moet ik gebruiken voor het schoonmaken van onze kantoren? Met vriendelijke groeten"
)


@pytest.fixture
def receive(app: Flask, mail_settings):
    """Receive a mail in the portal's own database; return the mails that then wait."""
    services = services_of(app)
    store = AttachmentStore(services.settings.home)

    def go(raw: bytes) -> list[OutgoingMail]:
        filing = Filing(
            services.database, services.settings.home, mail_settings, TicketFiler(store, portal="https://mpdi.example")
        )
        fetching.take(services.database, RawMailStore(services.settings.home), raw)
        filing.file_waiting()
        with services.database.reading() as session:
            found = list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))
            session.expunge_all()
        return found

    return go


def token_in(body: str) -> str:
    found = re.search(r"^https://mpdi\.example/questions/(\S+)$", body, re.MULTILINE)
    assert found is not None, body
    return found[1]


def test_the_link_of_the_mail_opens_the_question_and_takes_an_answer(app: Flask, receive):
    [mail] = receive(mails.raw())
    token = token_in(mail.body)
    with services_of(app).database.reading() as session:
        [ticket] = session.scalars(select(Ticket))
        assert ticket.token_hash == token_hash(token)
        assert ticket.number in mail.body
    asker = Browser(app)
    assert "Quelle clause pour le nettoyage écologique" in asker.get(f"/questions/{token}")
    asker.post(f"/questions/{token}", {"body": "Il s'agit de trois écoles."})
    assert "Il s&#39;agit de trois écoles." in asker.get(f"/questions/{token}")


def test_the_words_are_those_of_the_question(receive):
    [mail] = receive(mails.raw(subject="Schoonmaak", body=DUTCH))
    assert "Houd deze link voor uzelf" in mail.body
    assert mail.subject == "Re: Schoonmaak"


def test_a_subject_made_to_look_like_a_template_stays_a_subject(receive):
    [mail] = receive(mails.raw(subject="$link ${number} $$ {0}"))
    assert mail.subject == "Re : $link ${number} $$ {0}"


@pytest.mark.parametrize(
    "raw",
    [
        mails.raw(Auto_Submitted="auto-replied"),
        mails.raw(subject="Absence du bureau : congé"),
        mails.bounce("<unknown@mpdi.example>"),
        mails.raw(sender=mails.OURS),
    ],
)
def test_robots_get_no_link(app: Flask, receive, raw: bytes):
    assert receive(raw) == []
    with services_of(app).database.reading() as session:
        assert session.scalars(select(Ticket)).all() == []
