"""Plans in the database: begun, changed by two people at once, undone, adopted, merged, claimed, lapsed."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select, update

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.retention import Retention
from mpdi.action_plans import operations
from mpdi.action_plans.adoption_operations import Decision, DecisionError, PlanNotReadyError, adopt_plan
from mpdi.action_plans.core.completeness import OpenKind
from mpdi.action_plans.core.profile import AskedObjective, Spending
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, VersionKind
from mpdi.action_plans.models import ActionPlan, AdoptedAction, AdoptedObjective, PlanRevision, PlanVersion
from mpdi.action_plans.operations import (
    PlanChangedMeanwhileError,
    PlanClaimedByAnotherError,
    PlanMergedAwayError,
    PlanMergerError,
    PlanNothingToUndoError,
    UnknownPlanError,
    begin_plan,
    change_plan,
    merge_plans,
    redo_plan,
    undo_plan,
)
from mpdi.action_plans.personal_data import PLAN_DATA
from mpdi.action_plans.queries import current_profile, open_plan, plan_by_token, plans_of, revisions_of, versions_of
from mpdi.clause_library.core.vocabulary import Category

DAY = datetime.date(2026, 12, 2)
ADOPTION = Decision(VersionKind.ADOPTION, DAY, "Collège des bourgmestre et échevins", "point 12 de l’ordre du jour")


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def session(database):
    with database.writing() as opened:
        yield opened


@pytest.fixture
def plan(session, commune):
    return begin_plan(session, commune)[0]


def add_person(session, name="a"):
    user = User(email=f"{name}@example.org", email_key=f"{name}@example.org", created_at=clock.now())
    session.add(user)
    session.flush()
    return user.id


def now(session, plan):
    return current_profile(session, plan)


def test_a_plan_is_found_by_its_link_and_by_nothing_else(session, commune):
    plan, token = begin_plan(session, commune)
    assert plan_by_token(session, token).id == plan.id
    assert open_plan(session, token).profile == commune
    assert token not in str(session.execute(select(ActionPlan.__table__)).all())
    with pytest.raises(UnknownPlanError):
        plan_by_token(session, token[:-1])


def test_a_change_is_a_revision_that_can_be_undone_and_redone(session, plan, commune):
    changed = replace(commune, self_assessment={AssessedTheme.POLICY: 3}, authority=replace(commune.authority, id="x"))
    assert change_plan(session, plan, 1, changed, "assessment").revision == 2
    undo_plan(session, plan, 2)
    assert (now(session, plan), plan.authority_id) == (commune, commune.authority.id)
    with pytest.raises(PlanNothingToUndoError):
        undo_plan(session, plan, 1)
    redo_plan(session, plan, 1)
    assert (now(session, plan), plan.authority_id) == (changed, "x")
    assert [each.what for each in revisions_of(session, plan.id)] == ["begin", "assessment"]


def test_two_people_on_different_steps_lose_nothing(session, plan, commune):
    change_plan(session, plan, 1, replace(commune, options=(PlanOption.PILOTS,)), "options")
    spent = Spending(Category.CLEANING, Decimal("90000.50"), 3)
    mine = replace(commune, spending=(*[e for e in commune.spending if e.category != Category.CLEANING], spent))
    assert change_plan(session, plan, 1, mine, "buying").was_joined
    both = now(session, plan)
    assert both.options == (PlanOption.PILOTS,)
    assert spent in both.spending


def test_two_people_on_the_same_thing_are_told_and_nothing_is_stored(session, plan, commune):
    level = commune.self_assessment[AssessedTheme.POLICY]
    theirs = replace(commune, self_assessment={**commune.self_assessment, AssessedTheme.POLICY: (level + 1) % 5})
    mine = replace(commune, self_assessment={**commune.self_assessment, AssessedTheme.POLICY: (level + 2) % 5})
    change_plan(session, plan, 1, theirs, "assessment")
    with pytest.raises(PlanChangedMeanwhileError) as caught:
        change_plan(session, plan, 1, mine, "assessment")
    assert caught.value.conflicts == ("self_assessment.policy",)
    assert now(session, plan) == theirs
    with pytest.raises(PlanChangedMeanwhileError):
        undo_plan(session, plan, 1)


def test_a_page_older_than_every_revision_kept_is_told_so(session, plan, commune, monkeypatch):
    monkeypatch.setattr(operations, "MAX_REVISIONS", 2)
    for level in range(4):
        changed = replace(commune, self_assessment={AssessedTheme.POLICY: level})
        change_plan(session, plan, plan.revision, changed, "assessment")
    assert [each.number for each in revisions_of(session, plan.id)] == [4, 5]
    with pytest.raises(PlanChangedMeanwhileError):
        change_plan(session, plan, 1, commune, "assessment")


def test_an_organ_adopts_and_the_version_never_changes(session, plan, commune, clause_library):
    version = adopt_plan(session, plan, 1, ADOPTION, clause_library)
    objectives = session.scalars(select(AdoptedObjective).where(AdoptedObjective.version_id == version.id)).all()
    actions = session.scalars(select(AdoptedAction).where(AdoptedAction.version_id == version.id)).all()
    asked = {each.key: each.target for each in commune.objectives}
    assert {f"{each.category}.{each.indicator}": each.target for each in objectives}.items() >= asked.items()
    assert {"governance", "training"} <= {each.element for each in actions}
    change_plan(session, plan, 1, replace(commune, options=()), "options")
    (kept,) = versions_of(session, plan.id)
    assert kept.profile == commune
    assert (kept.kind, kept.organ, kept.decided_on) == (VersionKind.ADOPTION, ADOPTION.organ, DAY)


def test_after_adoption_the_day_of_the_draft_stays(session, plan, commune, clause_library, monkeypatch):
    adopt_plan(session, plan, 1, ADOPTION, clause_library)
    monkeypatch.setattr(clock, "today", lambda: DAY + datetime.timedelta(days=400))
    change_plan(session, plan, 1, replace(commune, options=()), "options")
    assert now(session, plan).day == commune.day
    later = Decision(VersionKind.REVIEW, DAY + datetime.timedelta(days=399), "Collège")
    assert adopt_plan(session, plan, 2, later, clause_library).number == 2


def test_before_adoption_the_draft_is_of_the_day_it_was_changed(session, plan, commune, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY + datetime.timedelta(days=9))
    change_plan(session, plan, 1, replace(commune, options=()), "options")
    assert now(session, plan).day == DAY + datetime.timedelta(days=9)


def test_nothing_is_adopted_while_something_compulsory_is_open_but_open_targets_are_no_obstacle(
    session, commune, clause_library
):
    bare = replace(commune, spending=(), purchases=(), self_assessment={}, objectives=())
    plan, _ = begin_plan(session, bare)
    with pytest.raises(PlanNotReadyError) as caught:
        adopt_plan(session, plan, 1, ADOPTION, clause_library)
    assert [each.kind for each in caught.value.points] == [OpenKind.NOTHING_BOUGHT, OpenKind.NOT_ASSESSED]
    change_plan(session, plan, 1, replace(commune, objectives=()), "objectives")
    assert adopt_plan(session, plan, 2, ADOPTION, clause_library).number == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(Decision(VersionKind.ADOPTION, DAY + datetime.timedelta(days=1), "Collège"), id="to come"),
        pytest.param(Decision(VersionKind.ADOPTION, DAY, "  "), id="no organ"),
        pytest.param(Decision(VersionKind.AMENDMENT, DAY, "Collège"), id="nothing to amend"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(session, plan, clause_library, wrong):
    with pytest.raises(DecisionError):
        adopt_plan(session, plan, 1, wrong, clause_library)
    assert session.scalar(select(func.count(PlanVersion.id))) == 0


def test_a_plan_is_adopted_once_and_only_as_the_organ_saw_it(session, plan, commune, clause_library):
    change_plan(session, plan, 1, replace(commune, options=()), "options")
    with pytest.raises(PlanChangedMeanwhileError):
        adopt_plan(session, plan, 1, ADOPTION, clause_library)
    adopt_plan(session, plan, 2, ADOPTION, clause_library)
    with pytest.raises(DecisionError):
        adopt_plan(session, plan, 2, ADOPTION, clause_library)


def test_a_plan_merged_away_can_be_read_and_undo_brings_it_back(session, plan, commune, hospital):
    other, token = begin_plan(session, hospital)
    merge_plans(session, plan, 1, other, replace(commune, spending=(*commune.spending, *hospital.spending)))
    assert open_plan(session, token).merged_into_id == plan.id
    with pytest.raises(PlanMergedAwayError):
        change_plan(session, other, 1, hospital, "options")
    undo_plan(session, plan, 2)
    assert change_plan(session, other, 1, hospital, "options").revision == 2
    redo_plan(session, plan, 1)
    session.expire_all()
    assert open_plan(session, token).merged_into_id == plan.id


def test_a_plan_is_not_merged_with_itself_nor_two_times(session, plan, commune, hospital):
    with pytest.raises(PlanMergerError):
        merge_plans(session, plan, 1, plan, commune)
    other, third = begin_plan(session, hospital)[0], begin_plan(session, commune)[0]
    merge_plans(session, plan, 1, other, commune)
    with pytest.raises(PlanMergerError):
        merge_plans(session, third, 1, other, commune)


def test_deleting_the_plan_that_took_over_frees_the_other(session, plan, commune, hospital):
    other, token = begin_plan(session, hospital)
    merge_plans(session, plan, 1, other, commune)
    operations.delete_plan(session, plan)
    session.flush()
    session.expire_all()
    assert open_plan(session, token).merged_into_id is None
    assert session.scalar(select(func.count(PlanRevision.id))) == 1


def test_a_plan_is_claimed_by_one_account_and_released_with_it(session, commune):
    plan, token = begin_plan(session, commune)
    mine, another = add_person(session), add_person(session, "b")
    operations.claim_plan(session, plan, mine)
    with pytest.raises(PlanClaimedByAnotherError):
        operations.claim_plan(session, plan, another)
    own = operations.owner_token(session, plan, "a key")
    assert plan_by_token(session, own).id == plan_by_token(session, token).id == plan.id
    assert [each.authority_name for each in plans_of(session, mine)] == [commune.authority.name.fr]
    assert operations.release_plans(session, mine) == 1
    session.flush()
    with pytest.raises(UnknownPlanError):
        plan_by_token(session, own)
    assert plan_by_token(session, token).owner_id is None


def test_drafts_lapse_and_adopted_plans_stay_until_long_after_their_last_day(session, commune, clause_library):
    draft, adopted = begin_plan(session, commune)[0], begin_plan(session, commune)[0]
    adopt_plan(session, adopted, 1, ADOPTION, clause_library)
    old = clock.now() - datetime.timedelta(days=800)
    session.execute(update(ActionPlan).values(changed_at=old))
    assert PLAN_DATA.retain(session, Retention()) == {"plans": 1}
    session.flush()
    assert session.scalars(select(ActionPlan.id)).all() == [adopted.id]
    session.execute(update(ActionPlan).values(last_day=DAY - datetime.timedelta(days=731)))
    assert PLAN_DATA.retain(session, Retention()) == {"plans": 1}
    assert draft.id != adopted.id


def test_an_objective_that_both_changed_alike_is_no_conflict(session, plan, commune):
    target = AskedObjective(Category.CLEANING, "social_clauses", None, Decimal("0.4"), commune.period.last)
    both = replace(commune, objectives=(*[e for e in commune.objectives if e.key != target.key], target))
    change_plan(session, plan, 1, both, "objectives")
    assert change_plan(session, plan, 1, both, "objectives").was_joined
    assert target in now(session, plan).objectives
