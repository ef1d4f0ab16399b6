"""An organ decides on a plan: a version that never changes, with its objectives and actions in columns."""

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.completeness import OpenPoint, open_points
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.profile_json import profile_json
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.models import ActionPlan, AdoptedAction, AdoptedObjective, PlanVersion
from mpdi.action_plans.operations import PlanChangedMeanwhileError, lock_plan, profile_at
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.exceptions import MpdiError


class PlanNotReadyError(MpdiError):
    """Something that an organ cannot adopt without is open; `points` says what, and in which step it is mended."""

    def __init__(self, points: tuple[OpenPoint, ...]) -> None:
        super().__init__(f"Still open: {', '.join(f'{each.kind} ({each.step})' for each in points)}.")
        self.points = points


class DecisionError(MpdiError):
    """A decision that cannot be: in the future, of no organ, or of a kind that does not fit what was decided before."""


@dataclass(frozen=True)
class Decision:
    """What was decided: of which kind, on which day, by which organ (a college, a board); `note` in free words."""

    kind: VersionKind
    decided_on: datetime.date
    organ: str
    note: str = ""


def adopt_plan(
    session: Session, plan: ActionPlan, expected_revision: int, decision: Decision, library: ClauseLibrary
) -> PlanVersion:
    """Write the plan as a version; its revision stays as it is, and goes on being drafted.

    `PlanNotReadyError` while something compulsory was open on the day of the decision: a plan adopted before it came into
    the portal is judged by that day (open targets are no obstacle: the organ may set them later);
    `DecisionError`; `PlanChangedMeanwhileError` when the plan is not any more what the organ saw; `PlanMergedAwayError`.
    """
    locked = lock_plan(session, plan)
    profile = profile_at(session, locked, locked.revision)
    if locked.revision != expected_revision or profile is None:
        raise PlanChangedMeanwhileError("This plan was changed meanwhile: look at what the organ decided on first.")
    last = session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.plan_id == locked.id)) or 0
    _check(decision, last)
    document = draft_plan(profile, edition_canevas(profile.canevas), library)
    compulsory = tuple(
        each for each in open_points(document, decision.decided_on, was_adopted=last > 0) if each.is_compulsory
    )
    if compulsory:
        raise PlanNotReadyError(compulsory)
    version = _version(document, decision, last + 1)
    version.plan_id = locked.id
    session.add(version)
    locked.changed_at = version.written_at
    session.flush()
    return version


def _check(decision: Decision, last: int) -> None:
    if not decision.organ.strip():
        raise DecisionError("Name the organ that decided.")
    if decision.decided_on > clock.today():
        raise DecisionError("The day of the decision is to come: write it down once it is taken.")
    if (decision.kind is VersionKind.ADOPTION) != (last == 0):
        raise DecisionError("A plan is adopted once; what is decided later is an amendment or a review.")


def _version(document: ActionPlanDocument, decision: Decision, number: int) -> PlanVersion:
    profile = document.profile
    return PlanVersion(
        number=number,
        kind=str(decision.kind),
        decided_on=decision.decided_on,
        organ=decision.organ.strip()[:200],
        note=decision.note.strip()[:2000],
        profile=profile_json(profile),
        profile_digest=document.profile_digest,
        canevas=profile.canevas,
        written_at=clock.now(),
        objectives=[
            AdoptedObjective(
                category=str(each.category),
                indicator=each.indicator.key,
                baseline=each.baseline,
                target=each.target,
                by=each.by,
            )
            for each in document.objectives
        ],
        actions=[
            AdoptedAction(key=each.key, element=each.element, deadline=each.deadline, state=str(each.state))
            for each in document.actions
        ],
    )
