"""Writing events into the outbox, and handing them to the queue."""

import datetime
from collections.abc import Sequence

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.jobs.events import DomainEvent, MailWanted
from mpdi.jobs.models import OutboxEvent

MAX_ATTEMPTS = 8


def record(session: Session, event: DomainEvent) -> None:
    """Write an event in the caller's transaction: it is handled only if that transaction commits."""
    session.add(
        OutboxEvent(name=event.name, reference=str(event.reference), payload=event.payload(), occurred_at=clock.now())
    )


def waiting(session: Session, after: int = 0, limit: int = 500) -> Sequence[OutboxEvent]:
    """Return the oldest events not yet handled whose number is higher than `after`, those given up on left out."""
    query = (
        select(OutboxEvent)
        .where(OutboxEvent.id > after, OutboxEvent.handled_at.is_(None), OutboxEvent.attempts < MAX_ATTEMPTS)
        .order_by(OutboxEvent.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def mark_handled(session: Session, event_id: int) -> None:
    """Note that every handler of an event is done. The words of a mail, which may hold a link, go: it is written now."""
    event = session.get_one(OutboxEvent, event_id)
    if event.name == MailWanted.name:
        event.payload = {}
    event.handled_at = clock.now()
    event.last_error = None


def mark_failed(session: Session, event_id: int, error: str) -> None:
    """Note that a handler failed; the event is tried again until `MAX_ATTEMPTS`. One handled meanwhile stays handled."""
    event = session.get_one(OutboxEvent, event_id)
    if event.handled_at is not None:
        return
    event.attempts += 1
    event.last_error = error[:500]


def delete_handled(
    session: Session, name: str, *, before: datetime.datetime | None = None, about: str | None = None
) -> int:
    """Delete the handled events of a kind: those handled before a moment, those about a record; return how many."""
    query = delete(OutboxEvent).where(OutboxEvent.name == name, OutboxEvent.handled_at.is_not(None))
    if before is not None:
        query = query.where(OutboxEvent.handled_at < before)
    if about is not None:
        query = query.where(OutboxEvent.reference == about)
    result = session.execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount
