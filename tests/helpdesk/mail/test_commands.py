"""`mpdi mail fetch` and `mpdi mail deliver`, as a scheduler calls them."""

import mails
import pytest
from click.testing import CliRunner
from sqlalchemy import select
from wishes import wish

from mpdi.cli import main
from mpdi.config import Settings
from mpdi.database import Base, Database
from mpdi.helpdesk.mail.worker import mail_rounds
from mpdi.helpdesk.models import OutgoingMail, Ticket


@pytest.fixture
def installation(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'mpdi.sqlite3'}"
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.setenv("MPDI_DATABASE_URL", url)
    monkeypatch.setenv("MPDI_MAIL_FROM", mails.OURS)
    database = Database(url)
    Base.metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.services
def test_a_fetched_question_is_a_ticket(installation, mailbox, monkeypatch):
    monkeypatch.setenv("MPDI_IMAP_URL", mailbox.url())
    mailbox.put(mails.raw())
    ended = run("mail", "fetch")
    assert (ended.exit_code, ended.output) == (
        0,
        "Mail in: 1 new, 0 known already, 0 too large; 1 filed, 0 set aside, 0 failed.\n",
    )
    with installation.reading() as session:
        assert len(session.scalars(select(Ticket)).all()) == 1


def test_a_server_that_is_down_is_said_and_mail_waits(installation, monkeypatch):
    wish(installation)
    monkeypatch.setenv("MPDI_SMTP_URL", "smtp://127.0.0.1:1?security=none")
    ended = run("mail", "deliver")
    assert (ended.exit_code, ended.output) == (0, "Mail out: 0 sent, 1 put off, 0 failed, 0 uncertain.\n")
    monkeypatch.setenv("MPDI_IMAP_URL", "imap://a:b@127.0.0.1:1?security=none")
    ended = run("mail", "fetch")
    assert ended.exit_code == 2
    assert "does not answer" in ended.output
    with installation.reading() as session:
        assert [row.state for row in session.scalars(select(OutgoingMail))] == ["waiting"]


@pytest.mark.parametrize("command", [("mail", "fetch"), ("mail", "deliver"), ("jobs", "run")])
def test_a_wrong_setting_is_named(installation, monkeypatch, command):
    monkeypatch.setenv("MPDI_SMTP_URL", "smtp://me:geheim@host:port")
    ended = run(*command)
    assert ended.exit_code == 2
    assert "MPDI_SMTP_URL" in ended.output
    assert "geheim" not in ended.output


def test_without_servers_nothing_is_done(installation):
    assert run("mail", "deliver").exit_code == 0
    assert "Mail" not in run("jobs", "run").output


def test_before_init_the_command_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.delenv("MPDI_DATABASE_URL", raising=False)
    ended = run("mail", "fetch")
    assert (ended.exit_code, "mpdi init" in ended.output) == (2, True)


def test_links_in_mails_begin_where_the_portals_settings_say(installation, tmp_path):
    settings = Settings(tmp_path, "", "secret", public_address="https://achats.example")
    rounds = mail_rounds(settings, installation)
    assert rounds.settings.portal == "https://achats.example"
