"""Values of a notice as columns hold them: of bounded length, without signs that a database refuses."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tender_parsers.notice import WITHHELD, Code, Money, cpv_digits

Row = dict[str, Any]
_REFUSED = re.compile("[\ud800-\udfff\0]")
_LARGEST = 2**63 - 1
_LONGEST_NUMBER, _LONGEST_TEXT = 60, 20_000


def text(value: str | None, most: int = _LONGEST_TEXT) -> str | None:
    """A text of at most so many characters; half a character or NUL becomes the sign for what cannot be shown."""
    if value is None:
        return None
    short = value[:most]
    return short if short.isascii() and "\0" not in short else _REFUSED.sub("\ufffd", short)


def code(value: Code) -> str | None:
    """A code that is stated; `None` where it is not, or withheld."""
    return None if value is WITHHELD or value is None else str(value)


def amount(money: Money | None) -> str | None:
    """The digits of a stated amount; `None` too where there are more of them than any amount of money has."""
    if money is None or not isinstance(money.amount, Decimal) or not money.amount.is_finite():
        return None
    if abs(money.amount.adjusted()) >= _LONGEST_NUMBER:
        return None
    digits = format(money.amount, "f")
    return digits if len(digits) <= _LONGEST_NUMBER else None


def currency(money: Money | None) -> str | None:
    """Three letters in capitals; `None` where something else is written."""
    stated = ((code(money.currency) if money else None) or "").strip().upper()
    return stated if len(stated) == 3 and stated.isascii() and stated.isalpha() else None


def cpv(stated: str | None) -> str | None:
    """The eight digits."""
    digits = cpv_digits(stated)
    return digits if digits and digits.isascii() else None


def nuts(stated: Iterable[str | None]) -> str | None:
    """The first that is stated."""
    return next((text(each, 12) for each in stated if each), None)


def whole_number(number: Decimal | int | None) -> int | None:
    """A count that a database can hold; `None` for one with a fraction, below nothing, or beyond all reason."""
    if number is None or (isinstance(number, Decimal) and not number.is_finite()):
        return None
    if not 0 <= number <= _LARGEST or number != int(number):
        return None
    return int(number)
