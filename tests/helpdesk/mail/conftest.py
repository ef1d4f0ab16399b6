"""Fixtures of the mail's tests: a private dovecot, SMTP servers, settings, and mail to send."""

import os
import sys
from pathlib import Path

import pytest

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent))

import mail_servers
import mails

from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail.filing import Filing
from mpdi.helpdesk.mail.settings import load_mail_settings
from mpdi.helpdesk.mail.ticket_operations import TicketFiler

SECRET = "a secret of the tests"


@pytest.fixture(scope="session")
def dovecot_server():
    """One private dovecot for the session."""
    if not Path(mail_servers.DOVECOT).exists() or not Path("/usr/lib/dovecot/imap-login").exists():
        message = "needs the Debian package “dovecot-imapd”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with mail_servers.dovecot(tls=True) as server:
        yield server


@pytest.fixture
def mailbox(dovecot_server):
    """The private dovecot with empty mailboxes."""
    dovecot_server.empty()
    return dovecot_server


@pytest.fixture
def mail_settings(monkeypatch):
    """Settings of a helpdesk without servers; tests put theirs in."""
    monkeypatch.setenv("MPDI_MAIL_FROM", f"Helpdesk <{mails.OURS}>")
    return load_mail_settings(SECRET)


@pytest.fixture
def with_servers(mail_settings):
    """Make settings with these servers."""

    def make(imap: str | None = None, smtp: str | None = None, sender: str = mails.OURS):
        environ = (
            {"MPDI_MAIL_FROM": sender}
            | ({"MPDI_IMAP_URL": imap} if imap else {})
            | ({"MPDI_SMTP_URL": smtp} if smtp else {})
        )
        return load_mail_settings(SECRET, environ)

    return make


@pytest.fixture
def filing(database, tmp_path, mail_settings):
    """Filing into real tickets, on each database."""
    return Filing(database, tmp_path, mail_settings, TicketFiler(AttachmentStore(tmp_path)))


@pytest.fixture
def sqlite_filing(sqlite_database, tmp_path, mail_settings):
    """Filing into real tickets, on SQLite."""
    return Filing(sqlite_database, tmp_path, mail_settings, TicketFiler(AttachmentStore(tmp_path)))


@pytest.fixture
def sqlite_database(tmp_path):
    """A SQLite database with all tables."""
    from mpdi.database import Base, Database

    made = Database(f"sqlite:///{tmp_path / 'mail.sqlite3'}")
    Base.metadata.create_all(made.engine)
    yield made
    made.engine.dispose()


@pytest.fixture
def later(monkeypatch):
    """Move the clock on."""
    from mpdi import clock

    real = clock.now

    def move(delta):
        monkeypatch.setattr(clock, "now", lambda: real() + delta)

    return move
