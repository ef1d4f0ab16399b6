"""When a check is due: dates that follow from the start and the duration of a contract, and no others."""

import calendar
import datetime
from dataclasses import dataclass
from decimal import Decimal

from mpdi.exceptions import MpdiError

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years in which an execution may begin."""

EVERY_MONTHS = {
    "monthly": 1,
    "quarterly": 3,
    "each_half_year": 6,
    "yearly": 12,
    "yearly_unannounced": 12,
}
"""Moments that return, and after how many months."""

_AT_START, _AT_END = "start", "end"


class StartOutOfRangeError(MpdiError):
    """The execution would begin in a year that is surely a slip of the pen."""


@dataclass(frozen=True)
class Execution:
    """The first and the last day of the execution; `None` = not known, and then nothing that rests on it is dated."""

    start: datetime.date | None = None
    months: int | None = None

    @property
    def end(self) -> datetime.date | None:
        """The last day: that before the one on which the months after the start are over."""
        if self.start is None or self.months is None:
            return None
        return last_day_of(self.start, self.months)


@dataclass(frozen=True)
class Schedule:
    """The days on which a check is due, in order, and how often it returns (months; `None` = it does not).

    Empty `dates`: to be set by the buyer, or at each delivery or invoice. The last date of a check that returns is the
    last day of the execution: a shorter final period is looked at too, and its clause says what it counts for.
    """

    dates: tuple[datetime.date, ...] = ()
    every_months: int | None = None

    @property
    def is_dated(self) -> bool:
        """Whether any day follows from what the purchase says."""
        return bool(self.dates)


def execution_of(start: datetime.date | None, duration_months: Decimal | None) -> Execution:
    """Return the execution; of a duration that is no whole number of months the end is not reckoned.

    `StartOutOfRangeError` for a start outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    if start is not None and not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise StartOutOfRangeError(
            f"The execution cannot start on {start.isoformat()}: give a year from {FIRST_YEAR} to {LAST_YEAR}."
        )
    whole = duration_months is not None and duration_months == int(duration_months)
    return Execution(start, int(duration_months) if whole and duration_months is not None else None)


def schedule_of(moment: str, execution: Execution) -> Schedule:
    """Return when a check of that moment (vocabulary) is due.

    A check that returns is due on the last day of each period, counted from the start. Nothing says when tenders are
    opened, the contract is awarded or the work accepted: those are to be set.
    """
    months = EVERY_MONTHS.get(moment)
    if months is not None:
        return Schedule(_returning(months, execution), months)
    if moment == _AT_START and execution.start is not None:
        return Schedule((execution.start,))
    if moment == _AT_END and execution.end is not None:
        return Schedule((execution.end,))
    return Schedule()


def _returning(months: int, execution: Execution) -> tuple[datetime.date, ...]:
    if execution.start is None or execution.months is None or execution.end is None:
        return ()
    full = [last_day_of(execution.start, count * months) for count in range(1, execution.months // months + 1)]
    return tuple(full) if full and full[-1] == execution.end else (*full, execution.end)


def last_day_of(start: datetime.date, months: int) -> datetime.date:
    """Return the last day of so many months from a start: 12 months from 1 March 2027 end on 29 February 2028."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if start.day > length:
        return datetime.date(year, month + 1, length)
    return datetime.date(year, month + 1, start.day) - datetime.timedelta(days=1)
