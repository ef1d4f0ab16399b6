"""Last days to take part as iCalendar (RFC 5545). Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Event

from mpdi.documents.calendar import write_calendar


@dataclass(frozen=True)
class Deadline:
    """The last moment, or the last day, of one notice."""

    key: str
    title: str
    description: str
    address: str
    day: datetime.date
    at: datetime.datetime | None
    read_at: datetime.datetime


def deadlines(entries: Sequence[Deadline], name: str, host: str) -> bytes:
    """Write a calendar; the same input gives the same bytes. A notice keeps its identifier when its deadline moves."""
    return write_calendar("Open notices//FR-NL", name, [_event(entry, host) for entry in entries])


def _event(entry: Deadline, host: str) -> Event:
    event = Event()
    event.add("uid", f"notice-{entry.key}@{host}")
    event.add("dtstamp", entry.read_at.astimezone(datetime.UTC))
    event.add("dtstart", entry.at.astimezone(datetime.UTC) if entry.at else entry.day)
    if entry.at is None:
        event.add("dtend", entry.day + datetime.timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", "\n\n".join(part for part in (entry.description, entry.address) if part))
    event.add("url", entry.address)
    return event
