"""The mailbox, a real dovecot: nothing is lost, nothing is taken twice, what is wrong is said."""

import os
import subprocess
import sys

import mail_servers
import mails
import pytest
from sqlalchemy import func, select

from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.errors import MailboxRefusedError, MailboxUnreachableError
from mpdi.helpdesk.mail.fetching import fetch
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.settings import load_mail_settings
from mpdi.helpdesk.models import IncomingMail

pytestmark = pytest.mark.services


def rows(database):
    with database.reading() as session:
        found = session.scalars(select(IncomingMail).order_by(IncomingMail.id)).all()
        session.expunge_all()
    return found


def test_unread_mail_is_taken_byte_for_byte_and_marked(mailbox, database, tmp_path, with_servers):
    sent = [mails.raw(subject="Été"), b"From: a@b.example\r\n\r\nno id, no subject\r\n", b"\x00\xff not a mail"]
    for raw in sent:
        mailbox.put(raw)
    settings = with_servers(imap=mailbox.url())
    assert fetch(database, tmp_path, settings).new == 3
    kept = {RawMailStore(tmp_path).read(row.digest).replace(b"\r\n", b"\n").strip() for row in rows(database)}
    assert {raw.replace(b"\r\n", b"\n").strip() for raw in sent[:2]} <= kept
    assert {row.state for row in rows(database)} == {"fetched"}
    assert mailbox.unread() == 0
    assert fetch(database, tmp_path, settings).new == 0
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_a_mail_delivered_twice_is_taken_once(mailbox, database, tmp_path, with_servers):
    mailbox.put(mails.raw(mail_id="<same@x>"))
    mailbox.put(b"Received: another way\n" + mails.raw(mail_id="<same@x>"))
    report = fetch(database, tmp_path, with_servers(imap=mailbox.url()))
    assert (report.new, report.known, len(rows(database)), mailbox.unread()) == (1, 1, 1, 0)


def test_nothing_is_set_nothing_is_fetched(database, tmp_path, with_servers):
    assert fetch(database, tmp_path, with_servers()).new == 0


def test_the_server_is_down(database, tmp_path, with_servers):
    settings = with_servers(imap=f"imap://a:b@127.0.0.1:{mail_servers.free_port()}/?security=none")
    with pytest.raises(MailboxUnreachableError, match="Nothing is lost"):
        fetch(database, tmp_path, settings)


def test_the_password_is_wrong_and_is_not_repeated(mailbox, database, tmp_path, with_servers):
    with pytest.raises(MailboxRefusedError, match="refuses the user or the password") as caught:
        fetch(database, tmp_path, with_servers(imap=mailbox.url(password="wrongwords")))
    assert "wrongwords" not in str(caught.value)
    assert "wrongwords" not in repr(with_servers(imap=mailbox.url(password="wrongwords")))


def test_the_folder_is_wrong(mailbox, database, tmp_path, with_servers):
    with pytest.raises(MailboxRefusedError, match="no folder “Nowhere”"):
        fetch(database, tmp_path, with_servers(imap=mailbox.url(folder="Nowhere")))


def test_over_tls_with_the_certificate_checked(mailbox, sqlite_database, tmp_path, with_servers, monkeypatch):
    mailbox.put(mails.raw())
    for scheme, port in (("imaps", mailbox.tls_port), ("imap", mailbox.port)):
        settings = with_servers(imap=f"{scheme}://helpdesk:right%20words@localhost:{port}")
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        with pytest.raises(MailboxUnreachableError, match=r"(?i)certificate"):
            fetch(sqlite_database, tmp_path, settings)
        monkeypatch.setenv("SSL_CERT_FILE", str(mailbox.certificate))
        fetch(sqlite_database, tmp_path, settings)
    assert len(rows(sqlite_database)) == 1


def test_a_mail_of_thirty_megabytes(mailbox, sqlite_database, sqlite_filing, tmp_path, with_servers):
    message = mails.mail()
    message.add_attachment(
        b"%PDF" + bytes(30 * 1024 * 1024 - 4), maintype="application", subtype="pdf", filename="plans.pdf"
    )
    mailbox.put(message.as_bytes())
    assert fetch(sqlite_database, tmp_path, with_servers(imap=mailbox.url())).new == 1
    sqlite_filing.file_waiting()
    [row] = rows(sqlite_database)
    assert (row.state, row.reason) == ("filed", "")
    assert max(path.stat().st_size for path in (tmp_path / "attachments").rglob("*")) == 30 * 1024 * 1024


def test_a_mail_beyond_measure_stays_in_the_mailbox_and_is_shown(
    mailbox, sqlite_database, tmp_path, with_servers, monkeypatch
):
    monkeypatch.setattr(fetching, "MAX_BYTES", 10_000)
    mailbox.put(mails.raw(body="x\n" * 10_000))
    mailbox.put(mails.raw())
    for _ in range(2):
        assert fetch(sqlite_database, tmp_path, with_servers(imap=mailbox.url())).left == 1
    found = rows(sqlite_database)
    assert sorted(row.state for row in found) == ["failed", "fetched"]
    assert "left unread" in next(row.reason for row in found if row.state == "failed")
    assert mailbox.unread() == 1


DISK_FULL = """
import resource, sys
from pathlib import Path
from mpdi.database import Database
from mpdi.helpdesk.mail.fetching import fetch
from mpdi.helpdesk.mail.settings import load_mail_settings
database, home = Database(sys.argv[1]), Path(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
fetch(database, home, load_mail_settings("secret"))
"""


def test_a_full_disk_leaves_the_mail_on_the_server(mailbox, sqlite_database, tmp_path, with_servers):
    """The system refuses to write a larger file: the same error path as a full disk, from the real system."""
    message = mails.mail(mail_id="<large@x>")
    message.add_attachment(bytes(6_000_000), maintype="application", subtype="pdf", filename="a.pdf")
    mailbox.put(mails.raw(mail_id="<small@x>"))
    mailbox.put(message.as_bytes())
    url = sqlite_database.engine.url.render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-c", DISK_FULL, url, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "MPDI_IMAP_URL": mailbox.url()},
    )
    assert "MailStorageError" in ended.stderr
    assert "It stays on the server" in ended.stderr
    assert [row.mail_id for row in rows(sqlite_database)] == ["<small@x>"]
    assert mailbox.unread() == 1
    assert [path.suffix for path in (tmp_path / "mail").iterdir()] == [".eml"]
    fetch(sqlite_database, tmp_path, with_servers(imap=mailbox.url()))
    assert (len(rows(sqlite_database)), mailbox.unread()) == (2, 0)


FETCH = """
import resource, sys
from pathlib import Path
from mpdi.database import Database
from mpdi.helpdesk.mail.fetching import fetch
from mpdi.helpdesk.mail.settings import load_mail_settings
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = fetch(Database(sys.argv[1]), Path(sys.argv[2]), load_mail_settings("secret"))
print(report.new, report.known, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def start_fetch(database, home, mailbox):
    url = database.engine.url.render_as_string(hide_password=False)
    return subprocess.Popen(
        [sys.executable, "-c", FETCH, url, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MPDI_IMAP_URL": mailbox.url()},
    )


def test_five_thousand_waiting_are_taken_with_little_memory(mailbox, sqlite_database, tmp_path):
    """A hundred megabytes wait; the program grows by less than a third of that."""
    for number in range(5_000):
        mailbox.put(mails.raw(mail_id=f"<{number}@x>", body="Une question assez longue\n" * 800))
    output, errors = start_fetch(sqlite_database, tmp_path, mailbox).communicate(timeout=300)
    assert errors == ""
    new, known, grown_kilobytes = map(int, output.split())
    assert (new, known) == (5_000, 0)
    assert grown_kilobytes < 30_000
    assert mailbox.unread() == 0
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(IncomingMail)) == 5_000


def test_two_workers_at_once_take_each_mail_once(mailbox, database, tmp_path):
    for number in range(60):
        mailbox.put(mails.raw(mail_id=f"<{number}@x>"))
    running = [start_fetch(database, tmp_path, mailbox) for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in running]
    assert [errors for _output, errors in ended] == ["", ""]
    assert sum(int(output.split()[0]) for output, _errors in ended) == 60
    assert sorted(row.mail_id for row in rows(database)) == sorted(f"<{number}@x>" for number in range(60))


@pytest.mark.parametrize("url", ["http://a", "imap://", "imap://h:port", "imap://h?security=maybe"])
def test_a_wrong_setting_is_named_without_its_password(url):
    from mpdi.helpdesk.mail.errors import MailSettingsError

    with pytest.raises(MailSettingsError, match="MPDI_IMAP_URL"):
        load_mail_settings("s", {"MPDI_IMAP_URL": url})
