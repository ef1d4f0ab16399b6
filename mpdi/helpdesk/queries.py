"""Reading tickets: the queue in few statements, one ticket whole, what somebody may see of them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, selectinload

from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role, Subject
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.models import (
    Attachment,
    ExpertRequest,
    Message,
    OutgoingMail,
    ReadyAnswer,
    Ticket,
    TicketEvent,
)
from mpdi.helpdesk.operations import token_hash
from mpdi.helpdesk.private_links import opens, ticket_id_in
from mpdi.helpdesk.vocabulary import Direction, Route, TicketState


def subject_of_rights(session: Session, ticket: Ticket) -> Subject:
    """Return a ticket as the table of rights knows it: workers are its assignee and the experts asked."""
    experts = session.scalars(select(ExpertRequest.expert_id).where(ExpertRequest.ticket_id == ticket.id)).all()
    return Subject(
        owner_ids=frozenset(filter(None, (ticket.asker_id,))),
        authority_id=ticket.authority_id,
        route=ticket.route,
        worker_ids=frozenset((*filter(None, (ticket.assignee_id,)), *experts)),
    )


def ticket_whole(session: Session, number: str) -> Ticket:
    """Return a ticket with its messages, their files and its references; `UnknownTicketError` where there is none."""
    return _whole(session, Ticket.number == number)


def ticket_behind(session: Session, token: str, secret_key: str) -> Ticket:
    """Return the ticket of a private link, the first or the second; a merged one's shows the ticket that took it in."""
    ticket_id = ticket_id_in(token)
    ticket = _whole(session, Ticket.token_hash == token_hash(token) if ticket_id is None else Ticket.id == ticket_id)
    if ticket_id is not None and not opens(token, ticket.id, ticket.token_hash, secret_key):
        raise UnknownTicketError("There is no such ticket. Check that the link is whole.")
    while TicketState(ticket.state) is TicketState.MERGED and ticket.merged_into_id is not None:
        ticket = _whole(session, Ticket.id == ticket.merged_into_id)
    return ticket


def _whole(session: Session, which: ColumnElement[bool]) -> Ticket:
    query = (
        select(Ticket)
        .where(which)
        .options(
            selectinload(Ticket.messages).selectinload(Message.attachments),
            selectinload(Ticket.references),
            selectinload(Ticket.assignee),
        )
    )
    ticket = session.scalar(query)
    if ticket is None:
        raise UnknownTicketError("There is no such ticket. Check the number, or that the link is whole.")
    return ticket


def file_of(session: Session, ticket: Ticket, file_id: int) -> tuple[Attachment, Message]:
    """Return a file of a ticket with its message; `UnknownTicketError` where it is none of this ticket's."""
    row = session.execute(
        select(Attachment, Message)
        .join(Message, Message.id == Attachment.message_id)
        .where(Attachment.id == file_id, Message.ticket_id == ticket.id)
    ).one_or_none()
    if row is None:
        raise UnknownTicketError("This ticket has no such file.")
    return row[0], row[1]


def history(session: Session, ticket: Ticket) -> Sequence[Row[Any]]:
    """Return what happened to a ticket, newest first: event and the name of who did it."""
    return session.execute(
        select(TicketEvent, User.name)
        .outerjoin(User, User.id == TicketEvent.actor_id)
        .where(TicketEvent.ticket_id == ticket.id)
        .order_by(TicketEvent.id.desc())
    ).all()


def expert_requests(session: Session, ticket: Ticket) -> Sequence[ExpertRequest]:
    """Return who was asked about a ticket, in order."""
    return session.scalars(
        select(ExpertRequest).where(ExpertRequest.ticket_id == ticket.id).order_by(ExpertRequest.id)
    ).all()


def expert_parts(session: Session, ticket: Ticket) -> dict[int, str]:
    """Return, by message, what is a question to an expert (`asked`) or an expert's answer (`answered`)."""
    questions = {request.question for request in expert_requests(session, ticket)}
    tickets = select(Ticket.id).where(or_(Ticket.id == ticket.id, Ticket.merged_into_id == ticket.id))
    events = session.execute(
        select(TicketEvent.what, TicketEvent.detail).where(
            TicketEvent.what.in_(("expert_asked", "expert_answered")), TicketEvent.ticket_id.in_(tickets)
        )
    )
    named = {detail.get("message"): what.removeprefix("expert_") for what, detail in events}
    notes = [item for item in ticket.messages if item.direction == Direction.NOTE.value]
    # Questions asked before their message was noted are known by their words, until these are forgotten.
    asked = {item.id: "asked" for item in notes if item.body and item.body in questions}
    return asked | {item.id: named[item.id] for item in notes if item.id in named}


def closing_parts(session: Session, ticket: Ticket) -> dict[int, str]:
    """Return, by message, what says why a question was closed without an answer (`closed`)."""
    tickets = select(Ticket.id).where(or_(Ticket.id == ticket.id, Ticket.merged_into_id == ticket.id))
    details = session.scalars(
        select(TicketEvent.detail).where(TicketEvent.what == "closed", TicketEvent.ticket_id.in_(tickets))
    )
    return {detail["message"]: "closed" for detail in details if "message" in detail}


def joined_numbers(session: Session, ticket: Ticket) -> Sequence[str]:
    """Return the numbers of the tickets that were merged into one, in order."""
    return session.scalars(select(Ticket.number).where(Ticket.merged_into_id == ticket.id).order_by(Ticket.id)).all()


def asked_of(session: Session, user_id: int) -> Sequence[Row[Any]]:
    """Return the open questions to an expert, oldest first: request and ticket."""
    return session.execute(
        select(ExpertRequest, Ticket)
        .join(Ticket, Ticket.id == ExpertRequest.ticket_id)
        .where(ExpertRequest.expert_id == user_id, ExpertRequest.answered_at.is_(None))
        .order_by(ExpertRequest.id)
        .limit(200)
    ).all()


def asked_by(session: Session, user_id: int) -> Sequence[Ticket]:
    """Return the questions of somebody with an account, newest first."""
    return session.scalars(select(Ticket).where(Ticket.asker_id == user_id).order_by(Ticket.id.desc()).limit(200)).all()


def names_with(session: Session, *roles: Role) -> Sequence[Row[Any]]:
    """Return number and name of the active users that hold one of these roles."""
    return session.execute(
        select(User.id, User.name)
        .where(User.id.in_(holders(*roles)), User.is_active.is_(True))
        .order_by(User.name, User.id)
    ).all()


def holder(session: Session, user_id: int, *roles: Role) -> User | None:
    """Return an active user who holds one of these roles; None for anybody else."""
    return session.scalar(
        select(User).where(User.id == user_id, User.id.in_(holders(*roles)), User.is_active.is_(True))
    )


def holders(*roles: Role) -> Select[tuple[int]]:
    """Return the query for the users that hold one of these roles."""
    return select(RoleGrant.user_id).where(RoleGrant.role.in_([role.value for role in roles]))


def ready_answers(session: Session, route: Route | None = None) -> Sequence[ReadyAnswer]:
    """Return the ready answers, those of one route and of all routes where one is given."""
    query = select(ReadyAnswer).order_by(ReadyAnswer.title_fr, ReadyAnswer.id)
    if route is not None:
        query = query.where(or_(ReadyAnswer.route.is_(None), ReadyAnswer.route == route.value))
    return session.scalars(query).all()


def mail_states(session: Session, ticket: Ticket) -> dict[int, str]:
    """Return, by message, what became of the mail that carried it."""
    rows = session.execute(
        select(OutgoingMail.message_id, OutgoingMail.state)
        .join(Message, Message.id == OutgoingMail.message_id)
        .where(Message.ticket_id == ticket.id, Message.direction == Direction.OUTGOING.value)
        .order_by(OutgoingMail.id)
    )
    return {row.message_id: row.state for row in rows}


def asked_by_person(session: Session, email: str, user_id: int | None) -> Sequence[Ticket]:
    """Return the tickets of an address and of its account, oldest first."""
    asked = [func.lower(Ticket.asker_email) == email.strip().lower()]
    asked += [Ticket.asker_id == user_id] if user_id is not None else []
    return session.scalars(select(Ticket).where(or_(*asked)).order_by(Ticket.id)).all()
