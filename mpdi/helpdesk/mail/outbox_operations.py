"""The way of a mail from `waiting` to `sent`: claimed by one worker, settled by what the server said.

`waiting` → `sending` → `sent`, or back to `waiting` after a passing refusal, or `failed` after a final one, or
`uncertain` when nobody can know whether the server took it. Nothing leaves `uncertain` or `failed` by itself.
While a mail is `sending`, `next_try_at` is when its claim lapses.
"""

import datetime
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.helpdesk.mail.backoff import MAX_ATTEMPTS, pause
from mpdi.helpdesk.models import Attachment, Message, OutgoingMail, Ticket
from mpdi.helpdesk.vocabulary import Direction, MailState

CLAIM = datetime.timedelta(minutes=10)
WORKER_LOST = "The program stopped while it was sending: the mail may have arrived, or not."
_MOST_DELAYED = 1_000


@dataclass(frozen=True)
class FileToSend:
    """A file of an answer, its bytes still on the disk."""

    file_name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True)
class AnsweredTicket:
    """What a mail says of its ticket: the number in its tag, what the second private link is made of, who answers."""

    id: int
    number: str
    token_hash: str
    route: str
    direction: str
    """Of the message that the mail carries."""

    @property
    def is_answer(self) -> bool:
        """Whether the mail carries an answer of the helpdesk."""
        return self.direction == Direction.OUTGOING.value


@dataclass(frozen=True)
class Claimed:
    """A mail claimed by this worker: everything needed to send it, with no session left open."""

    id: int
    attempts: int
    mail_id: str
    recipient: str
    subject: str
    body: str
    language: str
    headers: dict[str, str]
    created_at: datetime.datetime
    ticket: AnsweredTicket | None = None
    files: tuple[FileToSend, ...] = ()


def is_anything_due(session: Session) -> bool:
    """Say whether a mail waits whose time has come."""
    query = select(OutgoingMail.id).where(
        OutgoingMail.state == MailState.WAITING.value, OutgoingMail.next_try_at <= clock.now()
    )
    return session.scalar(query.limit(1)) is not None


def count_waiting(session: Session) -> int:
    """Return how many mails wait to be sent."""
    waiting = select(func.count(OutgoingMail.id)).where(OutgoingMail.state == MailState.WAITING.value)
    return session.scalar(waiting) or 0


def waits_refused() -> ColumnElement[bool]:
    """Which mail waits because an attempt failed: the server refuses connections, or refused it for now."""
    return and_(OutgoingMail.state == MailState.WAITING.value, OutgoingMail.last_error != "")


def is_any_refused(session: Session) -> bool:
    """Whether mail waits that the server did not take."""
    return session.scalar(select(OutgoingMail.id).where(waits_refused()).limit(1)) is not None


def claim_next(session: Session) -> Claimed | None:
    """Claim the mail that has waited longest; one that another worker is claiming is passed over."""
    now = clock.now()
    mail = session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.state == MailState.WAITING.value, OutgoingMail.next_try_at <= now)
        .order_by(OutgoingMail.next_try_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if mail is None:
        return None
    mail.state, mail.next_try_at, mail.attempts = MailState.SENDING.value, now + CLAIM, mail.attempts + 1
    return Claimed(
        mail.id,
        mail.attempts,
        mail.mail_id,
        mail.recipient,
        mail.subject,
        mail.body,
        mail.language,
        dict(mail.headers),
        clock.aware(mail.created_at),
        _ticket_of(session, mail),
        _files_of(session, mail),
    )


def _ticket_of(session: Session, mail: OutgoingMail) -> AnsweredTicket | None:
    row = session.execute(
        select(Ticket.id, Ticket.number, Ticket.token_hash, Ticket.route, Message.direction)
        .join(Message, Message.ticket_id == Ticket.id)
        .where(Message.id == mail.message_id)
    ).one_or_none()
    return AnsweredTicket(*row) if row else None


def _files_of(session: Session, mail: OutgoingMail) -> tuple[FileToSend, ...]:
    """Return the files of the answer that a mail carries; what the asker sent is never sent back."""
    rows = session.execute(
        select(Attachment.file_name, Attachment.media_type, Attachment.size, Attachment.digest)
        .join(Message, Message.id == Attachment.message_id)
        .where(Message.id == mail.message_id, Message.direction == Direction.OUTGOING.value)
        .order_by(Attachment.id)
    )
    return tuple(FileToSend(*row) for row in rows)


def mark_lapsed(session: Session) -> int:
    """Show as uncertain what a worker was sending when it stopped; return how many."""
    lapsed = session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.state == MailState.SENDING.value, OutgoingMail.next_try_at <= clock.now())
        .with_for_update(skip_locked=True)
    ).all()
    for mail in lapsed:
        mail.state, mail.last_error = MailState.UNCERTAIN.value, WORKER_LOST
    return len(lapsed)


def mark_sent(session: Session, identifier: int) -> MailState:
    """Note that the server took the mail."""
    settle_sent(_locked(session, identifier), clock.now())
    return MailState.SENT


def settle_sent(mail: OutgoingMail, moment: datetime.datetime) -> None:
    """Settle a mail as sent, whoever says so: the server, or a person who knows that it arrived.

    Words that no person wrote may hold a link that opens something: they go.
    """
    mail.state, mail.sent_at, mail.last_error = MailState.SENT.value, moment, ""
    if mail.message_id is None or "Auto-Submitted" in mail.headers:
        mail.body = ""


def mark_refused(session: Session, identifier: int, error: str, is_final: bool) -> MailState:
    """Note that the server refused the mail: for good, or for now; after `MAX_ATTEMPTS` it has failed too.

    One whose words were forgotten meanwhile is not tried again either.
    """
    mail = _locked(session, identifier)
    mail.last_error = error[:300]
    if is_final or mail.attempts >= MAX_ATTEMPTS or not mail.recipient:
        mail.state = MailState.FAILED.value
    else:
        mail.state, mail.next_try_at = MailState.WAITING.value, clock.now() + pause(mail.attempts)
    return MailState(mail.state)


def mark_uncertain(session: Session, identifier: int, error: str) -> MailState:
    """Note that the connection broke when the server may have taken the mail. It is never sent again by itself."""
    mail = _locked(session, identifier)
    mail.state, mail.last_error = MailState.UNCERTAIN.value, error[:300]
    return MailState.UNCERTAIN


def delay_due(session: Session, error: str) -> int:
    """Put off all mail that is due, because the server cannot be reached; return how many."""
    now = clock.now()
    waiting = session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.state == MailState.WAITING.value, OutgoingMail.next_try_at <= now)
        .order_by(OutgoingMail.next_try_at, OutgoingMail.id)
        .limit(_MOST_DELAYED)
        .with_for_update(skip_locked=True)
    ).all()
    for mail in waiting:
        mail.attempts, mail.last_error = mail.attempts + 1, error[:300]
        mail.next_try_at = now + pause(mail.attempts)
        if mail.attempts >= MAX_ATTEMPTS:
            mail.state = MailState.FAILED.value
    return len(waiting)


def _locked(session: Session, identifier: int) -> OutgoingMail:
    return session.scalars(select(OutgoingMail).where(OutgoingMail.id == identifier).with_for_update()).one()
