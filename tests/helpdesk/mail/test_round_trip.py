"""From the asker's mail to the answer in her mailbox and back, over real servers; two helpdesks that write to each other."""

import mail_servers
import mails
import pytest
from sqlalchemy import select

from mpdi.database import Base, Database
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.mail.ticket_operations import TicketFiler
from mpdi.helpdesk.mail.worker import MailRounds
from mpdi.helpdesk.models import IncomingMail, OutgoingMail, Ticket
from mpdi.helpdesk.operations import Reply, answer

pytestmark = pytest.mark.services
OTHER = "support@other.example"


@pytest.fixture
def post(mailbox):
    with mail_servers.postman(mailbox, mails.OURS) as made:
        yield made


@pytest.fixture
def helpdesk(mailbox, post, with_servers, tmp_path):
    """Make a helpdesk of its own: database, folder, mailbox, sender."""
    made = []

    def make(user, sender):
        home = tmp_path / user
        home.mkdir()
        database = Database(f"sqlite:///{home / 'mpdi.sqlite3'}")
        Base.metadata.create_all(database.engine)
        made.append(database)
        settings = with_servers(imap=mailbox.url(user), smtp=post.url, sender=sender)
        return MailRounds(database, home, settings, TicketFiler(AttachmentStore(home)))

    yield make
    for database in made:
        database.engine.dispose()


def numbers(database, kind):
    with database.reading() as session:
        return len(session.scalars(select(kind)).all())


def test_question_answer_and_thanks_stay_one_conversation(mailbox, helpdesk, monkeypatch):
    monkeypatch.setenv("MPDI_MAIL_FROM", mails.OURS)
    desk = helpdesk("helpdesk", mails.OURS)
    mailbox.put(mails.raw(subject="Nettoyage écologique", mail_id="<q1@commune.example>"))
    desk.round()
    with desk.database.writing() as session:
        [ticket] = session.scalars(select(Ticket))
        answer(session, ticket, Actor(name="Facilitateur"), Reply("Utilisez ENV-CLEAN-001.", "fr"), ticket.revision)
    desk.round()
    received, answered = mailbox.received("other")
    assert received["Auto-Submitted"] == "auto-replied"
    assert (answered["In-Reply-To"], answered["Auto-Submitted"]) == ("<q1@commune.example>", None)
    assert "ENV-CLEAN-001" in answered.get_content()
    thanks = mails.mail(
        subject=f"RE: {answered['Subject']}",
        body="Merci !\n\nLe 24 nov. 2026, Helpdesk a écrit :\n> Utilisez",
        In_Reply_To=answered["Message-ID"],
    )
    mailbox.put(thanks.as_bytes())
    mailbox.put(thanks.as_bytes())
    desk.round()
    with desk.database.reading() as session:
        [ticket] = session.scalars(select(Ticket))
        assert [(item.direction, item.body) for item in ticket.messages] == [
            ("incoming", mails.QUESTION),
            ("outgoing", "Utilisez ENV-CLEAN-001."),
            ("incoming", "Merci !"),
        ]
        assert ticket.messages[2].quoted.endswith("> Utilisez")
    assert len(mailbox.received("other")) == 2


def test_two_helpdesks_that_answer_each_other_stop(mailbox, helpdesk, post, monkeypatch):
    one, two = helpdesk("helpdesk", mails.OURS), helpdesk("other", OTHER)

    def rounds():
        for desk in (one, two):
            monkeypatch.setenv("MPDI_MAIL_FROM", desk.settings.sender_address)
            desk.round()

    mailbox.put(mails.raw(sender=OTHER))
    for _ in range(6):
        rounds()
    assert (post.delivered, numbers(one.database, Ticket), numbers(two.database, Ticket)) == (1, 1, 0)
    with two.database.reading() as session:
        assert [(row.state, row.reason) for row in session.scalars(select(IncomingMail))] == [("ignored", "auto_reply")]


def test_mail_is_filed_even_when_the_mailbox_is_down_and_sent_when_it_is_back(mailbox, helpdesk, monkeypatch):
    monkeypatch.setenv("MPDI_MAIL_FROM", mails.OURS)
    desk = helpdesk("helpdesk", mails.OURS)
    mailbox.put(mails.raw())
    mailbox.stop()
    try:
        said = desk.round()
        assert "does not answer" in said[0]
    finally:
        mailbox.start()
    assert "1 filed" in desk.round()[0]
    assert numbers(desk.database, OutgoingMail) == 1
