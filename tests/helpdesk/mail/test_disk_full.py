"""A mailbox read onto a disk that is full: what was not kept stays on the server, and comes when there is room."""

import sys
from pathlib import Path

import mails
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

sys.path.insert(0, str(Path(__file__).parents[1].resolve()))

from small_disks import small_disk

from mpdi.database import Base, Database
from mpdi.helpdesk.mail.errors import MailStorageError
from mpdi.helpdesk.mail.fetching import fetch
from mpdi.helpdesk.models import IncomingMail

pytestmark = pytest.mark.services


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 12) as made:
        yield made


def large(mail_id):
    message = mails.mail(mail_id=mail_id)
    message.add_attachment(bytes(5_000_000), maintype="application", subtype="pdf", filename="a.pdf")
    return message.as_bytes()


def known(database):
    with database.reading() as session:
        return sorted(session.scalars(select(IncomingMail.mail_id)))


def test_no_room_for_the_mail(mailbox, sqlite_database, disk, with_servers):
    settings = with_servers(imap=mailbox.url())
    mailbox.put(mails.raw(mail_id="<small@x>"))
    mailbox.put(large("<large@x>"))
    disk.fill(but=1_000_000)
    for _ in range(2):
        with pytest.raises(MailStorageError, match="It stays on the server"):
            fetch(sqlite_database, disk.folder, settings)
    assert known(sqlite_database) == ["<small@x>"]
    assert mailbox.unread() == 1
    assert {path.suffix for path in (disk.folder / "mail").iterdir()} == {".eml"}
    disk.make_room()
    assert fetch(sqlite_database, disk.folder, settings).new == 1
    assert (known(sqlite_database), mailbox.unread()) == (["<large@x>", "<small@x>"], 0)


def test_no_room_for_the_database(mailbox, disk, tmp_path, with_servers):
    database = Database(f"sqlite:///{disk.folder / 'mail.sqlite3'}")
    Base.metadata.create_all(database.engine)
    settings = with_servers(imap=mailbox.url())
    for number in range(400):
        mailbox.put(mails.raw(mail_id=f"<{number}@x>"))
    disk.fill()
    with pytest.raises(OperationalError):
        fetch(database, tmp_path, settings)
    taken = known(database)
    assert len(taken) < 400
    assert mailbox.unread() == 400 - len(taken)
    disk.make_room()
    fetch(database, tmp_path, settings)
    assert (len(known(database)), mailbox.unread()) == (400, 0)
    database.engine.dispose()
