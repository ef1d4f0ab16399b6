"""Values of a stored notice as OCDS writes them: amounts, moments, one text of several languages. Pure."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from tender_parsers.notice import two_letters

Json = Mapping[str, Any]
Made = dict[str, Any]
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHOLE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def kept(made: Made) -> Made:
    """Without what is not stated: OCDS leaves out what is empty."""
    return {key: value for key, value in made.items() if value is not None and value != {} and value != []}


def number(value: object) -> int | float | None:
    """A number of JSON; `None` where it is not stated or withheld."""
    try:
        exact = Decimal(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    except InvalidOperation:
        return None
    if exact is None or not exact.is_finite() or abs(exact.adjusted()) > 20:
        return None
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def money(value: Json | None) -> Made | None:
    """An amount with its currency; without one, where none of three letters is stated."""
    amount = number((value or {}).get("amount"))
    if value is None or amount is None:
        return None
    currency = value.get("currency")
    stated = currency if isinstance(currency, str) and _CURRENCY.fullmatch(currency) else None
    return kept({"amount": amount, "currency": stated})


def moment(value: Json | None, is_end: bool = False) -> str | None:
    """A date-time of RFC 3339: the moment, else the day's beginning, or its end for a last day, in UTC."""
    at, day = (value or {}).get("at"), (value or {}).get("day")
    if isinstance(at, str) and _WHOLE_TIME.fullmatch(at):
        return at
    if isinstance(day, str) and _DAY.fullmatch(day):
        return f"{day}T23:59:59Z" if is_end else f"{day}T00:00:00Z"
    return None


def date_time(day: object) -> str | None:
    """The same of a day that stands alone."""
    return moment({"day": day}) if isinstance(day, str) else None


def code(value: object) -> str | None:
    """A code that is stated."""
    return value if isinstance(value, str) and value else None


class Words:
    """Chooses the text in the language of the notice: OCDS has one."""

    def __init__(self, language: str | None) -> None:
        self.language = two_letters(language)

    def one(self, texts: Sequence[Json] | None) -> str | None:
        """The text in the notice's language, else the first."""
        given = texts or ()
        own = next((each["value"] for each in given if two_letters(each.get("language")) == self.language), None)
        return own or next((each["value"] for each in given), None)

    def all(self, texts: Sequence[Json] | None) -> str | None:
        """Every text of that language, a line each."""
        given = texts or ()
        own = [each["value"] for each in given if two_letters(each.get("language")) == self.language]
        return "\n".join(own or [each["value"] for each in given]) or None
