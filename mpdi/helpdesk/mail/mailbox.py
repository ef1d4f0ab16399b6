"""The mailbox on its IMAP server: what is unread, the bytes of one mail, marking as read. Errors are ours."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from mpdi.helpdesk.mail.errors import MailboxRefusedError, MailboxUnreachableError
from mpdi.helpdesk.mail.settings import Server

TIMEOUT = 60
_SIZE = re.compile(rb"UID (\d+)[^)]*?RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*?UID (\d+)")


class Mailbox:
    """An open mailbox."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box

    def unread(self) -> list[str]:
        """Return the UIDs of unread mail, oldest first."""
        return list(self._box.uids("UNSEEN", charset=None))

    def sizes(self, uids: Sequence[str]) -> dict[str, int]:
        """Return how many bytes each mail has, as the server counts."""
        _status, lines = self._box.client.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)")
        found: dict[str, int] = {}
        for line in lines:
            match = _SIZE.search(line) if isinstance(line, bytes) else None
            if match:
                uid, size = (match[1], match[2]) if match[1] else (match[4], match[3])
                found[uid.decode()] = int(size)
        return found

    def raw(self, uid: str) -> bytes | None:
        """Return the bytes of a mail without marking it; nothing where it has gone meanwhile."""
        _status, parts = self._box.client.uid("FETCH", uid, "(BODY.PEEK[])")
        return next((part[1] for part in parts if isinstance(part, tuple)), None)

    def mark_read(self, uids: Sequence[str]) -> None:
        """Mark mail as read: it is safe here."""
        if uids:
            self._box.client.uid("STORE", ",".join(uids), "+FLAGS.SILENT", r"(\Seen)")

    def identity(self) -> str:
        """Return what makes UIDs of this folder unique: its UIDVALIDITY."""
        _kind, values = self._box.client.response("UIDVALIDITY")
        return values[-1].decode() if values and values[-1] else "0"


@contextmanager
def open_mailbox(server: Server) -> Iterator[Mailbox]:
    """Sign in and select the folder; `MailboxUnreachableError` or `MailboxRefusedError` says what to do."""
    with _translated(server):
        box = _connected(server)
        try:
            box.login(server.user, server.password, initial_folder=None)
            box.folder.set(server.folder)
            yield Mailbox(box)
        finally:
            _leave(box)


def _connected(server: Server) -> BaseMailBox:
    if server.security == "none":
        return MailBoxUnencrypted(server.host, server.port, timeout=TIMEOUT)
    context = ssl.create_default_context()
    kind = MailBox if server.security == "tls" else MailBoxStartTls
    return kind(server.host, server.port, timeout=TIMEOUT, ssl_context=context)


def _leave(box: BaseMailBox) -> None:
    try:
        box.client.logout()
    except (OSError, imaplib.IMAP4.error):
        return  # the connection is gone already


@contextmanager
def _translated(server: Server) -> Iterator[None]:
    try:
        yield
    except MailboxLoginError as error:
        raise MailboxRefusedError(
            f"The mailbox at {server} refuses the user or the password. Check MPDI_IMAP_URL (docs/mail.md)."
        ) from error
    except MailboxFolderSelectError as error:
        raise MailboxRefusedError(
            f"The mailbox at {server} has no folder “{server.folder}”. Check MPDI_IMAP_URL."
        ) from error
    except (imaplib.IMAP4.error, ImapToolsError, ConnectionError, TimeoutError, ssl.SSLError) as error:
        raise MailboxUnreachableError(_unreachable(server, error)) from error
    except OSError as error:
        if error.filename is not None:  # of a file of ours, not of the connection
            raise
        raise MailboxUnreachableError(_unreachable(server, error)) from error


def _unreachable(server: Server, error: Exception) -> str:
    return f"The mailbox at {server} does not answer ({error}). Nothing is lost; it is tried again."
