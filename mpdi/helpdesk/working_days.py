"""Belgian working time, and the moment a first answer is due. The levels are data: `data/service_levels.yaml`."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import holidays

from mpdi.clause_library.core import strict_yaml
from mpdi.clock import BRUSSELS
from mpdi.exceptions import DataFileError
from mpdi.helpdesk.vocabulary import Route

_FILE = Path(__file__).with_name("data") / "service_levels.yaml"
_SATURDAY = 5
_LONGEST_SPAN = 3_660
"""Days after which counting stops: nothing of ours lies ten years ahead."""


@dataclass(frozen=True)
class ServiceLevel:
    """What a priority promises: a first answer within so many working days."""

    priority: int
    case: str
    first_answer_working_days: int


@dataclass(frozen=True)
class ServiceLevels:
    """The promises, the working hours and when to warn."""

    opens: int
    closes: int
    closed_days: frozenset[datetime.date]
    warn_at: float
    near_deadline_working_days: int
    close_after_silent_days: int
    levels: tuple[ServiceLevel, ...]

    def level(self, priority: int) -> ServiceLevel:
        """Return the level of a priority."""
        return next(item for item in self.levels if item.priority == priority)

    @property
    def hours_a_day(self) -> int:
        """How many hours a working day has."""
        return self.closes - self.opens


@cache
def service_levels(path: Path = _FILE) -> ServiceLevels:
    """Read the levels, once; `DataFileError` where the file is not what it should be."""
    data = strict_yaml.read(path)
    try:
        levels = tuple(ServiceLevel(**item) for item in data["levels"])
        hours = data["working_hours"]
        return ServiceLevels(
            hours["from"],
            hours["to"],
            frozenset(data["closed_days"]),
            float(data["warn_at"]),
            data["near_deadline_working_days"],
            data["close_after_silent_days"],
            levels,
        )
    except (KeyError, TypeError) as error:
        raise DataFileError(f"{path}: {error} is missing or unknown. See the file as released.") from error


@cache
def _public_holidays(year: int) -> frozenset[datetime.date]:
    return frozenset(holidays.country_holidays("BE", years=year))


def is_working_day(day: datetime.date) -> bool:
    """Whether the helpdesk works on a day: no Saturday, Sunday, Belgian public holiday or closed day."""
    is_closed = day in _public_holidays(day.year) or day in service_levels().closed_days
    return day.weekday() < _SATURDAY and not is_closed


def add_working_days(day: datetime.date, count: int) -> datetime.date:
    """Return the `count`-th working day after a day."""
    for _ in range(count):
        day += datetime.timedelta(days=1)
        while not is_working_day(day):
            day += datetime.timedelta(days=1)
    return day


def add_working_hours(moment: datetime.datetime, hours: float) -> datetime.datetime:
    """Return the moment at which so many working hours have passed, aware, in UTC."""
    left = datetime.timedelta(hours=hours)
    for start, end in _working_spans(moment):
        if left <= end - start:
            return start + left
        left -= end - start
    raise AssertionError("no working day within ten years")


def working_hours_between(start: datetime.datetime, end: datetime.datetime) -> float:
    """Return the working hours between two moments; 0 where the second is not later."""
    total = datetime.timedelta()
    for opens, closes in _working_spans(start):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total / datetime.timedelta(hours=1)


def working_days_until(day: datetime.date, last: datetime.date) -> int:
    """Return how many working days lie after `day`, up to and with `last`; 0 where it has passed."""
    span = min((last - day).days, _LONGEST_SPAN)
    return sum(is_working_day(day + datetime.timedelta(days=each)) for each in range(1, span + 1))


def _working_spans(moment: datetime.datetime) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    """Yield the working time from a moment on, day by day, in UTC."""
    levels, first = service_levels(), moment.astimezone(BRUSSELS).date()
    for number in range(_LONGEST_SPAN):
        day = first + datetime.timedelta(days=number)
        opens, closes = (
            datetime.datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS).astimezone(datetime.UTC)
            for hour in (levels.opens, levels.closes)
        )
        if is_working_day(day) and moment < closes:
            yield max(opens, moment.astimezone(datetime.UTC)), closes


def priority_of(route: Route, is_pilot: bool, tender_deadline: datetime.date | None, today: datetime.date) -> int:
    """Return 0 for a pilot or innovation market, 1 where a tender's deadline is near, else 2; a past one is none."""
    if is_pilot or route is Route.MPI:
        return 0
    near = service_levels().near_deadline_working_days
    if tender_deadline is not None and tender_deadline >= today and working_days_until(today, tender_deadline) <= near:
        return 1
    return 2


def answer_due(asked_at: datetime.datetime, priority: int) -> datetime.datetime:
    """Return the moment by which the first answer is due."""
    levels = service_levels()
    return add_working_hours(asked_at, levels.level(priority).first_answer_working_days * levels.hours_a_day)


def longest_warning() -> float:
    """Return the working hours that lie at most between a warning and the due moment; rounded up to whole minutes."""
    levels = service_levels()
    longest = max(item.first_answer_working_days for item in levels.levels) * levels.hours_a_day
    return longest * (1 - levels.warn_at) + 1 / 60


def warn_from(asked_at: datetime.datetime, due: datetime.datetime) -> datetime.datetime:
    """Return the moment from which the due moment is so near that a warning is shown."""
    return add_working_hours(asked_at, working_hours_between(asked_at, due) * service_levels().warn_at)
