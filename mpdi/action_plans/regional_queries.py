"""What the database knows of all plans, for the regional view: three statements, and one that says whether notices changed."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from mpdi.accounts.authorities import register
from mpdi.action_plans.core.profile import Period
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.regional import AdoptedPlan, Aim, Body, StoredPlans
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.action_plans.models import ActionPlan, AdoptedAction, AdoptedObjective, PlanRevision, PlanVersion
from mpdi.action_plans.progress_figures import measured_now
from mpdi.action_plans.wish_models import PlanWish
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category
from mpdi.monitoring.dashboard.kept_facts import KeptFacts
from mpdi.monitoring.indicators.model import NoticeFacts

_OVER = (ActionState.DONE, ActionState.STOPPED)
AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class _Actions:
    """Actions of one version on a day."""

    total: int = 0
    done: int = 0
    late: int = 0


def bodies() -> list[Body]:
    """Return the authorities of the register, by their French name."""
    return [Body(each.id, Bilingual(each.name["fr"], each.name["nl"]), each.level) for each in register().listed("fr")]


def stored_plans(session: Session, kept: KeptFacts, day: datetime.date, told: Iterable[Body]) -> StoredPlans:
    """Return what is stored of the plans of these authorities on a day, each as it was adopted last.

    Plans that no account answers for are counted and not told: anybody may begin one under any name. States of actions
    are those of the plan as it stands, which its progress page changes.
    """
    rows, names = session.execute(_PLANS).all(), {each.id for each in told}
    known = [row for row in rows if row.owner_id is not None and row.authority_id in names]
    latest: dict[str, AnyRow] = {}
    for row in known:
        if row.version_id is not None and _is_later(row, latest.get(row.authority_id)):
            latest[row.authority_id] = row
    versions = {row.version_id: row for row in latest.values()}
    aims, actions = _aims(session, versions), _actions(session, versions, day)
    measured = _measured(kept, latest, aims, day)
    adopted = {
        authority: AdoptedPlan(
            row.first_day,
            row.last_day,
            row.decided_on,
            tuple(_aim(each, measured.get((authority, *_key(each)))) for each in aims.get(row.version_id, ())),
            actions[row.version_id].total,
            actions[row.version_id].done,
            actions[row.version_id].late,
        )
        for authority, row in latest.items()
    }
    return StoredPlans(
        adopted,
        frozenset(row.authority_id for row in known if row.version_id is None and row.is_shown),
        unclaimed=sum(row.version_id is not None and row.owner_id is None for row in rows),
        outside=sum(
            row.version_id is not None and row.owner_id is not None and row.authority_id not in names for row in rows
        ),
        notices=sum(each.is_uptake for each in kept.facts),
    )


_LAST = (
    select(PlanVersion.plan_id, func.max(PlanVersion.number).label("number")).group_by(PlanVersion.plan_id).subquery()
)
_PLANS = (
    select(
        ActionPlan.id,
        ActionPlan.authority_id,
        ActionPlan.owner_id,
        ActionPlan.first_day,
        ActionPlan.last_day,
        PlanWish.is_shown,
        PlanVersion.id.label("version_id"),
        PlanVersion.decided_on,
        PlanRevision.profile["actions"].label("changes"),
    )
    .join(PlanRevision, (PlanRevision.plan_id == ActionPlan.id) & (PlanRevision.number == ActionPlan.revision))
    .outerjoin(PlanWish, PlanWish.plan_id == ActionPlan.id)
    .outerjoin(_LAST, _LAST.c.plan_id == ActionPlan.id)
    .outerjoin(PlanVersion, (PlanVersion.plan_id == ActionPlan.id) & (PlanVersion.number == _LAST.c.number))
    .where(ActionPlan.merged_into_id.is_(None))
    .order_by(ActionPlan.id)
)
_IS_LATEST = (PlanVersion.plan_id == _LAST.c.plan_id) & (PlanVersion.number == _LAST.c.number)


def _is_later(row: AnyRow, other: AnyRow | None) -> bool:
    return other is None or (row.decided_on, row.version_id) > (other.decided_on, other.version_id)


def _aims(session: Session, versions: Mapping[int, AnyRow]) -> dict[int, list[AnyRow]]:
    """The objectives of the latest versions."""
    found: dict[int, list[AnyRow]] = {}
    asked = (
        select(
            AdoptedObjective.version_id,
            AdoptedObjective.category,
            AdoptedObjective.indicator,
            AdoptedObjective.target,
            AdoptedObjective.by,
        )
        .join(PlanVersion, PlanVersion.id == AdoptedObjective.version_id)
        .join(_LAST, _IS_LATEST)
        .order_by(AdoptedObjective.id)
    )
    for row in session.execute(asked):
        if row.version_id in versions and row.category in list(Category):
            found.setdefault(row.version_id, []).append(row)
    return found


def _actions(session: Session, versions: Mapping[int, AnyRow], day: datetime.date) -> dict[int, _Actions]:
    """How many actions each version has, how many are done, how many late; a state set since counts."""
    totals: Counter[int] = Counter()
    done: Counter[int] = Counter()
    late: Counter[int] = Counter()
    asked = (
        select(AdoptedAction.version_id, AdoptedAction.key, AdoptedAction.deadline, AdoptedAction.state)
        .join(PlanVersion, PlanVersion.id == AdoptedAction.version_id)
        .join(_LAST, _IS_LATEST)
    )
    for version, key, deadline, adopted in session.execute(asked):
        if version not in versions:
            continue
        change = (versions[version].changes or {}).get(key, {})
        state = change.get("state", adopted)
        totals[version] += 1
        done[version] += state == ActionState.DONE
        late[version] += deadline < day and state not in _OVER
    return {each: _Actions(totals[each], done[each], late[each]) for each in versions}


def _key(row: AnyRow) -> tuple[str, str]:
    return row.category, row.indicator


def _aim(row: AnyRow, measured: Measured | None) -> Aim:
    return Aim(Category(row.category), row.indicator, row.target, row.by, measured)


MeasuredKey = tuple[str, str, str]
"""An authority, a category, an indicator."""


def _measured(
    kept: KeptFacts, latest: Mapping[str, AnyRow], aims: Mapping[int, Iterable[AnyRow]], day: datetime.date
) -> Mapping[MeasuredKey, Measured]:
    """What was measured since each plan began: worked out once for one state of the notices and of the plans."""
    asked = tuple(
        (authority, Period(row.first_day, row.last_day), tuple(_key(each) for each in aims.get(row.version_id, ())))
        for authority, row in latest.items()
    )
    return kept.once(("regional", day, asked), lambda: dict(_worked_out(kept.facts, asked, day)))


def _worked_out(
    facts: Iterable[NoticeFacts], asked: Iterable[tuple[str, Period, tuple[tuple[str, str], ...]]], day: datetime.date
) -> Iterator[tuple[MeasuredKey, Measured]]:
    by_authority: dict[str, list[NoticeFacts]] = {}
    for notice in facts:
        if notice.authority is not None:
            by_authority.setdefault(notice.authority, []).append(notice)
    for authority, period, keys in asked:
        for key, measured in measured_now(by_authority.get(authority, []), period, day, keys):
            yield (authority, *key), measured
