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


def aware(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment read from the database as aware, in UTC: SQLite gives it back without its zone."""
    return moment.replace(tzinfo=datetime.UTC) if moment.tzinfo is None else moment.astimezone(datetime.UTC)
