"""The plans of a region on one day, as plain frozen data: who has one, what they aim at, what was measured, what is late."""

import datetime
import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mpdi.action_plans.core.canevas import IndicatorText
from mpdi.action_plans.core.progress import FEW
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category

LEVELS = ("local", "regional", "federal", "other")
"""Levels of the register of authorities, in the order in which they are told."""


class Standing(StrEnum):
    """How an authority of the register stands."""

    ADOPTED = "adopted"
    OVER = "over"
    """Its adopted plan has ended, and no other was adopted."""
    MAKING = "making"
    """Its maker said that this may be told."""
    NONE = "none"
    """None that this portal knows of: it may have one elsewhere."""


@dataclass(frozen=True)
class Body:
    """An authority of the register."""

    id: str
    name: Bilingual
    level: str


@dataclass(frozen=True)
class Aim:
    """An objective that was adopted, and what was measured of it since its plan began; `None`: nothing."""

    category: Category
    indicator: str
    target: Decimal | None = None
    by: datetime.date | None = None
    measured: Measured | None = None


@dataclass(frozen=True)
class AdoptedPlan:
    """The plan of an authority as it was adopted last. Actions: all, those done, those late on the day."""

    first: datetime.date
    last: datetime.date
    decided_on: datetime.date
    aims: tuple[Aim, ...] = ()
    actions: int = 0
    done: int = 0
    late: int = 0


@dataclass(frozen=True)
class StoredPlans:
    """What the database knows, by identifier of the register. `unclaimed`: adopted plans that no account answers for.

    `outside`: adopted plans of bodies that the register does not hold.
    """

    adopted: Mapping[str, AdoptedPlan] = field(default_factory=dict)
    making: frozenset[str] = frozenset()
    unclaimed: int = 0
    outside: int = 0
    notices: int = 0
    """Procedures of notices from which results are measured, of everybody."""


@dataclass(frozen=True)
class Chosen:
    """What narrows the view; empty: everything."""

    level: str = ""
    category: str = ""
    standing: str = ""


EVERYTHING = Chosen()


@dataclass(frozen=True)
class Listed:
    """An authority and how it stands; `plan`: where it adopted one."""

    body: Body
    standing: Standing
    plan: AdoptedPlan | None = None


@dataclass(frozen=True)
class LevelCount:
    """How many authorities of a level stand how, and the actions of their plans."""

    level: str
    standing: Mapping[Standing, int]
    actions: int
    done: int
    late: int

    @property
    def total(self) -> int:
        """Authorities of the level."""
        return sum(self.standing.values())


@dataclass(frozen=True)
class AimRow:
    """One indicator of one category: how many authorities aim at it, at what, and what was measured for all of them."""

    category: Category
    indicator: IndicatorText
    authorities: int
    targets: tuple[Decimal, ...]
    measured: Measured | None
    of: int
    """Authorities of which something was measured."""
    judged: int
    reached: int

    @property
    def median(self) -> Decimal | None:
        """The median of the targets set."""
        return statistics.median(self.targets) if self.targets else None

    @property
    def quartiles(self) -> tuple[Decimal, Decimal] | None:
        """The first and the third quartile; `None` below five targets, which they would only repeat."""
        if len(self.targets) < FEW:
            return None
        first, _, third = statistics.quantiles(self.targets, n=4, method="inclusive")
        return first, third


@dataclass(frozen=True)
class LevelResult:
    """The objectives of a level in a category: those with a target, with something measured, judged, reached."""

    level: str
    category: Category
    authorities: int
    objectives: int
    with_target: int
    measured: int
    judged: int
    reached: int


@dataclass(frozen=True)
class RegionalView:
    """All that the regional view shows."""

    day: datetime.date
    chosen: Chosen
    listed: tuple[Listed, ...]
    levels: tuple[LevelCount, ...]
    aims: tuple[AimRow, ...]
    results: tuple[LevelResult, ...]
    stored: StoredPlans

    def count(self, standing: Standing) -> int:
        """How many authorities stand so."""
        return sum(each.standing.get(standing, 0) for each in self.levels)

    @property
    def total(self) -> int:
        """Authorities in the view."""
        return sum(each.total for each in self.levels)

    @property
    def late(self) -> int:
        """Actions late, of all plans in force in the view."""
        return sum(each.late for each in self.levels)

    @property
    def actions(self) -> int:
        """Actions of all plans in force in the view."""
        return sum(each.actions for each in self.levels)

    @property
    def done(self) -> int:
        """Actions done, of all plans in force in the view."""
        return sum(each.done for each in self.levels)

    @property
    def objectives(self) -> int:
        """Objectives of all plans in force in the view."""
        return sum(each.objectives for each in self.results)
