"""What people type: amounts and numbers with spaces, dots and commas; dates as day/month/year."""

import datetime
import re
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’_]+")
_CURRENCY = re.compile(r"^(?:EUR|€)|(?:EUR|€|%)$", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,18}(?:[.,][0-9]{1,18})*")
_DATE = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{1,2})[/.\- ]([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class NotANumberError(ValueError):
    """The text is not a number that we are sure to understand."""


class NotADateError(ValueError):
    """The text is not a date; `exists` is false where it has the form of one but no such day exists."""

    def __init__(self, exists: bool) -> None:
        super().__init__("not a date")
        self.exists = exists


def read_number(text: str, has_thousands: bool) -> Decimal:
    """Read a number as a Belgian writes it, or an English speaker: `120 000`, `120.000,50`, `1,200.50`, `0,5`.

    With `has_thousands` (amounts, whole numbers) one separator before exactly three digits parts thousands:
    `120.000` is 120000.
    """
    bare = _SPACES.sub("", _CURRENCY.sub("", text.strip()))
    if len(bare) > 24 or not _DIGITS.fullmatch(bare):
        raise NotANumberError(text)
    separators = [mark for mark in bare if mark in ".,"]
    if not separators:
        return Decimal(bare)
    if len(set(separators)) == 2:
        return _with_both(bare, separators)
    groups = re.split("[.,]", bare)
    if len(separators) == 1 and not (has_thousands and _are_thousands(groups)):
        return Decimal(".".join(groups))
    if not _are_thousands(groups):
        raise NotANumberError(text)
    return Decimal("".join(groups))


def _with_both(bare: str, separators: list[str]) -> Decimal:
    decimal_mark = separators[-1]
    whole, _, fraction = bare.rpartition(decimal_mark)
    groups = re.split("[.,]", whole)
    if decimal_mark in separators[:-1] or not _are_thousands(groups):
        raise NotANumberError(bare)
    return Decimal("".join(groups) + "." + fraction)


def _are_thousands(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])


def read_date(text: str) -> datetime.date:
    """Read `1/12/2026`, `01.12.2026` or `2026-12-01`."""
    bare = text.strip()
    if match := _DATE.fullmatch(bare):
        day, month, year = match.groups()
    elif match := _ISO_DATE.fullmatch(bare):
        year, month, day = match.groups()
    else:
        raise NotADateError(exists=True)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError as error:
        raise NotADateError(exists=False) from error


def write_date(day: datetime.date) -> str:
    """Write a date as it is typed: `01/12/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
