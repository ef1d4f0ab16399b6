"""Who wrote a received mail and what its subject is, read from its bytes as long as they are kept: stored nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.helpdesk.mail.errors import MailStorageError, MailTooLargeError
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.reading import envelope_of
from mpdi.helpdesk.models import IncomingMail


@dataclass(frozen=True)
class Envelope:
    """What a list shows of a mail; empty where the mail names none, or its bytes are gone."""

    sender: str = ""
    subject: str = ""


def envelopes(session: Session, store: RawMailStore, identifiers: Sequence[int]) -> dict[int, Envelope]:
    """Return the envelopes of received mails by number; those whose bytes are gone or unreadable are left out."""
    query = select(IncomingMail.id, IncomingMail.digest).where(IncomingMail.id.in_(identifiers), IncomingMail.digest != "")
    found = {}
    for identifier, digest in session.execute(query):
        try:
            found[identifier] = Envelope(*envelope_of(store.head(digest)))
        except (MailStorageError, MailTooLargeError):
            continue
    return found
