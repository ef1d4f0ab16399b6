"""Numbers as people read them: rounded here, once, half up; everywhere else they are exact."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

from mpdi.clause_library.core.rendering import format_number

_CENT = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """Return a number with two decimals, halves rounded away from zero."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def money(value: Decimal, language: str) -> str:
    """Write a number: without decimals where it is whole, else with two: `12 345,60` (fr), `12.345,60` (nl)."""
    two = rounded(value)
    if two == two.to_integral_value():
        return _signed(two, format_number(abs(two), language))
    return two_decimals(two, language)


def two_decimals(value: Decimal, language: str) -> str:
    """Write a number with two decimals, always."""
    two = rounded(value)
    whole, _dot, cents = format(abs(two), "f").partition(".")
    return _signed(two, f"{format_number(Decimal(whole), language)}{'.' if language == 'en' else ','}{cents}")


def _signed(value: Decimal, size: str) -> str:
    """Set the minus sign, which is no hyphen, before the size of a number below zero."""
    return f"\N{MINUS SIGN}{size}" if value < 0 else size


def shown(value: object, language: str) -> str:
    """Write a value that stands in a sentence: a number, a date as day/month/year, or words as they are."""
    if isinstance(value, Decimal | int):
        return money(Decimal(value), language)
    if isinstance(value, datetime.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return str(value)
