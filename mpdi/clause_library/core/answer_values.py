"""The values of an answers file, each read strictly: what is wrong is said with its remedy."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from mpdi.clause_library.core.said import said

_Enum = TypeVar("_Enum", bound=StrEnum)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""Control characters and those that turn the direction of the text that follows."""
BOTH_LANGUAGES = said("Write words; where the document prints them, {fr: …, nl: …} with both languages too.")


class WrongAnswerError(Exception):
    """One value is wrong: what is wrong with it, and how to mend it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def shown(value: object) -> str:
    """Return a value as a message shows it, cut where it is long."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def clean_text(value: object, limit: int = 500) -> str:
    """Return a text of the buyer: NFC, control and direction characters out, white space collapsed, within the limit."""
    if not isinstance(value, str):
        remedy = (
            BOTH_LANGUAGES if isinstance(value, Mapping) else said("Write words, in quotes if they look like a number.")
        )
        raise WrongAnswerError(said("“%(value)s” is not a text.", value=shown(value)), remedy)
    if len(value) > limit * 4 or len(value.strip()) > limit:
        words = said("%(count)s characters; at most %(limit)s fit here.", count=len(value), limit=limit)
        raise WrongAnswerError(words, said("Shorten it."))
    return " ".join(_FORBIDDEN.sub("", unicodedata.normalize("NFC", value)).split())


def read_amount(low: int | Decimal, high: int | Decimal, unit: str) -> Callable[[object], Decimal]:
    """Return what reads a number between two bounds."""

    def read(value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            hint = said("Write digits with a point for decimals and no spaces, such as 120000 or 0.5.")
            raise WrongAnswerError(said("“%(value)s” is not a number.", value=shown(value)), hint)
        number = Decimal(value)
        if not number.is_finite() or not low <= number <= high:
            bounds = {"low": low, "high": f"{high:,.0f}".replace(",", " ")}
            # A number stays one, so that a page can write it as its reader does.
            given = number if number.is_finite() and len(str(value)) <= 60 else shown(value)
            words = said("%(value)s is not between %(low)s and %(high)s %(unit)s.", value=given, unit=unit, **bounds)
            raise WrongAnswerError(words, said("Check the figure."))
        return number

    return read


def read_whole(low: int, high: int, unit: str) -> Callable[[object], int]:
    """Return what reads a whole number between two bounds."""
    read_number = read_amount(low, high, unit)

    def read(value: object) -> int:
        number = read_number(value)
        if number != number.to_integral_value():
            raise WrongAnswerError(said("%(value)s is not a whole number.", value=value), said("Write a whole number."))
        return int(number)

    return read


def read_boolean(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise WrongAnswerError(
            said("“%(value)s” is neither true nor false.", value=shown(value)),
            said("Write true or false, or leave the key out."),
        )
    return value


def one_of(kind: type[_Enum]) -> Callable[[object], _Enum]:
    """Return what reads a value of a closed list."""

    def read(value: object) -> _Enum:
        try:
            return kind(str(value))
        except ValueError as error:
            raise WrongAnswerError(
                said("“%(value)s” is not a value here.", value=shown(value)),
                said("Use one of: %(values)s.", values=", ".join(kind)),
            ) from error

    return read


def read_day(value: object) -> datetime.date:
    """Return a date."""
    if not isinstance(value, datetime.date):
        words = said("“%(value)s” is not a date.", value=shown(value))
        raise WrongAnswerError(words, said("Write year-month-day, such as 2026-12-01."))
    return value


def read_list(value: object, what: str) -> list[Any]:
    """Return a list of at most 200 entries."""
    if not isinstance(value, list):
        words = said("“%(value)s” is not a list.", value=shown(value))
        raise WrongAnswerError(words, said("Write a list of %(what)s in square brackets.", what=what))
    if len(value) > 200:
        words = said("%(count)s entries; at most 200 fit here.", count=len(value))
        raise WrongAnswerError(words, said("Shorten the list."))
    return value


def read_keys(value: object, allowed: tuple[str, ...]) -> Mapping[str, Any]:
    """Return a mapping that has no other keys than these."""
    if not isinstance(value, Mapping):
        raise WrongAnswerError(
            said("“%(value)s” is not a set of keys.", value=shown(value)),
            said("Write {%(keys)s} with their values.", keys=", ".join(allowed)),
        )
    for key in value:
        if key not in allowed:
            words = said("“%(value)s” is not a key here.", value=shown(key))
            raise WrongAnswerError(words, said("Keys: %(keys)s.", keys=", ".join(allowed)))
    return value
