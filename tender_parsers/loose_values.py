"""Values as JSON, CSV and spreadsheets write them: text, numbers, yes and no, days; what cannot be taken is `None`."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from tender_parsers.notice import Moment, Remark, Text, Texts

Json = Mapping[str, Any]
"""An object of a JSON file, or what XML and CSV are turned into to be read alike."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")
_TRUE = frozenset({"true", "1", "oui", "yes", "ja", "vrai", "waar", "x"})
_FALSE = frozenset({"false", "0", "non", "no", "nee", "faux", "onwaar"})
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|[+-]\d\d:?\d\d)?"
)


def record(value: Any) -> Json:
    """The object, or an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> Iterator[Json]:
    """The objects of an array; of an object that stands where an array should, itself."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def words(value: Any) -> str | None:
    """Text without white space around it; numbers as written; `None` where there is none."""
    if value is None:
        return None
    if isinstance(value, str):
        found = value.strip()
        return (found if found.isascii() else whole_characters(found)) or None
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def whole_characters(text: str) -> str:
    """Text that can be written: half a character, which JSON may hold as `\\ud800`, becomes U+FFFD."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def several_words(value: Any) -> tuple[str, ...]:
    """The texts of an array, or the one that stands in its place."""
    if value is None:
        return ()
    each = value if isinstance(value, list) else (value,)
    return tuple(found for found in map(words, each) if found)


def number(value: Any) -> Decimal | None:
    """A finite number, of a number or of text with a decimal point (`"623386.00"`)."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, str):
        value = value.strip()
        if not _NUMBER.fullmatch(value):
            return None
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None
    # An exponent of thousands would make a text of as many digits.
    return found if found.is_finite() and abs(found.adjusted()) < 40 else None


def whole_number(value: Any) -> int | None:
    """A number without fraction, not below zero."""
    found = number(value)
    return int(found) if found is not None and found >= 0 and found == found.to_integral_value() else None


def truth(value: Any) -> bool | None:
    """Yes or no: of JSON, or in words (`oui`, `nee`, `1`); `None` where it is neither."""
    if value is None or isinstance(value, bool):
        return value
    said = (words(value) or "").lower()
    return True if said in _TRUE else False if said in _FALSE else None


def moment(value: Any) -> Moment | None:
    """A day of `2024-05-31`, with its moment where time and zone are told: `2024-05-31T12:00:00+02:00`, `…Z`."""
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        at = date(int(year), int(month), int(day))
        if hour is None or zone is None:
            return Moment(at)
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        exact = datetime(*at.timetuple()[:3], int(hour), int(minute), int(second or 0), micro, tzinfo=_zone(zone))
    except ValueError:
        return None
    return Moment(at, exact)


def _zone(written: str) -> timezone:
    if written == "Z":
        return UTC
    sign = -1 if written[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def day(value: Any) -> date | None:
    """The day of `moment`."""
    found = moment(value)
    return found.day if found else None


class Sayings:
    """What one notice says in free text, and what could not be taken, gathered in the order of reading."""

    __slots__ = ("_remarks", "_texts", "language")

    def __init__(self, language: str | None = None) -> None:
        self.language = language
        self._texts: list[Text] = []
        self._remarks: list[Remark] = []

    def text(self, value: Any, element: str, lot: str | None = None, field: str | None = None) -> Texts:
        """Keep one text in the notice's language; empty where there is none."""
        if value is None:
            return ()
        return self.in_languages(((value, self.language),), element, lot, field)

    def in_languages(self, said: Any, element: str, lot: str | None = None, field: str | None = None) -> Texts:
        """Keep one text in several languages, `said` being pairs of value and language."""
        kept = tuple(Text(found, language, element, field, lot) for value, language in said if (found := words(value)))
        self._texts.extend(kept)
        return kept

    def remark(self, element: str, value: Any, reason: str, lot: str | None = None) -> None:
        """Note what could not be taken as what it should be."""
        self._remarks.append(Remark(element, whole_characters(str(value)[:200]), reason, lot))

    @property
    def texts(self) -> Texts:
        """All texts kept."""
        return tuple(self._texts)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """All remarks made."""
        return tuple(self._remarks)
