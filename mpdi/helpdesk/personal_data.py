"""What tickets hold about a person, for `mpdi privacy` and the jobs that keep to the periods."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.helpdesk import queries, upkeep_operations, warning_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.vocabulary import Direction
from mpdi.jobs.events import TicketChanged
from mpdi.jobs.operations import delete_handled


def ticket_data(home: Path, portal: str) -> PersonalData:
    """Return what the tickets of an installation do with what they hold; `portal`: where links in mails lead."""
    store = AttachmentStore(home)

    def erase(session: Session, subject: DataSubject) -> int:
        return upkeep_operations.anonymise_person(session, store, subject.email, subject.user_id)

    def retain(session: Session, retention: Retention) -> Mapping[str, int]:
        return {
            "closed_tickets": upkeep_operations.close_silent(session),
            "ticket_news": delete_handled(session, TicketChanged.name, before=clock.now() - retention.mails),
            "warnings": len(warning_operations.warn_of_due(session, portal)),
            "ticket_files": upkeep_operations.delete_old_files(session, store, retention.attachments),
            "tickets": upkeep_operations.anonymise_old(session, store, retention.tickets),
        }

    return PersonalData("tickets", _export, erase, retain)


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    return [_ticket(ticket) for ticket in queries.asked_by_person(session, subject.email, subject.user_id)]


def _ticket(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket as its asker may see it: internal notes are the helpdesk's."""
    return {
        "number": ticket.number,
        "asked_at": clock.aware(ticket.created_at).isoformat(timespec="seconds"),
        "state": ticket.state,
        "email": ticket.asker_email,
        "name": ticket.asker_name,
        "authority": ticket.authority_name,
        "subject": ticket.subject,
        "messages": [
            {
                "direction": message.direction,
                "written_at": clock.aware(message.created_at).isoformat(timespec="seconds"),
                "text": message.body,
                "files": [item.file_name for item in message.attachments],
            }
            for message in ticket.messages
            if Direction(message.direction) is not Direction.NOTE
        ],
    }
