"""Working together on a ticket: assigning, handing over, another route, experts, merging, seeing each other."""

import datetime
from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.change_operations import Actor, begin_change, make_move, new_message, note_event
from mpdi.helpdesk.fact_operations import recompute_promise
from mpdi.helpdesk.mail.mail_language import guess_language
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.models import ExpertRequest, Message, Ticket, TicketPresence, TicketReference
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import Direction, Route, TicketState
from mpdi.helpdesk.word_operations import note_words

_DONE = (TicketState.RESOLVED, TicketState.CLOSED)
_ANSWERED = (*_DONE, TicketState.WAITING_FOR_ASKER)
PRESENCE = datetime.timedelta(seconds=60)
"""How long somebody counts as having a ticket open after the page last said so."""


class DifferentAskersError(MpdiError):
    """Two tickets of different askers were to become one: each would read the other's words."""


class MergeIntoItselfError(MpdiError):
    """A ticket was to be merged into itself, or into one that is itself merged."""


class MergeNotConfirmedError(MpdiError):
    """A ticket was to be merged, which cannot be undone, and nobody confirmed it."""


class TicketMergedError(MpdiError):
    """A merged ticket was to be given to somebody or sent elsewhere: what is left to do stands in the one that took it in."""


class NotAskedError(MpdiError):
    """Somebody answers as an expert who was not asked, or has answered already."""


def assign(session: Session, ticket: Ticket, by: Actor, assignee: User | None, expected: int | None) -> None:
    """Give a ticket to a facilitator, or to nobody."""
    ticket = _begin_unless_merged(session, ticket, expected)
    make_move(ticket, TicketAction.ASSIGN)
    before, ticket.assignee_id = ticket.assignee_id, assignee.id if assignee else None
    note_event(session, ticket, by, "assigned", before=before, after=ticket.assignee_id)
    session.flush()


def hand_over(session: Session, ticket: Ticket, by: Actor, assignee: User, note: str, expected: int | None) -> None:
    """Give a ticket to another facilitator with a note that says what the next one must know."""
    ticket = _begin_unless_merged(session, ticket, expected)
    make_move(ticket, TicketAction.ASSIGN)
    new_message(ticket, Direction.NOTE, by, note, guess_language(note, ticket.language))
    before, ticket.assignee_id = ticket.assignee_id, assignee.id
    note_event(session, ticket, by, "handed_over", before=before, after=assignee.id)
    session.flush()


def reroute(session: Session, ticket: Ticket, by: Actor, route: Route, expected: int | None, note: str = "") -> None:
    """Send a ticket to the body that should answer it, with what it must know; counted as `rerouted`. There it is nobody's yet."""
    before = Route(ticket.route)
    if before is route:
        return
    ticket = _begin_unless_merged(session, ticket, expected)
    if note.strip():
        new_message(ticket, Direction.NOTE, by, note, guess_language(note, ticket.language))
    ticket.route, ticket.assignee_id = route.value, None
    recompute_promise(ticket)
    note_event(
        session, ticket, by, "rerouted", before=before.value, after=route.value, suggested=ticket.suggested_route
    )
    session.flush()


def _begin_unless_merged(session: Session, ticket: Ticket, expected: int | None) -> Ticket:
    """Begin a change of who answers; `TicketMergedError` where that is no longer asked of this ticket."""
    ticket = begin_change(session, ticket, expected)
    if TicketState(ticket.state) is TicketState.MERGED:
        raise TicketMergedError("This ticket was merged into another. Open the one that took it in.")
    return ticket


def ask_expert(
    session: Session,
    ticket: Ticket,
    by: Actor,
    expert: User,
    question: str,
    expected: int | None,
) -> ExpertRequest:
    """Ask an expert or a legal reviewer; the question stands among the notes too."""
    ticket = begin_change(session, ticket, expected)
    make_move(ticket, TicketAction.ASK_EXPERT)
    message = new_message(ticket, Direction.NOTE, by, question, guess_language(question, ticket.language))
    request = ExpertRequest(ticket_id=ticket.id, expert_id=expert.id, question=question.strip(), asked_at=clock.now())
    session.add(request)
    session.flush()
    note_event(session, ticket, by, "expert_asked", expert=expert.id, message=message.id)
    session.flush()
    return request


def answer_as_expert(
    session: Session,
    ticket: Ticket,
    by: Actor,
    body: str,
    language: str,
    expected: int | None,
) -> Message:
    """Answer what one was asked: a note for the facilitator. `NotAskedError` where nothing is open for this user."""
    ticket = begin_change(session, ticket, expected)
    waiting = session.scalars(
        select(ExpertRequest).where(
            ExpertRequest.ticket_id == ticket.id,
            ExpertRequest.expert_id == by.user_id,
            ExpertRequest.answered_at.is_(None),
        )
    ).all()
    if not waiting:
        raise NotAskedError("No question to you is open on this ticket: it may have been answered already.")
    for request in waiting:
        request.answered_at = clock.now()
    message = new_message(ticket, Direction.NOTE, by, body, language)
    session.flush()
    if not _is_expert_awaited(session, ticket):
        make_move(ticket, TicketAction.EXPERT_ANSWERS)
    note_event(session, ticket, by, "expert_answered", message=message.id)
    session.flush()
    return message


def _is_expert_awaited(session: Session, ticket: Ticket) -> bool:
    open_requests = select(func.count(ExpertRequest.id)).where(
        ExpertRequest.ticket_id == ticket.id, ExpertRequest.answered_at.is_(None)
    )
    return bool(session.scalar(open_requests))


def merge(session: Session, ticket: Ticket, by: Actor, into: Ticket, expected: int | None) -> Ticket:
    """Make a ticket part of another of the same asker: messages, references and questions to experts go along.

    The private link of the first then shows the second, and the asker is told by mail. Return that one.
    """
    if into.id == ticket.id or TicketState(into.state) is TicketState.MERGED:
        raise MergeIntoItselfError("Choose another ticket to merge into, one that is not merged itself.")
    for each in sorted((ticket, into), key=lambda item: item.id):  # one order of locks: two never wait in a ring
        begin_change(session, each, expected if each is ticket else None)
    if not _same_asker(ticket, into):
        raise DifferentAskersError(
            "These tickets have different askers: each would read the other's messages. Link them instead."
        )
    was_answered = TicketState(ticket.state) in _ANSWERED
    make_move(ticket, TicketAction.MERGE)
    ticket.merged_into_id = into.id
    _keep_urgency(ticket, into, was_answered)
    _move_along(session, ticket, into)
    for each, what in ((ticket, "merged"), (into, "took_in")):
        note_event(session, each, by, what, merged=ticket.number, into=into.number)
    session.flush()
    session.expire_all()
    _tell_of_merge(session, ticket, into)
    return into


def _tell_of_merge(session: Session, ticket: Ticket, into: Ticket) -> None:
    if not ticket.asker_email or ticket.anonymised_at is not None or not into.messages:
        return
    subject, body = mail_text(
        "merged", into.language, subject=into.subject, number=ticket.number, into=into.number, into_subject=into.subject
    )
    language = language_of_reader(into.language)
    want_automatic(session, ticket.asker_email, subject, body, language, message=into.messages[-1])


def _keep_urgency(ticket: Ticket, into: Ticket, was_answered: bool) -> None:
    """Make the second as urgent as the first: pilot, deadline, promise; it is open again for an answer the first waits for.

    When it was first answered stays: that is what happened, and reports count it.
    """
    into.is_pilot = into.is_pilot or ticket.is_pilot
    into.tender_deadline = min(filter(None, (into.tender_deadline, ticket.tender_deadline)), default=None)
    into.priority = min(into.priority, ticket.priority)
    if was_answered:
        return
    was_awaited = into.awaited_since is not None
    if TicketState(into.state) in _DONE:
        make_move(into, TicketAction.REOPEN)
    elif TicketState(into.state) is TicketState.WAITING_FOR_ASKER:
        make_move(into, TicketAction.ASKER_WRITES)
    if ticket.awaited_since is not None:
        awaited = [ticket, into] if was_awaited else [ticket]
        into.awaited_since = min(clock.aware(each.awaited_since) for each in awaited if each.awaited_since)
        into.answer_due = min((clock.aware(each.answer_due) for each in awaited if each.answer_due), default=None)


def _same_asker(one: Ticket, other: Ticket) -> bool:
    if one.asker_id is not None and one.asker_id == other.asker_id:
        return True
    return bool(one.asker_email) and one.asker_email.casefold() == other.asker_email.casefold()


def _move_along(session: Session, ticket: Ticket, into: Ticket) -> None:
    session.flush()
    for kind in (Message, ExpertRequest):
        session.execute(
            update(kind)
            .where(kind.ticket_id == ticket.id)
            .values(ticket_id=into.id)
            .execution_options(synchronize_session=False)
        )
    note_words(session, (ticket.id, into.id))
    known = {item.reference for item in into.references}
    session.add_all(
        TicketReference(ticket_id=into.id, reference=item.reference)
        for item in ticket.references
        if item.reference not in known
    )


def note_presence(session: Session, ticket_id: int, user_id: int) -> None:
    """Remember that somebody has a ticket open now."""
    mine = (TicketPresence.ticket_id == ticket_id, TicketPresence.user_id == user_id)
    seen = session.execute(update(TicketPresence).where(*mine).values(seen_at=clock.now()))
    if seen.rowcount:  # type: ignore[attr-defined]
        return
    try:
        with session.begin_nested():
            session.add(TicketPresence(ticket_id=ticket_id, user_id=user_id, seen_at=clock.now()))
    except IntegrityError:
        return  # two windows of the same person opened it at the same moment: the other wrote it


def others_present(session: Session, ticket_id: int, user_id: int) -> Sequence[User]:
    """Return who else has a ticket open."""
    rows = session.scalars(
        select(TicketPresence)
        .where(
            TicketPresence.ticket_id == ticket_id,
            TicketPresence.user_id != user_id,
            TicketPresence.seen_at >= clock.now() - PRESENCE,
        )
        .order_by(TicketPresence.id)
    )
    return [row.user for row in rows]
