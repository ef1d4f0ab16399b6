"""What somebody sent to another body and nobody there has worked on yet: shown to who sent it, and taken back."""

import datetime
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mpdi import clock
from mpdi.accounts.roles import Action, Person, may
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.change_operations import Actor, begin_change, note_event
from mpdi.helpdesk.fact_operations import recompute_promise
from mpdi.helpdesk.models import Ticket, TicketEvent
from mpdi.helpdesk.queries import subject_of_rights
from mpdi.helpdesk.vocabulary import TicketState

_DONE = tuple(state.value for state in (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED))
_LATELY = datetime.timedelta(days=14)
_MOST_SHOWN = 10


class NotToTakeBackError(MpdiError):
    """A ticket was to be taken back by who did not send it, or on which somebody there has worked since."""


@dataclass(frozen=True)
class SentOn:
    """A ticket that its sender no longer sees: no word of it but its subject, which the sender has read."""

    number: str
    subject: str
    language: str
    route: str


def sent_on(session: Session, person: Person) -> list[SentOn]:
    """Return what a person sent out of her own sight lately and nobody there has worked on, the newest first."""
    query = (
        select(Ticket)
        .join(TicketEvent, TicketEvent.ticket_id == Ticket.id)
        .where(*_sent_by(person.user_id), Ticket.state.not_in(_DONE), Ticket.anonymised_at.is_(None))
        .order_by(TicketEvent.id.desc())
        .limit(_MOST_SHOWN)
    )
    found = [
        ticket
        for ticket in session.scalars(query)
        if not may(person, Action.WORK_ON_TICKET, replace(subject_of_rights(session, ticket), owner_ids=frozenset()))
    ]
    return [SentOn(ticket.number, ticket.subject, ticket.language, ticket.route) for ticket in found]


def take_back(session: Session, number: str, person: Person, by: Actor) -> Ticket:
    """Undo sending a ticket to another body: it comes back as it was, to who had it. `NotToTakeBackError`.

    The table of rights is asked about the ticket as it stood when it was sent.
    """
    ticket = session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None:
        raise NotToTakeBackError("There is nothing to take back.")
    ticket = begin_change(session, ticket, None)
    event = session.scalar(select(TicketEvent).where(TicketEvent.ticket_id == ticket.id, *_sent_by(by.user_id)))
    if event is None or ticket.state in _DONE:
        raise NotToTakeBackError("Somebody has worked on this ticket meanwhile, or it was not you who sent it.")
    before = str(event.detail["before"])
    subject = replace(subject_of_rights(session, ticket), owner_ids=frozenset(), route=before)
    if not may(person, Action.REROUTE_TICKET, subject):
        raise NotToTakeBackError("This ticket was not yours to send.")
    sent_to, ticket.route = ticket.route, before
    ticket.assignee_id = by.user_id if _had(session, ticket, event) == by.user_id else None
    recompute_promise(ticket)
    note_event(session, ticket, by, "rerouted", before=sent_to, after=before, suggested=ticket.suggested_route)
    session.flush()
    return ticket


def _sent_by(user_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """Which events are a sending of somebody that nothing but its asker and itself followed."""
    later = aliased(TicketEvent)
    asker = select(Ticket.asker_id).where(Ticket.id == later.ticket_id).scalar_subquery()
    by_others = and_(later.actor_id.is_not(None), later.actor_id != user_id, later.actor_id != func.coalesce(asker, 0))
    is_followed = exists().where(
        later.ticket_id == TicketEvent.ticket_id,
        later.id > TicketEvent.id,
        or_(later.what == "rerouted", by_others),
    )
    return (
        TicketEvent.what == "rerouted",
        TicketEvent.actor_id == user_id,
        TicketEvent.occurred_at >= clock.now() - _LATELY,
        ~is_followed,
    )


def _had(session: Session, ticket: Ticket, sending: TicketEvent) -> int | None:
    """Return whose the ticket was when it was sent."""
    last = session.scalar(
        select(TicketEvent)
        .where(
            TicketEvent.ticket_id == ticket.id,
            TicketEvent.id < sending.id,
            TicketEvent.what.in_(("assigned", "handed_over", "rerouted")),
        )
        .order_by(TicketEvent.id.desc())
        .limit(1)
    )
    return last.detail.get("after") if last is not None and last.what != "rerouted" else None
