"""Who works on a ticket is told by mail what happened to it: at most one mail for each event, never to who did it.

A mail carries no tag of the ticket, so that a reply to it is no word of the asker's; and no word of the asker's, which
are forgotten with the ticket and not with the mail.
"""

import datetime
from collections.abc import Sequence

from babel.dates import format_datetime
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.database import Database
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.routing import body_name
from mpdi.helpdesk.vocabulary import TicketState
from mpdi.helpdesk.warning_operations import team
from mpdi.jobs.events import DomainEvent, TicketChanged

_GIVEN = ("assigned", "handed_over")
_DONE = (TicketState.RESOLVED.value, TicketState.CLOSED.value, TicketState.MERGED.value)


class StaffTeller:
    """Puts the mails into the outbox, once, however often the event is handled."""

    def __init__(self, database: Database, portal: str) -> None:
        self._database = database
        self._portal = portal.rstrip("/")

    def __call__(self, event: DomainEvent) -> None:
        """Want the mails, for the ticket as it stands now."""
        assert isinstance(event, TicketChanged)
        with self._database.writing() as session:
            ticket = session.get(Ticket, event.ticket_id)
            if ticket is None or ticket.anonymised_at is not None or _is_over(ticket, event.what):
                return
            for person in to_tell(session, ticket, event):
                self._want(session, ticket, event, person)

    def _want(self, session: Session, ticket: Ticket, event: TicketChanged, person: User) -> None:
        language = language_of_reader(person.language)
        subject, body = mail_text(
            f"news_{event.what}",
            language,
            number=ticket.number,
            body=body_name(ticket.route, language),
            due=_written(ticket.answer_due, language),
            link=f"{self._portal}/helpdesk/tickets/{ticket.number}",
            account=f"{self._portal}/account",
        )
        want(
            session,
            person.email,
            subject,
            body,
            language,
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
            key=f"news:{event.key}:{person.id}",
        )


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


def _written(due: datetime.datetime | None, language: str) -> str:
    if due is None:
        return "–"
    return format_datetime(clock.aware(due).astimezone(clock.BRUSSELS), "d MMMM y, HH:mm", locale=f"{language}_BE")
