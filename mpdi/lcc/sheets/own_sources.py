"""Where the buyer has his own values from: a source and a day beside each value that he changes from its default.

As data: `sources: {electricity_price: {words: …, date: 2026-10-01}}`, or the words alone. A source decides nothing and
is no condition to count; but what has none is said to have none.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mpdi.lcc.sheets.errors import ValueProblem, value_problem
from mpdi.lcc.sheets.model import Sheet

LONGEST = 200
"""Characters that the words of a source may have."""
_KEYS = ("words", "date")


@dataclass(frozen=True, slots=True)
class OwnSource:
    """Where a value of the buyer was read, and the day that it is of; None where no day is said."""

    words: str
    day: datetime.date | None = None

    @property
    def data(self) -> dict[str, str]:
        """As a case holds it."""
        return {"words": self.words, **({"date": self.day.isoformat()} if self.day else {})}


def read_sources(sheet: Sheet, data: object) -> tuple[Mapping[str, OwnSource], tuple[ValueProblem, ...]]:
    """The sources of a case by the key of their value, and all that is wrong with them."""
    if data is None:
        return {}, ()
    if not isinstance(data, Mapping):
        return {}, (value_problem("sources", "no_keys"),)
    keys = [each.key for each in sheet.buyer]
    problems = [
        value_problem(f"sources.{key}", "no_own_value", options=", ".join(keys)) for key in data if key not in keys
    ]
    made: dict[str, OwnSource] = {}
    for key in (key for key in keys if key in data):
        given = data[key] if isinstance(data[key], Mapping) else {"words": data[key]}
        found = list(_problems(f"sources.{key}", given))
        problems += found
        if not found:
            made[key] = OwnSource(_line(given["words"]), _day(given.get("date")))
    return made, tuple(problems)


def _problems(place: str, given: Mapping[str, object]) -> Iterator[ValueProblem]:
    for key in given:
        if key not in _KEYS:
            yield value_problem(f"{place}.{key}", "bad_key", options=", ".join(_KEYS))
    words = given.get("words")
    if not isinstance(words, str) or not _line(words) or len(_line(words)) > LONGEST:
        yield value_problem(f"{place}.words", "bad_source", most=LONGEST)
    day = given.get("date")
    if day is not None and _day(day) is None:
        yield value_problem(f"{place}.date", "bad_day", value=day)


def _line(words: object) -> str:
    return " ".join(str(words).split()).lstrip("=")


def _day(given: object) -> datetime.date | None:
    if isinstance(given, datetime.datetime):
        return given.date()
    if isinstance(given, datetime.date):
        return given
    try:
        return datetime.date.fromisoformat(str(given))
    except ValueError:
        return None
