"""Keeping what a ticket means: written when somebody who answers first opens it, gone when its people are forgotten."""

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mpdi.clause_library.core.search.encoder import MODEL
from mpdi.helpdesk.meaning_models import TicketMeaning
from mpdi.helpdesk.models import Ticket


def keep_meaning(session: Session, ticket_id: int, vector: bytes) -> None:
    """Keep the vector of a ticket; of one whose people are forgotten, even at this moment, nothing is kept."""
    locked = session.execute(select(Ticket.anonymised_at).where(Ticket.id == ticket_id).with_for_update()).one_or_none()
    if locked is None or locked.anonymised_at is not None:
        return
    try:
        with session.begin_nested():
            session.merge(TicketMeaning(ticket_id=ticket_id, encoder=MODEL, vector=vector))
    except IntegrityError:
        return  # two opened the ticket at the same moment: the other wrote it


def forget_meaning(session: Session, ticket_id: int) -> None:
    """Delete the vector of a ticket."""
    session.execute(delete(TicketMeaning).where(TicketMeaning.ticket_id == ticket_id))
