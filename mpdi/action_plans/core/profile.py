"""What an authority says of itself: `PROFILE.yaml` as frozen data. What it did not say is empty or `None`, never "no"."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from mpdi.action_plans.core.vocabulary import ActionState, AssessedTheme, PlanOption
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType, Category

PlanLanguage = Literal["fr", "nl", "fr+nl"]
PLAN_LANGUAGES: tuple[PlanLanguage, ...] = ("fr", "nl", "fr+nl")


@dataclass(frozen=True)
class Authority:
    """Who adopts the plan. `id`: its identifier in the register of authorities; empty: it is found by its name."""

    name: Bilingual
    type: AuthorityType
    id: str = ""


@dataclass(frozen=True)
class Period:
    """First and last day of the plan, both included."""

    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Spending:
    """What is bought of one market category in a year, in EUR, and by how many contracts where that is known."""

    category: Category
    amount: Decimal
    contracts: int | None = None


@dataclass(frozen=True)
class AskedObjective:
    """What the authority wants an indicator to be on a day, what it is now, and in its words why so much."""

    category: Category
    indicator: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    by: datetime.date | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """Its stable name: `cleaning.environmental_clauses`."""
        return f"{self.category}.{self.indicator}"


@dataclass(frozen=True)
class PlannedPurchase:
    """A contract that will be put out: what, and the day its notice appears."""

    category: Category
    object: str
    publication: datetime.date
    amount: Decimal | None = None


@dataclass(frozen=True)
class ActionChange:
    """What the authority changed of an action of the canevas, or says of one of its own; `None`: as it was."""

    what: str | None = None
    owner: str | None = None
    means: str | None = None
    measure: str | None = None
    deadline: datetime.date | None = None
    baseline: str | None = None
    target: str | None = None
    state: ActionState | None = None
    comment: str | None = None
    left_out: bool = False


@dataclass(frozen=True)
class HandFigure:
    """What somebody noted of an action: its value in words, on which day, and where the proof stands."""

    action: str
    value: str
    day: datetime.date
    evidence: str


@dataclass(frozen=True)
class PlanProfile:
    """All that a plan is drafted from. `day`: that of the draft; `canevas`: its version, empty for the newest.

    `progress_day`: that of the progress report; `None`: the day on which it is made. `noted`: figures by hand.
    """

    authority: Authority
    period: Period
    day: datetime.date
    language: PlanLanguage = "fr"
    canevas: str = ""
    spending: tuple[Spending, ...] = ()
    spending_note: str = ""
    """Where the amounts come from, and what they leave out."""
    spending_labels: Mapping[str, Category] = field(default_factory=dict)
    """The authority's own labels of what it buys, each with its category (`core.line_categories.LabelTable`)."""
    self_assessment: Mapping[AssessedTheme, int] = field(default_factory=dict)
    objectives: tuple[AskedObjective, ...] = ()
    options: tuple[PlanOption, ...] = ()
    purchases: tuple[PlannedPurchase, ...] = ()
    resources: Mapping[str, Decimal] = field(default_factory=dict)
    actions: Mapping[str, ActionChange] = field(default_factory=dict)
    progress_day: datetime.date | None = None
    noted: tuple[HandFigure, ...] = ()

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category that it names, in the order of the closed list; the general one always."""
        named = {
            Category.GENERAL,
            *(each.category for each in self.spending),
            *(each.category for each in self.objectives),
            *(each.category for each in self.purchases),
        }
        return tuple(each for each in Category if each in named)
