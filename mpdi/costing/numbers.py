"""Numbers and units as a reader of the pages writes them; amounts are rounded here, once, and nowhere before."""

import re
from decimal import ROUND_HALF_UP, Decimal

from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.costing.examples import word

NOTHING = "–"
_CENT = Decimal("0.01")


def money(value: Decimal | None, language: str) -> str:
    """Write an amount to the cent, half up: `38.125,72`."""
    if value is None:
        return NOTHING
    whole, _, cents = f"{value.quantize(_CENT, ROUND_HALF_UP):f}".partition(".")
    sign = "-" if whole.startswith("-") and (whole.strip("-0") or cents.strip("0")) else ""
    mark = "." if language == "en" else ","
    return f"{sign}{format_number(Decimal(whole.lstrip('-')), language)}{mark}{cents}"


def number(value: Decimal | None, language: str, digits: int = 4) -> str:
    """Write a number with at most so many decimals; a small one keeps as many significant digits."""
    if value is None:
        return NOTHING
    places = digits if not value or abs(value) >= 1 else digits - value.adjusted() - 1
    return format_number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), language)


def sensible(value: Decimal, language: str) -> str:
    """Write a threshold: four figures say where something changes, and what is large has no decimals."""
    digits = min(max(3 - value.adjusted(), 0), 3) if value else 0
    return number(value, language, digits)


def percent(fraction: Decimal | None, language: str, digits: int = 2) -> str:
    """Write a fraction as a percentage."""
    return NOTHING if fraction is None else f"{number(fraction * 100, language, digits)}{NBSP}%"


def unit_words(unit: str, language: str) -> str:
    """Write a unit of a sheet, such as `EUR/unit/year`, in a language."""
    return re.sub(r"[A-Za-z]+[0-9]?", lambda found: word("units", found[0], language), unit)


def typed(value: Decimal, language: str) -> str:
    """Write a number as one types it: no grouping, all its decimals."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.replace(".", ",")
