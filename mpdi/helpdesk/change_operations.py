"""What every change of a ticket shares: who makes it, the revision it was made from, the move, what is noted of it."""

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.exceptions import MpdiError
from mpdi.helpdesk import word_operations  # noqa: F401 (from here on the words of tickets follow every change)
from mpdi.helpdesk.models import Message, Ticket, TicketEvent
from mpdi.helpdesk.states import TicketAction, move
from mpdi.helpdesk.vocabulary import Direction, TicketState
from mpdi.helpdesk.working_days import answer_due
from mpdi.jobs.events import TicketChanged
from mpdi.jobs.operations import record

NEWS = frozenset(("opened", "rerouted", "assigned", "handed_over", "asker_wrote", "reopened", "expert_answered"))
"""What those who work on a ticket are told of by mail, once it is stored."""


class UnknownTicketError(MpdiError):
    """No ticket has this number or link."""


class TicketChangedElsewhereError(MpdiError):
    """Somebody changed the ticket since the page was opened: nothing was stored, nothing typed is lost."""


class EmptyMessageError(MpdiError):
    """A message without a word was to be stored."""


@dataclass(frozen=True)
class Actor:
    """Who makes a change: a user, the asker behind a private link or a mail, or a job."""

    user_id: int | None = None
    name: str = ""
    job: str = ""

    @property
    def audit_name(self) -> str:
        """What the audit log calls this actor: never a name."""
        return self.job or (f"user:{self.user_id}" if self.user_id is not None else "visitor")


def begin_change(session: Session, ticket: Ticket, expected: int | None) -> Ticket:
    """Lock a ticket and count the change; `TicketChangedElsewhereError` where it is no longer at revision `expected`.

    `expected` None: what is only added, such as a message of the asker, never overwrites and is held against none.
    """
    locked = session.get_one(Ticket, ticket.id, with_for_update=True, populate_existing=True)
    if expected is not None and locked.revision != expected:
        raise TicketChangedElsewhereError(
            "This ticket was changed by somebody else. What you typed is not stored yet: compare, then send again."
        )
    locked.revision += 1
    locked.changed_at = clock.now()
    return locked


def make_move(ticket: Ticket, action: TicketAction) -> None:
    """Move a ticket as the table of states says; keep its moments true."""
    before, now = TicketState(ticket.state), clock.now()
    target = move(before, action)
    ticket.state = target.value
    if target is not before:
        ticket.resolved_at = (
            now
            if target is TicketState.RESOLVED
            else (ticket.resolved_at if target in (TicketState.CLOSED, TicketState.MERGED) else None)
        )
        ticket.closed_at = now if target in (TicketState.CLOSED, TicketState.MERGED) else None
    _promise(ticket, action, now)


_ASKS_AGAIN = (TicketAction.ASKER_WRITES, TicketAction.REOPEN)
_ENDS_WAITING = (TicketAction.WAIT, TicketAction.RESOLVE, TicketAction.CLOSE, TicketAction.CLOSE_SILENT)


def _promise(ticket: Ticket, action: TicketAction, now: datetime.datetime) -> None:
    """Promise another answer where the asker comes back after one; a promise that stands is not put off by more words.

    That the first answer is awaited, only an answer ends: it is what was promised to whoever asked.
    """
    if action is TicketAction.ANSWER:
        ticket.awaited_since = None
    elif ticket.first_answered_at is None:
        return
    elif action in _ENDS_WAITING:
        ticket.awaited_since = None
    elif action in _ASKS_AGAIN and ticket.awaited_since is None:
        ticket.awaited_since, ticket.answer_due = now, answer_due(now, ticket.priority)


def note_event(session: Session, ticket: Ticket, actor: Actor, what: str, **detail: Any) -> None:
    """Write what happened into the ticket's history and the audit log; `detail` holds values, never text."""
    session.add(
        TicketEvent(ticket_id=ticket.id, occurred_at=clock.now(), actor_id=actor.user_id, what=what, detail=detail)
    )
    audit.note(session, actor.audit_name, f"ticket_{what}", f"ticket:{ticket.number}", detail)
    if what in NEWS:
        record(session, TicketChanged(ticket.id, what, actor.user_id))


def new_message(
    ticket: Ticket,
    direction: Direction,
    actor: Actor,
    body: str,
    language: str,
    *,
    quoted: str = "",
    mail_id: str | None = None,
    moment: datetime.datetime | None = None,
) -> Message:
    """Put a message into a ticket; `EmptyMessageError` where it says nothing."""
    if not body.strip():
        raise EmptyMessageError("The message is empty. Write a word, or attach the file again with one.")
    message = Message(
        direction=direction.value,
        author_id=actor.user_id,
        author_name=actor.name[:120],
        language=language,
        body=body.strip(),
        quoted=quoted,
        mail_id=mail_id,
        created_at=moment or clock.now(),
    )
    ticket.messages.append(message)
    return message


def find_ticket(session: Session, number: str) -> Ticket:
    """Return the ticket of a number; `UnknownTicketError` where there is none."""
    ticket = session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None:
        raise UnknownTicketError("No ticket has this number. Check it in the queue.")
    return ticket
