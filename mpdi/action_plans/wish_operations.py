"""What an owner may ask for a plan, and the reminders that follow."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.tokens import derived_token, token_hash
from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile_json import profile_from_json
from mpdi.action_plans.core.reminding import AHEAD, due_actions
from mpdi.action_plans.models import ActionPlan, PlanRevision
from mpdi.action_plans.operations import owner_token
from mpdi.action_plans.reminder_mails import reminder_mail
from mpdi.action_plans.wish_models import PlanWish
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.mail.operations import want


class NotTheOwnerError(MpdiError):
    """Only the account that claimed a plan may ask something for it."""


class UnknownReminderError(MpdiError):
    """No reminder has this link, or its plan was deleted."""


@dataclass(frozen=True)
class Wishes:
    """What was asked for a plan."""

    is_shown: bool = False
    is_reminded: bool = False


def wishes_of(session: Session, plan_id: int) -> Wishes:
    """Return what was asked for a plan."""
    asked = select(PlanWish.is_shown, PlanWish.is_reminded).where(PlanWish.plan_id == plan_id)
    row = session.execute(asked).one_or_none()
    return Wishes() if row is None else Wishes(*row)


def choose_wishes(session: Session, plan: ActionPlan, user_id: int, *, is_shown: bool, is_reminded: bool) -> None:
    """Ask for reminders, and for the plan to be told of in the regional view, or no more; `NotTheOwnerError`."""
    if plan.owner_id is None or plan.owner_id != user_id:
        raise NotTheOwnerError("Only the account that this plan belongs to may choose this. Claim the plan first.")
    wish = session.get(PlanWish, plan.id)
    if wish is None:
        wish = PlanWish(plan_id=plan.id)
        session.add(wish)
    wish.is_shown, wish.is_reminded, wish.asked_by_id = is_shown, is_reminded, user_id
    session.flush()


def find_reminded(session: Session, token: str) -> PlanWish:
    """Return the wish that the link of a reminder is about; `UnknownReminderError`."""
    wish = session.scalar(select(PlanWish).where(PlanWish.stop_hash == token_hash(token)))
    if wish is None:
        raise UnknownReminderError("This link leads to no reminder. The plan may have been deleted.")
    return wish


def stop_reminders(session: Session, token: str) -> None:
    """End the reminders of the plan of a link; repeated, it changes nothing."""
    find_reminded(session, token).is_reminded = False


def want_reminders(session: Session, portal: str, key: str, day: datetime.date | None = None) -> int:
    """Put the reminders that are due into the outbox; return how many.

    `portal`: the public address, `key`: that of the portal, from which the links are made. A plan gets one at most every
    thirty days, none where nothing is late or due, none after its last day.
    """
    today = day or clock.today()
    return sum(_remind(session, wish, today, portal.rstrip("/"), key) for wish in _waiting(session, today))


def _waiting(session: Session, today: datetime.date) -> Sequence[PlanWish]:
    asked = (
        select(PlanWish)
        .join(ActionPlan, ActionPlan.id == PlanWish.plan_id)
        .join(User, User.id == ActionPlan.owner_id)
        .where(
            PlanWish.is_reminded,
            PlanWish.asked_by_id == ActionPlan.owner_id,
            User.is_active,
            User.erased_at.is_(None),
            ActionPlan.merged_into_id.is_(None),
            ActionPlan.last_day >= today,
            or_(PlanWish.reminded_on.is_(None), PlanWish.reminded_on <= today - AHEAD),
        )
        .order_by(PlanWish.plan_id)
        .with_for_update(of=PlanWish, skip_locked=True)
    )
    return session.scalars(asked).all()


def _remind(session: Session, wish: PlanWish, today: datetime.date, portal: str, key: str) -> bool:
    plan = wish.plan
    data = session.scalars(
        select(PlanRevision.profile).where(PlanRevision.plan_id == plan.id, PlanRevision.number == plan.revision)
    ).one()
    profile = profile_from_json(data)
    due = due_actions(plan_actions(profile, edition_canevas(profile.canevas)), today)
    if not due or plan.owner is None:
        return False
    stop = derived_token(key, f"plan-reminder:{plan.id}:{plan.owner_id}")
    wish.stop_hash, wish.reminded_on = token_hash(stop), today
    link = f"{portal}/plans/{owner_token(session, plan, key)}/progress"
    stop_link = f"{portal}/plans/reminders/{stop}"
    mail = reminder_mail(profile.authority.name, profile.language, due, link, stop_link)
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Unsubscribe": f"<{stop_link}>",
    }
    wanted = f"plan-reminder:{plan.id}:{today.isoformat()}"
    want(session, plan.owner.email, mail.subject, mail.body, mail.language, headers=headers, key=wanted)
    return True
