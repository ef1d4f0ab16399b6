"""Reading tickets: the queue in few statements, one ticket whole, what somebody may see of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, selectinload

from mpdi import clock
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import PERMISSIONS, Action, Person, Role, Scope, Subject
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.models import (
    Attachment,
    ExpertRequest,
    Message,
    OutgoingMail,
    ReadyAnswer,
    SavedView,
    Ticket,
    TicketEvent,
)
from mpdi.helpdesk.operations import token_hash
from mpdi.helpdesk.queue_filter import Due, QueueFilter, Sort
from mpdi.helpdesk.vocabulary import Direction, Route, TicketState
from mpdi.helpdesk.working_days import add_working_hours, service_levels

PAGE_SIZE = 50
_NOT_DONE = tuple(state.value for state in TicketState if state not in (
    TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED))


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue: rows (`Ticket` columns and the assignee's name), and how many the filter finds in all."""

    rows: Sequence[Row[Any]]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE_SIZE))


def subject_of_rights(session: Session, ticket: Ticket) -> Subject:
    """Return a ticket as the table of rights knows it: workers are its assignee and the experts asked."""
    experts = session.scalars(select(ExpertRequest.expert_id).where(ExpertRequest.ticket_id == ticket.id)).all()
    return Subject(
        owner_ids=frozenset(filter(None, (ticket.asker_id,))), authority_id=ticket.authority_id, route=ticket.route,
        worker_ids=frozenset((*filter(None, (ticket.assignee_id,)), *experts)),
    )


def visible_to(person: Person, action: Action = Action.SEE_QUEUE) -> ColumnElement[bool]:
    """Return the condition for the tickets that a person may see in the queue: the table of rights as SQL."""
    conditions: list[ColumnElement[bool]] = []
    for grant in person.roles:
        match PERMISSIONS[action][grant.role]:
            case Scope.ALL:
                return true()
            case Scope.THEME:
                if grant.route is None:
                    return true()
                conditions.append(Ticket.route == grant.route)
            case _:
                continue
    if not conditions or person.user_id is None:
        return false()
    asked = exists().where(ExpertRequest.ticket_id == Ticket.id, ExpertRequest.expert_id == person.user_id)
    return or_(*conditions, Ticket.assignee_id == person.user_id, asked)


def queue(session: Session, person: Person, asked: QueueFilter) -> QueuePage:
    """Return a page of the queue, in one statement."""
    found = and_(visible_to(person), *_conditions(person, asked))
    total = select(func.count(Ticket.id)).where(found).scalar_subquery()
    query = (
        select(*_COLUMNS, total.label("total"))
        .outerjoin(User, User.id == Ticket.assignee_id).where(found)
        .order_by(*_order(asked.sort)).limit(PAGE_SIZE).offset((asked.page - 1) * PAGE_SIZE)
    )
    rows = session.execute(query).all()
    return QueuePage(rows, rows[0].total if rows else 0)


_COLUMNS = (
    Ticket.id, Ticket.number, Ticket.revision, Ticket.kind, Ticket.state, Ticket.subject, Ticket.language, Ticket.route,
    Ticket.priority, Ticket.is_pilot, Ticket.authority_name, Ticket.asker_kind, Ticket.created_at, Ticket.changed_at,
    Ticket.answer_due, Ticket.first_answered_at, Ticket.tender_deadline, Ticket.assignee_id,
    User.name.label("assignee_name"),
)


def _conditions(person: Person, asked: QueueFilter) -> list[ColumnElement[bool]]:
    columns = {
        "state": Ticket.state, "route": Ticket.route, "nature": Ticket.question_nature, "category": Ticket.category,
        "language": Ticket.language, "kind": Ticket.kind, "door": Ticket.asker_kind,
    }
    made = [columns[name].in_(values) for name, values in asked.chosen.items() if values and name in columns]
    if not asked.chosen.get("state") and not asked.with_done:
        made.append(Ticket.state.in_(_NOT_DONE))
    if asked.chosen.get("obstacle"):
        made.append(or_(*(_holds_obstacle(code) for code in asked.chosen["obstacle"])))
    if asked.is_pilot:
        made.append(Ticket.is_pilot.is_(True))
    if asked.assignee == "none":
        made.append(Ticket.assignee_id.is_(None))
    elif asked.assignee is not None:
        made.append(Ticket.assignee_id == (person.user_id if asked.assignee == "me" else int(asked.assignee)))
    if asked.due is not None:
        made.append(_is_due(asked.due))
    return made + [_says(word) for word in asked.words]


def _holds_obstacle(code: str) -> ColumnElement[bool]:
    """A code inside the stored list; codes are of a closed list, and none is part of another."""
    return cast(Ticket.obstacles, Text).contains(f'"{code}"')


def _is_due(due: Due) -> ColumnElement[bool]:
    now = clock.now()
    awaited = and_(Ticket.first_answered_at.is_(None), Ticket.answer_due.is_not(None))
    if due is Due.OVERDUE:
        return and_(awaited, Ticket.answer_due < now)
    return and_(awaited, Ticket.answer_due < add_working_hours(now, service_levels().hours_a_day))


def _says(word: str) -> ColumnElement[bool]:
    in_message = exists().where(Message.ticket_id == Ticket.id, Message.body.icontains(word, autoescape=True))
    return or_(
        Ticket.subject.icontains(word, autoescape=True), Ticket.number.icontains(word, autoescape=True),
        Ticket.authority_name.icontains(word, autoescape=True), in_message)


def _order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    match sort:
        case Sort.NEWEST:
            return (Ticket.created_at.desc(), Ticket.id.desc())
        case Sort.OLDEST:
            return (Ticket.created_at, Ticket.id)
        case Sort.CHANGED:
            return (Ticket.changed_at.desc(), Ticket.id.desc())
        case Sort.PRIORITY:
            is_answered = case((Ticket.first_answered_at.is_(None), 0), else_=1)
            return (is_answered, Ticket.priority, Ticket.answer_due, Ticket.id)


def ticket_whole(session: Session, number: str) -> Ticket:
    """Return a ticket with its messages, their files and its references; `UnknownTicketError` where there is none."""
    return _whole(session, Ticket.number == number)


def ticket_behind(session: Session, token: str) -> Ticket:
    """Return the ticket of a private link; that of a merged one shows the ticket that took it in."""
    ticket = _whole(session, Ticket.token_hash == token_hash(token))
    while TicketState(ticket.state) is TicketState.MERGED and ticket.merged_into_id is not None:
        ticket = _whole(session, Ticket.id == ticket.merged_into_id)
    return ticket


def _whole(session: Session, which: ColumnElement[bool]) -> Ticket:
    query = select(Ticket).where(which).options(
        selectinload(Ticket.messages).selectinload(Message.attachments), selectinload(Ticket.references),
        selectinload(Ticket.assignee))
    ticket = session.scalar(query)
    if ticket is None:
        raise UnknownTicketError("There is no such ticket. Check the number, or that the link is whole.")
    return ticket


def file_of(session: Session, ticket: Ticket, file_id: int) -> tuple[Attachment, Message]:
    """Return a file of a ticket with its message; `UnknownTicketError` where it is none of this ticket's."""
    row = session.execute(
        select(Attachment, Message).join(Message, Message.id == Attachment.message_id)
        .where(Attachment.id == file_id, Message.ticket_id == ticket.id)).one_or_none()
    if row is None:
        raise UnknownTicketError("This ticket has no such file.")
    return row[0], row[1]


def history(session: Session, ticket: Ticket) -> Sequence[Row[Any]]:
    """Return what happened to a ticket, newest first: event and the name of who did it."""
    return session.execute(
        select(TicketEvent, User.name).outerjoin(User, User.id == TicketEvent.actor_id)
        .where(TicketEvent.ticket_id == ticket.id).order_by(TicketEvent.id.desc())).all()


def expert_requests(session: Session, ticket: Ticket) -> Sequence[ExpertRequest]:
    """Return who was asked about a ticket, in order."""
    return session.scalars(
        select(ExpertRequest).where(ExpertRequest.ticket_id == ticket.id).order_by(ExpertRequest.id)).all()


def asked_of(session: Session, user_id: int) -> Sequence[Row[Any]]:
    """Return the open questions to an expert, oldest first: request and ticket."""
    return session.execute(
        select(ExpertRequest, Ticket).join(Ticket, Ticket.id == ExpertRequest.ticket_id)
        .where(ExpertRequest.expert_id == user_id, ExpertRequest.answered_at.is_(None))
        .order_by(ExpertRequest.id).limit(200)).all()


def asked_by(session: Session, user_id: int) -> Sequence[Ticket]:
    """Return the questions of somebody with an account, newest first."""
    return session.scalars(
        select(Ticket).where(Ticket.asker_id == user_id).order_by(Ticket.id.desc()).limit(200)).all()


def names_with(session: Session, *roles: Role) -> Sequence[Row[Any]]:
    """Return number and name of the active users that hold one of these roles."""
    return session.execute(
        select(User.id, User.name).where(User.id.in_(_holders(*roles)), User.is_active.is_(True))
        .order_by(User.name, User.id)).all()


def holder(session: Session, user_id: int, *roles: Role) -> User | None:
    """Return an active user who holds one of these roles; None for anybody else."""
    return session.scalar(
        select(User).where(User.id == user_id, User.id.in_(_holders(*roles)), User.is_active.is_(True)))


def chosen_tickets(session: Session, person: Person, numbers: Sequence[str]) -> Sequence[Ticket]:
    """Return those of the numbered tickets that a person may see in the queue, by id: one order of locks."""
    return session.scalars(
        select(Ticket).where(Ticket.number.in_(numbers), visible_to(person)).order_by(Ticket.id)).all()


@dataclass(frozen=True)
class QueueFrame:
    """What stands around the queue: the views somebody keeps, and who can be given a ticket."""

    views: tuple[tuple[int, str, dict[str, Any]], ...]
    people: tuple[tuple[int, str], ...]


def queue_frame(session: Session, user_id: int) -> QueueFrame:
    """Return the saved views and the names of all who work on tickets, in one statement."""
    views = select(literal("view").label("what"), SavedView.id, SavedView.name, cast(SavedView.filters, Text)).where(
        SavedView.user_id == user_id)
    people = select(literal("user"), User.id, User.name, literal("{}")).where(
        User.id.in_(_holders(Role.FACILITATOR, Role.COORDINATOR)), User.is_active.is_(True))
    rows = sorted(session.execute(union_all(views, people)).all(), key=lambda row: (row[2].casefold(), row[1]))
    return QueueFrame(
        tuple((row[1], row[2], json.loads(row[3])) for row in rows if row[0] == "view"),
        tuple((row[1], row[2]) for row in rows if row[0] == "user"))


def _holders(*roles: Role) -> Select[tuple[int]]:
    return select(RoleGrant.user_id).where(RoleGrant.role.in_([role.value for role in roles]))


def ready_answers(session: Session, route: Route | None = None) -> Sequence[ReadyAnswer]:
    """Return the ready answers, those of one route and of all routes where one is given."""
    query = select(ReadyAnswer).order_by(ReadyAnswer.title_fr, ReadyAnswer.id)
    if route is not None:
        query = query.where(or_(ReadyAnswer.route.is_(None), ReadyAnswer.route == route.value))
    return session.scalars(query).all()


def others_of_asker(session: Session, ticket: Ticket) -> Sequence[Ticket]:
    """Return the other tickets of the same asker, newest first: those that it can be merged into."""
    same = [Ticket.asker_id == ticket.asker_id] if ticket.asker_id is not None else []
    if ticket.asker_email:
        same.append(func.lower(Ticket.asker_email) == ticket.asker_email.lower())
    if not same:
        return []
    return session.scalars(
        select(Ticket).where(or_(*same), Ticket.id != ticket.id, Ticket.state != TicketState.MERGED.value)
        .order_by(Ticket.id.desc()).limit(20)).all()


def mail_states(session: Session, ticket: Ticket) -> dict[int, str]:
    """Return, by message, what became of the mail that carried it."""
    rows = session.execute(
        select(OutgoingMail.message_id, OutgoingMail.state).join(Message, Message.id == OutgoingMail.message_id)
        .where(Message.ticket_id == ticket.id, Message.direction == Direction.OUTGOING.value).order_by(OutgoingMail.id)
    )
    return {row.message_id: row.state for row in rows}


def asked_by_person(session: Session, email: str, user_id: int | None) -> Sequence[Ticket]:
    """Return the tickets of an address and of its account, oldest first."""
    asked = [func.lower(Ticket.asker_email) == email.strip().lower()]
    asked += [Ticket.asker_id == user_id] if user_id is not None else []
    return session.scalars(select(Ticket).where(or_(*asked)).order_by(Ticket.id)).all()


def similar(session: Session, person: Person, ticket: Ticket, limit: int = 5) -> Sequence[Row[Any]]:
    """Return number, subject and state of tickets that say the same words in their subject, most words first."""
    words = sorted({word for word in ticket.subject.casefold().split() if len(word) >= _TELLING}, key=len)[-_MOST_TELLING:]
    if not words:
        return []
    rows = session.execute(
        select(Ticket.number, Ticket.subject, Ticket.state, Ticket.language)
        .where(Ticket.id != ticket.id, visible_to(person), Ticket.state != TicketState.MERGED.value,
               or_(*(Ticket.subject.icontains(word, autoescape=True) for word in words)))
        .order_by(Ticket.id.desc()).limit(200)).all()
    shared = [(sum(word in row.subject.casefold() for word in words), row) for row in rows]
    return [row for count, row in sorted(shared, key=lambda pair: -pair[0]) if count >= min(2, len(words))][:limit]


_TELLING, _MOST_TELLING = 5, 6
