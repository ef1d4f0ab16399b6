"""Files of an answer leave with its mail over a real SMTP server; too large ones leave as a private link that opens."""

import email.policy
import re
from email import message_from_bytes

import mail_servers
import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.mail.settings import load_mail_settings
from mpdi.helpdesk.models import OutgoingMail
from mpdi.helpdesk.upkeep_operations import anonymise

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400
PLAN = "Modèle de critères – été.pdf"


class Mailbox:
    """What arrived at the server."""

    def __init__(self):
        self.arrived = []

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(message_from_bytes(envelope.original_content, policy=email.policy.default))
        return "250 taken"


@pytest.fixture
def mailbox():
    made = Mailbox()
    controller = Controller(made, hostname="127.0.0.1", port=mail_servers.free_port(), data_size_limit=64_000_000)
    controller.start()
    made.port = controller.port
    yield made
    controller.stop()


@pytest.fixture
def send(app: Flask, mailbox):
    """Send what waits, with the portal's own key and folder; return what arrived."""

    def go(**more: str):
        services = services_of(app)
        environ = {"MPDI_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}?security=none"}
        settings = load_mail_settings(services.settings.secret_key, environ | more, "https://mpdi.example")
        deliver(services.database, settings, AttachmentStore(services.settings.home))
        return mailbox.arrived

    return go


@pytest.fixture
def answered(app: Flask):
    """Answer a question with a file; return its number and the page that follows."""

    def go(content: bytes = PDF, name: str = PLAN, language: str = "fr") -> tuple[str, str]:
        with in_database(app) as session:
            number = ask(session).number
        fatima = signed_in(app, "Fatima", Role.FACILITATOR)
        fatima.get(f"/helpdesk/tickets/{number}")
        from io import BytesIO

        fields = {"body": "Voici le modèle.", "language": language, "file": (BytesIO(content), name)}
        fatima.post(f"/helpdesk/tickets/{number}/answer", fields)
        return number, fatima.get(f"/helpdesk/tickets/{number}")

    return go


def link_in(body: str) -> str:
    found = re.search(r"https://mpdi\.example(/questions/\S+)", body)
    assert found is not None, body
    return found[1]


def test_the_file_arrives_byte_for_byte_under_its_name(answered, send):
    _number, page = answered()
    assert "too large for a mail" not in page
    [message] = send()
    [attachment] = list(message.iter_attachments())
    assert attachment.get_filename() == PLAN
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content() == PDF
    body = message.get_body(("plain",)).get_content()
    assert body.startswith("Voici le modèle.")
    assert "Helpdesk des marchés publics durables et innovants" in body
    assert body.count("/questions/") == 1


def test_a_text_file_arrives_as_a_file(answered, send):
    answered("é;1\n".encode() * 50, "prix.csv")
    [message] = send()
    [attachment] = list(message.iter_attachments())
    assert attachment.get_filename() == "prix.csv"
    assert attachment.get_payload(decode=True) == "é;1\n".encode() * 50
    assert attachment.get_content_disposition() == "attachment"


@pytest.mark.parametrize(("language", "words"), [("fr", "trop volumineux"), ("nl", "te groot")])
def test_one_too_large_leaves_as_a_link_that_opens_it(app: Flask, answered, send, monkeypatch, language, words):
    monkeypatch.setenv("MPDI_MAIL_FILES", "0")
    _number, page = answered(PDF, PLAN, language)
    assert "The file is too large for a mail: the asker gets a private link to it instead." in page
    [message] = send(MPDI_MAIL_FILES="0")
    assert list(message.iter_attachments()) == []
    body = message.get_content()
    assert words in body
    assert PLAN in body
    address = link_in(body)
    asker = Browser(app)
    page = asker.get(address)
    assert "Voici le modèle." in page
    file = re.search(rf'href="({re.escape(address)}/files/\d+)"', page)
    assert file is not None
    assert asker.client.get(file[1]).data == PDF


def test_a_link_of_somebody_elses_making_opens_nothing(app: Flask, answered, send):
    answered()
    [_message] = send()
    asker = Browser(app)
    asker.get(f"/questions/1-{'A' * 32}", 404)
    asker.get(f"/questions/999-{'A' * 32}", 404)


def test_the_link_ends_when_the_ticket_is_anonymised(app: Flask, answered, send):
    number, _page = answered(PDF)
    [message] = send(MPDI_MAIL_FILES="0")
    address = link_in(message.get_content())
    Browser(app).get(address)
    from mpdi.helpdesk.change_operations import find_ticket

    with in_database(app) as session:
        anonymise(session, find_ticket(session, number), AttachmentStore(services_of(app).settings.home))
    Browser(app).get(address, 404)


def test_a_file_whose_bytes_are_gone_stops_the_mail_visibly(app: Flask, answered, send):
    answered()
    for path in (services_of(app).settings.home / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    assert send() == []
    with services_of(app).database.reading() as session:
        [mail] = session.scalars(select(OutgoingMail))
        assert (mail.state, "gone from the disk" in mail.last_error) == ("failed", True)


def test_what_the_asker_sent_is_not_sent_back(app: Flask, send):
    from io import BytesIO

    asker = Browser(app)
    asker.get("/questions/new")
    fields = {"question": "Que pensez-vous de ce cahier des charges ?", "language": "fr", "email": "ann@example.org"}
    asker.post("/questions/new", fields | {"file": (BytesIO(PDF), "cahier.pdf")})
    [message] = send()
    assert list(message.iter_attachments()) == []
