"""The clock: the one thing that tests may replace."""

import datetime
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def now() -> datetime.datetime:
    """Return this moment, aware, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """Return today's date in Brussels, where documents are dated."""
    return datetime.datetime.now(BRUSSELS).date()
