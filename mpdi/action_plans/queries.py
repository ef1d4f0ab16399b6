"""Reading plans: one statement for a plan with its profile, one for its history, one for its versions."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_json import profile_from_json
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.models import ActionPlan, PlanRevision, PlanVersion
from mpdi.action_plans.operations import UnknownPlanError, has_token

_SHOWN = (PlanRevision.plan_id == ActionPlan.id) & (PlanRevision.number == ActionPlan.revision)


def plan_by_token(session: Session, token: str) -> ActionPlan:
    """Return the plan of a link; `UnknownPlanError` when there is none."""
    plan = session.scalar(select(ActionPlan).where(has_token(token)))
    if plan is None:
        raise UnknownPlanError(
            "This link leads to no plan. Check that it is whole; a draft untouched for long is deleted."
        )
    return plan


def current_profile(session: Session, plan: ActionPlan) -> PlanProfile:
    """Return the profile of the revision shown."""
    query = select(PlanRevision.profile).where(PlanRevision.plan_id == plan.id, PlanRevision.number == plan.revision)
    return profile_from_json(session.scalars(query).one())


@dataclass(frozen=True)
class OpenPlan:
    """A plan as it stands, with the profile of the revision shown."""

    id: int
    revision: int
    owner_id: int | None
    merged_into_id: int | None
    changed_at: datetime.datetime
    profile: PlanProfile


def open_plan(session: Session, token: str) -> OpenPlan:
    """Return the plan of a link with its profile, in one statement; `UnknownPlanError`."""
    row = session.execute(
        select(ActionPlan, PlanRevision.profile).join(PlanRevision, _SHOWN).where(has_token(token))
    ).one_or_none()
    if row is None:
        raise UnknownPlanError("This link leads to no plan.")
    plan: ActionPlan = row[0]
    return OpenPlan(
        plan.id, plan.revision, plan.owner_id, plan.merged_into_id, plan.changed_at, profile_from_json(row[1])
    )


@dataclass(frozen=True)
class RevisionLine:
    """A revision in the history: what was changed, and when."""

    number: int
    what: str
    written_at: datetime.datetime


def revisions_of(session: Session, plan_id: int) -> list[RevisionLine]:
    """Return every revision that is kept, the first one first, those undone too."""
    query = (
        select(PlanRevision.number, PlanRevision.what, PlanRevision.written_at)
        .where(PlanRevision.plan_id == plan_id)
        .order_by(PlanRevision.number)
    )
    return [RevisionLine(*row) for row in session.execute(query)]


@dataclass(frozen=True)
class Version:
    """A version as an organ decided on it."""

    id: int
    number: int
    kind: VersionKind
    decided_on: datetime.date
    organ: str
    note: str
    profile_digest: str
    written_at: datetime.datetime
    data: Mapping[str, Any]

    @property
    def profile(self) -> PlanProfile:
        """The profile as it was decided on."""
        return profile_from_json(self.data)


def versions_of(session: Session, plan_id: int) -> list[Version]:
    """Return the versions of a plan, the first one first."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan_id).order_by(PlanVersion.number)
    return [
        Version(
            each.id,
            each.number,
            VersionKind(each.kind),
            each.decided_on,
            each.organ,
            each.note,
            each.profile_digest,
            each.written_at,
            each.profile,
        )
        for each in session.scalars(query)
    ]


@dataclass(frozen=True)
class OwnedPlan:
    """A plan in the list of its owner. `versions`: how often an organ decided on it."""

    id: int
    authority_name: str
    first_day: datetime.date
    last_day: datetime.date
    created_at: datetime.datetime
    changed_at: datetime.datetime
    is_merged_away: bool
    versions: int


def plans_of(session: Session, user_id: int) -> list[OwnedPlan]:
    """Return the plans that a user owns, the last changed first."""
    count = select(func.count(PlanVersion.id)).where(PlanVersion.plan_id == ActionPlan.id).scalar_subquery()
    query = (
        select(ActionPlan, count)
        .where(ActionPlan.owner_id == user_id)
        .order_by(ActionPlan.changed_at.desc(), ActionPlan.id)
    )
    return [
        OwnedPlan(
            plan.id,
            plan.authority_name,
            plan.first_day,
            plan.last_day,
            plan.created_at,
            plan.changed_at,
            plan.merged_into_id is not None,
            versions,
        )
        for plan, versions in session.execute(query)
    ]
