"""Numbers, indicators and days as eForms write them; each raises `ValueError` for what is none."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from tender_parsers.notice import WITHHELD, Moment, Number

UNPUBLISHED = "unpublished"
"""The code of what is withheld, and its currency."""
_DIGITS = 30


def number_of(value: str) -> Number:
    """A number; a negative one says that it is withheld, as does `unpublished`."""
    if value.isascii() and value.isdigit() and len(value) < _DIGITS:
        return Decimal(value)
    if value == UNPUBLISHED:
        return WITHHELD
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if "_" in value or not number.is_finite() or not -_DIGITS < number.adjusted() < _DIGITS:
        raise ValueError("no number that a notice can mean")
    return WITHHELD if number < 0 else number


def integer_of(value: str) -> int | None:
    """A whole number; `None` where it is withheld."""
    number = number_of(value)
    if number is WITHHELD or number is None:
        return None
    if number != number.to_integral_value() or number > 1_000_000_000:
        raise ValueError("not a whole number")
    return int(number)


def indicator_of(value: str) -> bool:
    """`true` or `1`, `false` or `0`, in any case."""
    lower = value.lower()
    if lower in ("true", "1", "yes"):
        return True
    if lower in ("false", "0", "no"):
        return False
    raise ValueError("neither true nor false")


def date_of(value: str) -> date:
    """The day of `2024-07-26+02:00`."""
    return date.fromisoformat(value[:10])


def moment(day: str | None, time: str | None) -> Moment | None:
    """A day and the time of the day, zones as published; the moment is there only where a zone is."""
    if day is None:
        return None
    on = date_of(day)
    zone = day[10:]
    if time is None:
        return Moment(on)
    whole = f"{day[:10]}T{time}"
    at = datetime.fromisoformat(whole)
    if at.tzinfo is None and zone:
        at = datetime.fromisoformat(whole + zone)
    return Moment(on, at if at.tzinfo else None)
