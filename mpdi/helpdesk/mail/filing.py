"""From the disk to the tickets: every mail that waits is read, sorted and filed, each in a transaction of its own."""

import lzma
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from email.errors import MessageError
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mpdi.database import Database
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.mail import incoming_operations
from mpdi.helpdesk.mail.incoming_operations import ToFile
from mpdi.helpdesk.mail.parsed import ParsedMail
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.reading import read_mail
from mpdi.helpdesk.mail.settings import MailSettings
from mpdi.helpdesk.mail.threading import find_thread
from mpdi.helpdesk.mail.vocabulary import IgnoredBecause, IncomingState

_BATCH = 100
_HOSTILE = (
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
    MessageError,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the standard library lets out on bytes that somebody damaged, on purpose or not: one mail fails of it, not all."""


class FileMail(Protocol):
    """What makes a mail a message: of the ticket in `mail.thread`, else of a new one. Returns the ticket's number."""

    def __call__(self, session: Session, mail: ParsedMail, raw_digest: str) -> int:
        """File the mail in the caller's transaction and return `Ticket.id`."""
        ...


@dataclass(frozen=True)
class Filing:
    """What filing needs: the database, the raw mail, the settings, and who makes tickets."""

    database: Database
    home: Path
    settings: MailSettings
    file_mail: FileMail

    def file_waiting(self) -> Counter[IncomingState]:
        """File all mail that is due; return how many ended in which state. One that fails stays and is tried again."""
        ended: Counter[IncomingState] = Counter()
        while identifiers := self._due():
            for identifier in identifiers:
                state = self._file(identifier)
                if state is not None:
                    ended[state] += 1
        return ended

    def _due(self) -> list[int]:
        with self.database.reading() as session:
            return incoming_operations.due(session, _BATCH)

    def _file(self, identifier: int) -> IncomingState | None:
        with self.database.writing() as session:
            taken = incoming_operations.begin_filing(session, identifier)
        if taken is None:
            return None
        try:
            # Read outside the transaction: 30 MB take a second, in which nobody else could write.
            mail = read_mail(RawMailStore(self.home).read(taken.digest), self.settings.sender_address)
            with self.database.writing() as session:
                return self._sort(session, taken, mail)
        except (MpdiError, OSError, SQLAlchemyError, *_HOSTILE) as error:
            with self.database.writing() as session:
                incoming_operations.mark_failed(session, identifier, _reason(error))
            return IncomingState.FAILED

    def _sort(self, session: Session, taken: ToFile, mail: ParsedMail) -> IncomingState | None:
        if not incoming_operations.is_open(session, taken.id):
            return None
        thread = find_thread(session, mail, self.settings.secret_key)
        because = None if taken.is_wanted else ignored_because(mail)
        if because is None:
            ticket_id = self.file_mail(session, replace(mail, thread=thread), taken.digest)
            incoming_operations.mark_filed(session, taken.id, ticket_id)
            return IncomingState.FILED
        about = incoming_operations.note_bounce(session, mail.bounce) if mail.bounce else thread.ticket_id
        incoming_operations.mark_ignored(session, taken.id, because, about)
        return IncomingState.IGNORED


def ignored_because(mail: ParsedMail) -> IgnoredBecause | None:
    """Return why a mail makes no message: nobody wrote it to us."""
    if mail.is_loop:
        return IgnoredBecause.LOOP
    if mail.is_bounce:
        return IgnoredBecause.BOUNCE
    return IgnoredBecause.AUTO_REPLY if mail.is_auto_reply else None


def _reason(error: Exception) -> str:
    # Any other error may repeat what it was given, which is somebody's words: only its kind is kept.
    return str(error) if isinstance(error, MpdiError) else type(error).__name__
