"""What one can do with a plan: begin, change, undo, adopt, merge, claim, delete, let old ones lapse."""

import datetime
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import ownership_operations
from mpdi.accounts.tokens import token_hash
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_json import profile_from_json, profile_json
from mpdi.action_plans.core.three_ways import both_ways
from mpdi.action_plans.models import ActionPlan, PlanRevision, PlanVersion
from mpdi.exceptions import MpdiError

MAX_REVISIONS = 200
"""Revisions kept for one plan; the oldest go first. Adopted versions stay."""
_MERGER = "merge:"


class UnknownPlanError(MpdiError):
    """No plan has this link, or it has lapsed."""


class PlanChangedMeanwhileError(MpdiError):
    """What is to be changed of the plan was changed in another window or by somebody else since the page was opened."""

    def __init__(self, message: str, conflicts: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.conflicts = conflicts
        """What both changed, as `core.three_ways` names it; empty where the page is too old to tell."""


class PlanClaimedByAnotherError(MpdiError):
    """The plan has an owner already, who is somebody else."""


class PlanNothingToUndoError(MpdiError):
    """The plan has no earlier revision, or no later one."""


class PlanMergedAwayError(MpdiError):
    """The plan was taken over by another when authorities merged: it can be read, not changed."""


class PlanMergerError(MpdiError):
    """Two plans that cannot be merged: they are one, or one of them was merged away."""


@dataclass(frozen=True)
class Changed:
    """What became of a change. `was_joined`: somebody else's change of other things is kept beside it."""

    revision: int
    was_joined: bool = False


def has_token(token: str) -> ColumnElement[bool]:
    """Return the condition that a plan is the one of a link: that it began with, or its owner's own."""
    kept = token_hash(token)
    return or_(ActionPlan.token_hash == kept, ActionPlan.owner_token_hash == kept)


def begin_plan(session: Session, profile: PlanProfile, owner_id: int | None = None) -> tuple[ActionPlan, str]:
    """Begin a plan; return it with the token of its link, which is shown to nobody else."""
    token, moment = secrets.token_urlsafe(24), clock.now()
    plan = ActionPlan(
        token_hash=token_hash(token), revision=1, last_number=1, created_at=moment, changed_at=moment, owner_id=owner_id
    )
    _repeat(plan, profile)
    plan.revisions.append(PlanRevision(number=1, what="begin", profile=profile_json(profile), written_at=moment))
    session.add(plan)
    session.flush()
    return plan, token


def _repeat(plan: ActionPlan, profile: PlanProfile) -> None:
    """Write what lists show of a plan beside its profile."""
    name = profile.authority.name
    plan.authority_id = profile.authority.id[:80]
    plan.authority_name = " / ".join(dict.fromkeys((name.fr, name.nl)))[:300]
    plan.authority_type = str(profile.authority.type)
    plan.canevas = profile.canevas
    plan.first_day, plan.last_day = profile.period.first, profile.period.last


def profile_at(session: Session, plan: ActionPlan, number: int) -> PlanProfile | None:
    """Return the profile of a revision; None where it is not kept any more."""
    query = select(PlanRevision.profile).where(PlanRevision.plan_id == plan.id, PlanRevision.number == number)
    data = session.scalar(query)
    return None if data is None else profile_from_json(data)


def change_plan(session: Session, plan: ActionPlan, expected_revision: int, profile: PlanProfile, what: str) -> Changed:
    """Store a profile made from revision `expected_revision`; `what`: the step, or what was done.

    Where the plan has moved on, both changes are kept if they touch different things; else `PlanChangedMeanwhileError`
    and nothing is stored. Until a plan was adopted its draft is of today; later the day stays that of the adoption.
    `PlanMergedAwayError`.
    """
    locked = lock_plan(session, plan)
    if not _was_adopted(session, locked):
        profile = replace(profile, day=clock.today())
    was_joined = locked.revision != expected_revision
    if was_joined:
        profile = _joined(session, locked, expected_revision, profile)
    _store(session, locked, profile, what)
    return Changed(locked.revision, was_joined)


def lock_plan(session: Session, plan: ActionPlan) -> ActionPlan:
    """Return the plan as it is now, held until the end of the transaction; `PlanMergedAwayError`."""
    locked = session.get_one(ActionPlan, plan.id, with_for_update=True, populate_existing=True)
    if locked.merged_into_id is not None:
        raise PlanMergedAwayError("This plan was taken over by another: change that one.")
    return locked


def _was_adopted(session: Session, plan: ActionPlan) -> bool:
    return bool(session.scalar(select(exists().where(PlanVersion.plan_id == plan.id))))


def _joined(session: Session, plan: ActionPlan, expected: int, mine: PlanProfile) -> PlanProfile:
    base, theirs = profile_at(session, plan, expected), profile_at(session, plan, plan.revision)
    if base is None or theirs is None:
        raise PlanChangedMeanwhileError("This plan was changed meanwhile. Yours is not saved yet: compare, save again.")
    found = both_ways(base, mine, theirs)
    if found.conflicts:
        raise PlanChangedMeanwhileError(
            f"This was changed meanwhile: {', '.join(found.conflicts)}. Yours is not saved yet: compare, save again.",
            found.conflicts,
        )
    return found.profile


def _store(session: Session, plan: ActionPlan, profile: PlanProfile, what: str) -> None:
    newer = PlanRevision.plan_id == plan.id, PlanRevision.number > plan.revision
    session.execute(delete(PlanRevision).where(*newer))
    plan.last_number += 1
    plan.revision = plan.last_number
    plan.changed_at = clock.now()
    _repeat(plan, profile)
    session.add(
        PlanRevision(
            plan_id=plan.id,
            number=plan.revision,
            what=what[:60],
            profile=profile_json(profile),
            written_at=plan.changed_at,
        )
    )
    oldest = plan.revision - MAX_REVISIONS
    session.execute(delete(PlanRevision).where(PlanRevision.plan_id == plan.id, PlanRevision.number <= oldest))
    session.flush()


def undo_plan(session: Session, plan: ActionPlan, expected_revision: int) -> None:
    """Return to the revision before; `PlanNothingToUndoError`, `PlanChangedMeanwhileError`, `PlanMergedAwayError`."""
    locked = _unmoved(session, plan, expected_revision)
    undone = _revision(session, locked, PlanRevision.number == locked.revision)
    earlier = _revision(session, locked, PlanRevision.number < locked.revision, is_last=True)
    if earlier is None or undone is None:
        raise PlanNothingToUndoError("There is nothing to undo.")
    _let_go(session, locked, undone.what)
    _show(locked, earlier)


def redo_plan(session: Session, plan: ActionPlan, expected_revision: int) -> None:
    """Return to the revision undone last; the same errors."""
    locked = _unmoved(session, plan, expected_revision)
    later = _revision(session, locked, PlanRevision.number > locked.revision)
    if later is None:
        raise PlanNothingToUndoError("There is nothing to redo.")
    if later.what.startswith(_MERGER):
        _take_over(session, locked, int(later.what.removeprefix(_MERGER)))
    _show(locked, later)


def _unmoved(session: Session, plan: ActionPlan, expected: int) -> ActionPlan:
    locked = lock_plan(session, plan)
    if locked.revision != expected:
        raise PlanChangedMeanwhileError("This plan was changed meanwhile: look at it again first.")
    return locked


def _revision(
    session: Session, plan: ActionPlan, which: ColumnElement[bool], *, is_last: bool = False
) -> PlanRevision | None:
    order = PlanRevision.number.desc() if is_last else PlanRevision.number
    query = select(PlanRevision).where(PlanRevision.plan_id == plan.id, which).order_by(order).limit(1)
    return session.scalar(query)


def _show(plan: ActionPlan, revision: PlanRevision) -> None:
    plan.revision, plan.changed_at = revision.number, clock.now()
    _repeat(plan, profile_from_json(revision.profile))


def merge_plans(
    session: Session, plan: ActionPlan, expected_revision: int, other: ActionPlan, profile: PlanProfile
) -> None:
    """Store a profile made of two plans in the first; the other stays to be read and says where it went.

    Undo brings the other back. `PlanMergerError`, `PlanChangedMeanwhileError`, `PlanMergedAwayError`.
    """
    if plan.id == other.id:
        raise PlanMergerError("A plan cannot be merged with itself: give the link of the other one.")
    locked = _unmoved(session, plan, expected_revision)
    _store(session, locked, profile, f"{_MERGER}{other.id}")
    _take_over(session, locked, other.id)


def _take_over(session: Session, plan: ActionPlan, other_id: int) -> None:
    other = session.get(ActionPlan, other_id, with_for_update=True, populate_existing=True)
    if other is None or other.merged_into_id not in (None, plan.id):
        raise PlanMergerError("The other plan is gone, or was merged into a third one already.")
    other.merged_into_id = plan.id
    session.flush()


def _let_go(session: Session, plan: ActionPlan, what: str) -> None:
    if what.startswith(_MERGER):
        taken = ActionPlan.id == int(what.removeprefix(_MERGER)), ActionPlan.merged_into_id == plan.id
        session.execute(update(ActionPlan).where(*taken).values(merged_into_id=None))


def claim_plan(session: Session, plan: ActionPlan, user_id: int) -> None:
    """Make a user the owner of a plan begun without account; `PlanClaimedByAnotherError`. Its link goes on working."""
    if not ownership_operations.claim(session, plan, user_id, "plan_claimed", f"action_plan:{plan.id}"):
        raise PlanClaimedByAnotherError("This plan belongs to another account already.")


def owner_token(session: Session, plan: ActionPlan, key: str) -> str:
    """Return the token of the owner's own link: always the same for one plan, owner and key of the portal."""
    return ownership_operations.owner_token(session, plan, key, "action_plan")


def release_plans(session: Session, user_id: int) -> int:
    """Leave a user's plans without owner, each under the link it began with; return how many."""
    return ownership_operations.release(session, ActionPlan, user_id)


def delete_plan(session: Session, plan: ActionPlan) -> None:
    """Delete a plan with its revisions and versions; what was merged into it stands on its own again."""
    session.delete(plan)


def delete_lapsed(session: Session, drafts: datetime.timedelta, adopted: datetime.timedelta) -> int:
    """Delete drafts never adopted and untouched for so long, and plans so long after their last day; return how many."""
    moment = clock.now()
    has_version = exists().where(PlanVersion.plan_id == ActionPlan.id)
    is_old_draft = ~has_version & (ActionPlan.changed_at < moment - drafts)
    is_over = has_version & (ActionPlan.last_day < clock.today() - adopted) & (ActionPlan.changed_at < moment - adopted)
    found = session.scalars(select(ActionPlan).where(is_old_draft | is_over)).all()
    for plan in found:
        session.delete(plan)
    return len(found)
