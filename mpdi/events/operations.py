"""What one can do with the agenda: write an event, change it, publish it, withdraw it."""

import datetime
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.events.models import AgendaEvent
from mpdi.events.vocabulary import Audience, EventKind
from mpdi.exceptions import MpdiError


class EndsBeforeItStartsError(MpdiError):
    """The end of an event does not come after its start."""


class EventChangedElsewhereError(MpdiError):
    """Somebody changed the event since the form was opened; nothing was stored."""


@dataclass(frozen=True)
class EventFacts:
    """Everything that is said of an event; moments are aware."""

    kind: EventKind
    audience: Audience
    title_fr: str
    title_nl: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    description_fr: str = ""
    description_nl: str = ""
    place: str = ""
    languages: str = "fr"
    registration: str = ""


def create_event(session: Session, facts: EventFacts, by: Person | str) -> AgendaEvent:
    """Write a new event, which nobody sees until it is published."""
    event = AgendaEvent(**_columns(facts), changed_at=clock.now(), is_published=False)
    session.add(event)
    session.flush()
    _note(session, event, by, "event_created")
    return event


def change_event(session: Session, event: AgendaEvent, facts: EventFacts, seen: datetime.datetime, by: Person | str) -> None:
    """Store new facts over those the form was made from (`seen`: when they were changed)."""
    if clock.aware(event.changed_at) != clock.aware(seen):
        raise EventChangedElsewhereError("This event was changed in another window. Open it again before you change it.")
    for name, value in _columns(facts).items():
        setattr(event, name, value)
    event.changed_at = clock.now()
    _note(session, event, by, "event_changed")


def publish_event(session: Session, event: AgendaEvent, by: Person | str) -> None:
    """Show an event to everybody."""
    if not event.is_published:
        event.is_published, event.changed_at = True, clock.now()
        _note(session, event, by, "event_published")


def withdraw_event(session: Session, event: AgendaEvent, by: Person | str) -> None:
    """Take an event off the agenda; it is kept for the coordinator."""
    if event.is_published:
        event.is_published, event.changed_at = False, clock.now()
        _note(session, event, by, "event_withdrawn")


def _columns(facts: EventFacts) -> dict[str, object]:
    if facts.ends_at <= facts.starts_at:
        raise EndsBeforeItStartsError("The event ends before it starts. Correct the hours.")
    values = asdict(facts)
    return values | {
        "kind": facts.kind.value, "audience": facts.audience.value,
        "starts_at": facts.starts_at.astimezone(datetime.UTC), "ends_at": facts.ends_at.astimezone(datetime.UTC),
    }


def _note(session: Session, event: AgendaEvent, by: Person | str, action: str) -> None:
    audit.note(session, by, action, f"event:{event.id}")
