"""The canevas of a plan, as frozen data: `templates/action_plans/<version>/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, Unit
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category, Language

Condition = Mapping[str, Any]


@dataclass(frozen=True)
class CanevasAction:
    """A base action. `months`: its usual delay from the first day of the period, a default of the project."""

    key: str
    element: str
    what: Bilingual
    owner: str
    means: Bilingual
    measure: Bilingual
    months: int
    after: tuple[str, ...] = ()
    indicator: str = ""
    when: Condition | None = None
    option: PlanOption | None = None
    """Part 2: the option that brings it."""


@dataclass(frozen=True)
class Adaptation:
    """What is said more where the answers of an authority fit."""

    when: Condition
    text: Bilingual


@dataclass(frozen=True)
class Element:
    """One element of the canevas. `lines`: those of the regional strategy that ask for it."""

    key: str
    title: Bilingual
    lines: str
    purpose: Bilingual
    why: Bilingual
    actions: tuple[CanevasAction, ...]
    adapts: tuple[Adaptation, ...]


@dataclass(frozen=True)
class OptionText:
    """Part 2: an option. `suits`: to whom it is shown as fitting."""

    key: PlanOption
    element: str
    title: Bilingual
    purpose: Bilingual
    suits: Condition
    actions: tuple[CanevasAction, ...]


@dataclass(frozen=True)
class CategoryText:
    """Part 1: what is at stake in a market category, and the indicators of its base objectives."""

    category: Category
    stake: Bilingual
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorText:
    """An indicator of monitoring in words. `more_is_better`: whether the plan wants more of it."""

    key: str
    unit: Unit
    more_is_better: bool
    name: Bilingual
    aim: Bilingual


@dataclass(frozen=True)
class LevelText:
    """What a level means, and what the next one takes."""

    means: Bilingual
    next: Bilingual


@dataclass(frozen=True)
class ThemeText:
    """A theme of the self-assessment, with its levels from 0 to 4."""

    key: AssessedTheme
    title: Bilingual
    question: Bilingual
    levels: tuple[LevelText, ...]


@dataclass(frozen=True)
class ObligationText:
    """What the law asks, whatever the plan says; its certainty is that of the article in the register of law."""

    key: str
    act: str
    article: str
    text: Bilingual
    when: Condition | None


@dataclass(frozen=True)
class RiskText:
    """What may make a plan fail, how one sees it, what one does then."""

    key: str
    what: Bilingual
    sign: Bilingual
    answer: Bilingual
    owner: str


@dataclass(frozen=True)
class ResourceText:
    """A means that a plan needs, and the unit in which it is budgeted."""

    key: str
    what: Bilingual
    unit: Bilingual


@dataclass(frozen=True)
class StepText:
    """What stands before a publication, `months` before it: a default of the project."""

    key: str
    months: int
    what: Bilingual
    owner: str


@dataclass(frozen=True)
class Canevas:
    """All of one version. `digest`: SHA-256 of its files; `legal_review`: `pending` until a jurist signs."""

    version: str
    digest: str
    legal_review: str
    title: Bilingual
    functions: Mapping[str, Bilingual]
    states: Mapping[str, Bilingual]
    elements: tuple[Element, ...]
    options: Mapping[PlanOption, OptionText]
    categories: Mapping[Category, CategoryText]
    indicators: Mapping[str, IndicatorText]
    themes: tuple[ThemeText, ...]
    obligations: tuple[ObligationText, ...]
    risks: tuple[RiskText, ...]
    resources: tuple[ResourceText, ...]
    steps: tuple[StepText, ...]
    words: Mapping[str, Bilingual]

    @cached_property
    def actions(self) -> tuple[CanevasAction, ...]:
        """Every action, those of part 2 after those of the elements."""
        base = [action for element in self.elements for action in element.actions]
        return (*base, *(action for option in self.options.values() for action in option.actions))

    @cached_property
    def action_keys(self) -> frozenset[str]:
        """The keys of all actions."""
        return frozenset(action.key for action in self.actions)

    def word(self, key: str, language: Language, **places: object) -> str:
        """Return a fixed text of the files, its places filled."""
        text = self.words[key][language]
        return text.format(**places) if places else text

    def both(self, key: str, **places: object) -> Bilingual:
        """Return a fixed text in both languages, its places filled alike."""
        return Bilingual(self.word(key, "fr", **places), self.word(key, "nl", **places))
