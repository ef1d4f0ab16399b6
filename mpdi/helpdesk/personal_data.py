"""What tickets hold about a person, for `mpdi privacy` and the jobs that keep to the periods."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.privacy import DataSubject, PersonalData, ToRead
from mpdi.accounts.retention import Retention
from mpdi.helpdesk import article_queries, queries, reading_operations, upkeep_operations, warning_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import Article, Ticket
from mpdi.helpdesk.vocabulary import ArticleState, Direction
from mpdi.jobs.events import TicketChanged
from mpdi.jobs.operations import delete_handled


def ticket_data(home: Path, portal: str) -> PersonalData:
    """Return what the tickets of an installation do with what they hold; `portal`: where links in mails lead."""
    store = AttachmentStore(home)

    def to_read(session: Session, subject: DataSubject) -> list[ToRead]:
        return [_to_read(article, portal) for article in _articles(session, subject)]

    def erase(session: Session, subject: DataSubject) -> int:
        if left := to_read(session, subject):
            reading_operations.ask_after_erasure(session, [each.link for each in left])
        return upkeep_operations.anonymise_person(session, store, subject.email, subject.user_id)

    def retain(session: Session, retention: Retention) -> Mapping[str, int]:
        return {
            "closed_tickets": upkeep_operations.close_silent(session),
            "ticket_news": delete_handled(session, TicketChanged.name, before=clock.now() - retention.mails),
            "warnings": len(warning_operations.warn_of_due(session, portal)),
            "ticket_files": upkeep_operations.delete_old_files(session, store, retention.attachments),
            "tickets": upkeep_operations.anonymise_old(session, store, retention.tickets),
        }

    return PersonalData("tickets", _export, erase, retain, to_read)


def _articles(session: Session, subject: DataSubject) -> list[Article]:
    tickets = queries.asked_by_person(session, subject.email, subject.user_id)
    return article_queries.made_of(session, [ticket.id for ticket in tickets])


def _to_read(article: Article, portal: str) -> ToRead:
    version, start = article_queries.newest(article), portal.rstrip("/")
    is_public = article.state == ArticleState.PUBLISHED.value
    return ToRead(
        version.title_fr or version.title_nl,
        f"{start}/helpdesk/articles/{article.id}",
        f"{start}/answers/{article.slug}" if is_public else "",
    )


def _export(session: Session, subject: DataSubject) -> list[dict[str, Any]]:
    tickets = queries.asked_by_person(session, subject.email, subject.user_id)
    return [_ticket(ticket, article_queries.made_of(session, [ticket.id])) for ticket in tickets]


def _ticket(ticket: Ticket, articles: Sequence[Article]) -> dict[str, Any]:
    """Return a ticket as its asker may see it: internal notes are the helpdesk's."""
    return {
        "number": ticket.number,
        "asked_at": clock.aware(ticket.created_at).isoformat(timespec="seconds"),
        "state": ticket.state,
        "email": ticket.asker_email,
        "name": ticket.asker_name,
        "authority": ticket.authority_name,
        "subject": ticket.subject,
        "tender_deadline": ticket.tender_deadline.isoformat() if ticket.tender_deadline else None,
        "obstacles": ticket.obstacles,
        "other_obstacle": ticket.other_obstacle,
        "articles_made_of_it": [article.slug for article in articles if article.state == ArticleState.PUBLISHED.value],
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
