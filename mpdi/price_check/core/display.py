"""Numbers as people read them: rounded here, once, half up; everywhere else they are exact."""

import datetime
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from mpdi.clause_library.core.rendering import NBSP


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Return a number with so many decimals, halves rounded up, below zero too: 17.425 becomes 17.43, -10.075 -10.07.

    So a printed difference comes out: 17.43 - 27.50 = -10.07.
    """
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP if value >= 0 else ROUND_HALF_DOWN)


def written(value: Decimal, language: str, places: int = 2) -> str:
    """Write a number with so many decimals: `12 345,60` (fr), `12.345,60` (nl), `12,345.60` (en)."""
    sign = "−" if value < 0 else ""
    text = f"{abs(rounded(value, places)):,f}"
    marks = {"fr": (NBSP, ","), "nl": (".", ",")}.get(language, (",", "."))
    return sign + text.replace(",", "_").replace(".", marks[1]).replace("_", marks[0])


def plain(value: Decimal, language: str) -> str:
    """Write a number that somebody gave, with the decimals it was given and no more: `4`, `12,5`, `4 800`."""
    places = max(0, -int(value.normalize().as_tuple().exponent)) if value else 0
    return written(value, language, places)


def day_words(day: datetime.date) -> str:
    """Write a day as people do here in every language: `01/12/2026`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
