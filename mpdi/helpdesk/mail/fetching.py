"""From the mailbox to the disk: every unread mail is written down before the server is told that we have it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mpdi.database import Database
from mpdi.helpdesk.mail import incoming_operations
from mpdi.helpdesk.mail.identifiers import digest_of, mail_ids
from mpdi.helpdesk.mail.mailbox import Mailbox, open_mailbox
from mpdi.helpdesk.mail.mime import MAX_BYTES, header, parse
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.settings import MailSettings

BATCH = 50
"""Mails marked at once; only one is in memory at a time."""
_HEAD = 200_000


@dataclass
class FetchReport:
    """How many mails were new, already known, and left on the server because of their size."""

    new: int = 0
    known: int = 0
    left: int = 0


def fetch(database: Database, home: Path, settings: MailSettings) -> FetchReport:
    """Take in all unread mail; nothing where no mailbox is set.

    Raises `MailboxUnreachableError`, `MailboxRefusedError`, or `MailStorageError` when the disk is full: what was not
    written stays unread on the server and is taken next time.
    """
    report = FetchReport()
    if settings.imap is None:
        return report
    store = RawMailStore(home)
    with open_mailbox(settings.imap) as mailbox:
        for uids in _batches(mailbox.unread()):
            _take_batch(database, store, mailbox, uids, report)
    return report


def _batches(uids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(uids), BATCH):
        yield uids[start : start + BATCH]


def _take_batch(
    database: Database, store: RawMailStore, mailbox: Mailbox, uids: Sequence[str], report: FetchReport
) -> None:
    sizes = mailbox.sizes(uids)
    safe: list[str] = []
    try:
        for uid in uids:
            if sizes.get(uid, 0) > MAX_BYTES:
                _leave(database, mailbox, uid, sizes[uid])
                report.left += 1
            elif (raw := mailbox.raw(uid)) is not None:
                is_new = take(database, store, raw)
                report.new += is_new
                report.known += not is_new
                safe.append(uid)
    finally:
        mailbox.mark_read(safe)


def take(database: Database, store: RawMailStore, raw: bytes) -> bool:
    """Write a mail to the disk and note it in the database; False where it was known by its Message-ID."""
    digest = store.store(raw)
    with database.writing() as session:
        return incoming_operations.take_in(session, _mail_id(raw), digest)


def _mail_id(raw: bytes) -> str:
    message, _is_damaged = parse(raw[:_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")
    return next(iter(mail_ids(header(message, "Message-ID"))), digest_of(raw))


def _leave(database: Database, mailbox: Mailbox, uid: str, size: int) -> None:
    reason = f"{size:,} bytes are more than we take ({MAX_BYTES:,}). It is left unread in the mailbox."
    with database.writing() as session:
        incoming_operations.note_left_on_server(session, f"left:{mailbox.identity()}:{uid}", reason)
