"""Events as iCalendar (RFC 5545), one or all. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Event

from mpdi.documents.calendar import write_calendar


@dataclass(frozen=True)
class CalendarEntry:
    """One event in the reader's language; moments are aware."""

    number: int
    title: str
    description: str
    place: str
    address: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    changed_at: datetime.datetime


def calendar(entries: Sequence[CalendarEntry], name: str, host: str) -> bytes:
    """Write a calendar; the same input gives the same bytes. An event keeps its identifier for good."""
    return write_calendar("Agenda//FR-NL", name, [_event(entry, host) for entry in entries])


def _event(entry: CalendarEntry, host: str) -> Event:
    event = Event()
    event.add("uid", f"event-{entry.number}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", entry.changed_at.astimezone(datetime.UTC))
    event.add("dtstart", entry.starts_at.astimezone(datetime.UTC))
    event.add("dtend", entry.ends_at.astimezone(datetime.UTC))
    event.add("summary", entry.title)
    if entry.place:
        event.add("location", entry.place)
    event.add("description", "\n\n".join(part for part in (entry.description, entry.address) if part))
    event.add("url", entry.address)
    return event
