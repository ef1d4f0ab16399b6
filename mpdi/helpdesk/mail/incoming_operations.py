"""What becomes of a mail that came in: taken in once, filed once, set aside with its reason, or failed and seen."""

import datetime
import hashlib
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.helpdesk.mail.backoff import MAX_ATTEMPTS, pause
from mpdi.helpdesk.mail.parsed import Bounce
from mpdi.helpdesk.mail.vocabulary import IgnoredBecause, IncomingState
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail
from mpdi.helpdesk.vocabulary import MailState

INTERRUPTED = "Filing was interrupted; it is tried again."


@dataclass(frozen=True)
class ToFile:
    """A mail taken up for filing. `is_wanted` when a person said that it is to be filed whatever it looks like."""

    id: int
    digest: str
    is_wanted: bool


def take_in(session: Session, mail_id: str, digest: str) -> bool:
    """Note a mail whose bytes are safe; False where one of that Message-ID is there already."""
    known = (mail_id, f"erased:{hashlib.sha256(mail_id.encode()).hexdigest()}")
    if session.scalar(select(IncomingMail.id).where(IncomingMail.mail_id.in_(known)).limit(1)) is not None:
        return False
    mail = IncomingMail(mail_id=mail_id, digest=digest, received_at=clock.now(), state=IncomingState.FETCHED.value)
    try:
        with session.begin_nested():
            session.add(mail)
    except IntegrityError:  # another worker took it in at the same moment
        return False
    return True


def note_left_on_server(session: Session, mail_id: str, reason: str) -> None:
    """Note, once, a mail that we do not take: it stays unread on the server, and the page says so."""
    if take_in(session, mail_id, ""):
        mail = session.scalars(select(IncomingMail).where(IncomingMail.mail_id == mail_id)).one()
        mail.state, mail.reason, mail.attempts = IncomingState.FAILED.value, reason[:200], MAX_ATTEMPTS


def due(session: Session, limit: int) -> list[int]:
    """Return the mail to file now: what was never tried first, then what failed and has waited."""
    query = (
        select(IncomingMail.id)
        .where(
            IncomingMail.state.in_((IncomingState.FETCHED.value, IncomingState.FAILED.value)),
            IncomingMail.attempts < MAX_ATTEMPTS,
            or_(IncomingMail.next_try_at.is_(None), IncomingMail.next_try_at <= clock.now()),
        )
        .order_by(IncomingMail.attempts, IncomingMail.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def begin_filing(session: Session, identifier: int) -> ToFile | None:
    """Take a mail up; nothing where another has it. Until it is filed it counts as failed: a crash leaves it seen."""
    mail = _locked(session, identifier)
    if IncomingState(mail.state) not in (IncomingState.FETCHED, IncomingState.FAILED) or not _is_due(mail):
        return None
    mail.attempts += 1
    mail.state, mail.reason = IncomingState.FAILED.value, INTERRUPTED
    mail.next_try_at = clock.now() + pause(mail.attempts)
    return ToFile(mail.id, mail.digest, mail.is_wanted)


def is_open(session: Session, identifier: int) -> bool:
    """Lock a mail and say whether it is still to be filed."""
    return IncomingState(_locked(session, identifier).state) is IncomingState.FAILED


def mark_filed(session: Session, identifier: int, ticket_id: int) -> None:
    """Note the ticket a mail went to."""
    _settle(session, identifier, IncomingState.FILED, "", ticket_id)


def mark_ignored(session: Session, identifier: int, because: IgnoredBecause, ticket_id: int | None) -> None:
    """Note that a mail makes no message, and why."""
    _settle(session, identifier, IncomingState.IGNORED, because.value, ticket_id)


def mark_failed(session: Session, identifier: int, reason: str) -> None:
    """Note why a mail could not be filed; it is tried again after a pause."""
    mail = _locked(session, identifier)
    if IncomingState(mail.state) is IncomingState.FAILED:
        mail.reason = reason[:200]


def note_bounce(session: Session, bounce: Bounce) -> int | None:
    """Show a mail of ours as failed when a report says it did not arrive; return the ticket it belonged to."""
    if not bounce.original_mail_id:
        return None
    mail = session.scalar(select(OutgoingMail).where(OutgoingMail.mail_id == bounce.original_mail_id).with_for_update())
    if mail is None:
        return None
    if bounce.is_final and MailState(mail.state) in (MailState.SENT, MailState.UNCERTAIN):
        mail.state = MailState.FAILED.value
        mail.last_error = f"Returned by the recipient's server ({bounce.status or 'no code'})"[:300]
    return session.scalar(select(Message.ticket_id).where(Message.id == mail.message_id))


def _settle(session: Session, identifier: int, state: IncomingState, reason: str, ticket_id: int | None) -> None:
    mail = _locked(session, identifier)
    mail.state, mail.reason, mail.ticket_id, mail.next_try_at = state.value, reason, ticket_id, None


def _locked(session: Session, identifier: int) -> IncomingMail:
    return session.scalars(
        select(IncomingMail)
        .where(IncomingMail.id == identifier)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _is_due(mail: IncomingMail) -> bool:
    next_try_at: datetime.datetime | None = mail.next_try_at
    return next_try_at is None or clock.aware(next_try_at) <= clock.now()
