"""A plan as plain frozen data: what all its files show."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from mpdi.action_plans.core.canevas import Canevas, Element, IndicatorText, OptionText, ThemeText
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.spending import PackReach, SpendingView
from mpdi.action_plans.core.vocabulary import ActionState, PlanOption, VersionKind
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category, Certainty

OWN = "own"
"""The element of an action that is the authority's own."""


@dataclass(frozen=True)
class PlanAction:
    """An action. `is_usual`: its deadline is the usual delay of the canevas, a default of the project.

    `notes`: what to look at, such as a deadline before that of an action it waits for.
    """

    key: str
    number: int
    element: str
    what: Bilingual
    owner: Bilingual
    means: Bilingual
    measure: Bilingual
    deadline: datetime.date
    is_usual: bool
    after: tuple[str, ...] = ()
    indicator: str = ""
    option: PlanOption | None = None
    baseline: str = ""
    target: str = ""
    state: ActionState = ActionState.PLANNED
    comment: str = ""
    notes: tuple[Bilingual, ...] = ()


@dataclass(frozen=True)
class PlanObjective:
    """An objective. Without target or day it is open: the canevas proposes none. `help`: what packs say."""

    key: str
    category: Category
    indicator: IndicatorText
    baseline: Decimal | None
    target: Decimal | None
    by: datetime.date | None
    is_base: bool
    help: Bilingual | None
    reason: str = ""
    """Why the authority set it so, in its own words."""

    @property
    def is_open(self) -> bool:
        """Whether the authority has still to set it."""
        return self.target is None or self.by is None


@dataclass(frozen=True)
class CategoryPart:
    """Part 1 for one category."""

    category: Category
    stake: Bilingual
    objectives: tuple[PlanObjective, ...]
    pack: PackReach
    help: Bilingual | None
    """What the number of contracts says about targets; `None` where it is not stated."""


@dataclass(frozen=True)
class OptionPart:
    """Part 2: an option, whether chosen, and whether the answers say that it suits (None: unknown)."""

    option: OptionText
    is_chosen: bool
    suits: bool | None
    actions: tuple[PlanAction, ...]


@dataclass(frozen=True)
class ElementPart:
    """An element with what the answers add and its actions."""

    element: Element
    adapted: tuple[Bilingual, ...]
    actions: tuple[PlanAction, ...]


@dataclass(frozen=True)
class Assessed:
    """A theme of the self-assessment and the level given; `None`: not answered."""

    theme: ThemeText
    level: int | None


@dataclass(frozen=True)
class Obligation:
    """What the law asks, with the act as written and how sure we are of the article."""

    key: str
    text: Bilingual
    source: Bilingual
    certainty: Certainty


@dataclass(frozen=True)
class CalendarEntry:
    """A day of the plan. `kind`: `action`, `objective`, `step`, `publication`, `end`; `is_late`: its usual day is past."""

    key: str
    day: datetime.date
    kind: str
    what: Bilingual
    owner: Bilingual
    is_late: bool = False


@dataclass(frozen=True)
class DecidedPlan:
    """What an organ decided on last. `is_shown`: this plan is what it decided on; else a draft that would change it."""

    number: int
    kind: VersionKind
    day: datetime.date
    organ: str
    is_shown: bool


@dataclass(frozen=True)
class ActionPlanDocument:
    """The whole plan. Every file is a pure function of it."""

    profile: PlanProfile
    profile_digest: str
    canevas: Canevas
    spending: SpendingView
    assessment: tuple[Assessed, ...]
    categories: tuple[CategoryPart, ...]
    obligations: tuple[Obligation, ...]
    options: tuple[OptionPart, ...]
    elements: tuple[ElementPart, ...]
    actions: tuple[PlanAction, ...]
    calendar: tuple[CalendarEntry, ...]
    clause_count: int
    """Clauses in force on the day of the draft."""
    decided: DecidedPlan | None = None
    """`None`: no organ has decided on it yet."""

    @property
    def is_draft(self) -> bool:
        """Whether the organ has still to decide on it."""
        return self.decided is None or not self.decided.is_shown

    @property
    def objectives(self) -> tuple[PlanObjective, ...]:
        """Every objective, by category."""
        return tuple(each for part in self.categories for each in part.objectives)

    @property
    def open_objectives(self) -> int:
        """How many objectives have no target or no day."""
        return sum(each.is_open for each in self.objectives)

    @property
    def chosen(self) -> tuple[OptionPart, ...]:
        """The options of part 2 that were chosen."""
        return tuple(each for each in self.options if each.is_chosen)

    @property
    def is_answered(self) -> bool:
        """Whether anything of the self-assessment was answered."""
        return any(each.level is not None for each in self.assessment)
