"""Reading the queue in few statements: the tickets a person may see, filtered and in order, and what stands around them."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.authorities import register
from mpdi.accounts.models import User
from mpdi.accounts.roles import PERMISSIONS, Action, Person, Role, Scope
from mpdi.helpdesk.models import HAS_OBSTACLES, ExpertRequest, OutgoingMail, SavedView, Ticket
from mpdi.helpdesk.queries import holders
from mpdi.helpdesk.queue_filter import Due, QueueFilter, Sort
from mpdi.helpdesk.vocabulary import MailState, TicketState
from mpdi.helpdesk.word_operations import cut
from mpdi.helpdesk.word_queries import WordCondition, holding
from mpdi.helpdesk.working_days import add_working_hours, service_levels

PAGE_SIZE = 50
MOST_COUNTED = 500
MOST_OF_PERSON = 20
"""Where a word stands in very many tickets, they are counted up to here: nobody turns so many pages."""
_DONE = (TicketState.RESOLVED.value, TicketState.CLOSED.value, TicketState.MERGED.value)
_NOT_DONE = tuple(state.value for state in TicketState if state.value not in _DONE)


class Way(Enum):
    """What a condition is for: the same tickets, found by another index."""

    COUNTING = auto()
    PAGING = auto()


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue: rows (`Ticket` columns and the assignee's name), and how many the filter finds in all.

    `are_more`: there are more than `total`, which were not counted.
    """

    rows: Sequence[Row[Any]]
    total: int
    are_more: bool = False
    before: int = 0
    """How many there are before a page that is past the last one; no number of all where `total` is."""
    done: int | None = None
    """How many more a search finds among those that are done and not shown; None where they are shown, or nothing is searched."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // PAGE_SIZE))


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
    # A list and no EXISTS, which would be looked up anew for each ticket of another body.
    asked = select(ExpertRequest.ticket_id).where(ExpertRequest.expert_id == person.user_id)
    return or_(*conditions, Ticket.assignee_id == person.user_id, Ticket.id.in_(asked))


def queue(session: Session, person: Person, asked: QueueFilter) -> QueuePage:
    """Return a page of the queue, in one statement; in two where words are searched for, in three where none waits that holds them."""
    visible, others = visible_to(person), _conditions(session, person, asked)
    words = holding(session, asked.words) if asked.words else WordCondition(true(), true())
    # Said in two ways: counting follows the index of states, paging that of the order.
    counted = and_(words.counting, visible, *others, *_not_done(asked, Way.COUNTING))
    # Where very many hold the words, the order leads to those fifty, not the index of what somebody may see.
    in_order = func.coalesce(visible, false()) if words.are_many else visible
    found = and_(in_order, *others, *_not_done(asked, Way.PAGING), words.paging)
    total = _count(counted, MOST_COUNTED + 1 if words.are_many else None)
    is_done = and_(words.counting, visible, *others, Ticket.state.in_(_DONE))
    # Where those that are done are shown too, or somebody chose the states, nobody is told how many more there are; nor
    # where what is awaited was asked for: what is done is not, and to count it is to go through the index once more.
    hides_done = bool(asked.words and asked.due is None and _not_done(asked, Way.COUNTING))
    done = _count(is_done, MOST_COUNTED + 1) if hides_done else null()
    rows = session.execute(_page(asked, found, select(total.label("total"), done.label("done")))).all()
    # A page past the last one has no ticket, but what was counted.
    shown = [row for row in rows if row.id is not None]
    count = rows[0].total if shown else 0
    are_more = words.are_many and count > MOST_COUNTED
    before = 0 if shown else min(rows[0].total, MOST_COUNTED) if words.are_many else rows[0].total
    return QueuePage(shown, MOST_COUNTED if are_more else count, are_more, before, rows[0].done)


def _page(asked: QueueFilter, found: ColumnElement[bool], counts: Select[Any]) -> Select[Any]:
    """Return the query of a page: a row for each ticket, each with the counts; one without ticket where there is none.

    The numbers are put in order first, alone: whole rows would be carried through the sorting. What they are ordered by
    comes along, and joins are outer ones: else SQLite goes through all tickets in order to find those fifty.
    """
    numbers = (
        select(Ticket.id, *_ORDERED_BY)
        .where(found)
        .order_by(*_order(asked.sort, Ticket))
        .limit(PAGE_SIZE)
        .offset((asked.page - 1) * PAGE_SIZE)
        .subquery()
    )
    counted = counts.subquery()
    return (
        select(*_COLUMNS, counted.c.total, counted.c.done)
        .select_from(counted)
        .outerjoin(numbers, true())
        .outerjoin(Ticket, Ticket.id == numbers.c.id)
        .outerjoin(User, User.id == Ticket.assignee_id)
        .order_by(*_order(asked.sort, numbers.c))
    )


def _count(condition: ColumnElement[bool], most: int | None) -> ScalarSelect[int]:
    if most is None:
        return select(func.count(Ticket.id)).where(condition).scalar_subquery()
    some = select(Ticket.id).where(condition).limit(most).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


_COLUMNS = (
    Ticket.id,
    Ticket.number,
    Ticket.revision,
    Ticket.kind,
    Ticket.state,
    Ticket.subject,
    Ticket.language,
    Ticket.route,
    Ticket.priority,
    Ticket.is_pilot,
    Ticket.authority_name,
    Ticket.asker_kind,
    Ticket.created_at,
    Ticket.changed_at,
    Ticket.answer_due,
    Ticket.first_answered_at,
    Ticket.awaited_since,
    Ticket.tender_deadline,
    Ticket.assignee_id,
    User.name.label("assignee_name"),
)


def _not_done(asked: QueueFilter, way: Way) -> list[ColumnElement[bool]]:
    if asked.chosen.get("state") or asked.with_done:
        return []
    return [Ticket.state.in_(_NOT_DONE) if way is Way.COUNTING else Ticket.state.not_in(_DONE)]


def _conditions(session: Session, person: Person, asked: QueueFilter) -> list[ColumnElement[bool]]:
    columns = {
        "state": Ticket.state,
        "route": Ticket.route,
        "nature": Ticket.question_nature,
        "stage": Ticket.stage,
        "category": Ticket.category,
        "asked_in": Ticket.language,
        "kind": Ticket.kind,
        "door": Ticket.asker_kind,
    }
    made = [columns[name].in_(values) for name, values in asked.chosen.items() if values and name in columns]
    if asked.chosen.get("obstacle"):
        made.append(_has_obstacle(session, asked.chosen["obstacle"]))
    if asked.chosen.get("level"):
        levels = frozenset(asked.chosen["level"])
        made.append(Ticket.authority_id.in_([each.id for each in register().authorities if each.level in levels]))
    if asked.authority:
        made.append(_is_of(session, asked.authority))
    if asked.is_pilot:
        made.append(Ticket.is_pilot.is_(True))
    if asked.assignee == "none":
        made.append(Ticket.assignee_id.is_(None))
    elif asked.assignee is not None:
        made.append(Ticket.assignee_id == (person.user_id if asked.assignee == "me" else int(asked.assignee)))
    if asked.due is not None:
        made.append(_is_due(asked.due))
        if not _not_done(asked, Way.COUNTING):  # what is done is awaited no more, even where it was never answered
            made.append(Ticket.state.not_in(_DONE))
    return made


def _has_obstacle(session: Session, codes: Sequence[str]) -> ColumnElement[bool]:
    """Whether a ticket has one of these obstacles, as the index of obstacles of each database finds it.

    SQLite looks for a code inside the stored lists, of those alone that hold one: no code is part of another.
    """
    if session.get_bind().dialect.name != "sqlite":
        stored = cast(Ticket.obstacles, JSONB)
        return or_(*(stored.contains([code]) for code in codes))
    written = cast(Ticket.obstacles, Text)
    said = or_(*(written.contains(f'"{code}"') for code in codes))
    return Ticket.id.in_(select(Ticket.id).where(HAS_OBSTACLES, said))


def _is_of(session: Session, authority: str) -> ColumnElement[bool]:
    """Of a body of the register, whichever way its name was written; else of one whose name holds these words.

    Names are compared folded, in Python: SQLite knows capitals and accents of ASCII only.
    """
    known = register().named(authority)
    if known is not None:
        return Ticket.authority_id == known.id
    wanted = " ".join(cut(authority))
    if not wanted:
        return false()
    names = session.scalars(select(Ticket.authority_name).distinct()).all()
    return Ticket.authority_name.in_([name for name in names if wanted in " ".join(cut(name))])


def _is_due(due: Due) -> ColumnElement[bool]:
    now = clock.now()
    awaited = Ticket.awaited_since.is_not(None)
    if due is Due.AGAIN:
        return and_(awaited, Ticket.first_answered_at.is_not(None))
    if due is Due.OVERDUE:
        return and_(awaited, Ticket.answer_due < now)
    return and_(awaited, Ticket.answer_due < add_working_hours(now, service_levels().hours_a_day))


_ORDERED_BY = (Ticket.created_at, Ticket.changed_at, Ticket.awaited_since, Ticket.priority, Ticket.answer_due)


def _order(sort: Sort, of: Any) -> tuple[ColumnElement[Any], ...]:
    """Return an order by the columns of `of`: of tickets, or of their numbers with `_ORDERED_BY`."""
    match sort:
        case Sort.NEWEST:
            return (of.created_at.desc(), of.id.desc())
        case Sort.OLDEST:
            return (of.created_at, of.id)
        case Sort.CHANGED:
            return (of.changed_at.desc(), of.id.desc())
        case Sort.PRIORITY:
            # As the index has it: what waits for an answer, the first or another, comes first.
            return (of.awaited_since.is_(None), of.priority, of.answer_due, of.id)


def chosen_tickets(session: Session, person: Person, numbers: Sequence[str]) -> Sequence[Ticket]:
    """Return those of the numbered tickets that a person may see in the queue, by id: one order of locks."""
    return session.scalars(
        select(Ticket).where(Ticket.number.in_(numbers), visible_to(person)).order_by(Ticket.id)
    ).all()


def others_of_person(session: Session, person: Person, ticket: Ticket) -> Sequence[Row[Any]]:
    """Return the other tickets of whoever asked one, newest first, of those that a person may see in the queue."""
    same = [Ticket.asker_id == ticket.asker_id] if ticket.asker_id is not None else []
    if ticket.asker_email:
        same.append(func.lower(Ticket.asker_email) == ticket.asker_email.lower())
    if not same:
        return []
    return session.execute(
        select(Ticket.number, Ticket.subject, Ticket.state, Ticket.language)
        .where(or_(*same), Ticket.id != ticket.id, visible_to(person))
        .order_by(Ticket.id.desc())
        .limit(MOST_OF_PERSON)
    ).all()


@dataclass(frozen=True)
class QueueFrame:
    """What stands around the queue: the views somebody keeps, and who can be given a ticket."""

    views: tuple[tuple[int, str, dict[str, Any]], ...]
    people: tuple[tuple[int, str], ...]
    refused_mails: int = 0
    """How many mails of tickets wait that the mail server did not take."""
    refused_since: datetime.datetime | None = None


def queue_frame(session: Session, user_id: int) -> QueueFrame:
    """Return the saved views, the names of all who work on tickets and how the mail stands, in one statement."""
    views = select(literal("view").label("what"), SavedView.id, SavedView.name, cast(SavedView.filters, Text)).where(
        SavedView.user_id == user_id
    )
    people = select(literal("user"), User.id, User.name, literal("{}")).where(
        User.id.in_(holders(Role.FACILITATOR, Role.COORDINATOR)), User.is_active.is_(True)
    )
    mails = select(
        literal("mail"),
        func.count(OutgoingMail.id),
        func.coalesce(cast(func.min(OutgoingMail.created_at), Text), ""),
        literal("{}"),
    ).where(
        OutgoingMail.state == MailState.WAITING.value,
        OutgoingMail.last_error != "",
        OutgoingMail.message_id.is_not(None),
    )
    rows = sorted(session.execute(union_all(views, people, mails)).all(), key=lambda row: (row[2].casefold(), row[1]))
    return QueueFrame(
        tuple((row[1], row[2], json.loads(row[3])) for row in rows if row[0] == "view"),
        tuple((row[1], row[2]) for row in rows if row[0] == "user"),
        sum(row[1] for row in rows if row[0] == "mail"),
        next((datetime.datetime.fromisoformat(row[2]) for row in rows if row[0] == "mail" and row[2]), None),
    )
