"""How the uptake report speaks: its words, numbers and shares in French and Dutch."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.documents.inline import Language
from mpdi.documents.labels import written_date
from mpdi.monitoring.indicators.dimensions import NOT_STATED
from mpdi.monitoring.indicators.model import Rate
from mpdi.resources import folder

ReportLanguage = Literal["fr", "nl"]
FEW = 5
"""Below it a share is told as a count alone, and nothing is ranked; an assumption of ours."""
_LEAST = Decimal("0.1")
"""Points of a hundred: the last digit that is shown."""
_DATA = Path(__file__).parent / "data"


_FRENCH_SPACES = re.compile("(?<=«) | (?=[:;?!»%])")


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(_DATA / "uptake_report.yaml")
    return {key: {**said, "fr": _FRENCH_SPACES.sub(NBSP, said["fr"])} for key, said in read.items()}


@cache
def _categories() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "rules" / "words.yaml")
    found: Mapping[str, Mapping[str, str]] = read["facts"]["category"]["values"]
    return found


def market_categories() -> frozenset[str]:
    """The market categories of the clause library, and `general`."""
    return frozenset({*_categories(), "general"})


@cache
def measured_detection() -> Mapping[str, Any]:
    """What detection was measured to be worth: `day`, `notices`, `labels`."""
    read: Mapping[str, Any] = strict_yaml.read(_DATA / "detection_measure.yaml")
    return read


def beyond_rounding(points: Decimal) -> tuple[str, Decimal]:
    """A sign and points of a hundred as they may be rounded: what is not nothing is not shown as 0, nor as 100 what is
    not all."""
    if 0 < points < _LEAST / 2:
        return f"<{NBSP}", _LEAST
    if 100 - _LEAST / 2 <= points < 100:
        return f">{NBSP}", 100 - _LEAST
    return "", points


@dataclass(frozen=True, slots=True)
class Words:
    """Says everything in one language; a key without words is an error of ours."""

    language: ReportLanguage

    def __call__(self, key: str, **places: object) -> str:
        """The words of a key, its places filled in."""
        said = _words()[key][self.language]
        return said.format(**places) if places else said

    def number(self, value: Decimal | int, digits: int = 0) -> str:
        """A number with at most so many decimals, half up."""
        return format_number(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP), self.language)

    def percent(self, fraction: Decimal) -> str:
        """A fraction as a percentage: whole, with one decimal below 1 and between 99 and 100."""
        points = fraction * 100
        is_fine = 0 < points < 1 or 99 < points < 100
        sign, shown = beyond_rounding(points)
        return f"{sign}{self.number(shown, 1 if is_fine else 0)}{NBSP}%"

    def share(self, rate: Rate | None) -> str:
        """Numerator and denominator, and the percentage where there are enough: `103 sur 430 (24 %)`."""
        if rate is None or not rate.population:
            return self("none")
        if rate.rate is None:
            return self("not_stated")
        return self.of(rate.numerator, rate.denominator)

    def of(self, numerator: Decimal | int, denominator: Decimal | int) -> str:
        """The same of two counts."""
        places = {"numerator": self.number(numerator), "denominator": self.number(denominator)}
        if denominator < FEW:
            return self("of", **places)
        return self("of_percent", **places, percent=self.percent(Decimal(numerator) / Decimal(denominator)))

    def things(self, numerator: Decimal | int, denominator: Decimal | int, things: str) -> str:
        """The same within a sentence: `103 procédures sur 430 (24 %)`."""
        named = self(f"{things}_one" if numerator < 2 else things)
        places = {"numerator": self.number(numerator), "denominator": self.number(denominator), "things": named}
        if denominator < FEW:
            return self("of_things", **places)
        return self("of_things_percent", **places, percent=self.percent(Decimal(numerator) / Decimal(denominator)))

    def stated(self, rate: Rate | None) -> str:
        """For how many of all it is stated."""
        return self("none") if rate is None or not rate.population else self.of(rate.denominator, rate.population)

    def span(self, rate: Rate | None) -> str:
        """The bounds of a share; none where there are few."""
        if rate is None or rate.is_of_few(FEW) or rate.lower is None or rate.upper is None:
            return self("none")
        if rate.lower == rate.upper:
            return self.percent(rate.lower)
        return self("span", lower=self.percent(rate.lower), upper=self.percent(rate.upper))

    def mean(self, rate: Rate | None) -> str:
        """A mean with one decimal, and of how many; of few only their sum."""
        if rate is None or rate.rate is None:
            return self("not_stated")
        if rate.denominator < FEW:
            return self("of", numerator=self.number(rate.numerator, 1), denominator=self.number(rate.denominator))
        return self.number(rate.rate, 1)

    def mean_span(self, rate: Rate | None) -> str:
        """The bounds of a mean."""
        if rate is None or rate.is_of_few(FEW) or rate.lower is None:
            return self("none")
        if rate.upper is None:
            return self("no_limit", lower=self.number(rate.lower, 1))
        if rate.lower == rate.upper:
            return self.number(rate.lower, 1)
        return self("span", lower=self.number(rate.lower, 1), upper=self.number(rate.upper, 1))

    def day(self, day: datetime.date) -> str:
        """A day in words."""
        return written_date(day, Language(self.language))

    def category(self, key: str) -> str:
        """A market category."""
        if key == NOT_STATED:
            return self("category_not_stated")
        said = self("general") if key == "general" else _categories()[key][self.language]
        return said[0].upper() + said[1:]

    def period(self, key: str) -> str:
        """A year, or a quarter: `2026-Q1` is `T1 2026`."""
        year, _, number = key.partition("-Q")
        return self("quarter_name", year=year, number=number) if number else year

    def level(self, key: str) -> str:
        """A level of government."""
        said = self(f"level_{key}")
        return said[0].upper() + said[1:]

    def coded(self, group: str, code: str) -> str:
        """A code of a closed list; one that nobody knows stays as the notice writes it."""
        if code == NOT_STATED:
            return self("not_stated")
        key = f"{group}_{code}"
        return self(key) if key in _words() else code

    def cpv_group(self, digits: str) -> str:
        """A group of the CPV by its name."""
        code = cpv_table().get(digits.ljust(8, "0"))
        return f"{digits} – {code.name(self.language)}" if code else digits
