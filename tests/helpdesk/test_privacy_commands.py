"""`mpdi privacy` knows what tickets and mail hold, of people without account too; and the portal says how to ask."""

import datetime
import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from ticket_samples import actor, ask, user

from mpdi import clock
from mpdi.accounts import privacy
from mpdi.accounts.roles import Person, Role
from mpdi.cli import main
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.helpdesk import operations
from mpdi.helpdesk.article_operations import draft_from_ticket
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail, Ticket
from mpdi.helpdesk.operations import Reply

Run = Callable[..., Result]


@pytest.fixture
def mpdi(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `mpdi ARGUMENTS` as a process of its own does: no portal was built before, so no feature is known yet."""
    monkeypatch.setattr(privacy, "FEATURES", {})

    def run(*arguments: str) -> Result:
        environ = {"MPDI_HOME": str(settings.home), "MPDI_DATABASE_URL": "", "MPDI_SMTP_URL": ""}
        return CliRunner().invoke(main, list(arguments), env=environ)

    return run


@pytest.fixture
def database(settings: Settings) -> Database:
    """The database of that folder, with an answered question of Ann and one of Bob, neither with an account."""
    made = Database(settings.database_url)
    with made.writing() as session:
        ben = user(session, "Ben", Role.FACILITATOR)
        for name in ("Ann", "Bob"):
            ticket = ask(session, f"{name} demande un écolabel ?", email=f"{name.lower()}@x.example", name=f"{name} X")
            want_automatic(session, ticket.asker_email, "Reçu", f"Bonjour {name}", "fr", message=ticket.messages[0])
            operations.answer(session, ticket, actor(ben), Reply(f"Oui, {name}.", "fr"), None)
        for mail in session.scalars(select(OutgoingMail)):
            mail.state = "sent"
    return made


def test_export_shows_the_tickets_and_mails_of_somebody_without_account(mpdi: Run, database: Database) -> None:
    data = json.loads(mpdi("privacy", "export", "ANN@x.example").stdout)
    assert set(data) == {"tickets", "mail"}
    (ticket,) = data["tickets"]
    assert (ticket["email"], ticket["name"]) == ("ann@x.example", "Ann X")
    assert [message["text"] for message in ticket["messages"]] == ["Ann demande un écolabel ?", "Oui, Ann."]
    assert [mail["body"] for mail in data["mail"]["sent"]] == ["Bonjour Ann", "Oui, Ann."]
    assert "Bob" not in str(data)


def test_erase_takes_somebody_without_account_out_and_leaves_the_others(mpdi: Run, database: Database) -> None:
    done = mpdi("privacy", "erase", "ann@x.example", "--yes")
    assert done.exit_code == 0
    assert "tickets 1" in done.stderr
    with database.reading() as session:
        ann, bob = session.scalars(select(Ticket).order_by(Ticket.id)).all()
        assert (ann.asker_email, ann.asker_name, ann.subject, ann.state) == ("", "", "", "closed")
        assert ann.route == "mpd", "what reports count stays"
        assert {(each.body, each.author_name) for each in ann.messages} == {("", "")}
        assert (bob.asker_email, bob.asker_name) == ("bob@x.example", "Bob X")
        kept = str(session.execute(select(*Message.__table__.columns)).all())
        kept += str(session.execute(select(*OutgoingMail.__table__.columns)).all())
        assert "Ann" not in kept
        assert "ann@x" not in kept
        assert "Bob" in kept
        assert "bob@x" in kept
    assert mpdi("privacy", "export", "ann@x.example").exit_code == 2


def test_the_privacy_page_tells_who_has_no_account_how_to_ask(app, monkeypatch: pytest.MonkeyPatch) -> None:
    page = app.test_client().get("/about/privacy?language=en").text
    assert "Without one, ask the helpdesk" in page
    assert 'href="/questions/new?door=buyer"' in page
    assert "mailto:" not in page
    monkeypatch.setenv("MPDI_MAIL_FROM", "Helpdesk <helpdesk@region.example>")
    assert "mailto:helpdesk@region.example" in app.test_client().get("/about/privacy").text


def with_article(database: Database) -> str:
    """A published article made of Ann's question; return its address after the portal's."""
    with database.writing() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.asker_name == "Ann X")).one()
        user(session, "Camille", Role.COORDINATOR)
        article = draft_from_ticket(session, ticket, Person())
        article.state, article.slug = "published", "puis-je-1"
        return f"/helpdesk/articles/{article.id}"


def test_who_erases_is_told_which_articles_may_still_hold_the_words_of_the_question(mpdi: Run, database: Database) -> None:
    address = with_article(database)
    done = mpdi("privacy", "erase", "ann@x.example", "--yes")
    assert done.exit_code == 0
    assert "Read again whether they still tell who it was:" in done.stderr
    assert address in done.stderr
    assert "/answers/puis-je-1" in done.stderr
    with database.reading() as session:
        told = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == "camille@example.org")).one()
        assert address in told.body
        assert "Ann" not in told.subject + told.body
    assert address not in mpdi("privacy", "erase", "bob@x.example", "--yes").stderr
    again = mpdi("privacy", "erase", "ann@x.example", "--yes")
    assert "tied to ann@x.example" in again.output
    assert "published article" in again.output, "nobody is told that nothing is held anywhere"


def test_export_holds_what_was_stated_and_the_words_of_mail_received(
    mpdi: Run, database: Database, settings: Settings
) -> None:
    with_article(database)
    raw = b"From: Ann X <ann@x.example>\nSubject: Papier\nMessage-ID: <1@x.example>\n\nQuel label pour le papier ?\n"
    with database.writing() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.asker_name == "Ann X")).one()
        ticket.tender_deadline, ticket.obstacles = datetime.date(2027, 1, 15), ["O-A1"]
        digest = RawMailStore(settings.home).store(raw)
        session.add(IncomingMail(mail_id="1@x.example", digest=digest, received_at=clock.now(), state="filed"))
    data = json.loads(mpdi("privacy", "export", "ann@x.example").stdout)
    (ticket_data,) = data["tickets"]
    assert (ticket_data["tender_deadline"], ticket_data["obstacles"]) == ("2027-01-15", ["O-A1"])
    assert ticket_data["articles_made_of_it"] == ["puis-je-1"]
    (received,) = data["mail"]["received"]
    assert (received["subject"], received["text"]) == ("Papier", "Quel label pour le papier ?")
