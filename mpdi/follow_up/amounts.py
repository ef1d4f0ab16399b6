"""Amounts of penalties as a language writes them."""

from decimal import Decimal

from mpdi.clause_library.core.rendering import NBSP, format_number

_CENTS = 2


def eur(value: Decimal | str, language: str) -> str:
    """Write an amount, never rounded: “6 000,00 EUR” (fr), “6.000,00 EUR” (nl), “6,000.00 EUR” (en).

    Two decimals at least; an amount of a clause that has more keeps them, so that the arithmetic beside it comes out.
    """
    whole, _dot, decimals = format(Decimal(value), "f").partition(".")
    mark = "." if language == "en" else ","
    return f"{format_number(Decimal(whole), language)}{mark}{decimals.rstrip('0').ljust(_CENTS, '0')}{NBSP}EUR"
