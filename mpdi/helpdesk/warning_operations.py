"""Warning before a promise is missed: who works on a ticket gets one mail for each deadline, and its history says so."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import PERMISSIONS, Action, Person, Role, Scope, Subject, may
from mpdi.helpdesk.change_operations import Actor, note_event
from mpdi.helpdesk.models import Ticket, TicketEvent
from mpdi.helpdesk.staff_mails import want_staff_mail
from mpdi.helpdesk.vocabulary import Route, TicketState
from mpdi.helpdesk.working_days import add_working_hours, longest_warning, warn_from

_JOB = Actor(job="job:helpdesk")
_DONE = (TicketState.RESOLVED.value, TicketState.CLOSED.value, TicketState.MERGED.value)
_EVENT = "due_warned"
_ROLES = tuple(role.value for role, scope in PERMISSIONS[Action.WORK_ON_TICKET].items() if scope is not Scope.NONE)


def warn_of_due(session: Session, portal: str) -> list[Ticket]:
    """Warn of answers that are nearly due or overdue, once for each ticket and deadline; return those tickets.

    A ticket that another process is warning of is left to it.
    """
    now = clock.now()
    pressing = [ticket for ticket in _candidates(session, now) if is_pressing(ticket, now)]
    warned = _warned(session, [ticket.id for ticket in pressing])
    told = [ticket for ticket in pressing if not warned[ticket.id] & {_due(ticket), None}]
    known = team(session) if told else Team()
    for ticket in told:
        people = known.to_warn(ticket)
        for person in people:
            _want_warning(session, ticket, person, portal)
        note_event(session, ticket, _JOB, _EVENT, due=_due(ticket), told=[person.id for person in people])
    session.flush()
    return told


def is_pressing(ticket: Ticket, now: datetime.datetime) -> bool:
    """Whether the answer awaited is due so soon, or overdue, that a facilitator must be told."""
    if ticket.answer_due is None or ticket.awaited_since is None or ticket.state in _DONE:
        return False
    return now >= warn_from(clock.aware(ticket.awaited_since), clock.aware(ticket.answer_due))


@dataclass(frozen=True)
class Team:
    """Everybody who works on tickets, read once for all of them."""

    people: Sequence[User] = ()

    def to_warn(self, ticket: Ticket) -> Sequence[User]:
        """Return who is warned: the assignee, else the facilitators of the body, else the coordinators.

        Where no body is known, the coordinators sort the ticket: they are warned first.
        """
        assignee = [each for each in self.people if each.id == ticket.assignee_id]
        facilitators = self._able(ticket, Role.FACILITATOR)
        coordinators = self._able(ticket, Role.COORDINATOR)
        if ticket.route == Route.UNKNOWN.value:
            return assignee or coordinators or facilitators
        return assignee or facilitators or coordinators

    def _able(self, ticket: Ticket, role: Role) -> list[User]:
        subject = Subject(authority_id=ticket.authority_id, route=ticket.route)
        return [each for each in self.people if may(_as(each, role), Action.WORK_ON_TICKET, subject)]


def team(session: Session) -> Team:
    """Return everybody who works on tickets and is still here."""
    able = select(RoleGrant.user_id).where(RoleGrant.role.in_(_ROLES))
    active = (User.is_active.is_(True), User.erased_at.is_(None))
    return Team(session.scalars(select(User).where(User.id.in_(able), *active).order_by(User.id)).all())


def _as(user: User, role: Role) -> Person:
    """Return somebody with what one role alone allows."""
    return Person(user.id, tuple(grant for grant in user.as_person().grants if grant.role is role))


def _candidates(session: Session, now: datetime.datetime) -> Sequence[Ticket]:
    """Return what waits for an answer due so soon that a warning may be, the most pressing first."""
    latest = add_working_hours(now, longest_warning())
    return session.scalars(
        select(Ticket)
        .where(Ticket.awaited_since.is_not(None), Ticket.answer_due <= latest, Ticket.state.not_in(_DONE))
        .order_by(Ticket.answer_due, Ticket.id)
        .with_for_update(skip_locked=True)
    ).all()


def _warned(session: Session, ticket_ids: Sequence[int]) -> dict[int, set[str | None]]:
    """Return, by ticket, the deadlines warned of; None for a warning noted before they were."""
    found: dict[int, set[str | None]] = defaultdict(set)
    events = select(TicketEvent.ticket_id, TicketEvent.detail).where(
        TicketEvent.what == _EVENT, TicketEvent.ticket_id.in_(ticket_ids)
    )
    for ticket_id, detail in session.execute(events):
        found[ticket_id].add(detail.get("due"))
    return found


def _due(ticket: Ticket) -> str | None:
    return clock.aware(ticket.answer_due).astimezone(datetime.UTC).isoformat() if ticket.answer_due else None


def _want_warning(session: Session, ticket: Ticket, person: User, portal: str) -> None:
    due = clock.aware(ticket.answer_due)  # type: ignore[arg-type]  # a pressing ticket has one
    name = "overdue" if clock.now() >= due else "due_soon"
    want_staff_mail(session, ticket, person, name, portal, f"due:{ticket.number}:{_due(ticket)}:{person.id}")
