"""`PROFILE.yaml`: what is wrong is named with its key and how to mend it, all at once."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.profile_reading import PROFILE_KEYS
from mpdi.action_plans.core.profile_writing import profile_text

LEAST = """
authority: {name: Commune d'Exemple, type: local}
period: {from: 2027-01-01, to: 2028-12-31}
"""

WRONG = {
    "negative amount": ("spending: [{category: cleaning, amount: -5}]", "spending[0].amount", "negative"),
    "amount in words": ("spending: [{category: cleaning, amount: '1.200,50 EUR'}]", "spending[0].amount", "point for decimals"),
    "another currency": ("spending: [{category: cleaning, amount: '900 USD'}]", "spending[0].amount", "convert it"),
    "amount in cents": ("spending: [{category: cleaning, amount: 90000000000000}]", "spending[0].amount", "cents"),
    "category twice": (
        "spending: [{category: it, amount: 1}, {category: it, amount: 2}]", "spending[1].category", "Add both up",
    ),
    "unknown category": ("spending: [{category: schoonmaak, amount: 5}]", "spending[0].category", "cleaning"),
    "half a contract": ("spending: [{category: it, amount: 5, contracts: 1.5}]", "spending[0].contracts", "whole number"),
    "target over 100 %": (
        "objectives: [{category: food, indicator: ethical_clauses, target: 80}]", "objectives[0].target", "0.8 for 80 %",
    ),
    "unknown indicator": ("objectives: [{category: food, indicator: greenness}]", "objectives[0].indicator", "sme_winners"),
    "objective twice": (
        "objectives: [{category: food, indicator: price_only}, {category: food, indicator: price_only}]",
        "objectives[1]", "Keep one",
    ),
    "deadline past": (
        "objectives: [{category: food, indicator: price_only, by: 2025-06-30}]", "objectives[0].by", "past",
    ),
    "deadline before the period": (
        "objectives: [{category: food, indicator: price_only, by: 2026-12-20}]", "objectives[0].by", "before the period",
    ),
    "deadline after the period": (
        "objectives: [{category: food, indicator: price_only, by: 2030-06-30}]", "objectives[0].by", "extend the period",
    ),
    "publication past": (
        "purchases: [{category: food, object: Repas, publication: 2026-01-31}]", "purchases[0].publication", "past",
    ),
    "publication in another millennium": (
        "purchases: [{category: food, object: Repas, publication: 9999-12-31}]",
        "purchases[0].publication",
        "year",
    ),
    "deadline in another millennium": (
        "actions: {governance.coordinator: {deadline: 9999-12-31}}",
        "actions.governance.coordinator.deadline",
        "year",
    ),
    "level 5": ("self_assessment: {policy: 5}", "self_assessment.policy", "from 0 to 4"),
    "level -1": ("self_assessment: {policy: -1}", "self_assessment.policy", "from 0 to 4"),
    "unknown theme": ("self_assessment: {polices: 1}", "self_assessment.polices", "follow_up"),
    "unknown option": ("plan_options: [lots]", "plan_options[0]", "coordination_lot"),
    "unknown key": ("budget: 5", "budget", "spending"),
    "unknown language": ("language: de", "language", "fr+nl"),
    "unknown action": ("actions: {governance.king: {owner: Roi}}", "actions.governance.king", "own."),
    "formula": ("actions: {governance.coordinator: {owner: '=1+1'}}", "actions.governance.coordinator.owner", "formula"),
    "own action without deadline": ("actions: {own.1: {what: Un, owner: Deux}}", "actions.own.1.deadline", "missing"),
    "deadline of an action past": (
        "actions: {governance.coordinator: {deadline: 2026-01-01}}", "actions.governance.coordinator.deadline", "past",
    ),
    "means unknown": ("resources: {gold: 5}", "resources.gold", "training"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(WRONG))
def test_what_is_wrong_is_named_with_its_key_and_its_remedy(read, case):
    text, key, remedy = WRONG[case]
    with pytest.raises(ProfileError) as refused:
        read(LEAST + text)
    (problem,) = refused.value.problems
    assert problem.startswith(f"{key}: ")
    assert remedy in problem


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("{from: 2028-12-31, to: 2027-01-01}", "Swap"),
        ("{from: 2020-01-01, to: 2021-12-31}", "period to come"),
        ("{from: 2027-01-01, to: 2047-01-01}", "ten years"),
        ("{from: 9998-01-01, to: 9999-12-31}", "more than ten years"),
        ("{from: 0001-01-01, to: 2028-12-31}", "more than ten years"),
        ("{from: 2027-01-01}", "missing"),
        ("{from: soon, to: later}", "year-month-day"),
    ],
    ids=["reversed", "past", "twenty years", "year 9999", "year 1", "no end", "words"],
)
def test_a_period_that_cannot_be_is_refused(read, period, said):
    with pytest.raises(ProfileError, match=said):
        read(f"authority: {{name: Commune, type: local}}\nperiod: {period}")


@pytest.mark.parametrize("given", ["", "- a\n- b\n", "[]", "authority: 5\nperiod: 6\n", "just words"])
def test_what_is_no_profile_is_refused_without_a_stack_trace(read, given):
    with pytest.raises(ProfileError):
        read(given)


def test_a_name_that_begins_with_an_equals_sign_is_refused(read):
    with pytest.raises(ProfileError, match="formula"):
        read(LEAST.replace("Commune d'Exemple", '"=HYPERLINK(1)"'))


def test_every_fault_is_told_at_once(read):
    with pytest.raises(ProfileError) as refused:
        read(
            LEAST
            + "spending: [{category: cleaning, amount: -5}, {category: x, amount: 1}]\nself_assessment: {policy: 9}"
        )
    assert len(refused.value.problems) == 3


def test_name_kind_and_period_are_enough(nothing):
    assert nothing.spending == ()
    assert nothing.self_assessment == {}
    assert nothing.day == datetime.date(2026, 12, 2)


def test_without_a_date_the_draft_is_of_today(read):
    assert read(LEAST).day == datetime.date(2026, 12, 2)


@pytest.mark.parametrize("name", ["commune", "hospital", "nothing"])
def test_a_profile_written_and_read_again_is_the_same(read, request, name):
    profile = request.getfixturevalue(name)
    assert read(profile_text(profile)) == profile


def test_a_deadline_that_is_past_is_no_fault_of_an_action_that_is_done(read):
    profile = read(LEAST + "actions: {governance.coordinator: {deadline: 2026-11-30, state: done}}")
    assert profile.actions["governance.coordinator"].deadline == datetime.date(2026, 11, 30)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.dates()
)
WORDS = st.sampled_from(
    ["category", "amount", "food", "indicator", "price_only", "target", "by", "from", "to", "owner"]
)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=150, deadline=None)
@given(data=st.dictionaries(st.sampled_from(PROFILE_KEYS), ANYTHING, max_size=6))
def test_whatever_stands_in_a_profile_is_read_or_refused_by_name(read, data):
    problems: tuple[str, ...] = ()
    try:
        profile = read(data)
    except ProfileError as error:
        problems = error.problems
    if problems:
        assert all(problem.strip() for problem in problems)
    else:
        assert profile.period.first < profile.period.last
