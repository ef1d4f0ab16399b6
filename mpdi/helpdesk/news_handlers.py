"""Who works on a ticket is told by mail what happened to it: at most one mail for each event, never to who did it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mpdi.accounts.models import User
from mpdi.database import Database
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.staff_mails import want_staff_mail
from mpdi.helpdesk.vocabulary import TicketState
from mpdi.helpdesk.warning_operations import team
from mpdi.jobs.events import DomainEvent, TicketChanged

_GIVEN = ("assigned", "handed_over")
_DONE = (TicketState.RESOLVED.value, TicketState.CLOSED.value, TicketState.MERGED.value)


class StaffTeller:
    """Puts the mails into the outbox, once, however often the event is handled."""

    def __init__(self, database: Database, portal: str) -> None:
        self._database = database
        self._portal = portal

    def __call__(self, event: DomainEvent) -> None:
        """Want the mails, for the ticket as it stands now."""
        assert isinstance(event, TicketChanged)
        with self._database.writing() as session:
            ticket = session.get(Ticket, event.ticket_id)
            if ticket is None or ticket.anonymised_at is not None or _is_over(ticket, event.what):
                return
            for person in to_tell(session, ticket, event):
                key = f"news:{event.key}:{person.id}"
                want_staff_mail(
                    session, ticket, person, f"news_{event.what}", self._portal, key, _actor(session, event)
                )


def _actor(session: Session, event: TicketChanged) -> User | None:
    return session.get(User, event.actor_id) if event.actor_id is not None else None


def to_tell(session: Session, ticket: Ticket, event: TicketChanged) -> Sequence[User]:
    """Return who is told: the assignee, else who a warning would go to; of a ticket given, who it was given to.

    Never who did it, nor who has switched these mails off.
    """
    known = team(session)
    if event.what in _GIVEN:
        told: Sequence[User] = [each for each in known.people if each.id == ticket.assignee_id]
    else:
        told = known.to_warn(ticket)
    return [each for each in told if each.id != event.actor_id and each.is_told_of_tickets]


def _is_over(ticket: Ticket, what: str) -> bool:
    """Whether there is nothing left to do: a ticket merged meanwhile, a new one done already."""
    return ticket.state == TicketState.MERGED.value or (what in ("opened", "rerouted") and ticket.state in _DONE)
