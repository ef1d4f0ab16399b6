"""How far a plan has come: what was counted, how sure that is, and what a straight line through the quarters says."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpdi.action_plans.core.canevas import IndicatorText
from mpdi.action_plans.core.plan import ActionPlanDocument, Obligation, PlanAction, PlanObjective
from mpdi.action_plans.core.profile import HandFigure
from mpdi.action_plans.core.progress_facts import NOTHING, Measured, ProgressFacts, Series
from mpdi.action_plans.core.vocabulary import ActionState, Unit
from mpdi.clause_library.core.vocabulary import Category

FEW = 5
"""Counts below which no share is told and no line drawn; an assumption of ours, that of the uptake report."""
_QUARTERS = 3
"""Quarters with something counted from which on a line is drawn; an assumption of ours."""
_WIDE = Decimal("0.2")
"""Between the bounds of a share from which on it is said to be unsure; an assumption of ours."""
_COVERED = Decimal("0.8")
"""Coverage below which a mean is said to be unsure; an assumption of ours."""
_SOON_DAYS = 92
"""An action due within a quarter is coming."""


class Verdict(StrEnum):
    """What can be said of an objective."""

    NOTHING = "nothing"
    FEW = "few"
    NO_TARGET = "no_target"
    REACHED = "reached"
    NO_LINE = "no_line"
    ON_COURSE = "on_course"
    MISSED = "missed"
    OVERDUE = "overdue"
    """Its day is past and it is not reached."""


class Sureness(StrEnum):
    """How sure a figure is."""

    NONE = "none"
    FEW = "few"
    WIDE = "wide"
    FIRM = "firm"


@dataclass(frozen=True)
class Followed:
    """An objective, or an indicator without one, with what was counted."""

    indicator: IndicatorText
    category: Category | None
    objective: PlanObjective | None
    series: Series
    verdict: Verdict
    line: Decimal | None
    """What a straight line through the quarters gives on the day of the objective."""
    action: PlanAction | None
    """The next action of the plan that serves it."""

    @property
    def is_fed(self) -> bool:
        """Whether anything was counted."""
        return any(each is not None and each.denominator for each in (self.series.baseline, self.series.now))

    @property
    def sureness(self) -> Sureness:
        """How sure the figure of now is."""
        return sureness(self.series.now, self.indicator.unit)


@dataclass(frozen=True)
class HandRow:
    """An action that nothing counts, and the last figure noted by hand."""

    action: PlanAction
    noted: HandFigure | None


@dataclass(frozen=True)
class ProgressReport:
    """All that a progress report says."""

    plan: ActionPlanDocument
    day: datetime.date
    facts: ProgressFacts
    objectives: tuple[Followed, ...]
    others: tuple[Followed, ...]
    by_hand: tuple[HandRow, ...]
    basis: tuple[Obligation, ...] = ()
    """What the law says of the dashboard of the ordinances."""

    @property
    def fed(self) -> int:
        """How many different indicators filled themselves."""
        notices = {each.indicator.key for each in (*self.objectives, *self.others) if each.is_fed}
        return len(notices) + sum(each.count > 0 or bool(each.before) for each in self.facts.asked)

    def actions(self, kind: str) -> tuple[PlanAction, ...]:
        """The actions that are `done`, `stopped`, `late`, `coming` or `later`."""
        return tuple(each for each in self.plan.actions if action_kind(each, self.day) == kind)


def action_kind(action: PlanAction, day: datetime.date) -> str:
    """Where an action stands on a day."""
    if action.state in (ActionState.DONE, ActionState.STOPPED):
        return str(action.state)
    if action.deadline < day:
        return "late"
    return "coming" if (action.deadline - day).days <= _SOON_DAYS else "later"


def progress_report(
    plan: ActionPlanDocument, facts: ProgressFacts, day: datetime.date, basis: tuple[Obligation, ...] = ()
) -> ProgressReport:
    """Return the report: the same plan, facts and day give the same."""
    objectives = tuple(_objective(each, plan, facts, day) for each in plan.objectives)
    told = {each.indicator.key for each in objectives if each.category is None}
    others = tuple(
        _followed(indicator, None, None, plan, facts, day)
        for key, indicator in plan.canevas.indicators.items()
        if key not in told and indicator.unit is not Unit.COUNT
    )
    noted: dict[str, HandFigure] = {}
    for each in sorted(plan.profile.noted, key=lambda figure: figure.day):
        noted[each.action] = each
    by_hand = tuple(HandRow(each, noted.get(each.key)) for each in plan.actions if not each.indicator)
    return ProgressReport(plan, day, facts, objectives, others, by_hand, basis)


def _objective(
    objective: PlanObjective, plan: ActionPlanDocument, facts: ProgressFacts, day: datetime.date
) -> Followed:
    category = None if objective.category is Category.GENERAL else objective.category
    return _followed(objective.indicator, category, objective, plan, facts, day)


def _followed(
    indicator: IndicatorText,
    category: Category | None,
    objective: PlanObjective | None,
    plan: ActionPlanDocument,
    facts: ProgressFacts,
    day: datetime.date,
) -> Followed:
    series = facts.series.get((indicator.key, category), NOTHING)
    line = _line(series, objective.by, indicator.unit) if objective is not None and objective.by is not None else None
    serving = [
        each
        for each in plan.actions
        if each.indicator == indicator.key and each.state not in (ActionState.DONE, ActionState.STOPPED)
    ]
    action = min(serving, key=lambda each: (each.deadline, each.number), default=None)
    return Followed(indicator, category, objective, series, _verdict(objective, series, line, day), line, action)


def _verdict(objective: PlanObjective | None, series: Series, line: Decimal | None, day: datetime.date) -> Verdict:
    if series.now is None or series.now.rate is None:
        return Verdict.NOTHING
    if series.now.denominator < FEW:
        return Verdict.FEW
    if objective is None or objective.target is None or objective.by is None:
        return Verdict.NO_TARGET
    if _meets(series.now.rate, objective):
        return Verdict.REACHED
    if objective.by < day:
        return Verdict.OVERDUE
    if line is None:
        return Verdict.NO_LINE
    return Verdict.ON_COURSE if _meets(line, objective) else Verdict.MISSED


def _meets(rate: Decimal, objective: PlanObjective) -> bool:
    target = objective.target
    if target is None:
        return False
    return rate >= target if objective.indicator.more_is_better else rate <= target


def sureness(measured: Measured | None, unit: Unit) -> Sureness:
    """How sure a figure is: by how many were counted, and by how far the bounds of missing data lie apart."""
    if measured is None or not measured.denominator:
        return Sureness.NONE
    if measured.denominator < FEW:
        return Sureness.FEW
    if unit is Unit.SHARE and measured.lower is not None and measured.upper is not None:
        return Sureness.WIDE if measured.upper - measured.lower > _WIDE else Sureness.FIRM
    return Sureness.FIRM if (measured.coverage or Decimal(0)) >= _COVERED else Sureness.WIDE


def _line(series: Series, by: datetime.date, unit: Unit) -> Decimal | None:
    """Draw the straight line through the quarters, each weighing what it counts, to the day `by`.

    `None` where there is too little to draw one. A share stays between 0 and 1, a percentage under 100, nothing below 0.
    """
    points = [
        (Decimal(_middle(name).toordinal()), each.rate, each.denominator)
        for name, each in series.quarters.items()
        if each.rate is not None
    ]
    weight = sum((each for _, _, each in points), Decimal(0))
    if len(points) < _QUARTERS or weight < FEW or series.now is None or series.now.denominator < FEW:
        return None
    mean_day = sum((day * each for day, _, each in points), Decimal(0)) / weight
    mean_rate = sum((rate * each for _, rate, each in points), Decimal(0)) / weight
    spread = sum((each * (day - mean_day) ** 2 for day, _, each in points), Decimal(0))
    slope = sum((each * (day - mean_day) * (rate - mean_rate) for day, rate, each in points), Decimal(0)) / spread
    found = mean_rate + slope * (Decimal(by.toordinal()) - mean_day)
    highest = {Unit.SHARE: Decimal(1), Unit.PERCENT: Decimal(100)}.get(unit, found)
    return min(max(found, Decimal(0)), max(highest, Decimal(0)))


def _middle(quarter: str) -> datetime.date:
    """The middle day of a quarter such as `2026-Q1`."""
    year, _, number = quarter.partition("-Q")
    return datetime.date(int(year), int(number) * 3 - 1, 15)
