"""How the mail stands: counts, and the lists of what needs a person."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.roles import Action, Person, Role, Subject, may
from mpdi.helpdesk.mail.backoff import MAX_ATTEMPTS
from mpdi.helpdesk.mail.outbox_operations import waits_refused
from mpdi.helpdesk.mail.vocabulary import IgnoredBecause, IncomingState
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail, Ticket
from mpdi.helpdesk.queue_queries import visible_to
from mpdi.helpdesk.vocabulary import MailState

SHOWN = 100
_LATELY = datetime.timedelta(days=30)
_TO_SHOW_OUT = (MailState.UNCERTAIN.value, MailState.FAILED.value, MailState.SENDING.value, MailState.WAITING.value)
_TO_SHOW_IN = (IncomingState.FAILED.value, IncomingState.FETCHED.value)


@dataclass(frozen=True)
class OutgoingRow:
    """A mail that is not sent: enough to judge it, without its words."""

    id: int
    state: MailState
    recipient: str
    subject: str
    ticket_number: str | None
    created_at: datetime.datetime
    next_try_at: datetime.datetime
    attempts: int
    error: str

    @property
    def is_stopped(self) -> bool:
        """Whether only a person moves it on."""
        return self.state in (MailState.FAILED, MailState.UNCERTAIN)


@dataclass(frozen=True)
class IncomingRow:
    """A mail that made no message."""

    id: int
    state: IncomingState
    reason: str
    received_at: datetime.datetime
    attempts: int
    has_raw: bool
    ticket_number: str | None

    @property
    def is_given_up(self) -> bool:
        """Whether only a person tries it again."""
        return self.attempts >= MAX_ATTEMPTS

    @property
    def ignored_because(self) -> IgnoredBecause | None:
        """Why it was set aside."""
        return IgnoredBecause(self.reason) if self.state is IncomingState.IGNORED else None


@dataclass(frozen=True)
class MailStatus:
    """Everything the page about the mail shows."""

    outgoing: dict[MailState, int]
    incoming: dict[IncomingState, int]
    outgoing_rows: Sequence[OutgoingRow]
    failed_rows: Sequence[IncomingRow]
    ignored_rows: Sequence[IncomingRow]
    refused: int = 0
    """How many mails wait because the server did not take them, at the first attempt or a later one."""
    refused_since: datetime.datetime | None = None

    @property
    def problems(self) -> int:
        """How many mails wait for a person."""
        return (
            self.outgoing[MailState.FAILED] + self.outgoing[MailState.UNCERTAIN] + self.incoming[IncomingState.FAILED]
        )


def outgoing_seen_by(person: Person) -> ColumnElement[bool]:
    """Which outgoing mail a person may see: that of the tickets she may see; without a ticket (links to sign in, …) only an administrator."""
    tickets = select(Message.id).join(Ticket, Ticket.id == Message.ticket_id)
    of_tickets = OutgoingMail.message_id.in_(tickets.where(visible_to(person, Action.SEE_MAIL_STATE)))
    is_administrator = any(grant.role is Role.ADMINISTRATOR for grant in person.roles)
    return or_(of_tickets, OutgoingMail.message_id.is_(None)) if is_administrator else of_tickets


def incoming_seen_by(person: Person) -> ColumnElement[bool]:
    """Which incoming mail a person may see: that of the tickets she may see; one of no ticket, who may see every ticket."""
    if may(person, Action.SEE_MAIL_STATE, Subject(route="")):
        return true()
    return IncomingMail.ticket_id.in_(select(Ticket.id).where(visible_to(person, Action.SEE_MAIL_STATE)))


def may_see(session: Session, person: Person, kind: type[OutgoingMail] | type[IncomingMail], identifier: int) -> bool:
    """Whether there is such a mail and a person may see it."""
    seen = outgoing_seen_by(person) if kind is OutgoingMail else incoming_seen_by(person)
    return session.scalar(select(kind.id).where(kind.id == identifier, seen)) is not None


def mail_status(session: Session, person: Person) -> MailStatus:
    """Return how the mail stands that a person may see, in five statements."""
    outgoing_seen, incoming_seen = outgoing_seen_by(person), incoming_seen_by(person)
    is_refused = waits_refused()
    counted = session.execute(
        select(
            OutgoingMail.state,
            func.count(),
            func.count().filter(is_refused),
            func.min(OutgoingMail.created_at).filter(is_refused),
        )
        .where(outgoing_seen)
        .group_by(OutgoingMail.state)
    ).all()
    outgoing = {row[0]: row[1] for row in counted}
    refused_since = next((row[3] for row in counted if row[3] is not None), None)
    incoming = dict(
        session.execute(
            select(IncomingMail.state, func.count()).where(incoming_seen).group_by(IncomingMail.state)
        ).all()
    )
    return MailStatus(
        {state: outgoing.get(state.value, 0) for state in MailState},
        {state: incoming.get(state.value, 0) for state in IncomingState},
        _outgoing_rows(session, outgoing_seen),
        _incoming_rows(session, incoming_seen, _TO_SHOW_IN),
        _incoming_rows(session, incoming_seen, (IncomingState.IGNORED.value,), _LATELY),
        sum(row[2] for row in counted),
        clock.aware(refused_since) if refused_since else None,
    )


def _outgoing_rows(session: Session, seen: ColumnElement[bool]) -> list[OutgoingRow]:
    query = (
        select(OutgoingMail, Ticket.number)
        .outerjoin(Message, Message.id == OutgoingMail.message_id)
        .outerjoin(Ticket, Ticket.id == Message.ticket_id)
        .where(OutgoingMail.state.in_(_TO_SHOW_OUT), seen)
        .order_by(OutgoingMail.state.in_((MailState.WAITING.value, MailState.SENDING.value)), OutgoingMail.id)
        .limit(SHOWN)
    )
    return [
        OutgoingRow(
            mail.id,
            MailState(mail.state),
            mail.recipient,
            mail.subject,
            number,
            clock.aware(mail.created_at),
            clock.aware(mail.next_try_at),
            mail.attempts,
            mail.last_error,
        )
        for mail, number in session.execute(query)
    ]


def _incoming_rows(
    session: Session, seen: ColumnElement[bool], states: Sequence[str], within: datetime.timedelta | None = None
) -> list[IncomingRow]:
    query = (
        select(IncomingMail, Ticket.number)
        .outerjoin(Ticket, Ticket.id == IncomingMail.ticket_id)
        .where(IncomingMail.state.in_(states), seen)
        .order_by(IncomingMail.id.desc())
        .limit(SHOWN)
    )
    if within is not None:
        query = query.where(IncomingMail.received_at >= clock.now() - within)
    return [
        IncomingRow(
            mail.id,
            IncomingState(mail.state),
            mail.reason,
            clock.aware(mail.received_at),
            mail.attempts,
            bool(mail.digest),
            number,
        )
        for mail, number in session.execute(query)
    ]


def raw_digest(session: Session, identifier: int) -> str | None:
    """Return the digest of the raw mail of a number; nothing where there is none."""
    return session.scalar(select(IncomingMail.digest).where(IncomingMail.id == identifier)) or None
