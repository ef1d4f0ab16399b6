"""Events as iCalendar (RFC 5545), one or all. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Calendar, Event, vText


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
    made = Calendar()
    made.add("prodid", "-//MPDI//Agenda//FR-NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made["X-WR-CALNAME"] = vText(name)
    for entry in entries:
        made.add_component(_event(entry, host))
    return bytes(made.to_ical())


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
