"""A calendar as iCalendar (RFC 5545): what all of ours have in common. Pure."""

from collections.abc import Iterable

from icalendar import Calendar, Component, vText


def write_calendar(product: str, name: str, events: Iterable[Component], *, time_zone: str = "") -> bytes:
    """Return a calendar of these events; the same input gives the same bytes.

    `product`: what wrote it and for whom, as `Agenda//FR-NL`; `name`: under which a reader's program shows it;
    `time_zone`: a name such as `Europe/Brussels`, for programs that ask for one.
    """
    made = Calendar()
    made.add("prodid", f"-//MPDI//{product}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made["X-WR-CALNAME"] = vText(name)
    if time_zone:
        made["X-WR-TIMEZONE"] = vText(time_zone)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())
