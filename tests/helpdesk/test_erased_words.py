"""Who is erased leaves no word behind: not in the index of words, not in mails, not in a meaning, not in the file."""

import sqlite3
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from page_forms import fill_and_press
from sqlalchemy import event, select, text
from ticket_browsers import in_database, services_of, signed_in
from ticket_samples import actor, ask, user

from mpdi.accounts.retention import Retention
from mpdi.accounts.roles import Role
from mpdi.cli import main
from mpdi.database import Database
from mpdi.helpdesk import meaning_operations, operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail import outbox_operations
from mpdi.helpdesk.meaning_models import TicketMeaning
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.personal_data import ticket_data
from mpdi.migrations import upgrade

SECRET = "Zwierzyniecki"
"""A word that nobody else says, and that shares no beginning with another: the index writes it whole."""


@pytest.fixture
def sqlite_database(tmp_path: Path):
    made = Database(f"sqlite:///{tmp_path / 'erased.sqlite3'}")
    upgrade(made.engine)
    yield made
    made.engine.dispose()


def filled(database: Database) -> None:
    """Questions of others around the one of Ann's, so that pages and the index hold more than hers."""
    with database.writing() as session:
        for number in range(40):
            ask(session, f"Puis-je demander un écolabel numéro {number} ?", email="bob@example.org", name="Bob")
    with database.writing() as session:
        ask(session, f"{SECRET} veut un écolabel.\n" + f"{SECRET} " * 3_000, name=SECRET, subject=f"De {SECRET}")


def stands_in(path: Path) -> list[str]:
    return [
        each.name
        for each in sorted(path.parent.glob(f"{path.name}*"))
        if SECRET.lower().encode() in each.read_bytes().lower()
    ]


def test_no_word_is_left_in_the_index_nor_in_the_bytes_of_the_file(sqlite_database: Database, tmp_path: Path):
    path = tmp_path / "erased.sqlite3"
    filled(sqlite_database)
    sqlite_database.empty_log()
    assert stands_in(path) == ["erased.sqlite3"]
    with sqlite_database.writing() as session:
        assert upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "ann@example.org", None) == 1
    sqlite_database.empty_log()
    with sqlite_database.reading() as session:
        blocks = session.scalars(text("SELECT block FROM ticket_words_fts_data")).all()
        assert not any(SECRET.lower().encode() in block for block in blocks)
        session.execute(text("INSERT INTO ticket_words_fts(ticket_words_fts) VALUES ('integrity-check')"))
        found = text("SELECT count(*) FROM ticket_words_fts WHERE ticket_words_fts MATCH 'ecolabel'")
        assert session.scalar(found) == 40
    assert stands_in(path) == []


def test_words_left_by_an_erasure_of_before_go_with_the_next_upkeep(sqlite_database: Database, tmp_path: Path):
    filled(sqlite_database)
    with sqlite_database.writing() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.asker_email == "ann@example.org")).one()
        upkeep_operations.anonymise(session, ticket, AttachmentStore(tmp_path))
    with sqlite_database.writing() as session:
        ticket_data(tmp_path, "https://mpdi.example").retain(session, Retention())
    sqlite_database.empty_log()
    assert stands_in(tmp_path / "erased.sqlite3") == []


def test_what_is_deleted_is_overwritten_whatever_sqlite_was_built_with(sqlite_database: Database):
    with sqlite_database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1


def test_the_command_leaves_nothing_in_the_log_either(app: Flask, monkeypatch: pytest.MonkeyPatch):
    home = services_of(app).settings.home
    filled(services_of(app).database)
    # As while the portal runs: a connection that stays open keeps the log.
    open_elsewhere = sqlite3.connect(home / "mpdi.sqlite3")
    environ = {"MPDI_HOME": str(home), "MPDI_DATABASE_URL": "", "MPDI_SMTP_URL": ""}
    done = CliRunner().invoke(main, ["privacy", "erase", "ann@example.org", "--yes"], env=environ)
    assert done.exit_code == 0, done.output
    assert stands_in(home / "mpdi.sqlite3") == []
    open_elsewhere.close()


@pytest.mark.parametrize("state", ["waiting", "failed", "uncertain", "sent", "sending"])
def test_mail_for_an_erased_question_is_blank_whatever_became_of_it(database: Database, tmp_path: Path, state: str):
    with database.writing() as session:
        ben = user(session, "Ben", Role.FACILITATOR)
        ticket = ask(session, f"{SECRET} demande")
        operations.answer(session, ticket, actor(ben), Reply(f"Oui, {SECRET}.", "fr"), None)
        (mail,) = session.scalars(select(OutgoingMail)).all()
        mail.state, mail.last_error = state, f"550 {SECRET}"
        identifier = mail.id
    with database.writing() as session:
        upkeep_operations.anonymise(session, session.scalars(select(Ticket)).one(), AttachmentStore(tmp_path))
    with database.writing() as session:
        (mail,) = session.scalars(select(OutgoingMail)).all()
        assert (mail.recipient, mail.subject, mail.body, mail.headers, mail.last_error) == ("", "", "", {}, "")
        assert mail.state == ("sending" if state == "sending" else "sent")
        assert outbox_operations.claim_next(session) is None
        if state == "sending":
            assert outbox_operations.mark_refused(session, identifier, "450 later", is_final=False) == "failed"


def test_the_mail_to_an_expert_says_no_word_of_the_question(app: Flask, tmp_path: Path):
    signed_in(app, "Lea", Role.EXPERT)
    cora = signed_in(app, "Cora", Role.COORDINATOR)
    with in_database(app) as session:
        number = ask(session, f"{SECRET} demande").number
    cora.get(f"/helpdesk/tickets/{number}")
    fill_and_press(cora, f"/helpdesk/tickets/{number}", {"expert_question": f"Que dire à {SECRET} ?"}, "Ask")
    with in_database(app) as session:
        upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "ann@example.org", None)
        (mail,) = session.scalars(select(OutgoingMail)).all()
        assert (mail.recipient, mail.state, mail.subject) == (
            "lea@example.org",
            "waiting",
            f"Une question pour vous : {number}",
        )
        assert f"{services_of(app).settings.public_address}/helpdesk/tickets/{number}" in mail.body
        assert SECRET not in mail.body


def test_a_meaning_encoded_while_its_people_are_forgotten_is_not_kept(database: Database, tmp_path: Path):
    with database.writing() as session:
        ticket_id = ask(session, "Un écolabel ?").id

    def keep() -> None:
        with database.writing() as other:
            meaning_operations.keep_meaning(other, ticket_id, b"\0" * 8)

    with database.writing() as session:
        upkeep_operations.anonymise(session, session.get_one(Ticket, ticket_id), AttachmentStore(tmp_path))
        thread = threading.Thread(target=keep)
        thread.start()
        thread.join(1)
        assert thread.is_alive(), "it waits for the ticket"
    thread.join(20)
    with database.reading() as session:
        assert session.scalars(select(TicketMeaning.ticket_id)).all() == []


def test_a_ticket_is_read_whole_once_also_when_it_is_opened_first(app: Flask):
    cora = signed_in(app, "Cora", Role.COORDINATOR)
    with in_database(app) as session:
        number = ask(session, "Un écolabel ?").number
    reads: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "ticket_message.body" in statement and "WHERE ticket_message.ticket_id IN" in statement:
            reads.append(statement)

    event.listen(services_of(app).database.engine, "before_cursor_execute", note)
    cora.get(f"/helpdesk/tickets/{number}")
    assert len(reads) == 1, reads
    with services_of(app).database.reading() as session:
        assert len(session.scalars(select(TicketMeaning.ticket_id)).all()) == 1
