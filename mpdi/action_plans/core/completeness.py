"""What of a plan is done and what is open: what an organ cannot adopt without, and what it may leave for later."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.vocabulary import ActionState, PlanStep, StepState

_OVER = (ActionState.DONE, ActionState.STOPPED)


class OpenKind(StrEnum):
    """What is open."""

    PERIOD_OVER = "period_over"
    NOTHING_BOUGHT = "nothing_bought"
    NOT_ASSESSED = "not_assessed"
    OBJECTIVE_OUTSIDE = "objective_outside"
    """Its day is not in the period."""
    OBJECTIVE_PAST = "objective_past"
    ACTION_PAST = "action_past"
    PURCHASE_PAST = "purchase_past"
    TARGETS_OPEN = "targets_open"
    ASSESSED_IN_PART = "assessed_in_part"
    NO_OPTION = "no_option"
    NO_PURCHASE = "no_purchase"
    MEANS_OPEN = "means_open"


COMPULSORY = frozenset(
    {
        OpenKind.PERIOD_OVER, OpenKind.NOTHING_BOUGHT, OpenKind.NOT_ASSESSED, OpenKind.OBJECTIVE_OUTSIDE,
        OpenKind.OBJECTIVE_PAST, OpenKind.ACTION_PAST, OpenKind.PURCHASE_PAST,
    }
)  # fmt: skip
"""Without these no organ adopts: a choice of ours. The strategy asks for a plan fitted to the authority's own markets."""
WHILE_IT_RUNS = frozenset({OpenKind.OBJECTIVE_PAST, OpenKind.ACTION_PAST, OpenKind.PURCHASE_PAST})
"""Of these, what is no obstacle once a plan was adopted: days pass while it runs."""


@dataclass(frozen=True)
class OpenPoint:
    """Something open: the step where it is mended, and of what: the keys of actions, objectives, purchases, themes."""

    kind: OpenKind
    step: PlanStep
    keys: tuple[str, ...] = ()
    of: int = 0
    """How many there are in all, where some are open."""
    is_compulsory: bool = False


def open_points(plan: ActionPlanDocument, today: datetime.date, *, was_adopted: bool = False) -> tuple[OpenPoint, ...]:
    """Return everything that is open on a day, in the order of the steps."""
    compulsory = COMPULSORY - WHILE_IT_RUNS if was_adopted else COMPULSORY
    found = [
        OpenPoint(kind, step, keys, of, kind in compulsory)
        for kind, step, keys, of in (*_of_needs(plan, today), *_of_days(plan, today), *_of_the_rest(plan))
    ]
    order = list(PlanStep)
    return tuple(sorted(found, key=lambda each: order.index(each.step)))


_Found = tuple[OpenKind, PlanStep, tuple[str, ...], int]


def _of_needs(plan: ActionPlanDocument, today: datetime.date) -> Iterator[_Found]:
    profile = plan.profile
    if profile.period.last <= today:
        yield OpenKind.PERIOD_OVER, PlanStep.AUTHORITY, (), 0
    if not profile.spending and not profile.purchases:
        yield OpenKind.NOTHING_BOUGHT, PlanStep.BUYING, (), 0
    unanswered = tuple(str(each.theme.key) for each in plan.assessment if each.level is None)
    if unanswered:
        kind = OpenKind.ASSESSED_IN_PART if plan.is_answered else OpenKind.NOT_ASSESSED
        yield kind, PlanStep.ASSESSMENT, unanswered, len(plan.assessment)


def _of_days(plan: ActionPlanDocument, today: datetime.date) -> Iterator[_Found]:
    period = plan.profile.period
    days = {each.key: each.by for each in plan.objectives if each.by is not None}
    outside = tuple(key for key, day in days.items() if not period.first <= day <= period.last)
    if outside:
        yield OpenKind.OBJECTIVE_OUTSIDE, PlanStep.OBJECTIVES, outside, len(plan.objectives)
    past = tuple(key for key, day in days.items() if day < today and key not in outside)
    if past:
        yield OpenKind.OBJECTIVE_PAST, PlanStep.OBJECTIVES, past, len(plan.objectives)
    late = tuple(each.key for each in plan.actions if each.deadline < today and each.state not in _OVER)
    if late:
        yield OpenKind.ACTION_PAST, PlanStep.ACTIONS, late, len(plan.actions)
    published = tuple(each.object for each in plan.profile.purchases if each.publication < today)
    if published:
        yield OpenKind.PURCHASE_PAST, PlanStep.PURCHASES, published, len(plan.profile.purchases)


def _of_the_rest(plan: ActionPlanDocument) -> Iterator[_Found]:
    """What an organ may leave for later."""
    targets = tuple(each.key for each in plan.objectives if each.is_open)
    if targets:
        yield OpenKind.TARGETS_OPEN, PlanStep.OBJECTIVES, targets, len(plan.objectives)
    if not plan.profile.options:
        yield OpenKind.NO_OPTION, PlanStep.OPTIONS, (), len(plan.options)
    if not plan.profile.purchases:
        yield OpenKind.NO_PURCHASE, PlanStep.PURCHASES, (), 0
    means = tuple(each.key for each in plan.canevas.resources if each.key not in plan.profile.resources)
    if means:
        yield OpenKind.MEANS_OPEN, PlanStep.RESOURCES, means, len(plan.canevas.resources)


def step_states(plan: ActionPlanDocument) -> Mapping[PlanStep, StepState]:
    """Return how far each step is. The actions count as done once the authority changed one: all are there from the start."""
    profile, set_ones = plan.profile, sum(not each.is_open for each in plan.objectives)
    return {
        PlanStep.AUTHORITY: StepState.DONE,
        PlanStep.BUYING: _whether(profile.spending),
        PlanStep.ASSESSMENT: _how_many(len(profile.self_assessment), len(plan.assessment)),
        PlanStep.OBJECTIVES: _how_many(set_ones, len(plan.objectives)),
        PlanStep.ACTIONS: _whether(profile.actions),
        PlanStep.OPTIONS: _whether(profile.options),
        PlanStep.PURCHASES: _whether(profile.purchases),
        PlanStep.RESOURCES: _how_many(len(profile.resources), len(plan.canevas.resources)),
    }


def _whether(given: object) -> StepState:
    return StepState.DONE if given else StepState.OPEN


def _how_many(done: int, of: int) -> StepState:
    if not done:
        return StepState.OPEN
    return StepState.DONE if done >= of else StepState.BEGUN
