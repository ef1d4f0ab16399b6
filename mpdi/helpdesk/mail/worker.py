"""The mail's rounds: fetch, file, send. One round for a command, rounds without end beside the server."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from mpdi.config import Settings
from mpdi.database import Database
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.incoming_operations import Understand, nothing_understood
from mpdi.helpdesk.mail.fetching import fetch
from mpdi.helpdesk.mail.filing import FileMail, Filing
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.mail.settings import MailSettings, load_mail_settings
from mpdi.helpdesk.mail.ticket_operations import TicketFiler
from mpdi.helpdesk.mail.vocabulary import IncomingState
from mpdi.helpdesk.vocabulary import MailState

_DELIVER_SECONDS = 5
_FETCH_SECONDS = 60
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class MailRounds:
    """Everything the rounds need."""

    database: Database
    home: Path
    settings: MailSettings
    file_mail: FileMail

    def fetch_and_file(self) -> str:
        """Take in what is unread and file all that waits, even when the mailbox cannot be reached; say what was done."""
        try:
            report = fetch(self.database, self.home, self.settings)
        finally:
            filed = Filing(self.database, self.home, self.settings, self.file_mail).file_waiting()
        return (
            f"Mail in: {report.new} new, {report.known} known already, {report.left} too large; "
            f"{filed[IncomingState.FILED]} filed, {filed[IncomingState.IGNORED]} set aside, "
            f"{filed[IncomingState.FAILED]} failed."
        )

    def deliver(self) -> str:
        """Send what is due; say what was done."""
        sent = deliver(self.database, self.settings, AttachmentStore(self.home))
        return (
            f"Mail out: {sent[MailState.SENT]} sent, {sent[MailState.WAITING]} put off, {sent[MailState.FAILED]} failed, "
            f"{sent[MailState.UNCERTAIN]} uncertain."
        )

    @property
    def has_server(self) -> bool:
        """Whether there is a mailbox or a sending server to go to."""
        return self.settings.imap is not None or self.settings.smtp is not None

    def round(self) -> list[str]:
        """Fetch, file and send once; say what was done, and what could not be: it is tried again."""
        return [_tried(self.fetch_and_file), _tried(self.deliver)]

    def go_on(self) -> None:
        """Send every few seconds and fetch every minute, without end; what fails is logged and tried again."""
        next_fetch = 0.0
        while True:
            _log.debug(_tried(self.deliver))
            if time.monotonic() >= next_fetch:
                _log.debug(_tried(self.fetch_and_file))
                next_fetch = time.monotonic() + _FETCH_SECONDS
            time.sleep(_DELIVER_SECONDS)


def _tried(work: Callable[[], str]) -> str:
    try:
        return work()
    except (MpdiError, OSError) as error:
        words = f"Mail: {error}"
    except SQLAlchemyError as error:
        # The message of such an error repeats the values of the statement, which are somebody's words.
        words = f"Mail: the database refused ({type(error).__name__})."
    _log.warning(words)
    return words


def mail_rounds(settings: Settings, database: Database, understand: Understand = nothing_understood) -> MailRounds:
    """Return the rounds of this installation, with the mail's settings from the environment."""
    filer = TicketFiler(AttachmentStore(settings.home), understand, settings.public_address)
    mail_settings = load_mail_settings(settings.secret_key, portal=settings.public_address)
    return MailRounds(database, settings.home, mail_settings, filer)
