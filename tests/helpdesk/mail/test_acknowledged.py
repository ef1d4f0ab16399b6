"""Who asks by mail is told the private link and follows the question on the portal; robots are told nothing."""

import re

import mails
import pytest
from babel.dates import format_date
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, services_of

from mpdi import clock
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.filing import Filing
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.threading import tagged_subject
from mpdi.helpdesk.mail.ticket_operations import TicketFiler
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.operations import token_hash
from mpdi.helpdesk.routing import body_name

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


def with_file(content: bytes, name: str, **more: str) -> bytes:
    message = mails.mail(**({"subject": "Schoonmaak", "body": DUTCH} | more))
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def one_paragraph(text: str) -> str:
    return " ".join(text.split())


def test_who_mails_a_program_is_told_that_it_was_not_taken_and_what_to_send(receive):
    [mail] = receive(with_file(b"MZ\x90\x00" + bytes(200), "bestek.docx"))
    words = one_paragraph(mail.body)
    assert "Wij hebben uw vraag goed ontvangen" in words
    assert "“bestek.docx” hebben wij niet overgenomen: het is een programma" in words
    assert "als .docx, .odt, .xlsx of pdf" in words


def test_macros_are_told_apart_from_programs(receive):
    [mail] = receive(with_file(b"Een bestek.", "bestek.docm"))
    words = one_paragraph(mail.body)
    assert "“bestek.docm” hebben wij niet overgenomen: het bevat macro’s" in words
    assert "zonder macro’s" in words


def test_an_acknowledgement_of_files_that_were_all_taken_says_nothing_of_them(receive):
    [mail] = receive(with_file(b"Een bestek.", "bestek.txt"))
    assert "bestek.txt" not in mail.body
    assert "\n\n\n" not in mail.body


def test_a_file_refused_in_a_reply_is_told_too(app: Flask, receive, mail_settings):
    receive(mails.raw(subject="Schoonmaak", body=DUTCH))
    with services_of(app).database.reading() as session:
        number = session.scalars(select(Ticket.number)).one()
    subject = tagged_subject("Re: Schoonmaak", number, mail_settings.secret_key)
    waiting = receive(with_file(b"MZ\x90\x00" + bytes(200), "bestek.docx", subject=subject, body="Hier is het bestek."))
    assert len(waiting) == 2, "a reply is not acknowledged, but a file that is missing from it is told"
    assert "“bestek.docx” hebben wij niet overgenomen" in one_paragraph(waiting[1].body)
    assert number in waiting[1].body
    with services_of(app).database.reading() as session:
        assert len(session.scalars(select(Ticket)).all()) == 1


def test_the_acknowledgement_says_who_answers_and_by_when(app: Flask, receive):
    [mail] = receive(mails.raw(subject="Schoonmaak", body=DUTCH))
    with services_of(app).database.reading() as session:
        ticket = session.scalars(select(Ticket)).one()
        assert ticket.answer_due is not None
        day = format_date(clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).date(), "d MMMM y", locale="nl_BE")
        name = body_name(ticket.route, "nl")
    words = one_paragraph(mail.body)
    assert name[1:] in words
    assert f"uiterlijk op {day}" in words


def test_who_asks_on_the_portal_keeps_the_same_promise_by_mail(app: Flask):
    asker = Browser(app)
    asker.post(
        "/questions/new?door=buyer",
        {
            "question": "Quelle part de produits bio demander à la cantine ?",
            "language": "fr",
            "email": "m@commune.example",
        },
    )
    with services_of(app).database.reading() as session:
        mail = session.scalars(select(OutgoingMail)).one()
        ticket = session.scalars(select(Ticket)).one()
        assert ticket.answer_due is not None
        day = format_date(clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).date(), "d MMMM y", locale="fr_BE")
        name = body_name(ticket.route, "fr")
        number, subject, body = ticket.number, mail.subject, mail.body
    assert number in subject
    assert body.startswith("Bonjour,")
    assert f"{name[1:]} vous répond, au plus tard le {day}." in one_paragraph(body)
    assert "Le helpdesk des marchés publics durables et innovants" in body


def test_a_forged_tag_is_no_subject_and_a_reply_bears_the_name_that_the_asker_gave(app: Flask, receive, mail_settings):
    receive(mails.raw(subject="Re: [MPDI-2026-00007-aaaaaaaa]"))
    with services_of(app).database.writing() as session:
        [ticket] = session.scalars(select(Ticket))
        assert ticket.subject == "Quelle clause pour le nettoyage écologique de nos bureaux ?"
        ticket.asker_name, number = "Élise D.", ticket.number
    tagged = tagged_subject("Nettoyage", number, mail_settings.secret_key)
    receive(mails.raw(subject=tagged, sender="elise@commune.example", body="Pour trois écoles."))
    with services_of(app).database.reading() as session:
        [ticket] = session.scalars(select(Ticket))
        assert [each.author_name for each in ticket.messages] == ["Élise Dupont", "Élise D."]
