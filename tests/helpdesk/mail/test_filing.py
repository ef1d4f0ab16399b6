"""Filing: a mail becomes a message once; what fails is seen and tried again; nobody answers robots."""

import datetime

import mails
import pytest
from sqlalchemy import select

from mpdi.accounts.roles import Person
from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.filing import Filing
from mpdi.helpdesk.mail.operations import MAX_AUTOMATIC_AN_HOUR, file_again, want
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail, Ticket

DAY = datetime.timedelta(days=1)

SOMEBODY = Person(7)


def take(filing, *raws):
    for raw in raws:
        fetching.take(filing.database, RawMailStore(filing.home), raw)
    filing.file_waiting()


def everything(filing, kind):
    with filing.database.reading() as session:
        found = session.scalars(select(kind).order_by(kind.id)).all()
        session.expunge_all()
    return found


def test_a_question_by_mail_is_a_ticket_with_its_file_and_is_acknowledged(filing):
    message = mails.mail(mail_id="<q@commune.example>")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="cahier.pdf")
    take(filing, message.as_bytes())
    [ticket] = everything(filing, Ticket)
    assert (ticket.subject, ticket.asker_email, ticket.asker_name, ticket.language) == (
        "Nettoyage",
        "elise@commune.example",
        "Élise Dupont",
        "fr",
    )
    with filing.database.reading() as session:
        [written] = session.scalars(select(Message))
        assert [item.file_name for item in written.attachments] == ["cahier.pdf"]
    [reply] = everything(filing, OutgoingMail)
    assert (reply.recipient, reply.subject, reply.headers["In-Reply-To"]) == (
        "elise@commune.example",
        "Re : Nettoyage",
        "<q@commune.example>",
    )
    assert ticket.number in reply.body
    assert reply.headers["Auto-Submitted"] == "auto-replied"
    [row] = everything(filing, IncomingMail)
    assert (row.state, row.ticket_id) == ("filed", ticket.id)


def test_who_completes_a_question_is_not_acknowledged_again(filing):
    take(filing, mails.raw(mail_id="<q@x>"), mails.raw(References="<q@x>"))
    assert (
        len(everything(filing, Ticket)),
        len(everything(filing, Message)),
        len(everything(filing, OutgoingMail)),
    ) == (1, 2, 1)


def test_a_dutch_question_gets_dutch_words(filing):
    take(filing, mails.raw(subject="Schoonmaak", body="Beste, welke clausule voor het bestek?"))
    assert everything(filing, OutgoingMail)[0].body.startswith("Goedendag")


@pytest.mark.parametrize(
    ("raw", "because"),
    [
        (mails.raw(Auto_Submitted="auto-replied"), "auto_reply"),
        (mails.raw(X_MPDI_Loop=mails.OURS), "loop"),
        (mails.bounce("<unknown@x>"), "bounce"),
    ],
)
def test_what_nobody_wrote_is_set_aside_and_answered_to_nobody(filing, raw, because):
    take(filing, raw)
    [row] = everything(filing, IncomingMail)
    assert (row.state, row.reason) == ("ignored", because)
    assert everything(filing, Ticket) == everything(filing, OutgoingMail) == []


def test_what_was_set_aside_wrongly_is_filed_by_a_person(filing):
    take(filing, mails.raw(Precedence="bulk"))
    with filing.database.writing() as session:
        file_again(session, 1, SOMEBODY)
    filing.file_waiting()
    assert len(everything(filing, Ticket)) == 1
    assert everything(filing, OutgoingMail) == []


def test_a_bounce_shows_the_mail_that_did_not_arrive(filing):
    take(filing, mails.raw())
    [reply] = everything(filing, OutgoingMail)
    with filing.database.writing() as session:
        session.get(OutgoingMail, reply.id).state = "sent"
    take(filing, mails.bounce(reply.mail_id, action="delayed", status="4.4.1").replace(b"<bounce.", b"<delay."))
    assert everything(filing, OutgoingMail)[0].state == "sent"
    take(filing, mails.bounce(reply.mail_id))
    [reply] = everything(filing, OutgoingMail)
    assert (reply.state, "5.1.1" in reply.last_error) == ("failed", True)
    assert everything(filing, IncomingMail)[-1].ticket_id == everything(filing, Ticket)[0].id


def test_a_mail_that_cannot_be_filed_is_seen_and_tried_again(filing, later):
    store = RawMailStore(filing.home)
    take(filing)
    fetching.take(filing.database, store, mails.raw(mail_id="<lost@x>"))
    fetching.take(filing.database, store, mails.raw(mail_id="<good@x>"))
    path = store.path(everything(filing, IncomingMail)[0].digest)
    path.rename(path.with_suffix(".away"))
    filing.file_waiting()
    first, second = everything(filing, IncomingMail)
    assert (first.state, first.attempts, second.state) == ("failed", 1, "filed")
    assert "cannot be read" in first.reason
    filing.file_waiting()
    assert everything(filing, IncomingMail)[0].attempts == 1
    path.with_suffix(".away").rename(path)
    later(datetime.timedelta(minutes=2))
    filing.file_waiting()
    assert {row.state for row in everything(filing, IncomingMail)} == {"filed"}
    assert len(everything(filing, Ticket)) == 2


class BrokenFiler:
    """Fails as a fault of our own would: an error that nobody foresaw, for one mail."""

    def __init__(self, filer):
        self.filer = filer

    def __call__(self, session, mail, raw_digest):
        if mail.subject == "poison":
            raise ZeroDivisionError
        return self.filer(session, mail, raw_digest)


def test_a_mail_that_stops_the_program_is_seen_and_holds_no_other_up(filing):
    broken = Filing(filing.database, filing.home, filing.settings, BrokenFiler(filing.file_mail))
    store = RawMailStore(filing.home)
    for subject in ("poison", "good", "better"):
        fetching.take(filing.database, store, mails.raw(subject=subject))
    with pytest.raises(ZeroDivisionError):
        broken.file_waiting()
    broken.file_waiting()
    assert [(row.state, bool(row.reason)) for row in everything(filing, IncomingMail)] == [
        ("failed", True),
        ("filed", False),
        ("filed", False),
    ]


def test_a_robot_that_does_not_say_so_is_not_answered_for_ever(filing):
    """Each of our replies makes it write again, under a new subject and identifier, with no header that tells."""
    take(filing, mails.raw())
    rounds = 0
    while (sent := everything(filing, OutgoingMail)) and rounds < 20 and len(sent) > rounds:
        rounds += 1
        take(filing, mails.raw(subject=f"Ticket {rounds} opened"))
    assert len(everything(filing, OutgoingMail)) == MAX_AUTOMATIC_AN_HOUR


def test_the_same_wish_repeated_is_one_mail(database, mail_settings):
    for _ in range(2):
        with database.writing() as session:
            want(session, "a@b.example", "Mot de passe", "lien", "fr", key="wish-1")
    with database.reading() as session:
        assert len(session.scalars(select(OutgoingMail)).all()) == 1


def test_a_wish_of_a_transaction_that_fails_is_no_mail(database, mail_settings):
    def want_and_fail():
        with database.writing() as session:
            want(session, "a@b.example", "x", "y", "fr")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        want_and_fail()
    with database.reading() as session:
        assert session.scalars(select(OutgoingMail)).all() == []
