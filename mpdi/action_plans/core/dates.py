"""Days of a plan: months after a day, and the working day of a Belgian office on or after it."""

import calendar
import datetime

from mpdi.public_holidays import closed_day, next_open_day

MONTHS_A_YEAR = 12


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later (earlier where negative), the last of the month where it has none."""
    place = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(place, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def working_day_within(day: datetime.date, first: datetime.date, last: datetime.date) -> datetime.date:
    """Return the first working day from `day` on, or where that is after `last` the last one up to it.

    A span without any working day gives `last` itself.
    """
    found = next_open_day(max(day, first))
    if found <= last:
        return found
    found = last
    while found > first and closed_day(found, "fr"):
        found -= datetime.timedelta(days=1)
    return last if closed_day(found, "fr") else found
