"""Reading the agenda: what is coming, one event, and whether every quarter has its trainings."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.events.models import AgendaEvent
from mpdi.events.vocabulary import TRAININGS, Audience, EventKind
from mpdi.exceptions import MpdiError


class UnknownEventError(MpdiError):
    """There is no such event, or not for whoever asks."""


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year and how many published trainings it has."""

    year: int
    number: int
    trainings: int

    @property
    def is_covered(self) -> bool:
        """Whether it has one at least."""
        return self.trainings > 0


def coming(session: Session, audience: Audience | None = None, kind: EventKind | None = None) -> Sequence[AgendaEvent]:
    """Return published events that are not over, the next first; an event for both is for either audience."""
    query = select(AgendaEvent).where(AgendaEvent.is_published, AgendaEvent.ends_at >= clock.now())
    if audience is not None:
        query = query.where(AgendaEvent.audience.in_((audience.value, Audience.BOTH.value)))
    if kind is not None:
        query = query.where(AgendaEvent.kind == kind.value)
    return session.scalars(query.order_by(AgendaEvent.starts_at, AgendaEvent.id)).all()


def for_coordinator(session: Session) -> Sequence[AgendaEvent]:
    """Return every event, the latest first."""
    return session.scalars(select(AgendaEvent).order_by(AgendaEvent.starts_at.desc(), AgendaEvent.id)).all()


def event_by_id(session: Session, event_id: int) -> AgendaEvent:
    """Return an event, published or not."""
    found = session.get(AgendaEvent, event_id)
    if found is None:
        raise UnknownEventError("There is no such event.")
    return found


def quarters(session: Session, today: datetime.date, count: int = 4) -> list[Quarter]:
    """Return this quarter and the next ones with their published trainings."""
    first = (today.year, (today.month - 1) // 3 + 1)
    wanted = [_later(first, step) for step in range(count)]
    start = _brussels(_first_day(*wanted[0]))
    end = _brussels(_first_day(*_later(first, count)))
    found = session.scalars(
        select(AgendaEvent.starts_at).where(
            AgendaEvent.is_published, AgendaEvent.kind.in_([each.value for each in TRAININGS]),
            AgendaEvent.starts_at >= start, AgendaEvent.starts_at < end,
        )
    ).all()
    days = [clock.aware(moment).astimezone(clock.BRUSSELS) for moment in found]
    held = [(day.year, (day.month - 1) // 3 + 1) for day in days]
    return [Quarter(year, number, held.count((year, number))) for year, number in wanted]


def _later(quarter: tuple[int, int], step: int) -> tuple[int, int]:
    place = quarter[0] * 4 + quarter[1] - 1 + step
    return place // 4, place % 4 + 1


def _first_day(year: int, number: int) -> datetime.date:
    return datetime.date(year, number * 3 - 2, 1)


def _brussels(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=clock.BRUSSELS).astimezone(datetime.UTC)
