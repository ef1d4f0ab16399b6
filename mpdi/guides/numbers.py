"""Numbers of law in the text of a guide: `{{ key }}` becomes the value that holds on the day of reading."""

import datetime
import re

from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import Language

_PLACE = re.compile(r"\{\{ ?([a-z_0-9]+) ?\}\}")
_UNITS = {"EUR": f"{NBSP}EUR", "percent": f"{NBSP}%"}


def number_keys(text: str) -> set[str]:
    """Return the keys of the numbers that a text uses."""
    return set(_PLACE.findall(text))


def filled(text: Bilingual, language: Language, numbers: LawNumbers, day: datetime.date) -> str:
    """Write a text with its numbers; amounts and percentages with their unit, others bare."""

    def written(match: re.Match[str]) -> str:
        number = numbers.number(match[1])
        return format_number(number.on(day).value, language) + _UNITS.get(number.unit, "")

    return _PLACE.sub(written, text[language])
