"""Two authorities become one: their plans into one profile, each part with what was taken from which."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from mpdi.action_plans.core.plan import OWN
from mpdi.action_plans.core.profile import (
    ActionChange,
    AskedObjective,
    Authority,
    HandFigure,
    Period,
    PlannedPurchase,
    PlanProfile,
    Spending,
)
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, PlanStep
from mpdi.clause_library.core.vocabulary import Category

Item = TypeVar("Item", bound=Hashable)


class Taken(StrEnum):
    """Where a part of the merged plan comes from."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    """Both say the same, or both stand side by side."""
    ADDED = "added"
    """Amounts added up."""


@dataclass(frozen=True)
class Part:
    """A part of the merged plan: what each of the two has there, and what was taken. `key`: as `core.three_ways` names it.

    `is_choice`: both say something else, so that one had to be chosen.
    """

    step: PlanStep
    key: str
    first: object
    second: object
    taken: Taken
    is_choice: bool = False


@dataclass(frozen=True)
class Merged:
    """The profile of the merged plan, and its parts in the order of the steps."""

    profile: PlanProfile
    parts: tuple[Part, ...]

    @property
    def choices(self) -> tuple[Part, ...]:
        """The parts of which one side had to be chosen."""
        return tuple(each for each in self.parts if each.is_choice)


def merged(
    first: PlanProfile, second: PlanProfile, authority: Authority, chosen: Mapping[str, str] | None = None
) -> Merged:
    """Return both plans as one, on the canevas and in the language of the first; both must be on that canevas.

    Amounts and numbers of contracts are added up; contracts, options and own actions stand side by side. Where both say
    something else, `chosen` says which (`first` or `second`) by key; without it the first, and of the self-assessment
    the lower level: a merged authority is as far as its slower half.
    """
    merger = _Merger(first, second, chosen or {})
    profile = replace(
        first,
        authority=authority,
        period=merger.period(),
        spending=merger.spending(),
        spending_note=" ".join(dict.fromkeys(filter(None, (first.spending_note, second.spending_note)))),
        spending_labels={**second.spending_labels, **first.spending_labels},
        self_assessment=merger.levels(),
        objectives=merger.objectives(),
        options=merger.options(),
        purchases=merger.purchases(),
        resources=merger.resources(),
        actions=merger.actions(),
        noted=merger.noted(),
    )
    order = list(PlanStep)
    return Merged(profile, tuple(sorted(merger.parts, key=lambda each: order.index(each.step))))


class _Merger:
    """Merges part by part and remembers what was taken from which."""

    def __init__(self, first: PlanProfile, second: PlanProfile, chosen: Mapping[str, str]) -> None:
        self._first, self._second, self._chosen = first, second, chosen
        self._renamed = _new_names(first.actions, second.actions)
        self.parts: list[Part] = []

    def _one(self, step: PlanStep, key: str, first: object, second: object, usual: Taken = Taken.FIRST) -> Taken:
        """Say which side stands, where each says something or nothing (None), and keep it."""
        is_choice = first is not None and second is not None and first != second
        if is_choice:
            asked = self._chosen.get(key, str(usual))
            taken = Taken.SECOND if asked == Taken.SECOND else Taken.FIRST
        elif first == second:
            taken = Taken.BOTH
        else:
            taken = Taken.SECOND if first is None else Taken.FIRST
        self.parts.append(Part(step, key, first, second, taken, is_choice))
        return taken

    def period(self) -> Period:
        first, second = self._first.period, self._second.period
        return second if self._one(PlanStep.AUTHORITY, "period", first, second) is Taken.SECOND else first

    def spending(self) -> tuple[Spending, ...]:
        one, two = ({each.category: each for each in plan.spending} for plan in (self._first, self._second))
        made = []
        for category in (each for each in Category if each in one or each in two):
            first, second = one.get(category), two.get(category)
            if first is None or second is None:
                self._one(PlanStep.BUYING, f"spending.{category}", first, second)
                made += [each for each in (first, second) if each is not None]
                continue
            self.parts.append(Part(PlanStep.BUYING, f"spending.{category}", first, second, Taken.ADDED))
            is_known = first.contracts is not None and second.contracts is not None
            contracts = (first.contracts or 0) + (second.contracts or 0) if is_known else None
            made.append(Spending(category, first.amount + second.amount, contracts))
        return tuple(made)

    def levels(self) -> dict[AssessedTheme, int]:
        made = {}
        for theme in AssessedTheme:
            first, second = (plan.self_assessment.get(theme) for plan in (self._first, self._second))
            if first is None and second is None:
                continue
            is_second_lower = first is not None and second is not None and second < first
            usual = Taken.SECOND if is_second_lower else Taken.FIRST
            taken = self._one(PlanStep.ASSESSMENT, f"self_assessment.{theme}", first, second, usual)
            level = second if taken is Taken.SECOND else first
            if level is not None:
                made[theme] = level
        return made

    def objectives(self) -> tuple[AskedObjective, ...]:
        one, two = ({each.key: each for each in plan.objectives} for plan in (self._first, self._second))
        made = []
        for key in dict.fromkeys((*one, *two)):
            first, second = one.get(key), two.get(key)
            taken = self._one(PlanStep.OBJECTIVES, f"objectives.{key}", first, second)
            each = second if taken is Taken.SECOND else first
            if each is not None:
                made.append(each)
        return tuple(made)

    def options(self) -> tuple[PlanOption, ...]:
        return tuple(self._side_by_side(PlanStep.OPTIONS, "options", self._first.options, self._second.options))

    def purchases(self) -> tuple[PlannedPurchase, ...]:
        both = self._first.purchases, self._second.purchases
        found = self._side_by_side(PlanStep.PURCHASES, "purchases", *both)
        return tuple(sorted(found, key=lambda each: each.publication))

    def _side_by_side(self, step: PlanStep, name: str, first: Sequence[Item], second: Sequence[Item]) -> Iterable[Item]:
        for number, each in enumerate(dict.fromkeys((*first, *second)), start=1):
            in_first, in_second = each if each in first else None, each if each in second else None
            self._one(step, f"{name}.{number}", in_first, in_second)
            yield each

    def resources(self) -> dict[str, Decimal]:
        one, two = self._first.resources, self._second.resources
        for key in dict.fromkeys((*one, *two)):
            if key in one and key in two:
                self.parts.append(Part(PlanStep.RESOURCES, f"resources.{key}", one[key], two[key], Taken.ADDED))
            else:
                self._one(PlanStep.RESOURCES, f"resources.{key}", one.get(key), two.get(key))
        return {key: one.get(key, Decimal(0)) + two.get(key, Decimal(0)) for key in dict.fromkeys((*one, *two))}

    def actions(self) -> dict[str, ActionChange]:
        one = self._first.actions
        two = {self._renamed.get(key, key): change for key, change in self._second.actions.items()}
        made = {}
        for key in dict.fromkeys((*one, *two)):
            first, second = one.get(key), two.get(key)
            taken = self._one(PlanStep.ACTIONS, f"actions.{key}", first, second)
            change = second if taken is Taken.SECOND else first
            if change is not None:
                made[key] = change
        return made

    def noted(self) -> tuple[HandFigure, ...]:
        theirs = (replace(each, action=self._renamed.get(each.action, each.action)) for each in self._second.noted)
        return tuple(dict.fromkeys((*self._first.noted, *theirs)))


def _new_names(first: Mapping[str, ActionChange], second: Mapping[str, ActionChange]) -> dict[str, str]:
    """Own actions of the second plan whose keys the first uses for others, under keys that are free."""
    taken, names = {*first, *second}, {}
    for key in (
        each for each in second if each.startswith(f"{OWN}.") and each in first and first[each] != second[each]
    ):
        number = 1
        while (free := f"{OWN}.{number}") in taken:
            number += 1
        taken.add(free)
        names[key] = free
    return names
