"""What the database knows of an authority, as plain frozen data that a progress report is made of."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mpdi.clause_library.core.vocabulary import Category


@dataclass(frozen=True)
class Measured:
    """A share or mean: `numerator` of `denominator`, those for which it is stated, out of `population`."""

    numerator: Decimal
    denominator: Decimal
    population: Decimal
    lower: Decimal | None
    upper: Decimal | None

    @property
    def rate(self) -> Decimal | None:
        """Numerator by denominator; `None` where nothing is stated."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def coverage(self) -> Decimal | None:
        """Share of the population for which it is stated."""
        return self.denominator / self.population if self.population else None


@dataclass(frozen=True)
class Series:
    """One indicator of an authority, whole or of a category. `reading`: how it is known; empty: a field of the notice."""

    reading: str = ""
    baseline: Measured | None = None
    now: Measured | None = None
    quarters: Mapping[str, Measured] = field(default_factory=dict)
    """By name, `2026-Q1`, of both windows, in order."""


NOTHING = Series()
SeriesKey = tuple[str, Category | None]
"""An indicator and a category; `None`: all that the authority buys."""


class Recognition(StrEnum):
    """How the authority of a profile was found among the buyers of notices."""

    IDENTIFIER = "identifier"
    NAME = "name"
    """Its name is one of the register."""
    WRITTEN = "written"
    """Not in the register, but notices name a buyer so."""
    NOBODY = "nobody"


@dataclass(frozen=True)
class Found:
    """One call for tenders and what its words hold; `None`: its words were not searched."""

    day: datetime.date
    title: str
    category: Category | None
    value: Decimal | None
    environmental: bool | None
    ethical: bool | None
    social: bool | None


@dataclass(frozen=True)
class Asked:
    """What is counted at the helpdesk or in specifications: how many `of` how many; `of` is `None` for a plain count."""

    key: str
    count: int
    of: int | None = None
    before: int | None = None
    """The count of the window before the plan."""


@dataclass(frozen=True)
class ProgressFacts:
    """What the database knows of an authority. Windows: both days in them."""

    recognition: Recognition
    authority: str = ""
    before: tuple[datetime.date, datetime.date] | None = None
    now: tuple[datetime.date, datetime.date] | None = None
    """`None`: the plan has not begun."""
    procedures_before: int = 0
    procedures_now: int = 0
    notices_stored: int = 0
    """Of everybody."""
    series: Mapping[SeriesKey, Series] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    found: tuple[Found, ...] = ()
    """Calls of the year of the ordinance's dashboard, in order."""
    year: int = 0
