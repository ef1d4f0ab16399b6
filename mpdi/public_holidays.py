"""Days on which a Belgian office is closed: Saturday, Sunday, public holiday.

The public holidays are those of the package `holidays` (country BE); no text of law was read for them, nor for whether a last
day that falls on one moves to the next working day. So a day is only named here, never moved.
"""

import datetime
from collections.abc import Mapping
from functools import cache

import holidays

_SATURDAY = 5
_PACKAGE_LANGUAGES = {"fr": "fr", "nl": "nl", "en": "en_US"}
_WEEKEND = {"fr": ("samedi", "dimanche"), "nl": ("zaterdag", "zondag"), "en": ("Saturday", "Sunday")}
_HOLIDAY = {"fr": "jour férié: {name}", "nl": "feestdag: {name}", "en": "public holiday: {name}"}


@cache
def _named(year: int, language: str) -> Mapping[datetime.date, str]:
    return dict(holidays.country_holidays("BE", years=year, language=_PACKAGE_LANGUAGES[language]))


def closed_day(day: datetime.date, language: str) -> str:
    """Say in `fr`, `nl` or `en` why an office is closed on a day, “dimanche”, “jour férié: Noël”; empty where it is open."""
    if day.weekday() >= _SATURDAY:
        return _WEEKEND[language][day.weekday() - _SATURDAY]
    name = _named(day.year, language).get(day)
    return _HOLIDAY[language].format(name=name) if name else ""


def next_open_day(day: datetime.date) -> datetime.date:
    """Return the first day from a day on, itself included, that is no Saturday, Sunday or public holiday."""
    while closed_day(day, "fr"):
        day += datetime.timedelta(days=1)
    return day
