"""Words and figures of what the commands print, in three languages; amounts as the language writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.costing import display, numbers
from mpdi.lcc.sheets.model import Language


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(Path(__file__).parent / "data" / "table.yaml")
    return read


@dataclass(frozen=True, slots=True)
class TableWords:
    """Says and writes in one language. English keeps the writing that others read: a point, thousands apart by a space."""

    language: Language

    def __call__(self, key: str, /, **values: str) -> str:
        """The words of that key with their values."""
        return _words()[key][self.language].format(**values)

    def money(self, value: Decimal | None) -> str:
        """An amount to the cent."""
        return display.money(value) if self.language == "en" else numbers.money(value, self.language)

    def figure(self, value: Decimal | None, digits: int = 4) -> str:
        """A number."""
        return display.figure(value, digits) if self.language == "en" else numbers.number(value, self.language, digits)

    def percent(self, value: Decimal | None) -> str:
        """A fraction as a percentage."""
        return display.percent(value) if self.language == "en" else numbers.percent(value, self.language)

    def sensible(self, value: Decimal, unit: str) -> str:
        """A threshold with its unit: four figures, none after the point where it is large."""
        digits = min(max(3 - value.adjusted(), 0), 3) if value else 0
        if self.language == "en" and value and abs(value) < 1:
            digits = digits - value.adjusted() - 1  # as many figures as a larger number has
        named = unit if self.language == "en" else numbers.unit_words(unit, self.language)
        return f"{self.figure(value, digits)} {named}".strip()

    def year(self, value: int | None) -> str:
        """The year of a payback; one that never comes is said."""
        return self("never") if value is None else self("year", year=str(value))
