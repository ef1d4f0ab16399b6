"""What follows from a profile: spending and reach, objectives left open, actions with dates that can be kept."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from mpdi.action_plans.core.dates import months_after, working_day_within
from mpdi.action_plans.core.profile import ActionChange, Period
from mpdi.action_plans.core.vocabulary import ActionState, PlanOption
from mpdi.clause_library.core.vocabulary import Ambition, Category, Certainty, Theme
from mpdi.public_holidays import closed_day


@pytest.fixture(scope="module")
def plan(draft, commune):
    return draft(commune)


def test_spending_is_told_largest_first_and_its_shares_sum_to_one(plan):
    amounts = [row.amount for row in plan.spending.rows]
    assert amounts == sorted(amounts, reverse=True)
    assert plan.spending.total == Decimal(5_215_000)
    assert sum(row.share for row in plan.spending.rows) == pytest.approx(Decimal(1))
    assert plan.spending.contracts == 42


def test_contracts_are_not_summed_where_a_category_does_not_say(draft, hospital):
    assert draft(hospital).spending.contracts is None


def test_a_theme_reaches_the_categories_that_have_a_clause_of_it_and_no_others(plan, clause_library):
    clauses = clause_library.all_in_force(plan.profile.day)
    for reach in plan.spending.themes:
        expected = sum(
            row.amount
            for row in plan.spending.rows
            if any(row.category in clause.categories and clause.themes[0] is reach.theme for clause in clauses)
        )
        assert reach.amount == expected
    ethical = next(each for each in plan.spending.themes if each.theme is Theme.ETHICAL)
    assert 0 < ethical.share < 1


def test_packs_grow_with_their_level_and_begin_with_core_clauses(plan):
    for row in plan.spending.rows:
        counts = [row.pack.by_level[level] for level in Ambition]
        assert counts == sorted(counts)
        assert all(clause.ambition is Ambition.CORE for clause in row.pack.first)


def test_no_target_is_proposed(draft, nothing, commune):
    assert all(each.target is None and each.by is None for each in draft(nothing).objectives)
    asked = {each.key for each in commune.objectives}
    assert {each.key for each in draft(commune).objectives if each.target is not None} == asked


def test_part_one_follows_what_is_bought(plan, draft, nothing):
    assert {part.category for part in plan.categories} == {
        Category.GENERAL,
        *(row.category for row in plan.spending.rows),
    }
    assert [part.category for part in draft(nothing).categories] == [Category.GENERAL]


def test_what_the_authority_names_beside_the_base_objectives_is_kept(read, draft):
    profile = read(
        "authority: {name: C, type: local}\nperiod: {from: 2027-01-01, to: 2028-12-31}\n"
        "objectives: [{category: paper, indicator: sme_winners, target: 0.5, by: 2028-01-31}]"
    )
    own = [each for each in draft(profile).objectives if not each.is_base]
    assert [(each.key, each.target) for each in own] == [("paper.sme_winners", Decimal("0.5"))]


def test_one_contract_weighs_what_it_weighs(plan):
    cleaning = next(part for part in plan.categories if part.category is Category.CLEANING)
    assert "33,3 points" in cleaning.help.fr
    assert "33,3 procentpunten" in cleaning.help.nl


def test_options_bring_their_actions_and_only_when_chosen(plan, draft, nothing):
    assert {each.option for each in plan.actions if each.option} == set(plan.profile.options)
    assert not any(each.option for each in draft(nothing).actions)
    assert PlanOption.COORDINATION_LOT not in {each.option for each in plan.actions}


def test_an_action_for_categories_not_bought_is_left_out_and_kept_where_nothing_is_known(draft, nothing, hospital):
    only_paper = replace(nothing, spending=(replace(hospital.spending[0], category=Category.PAPER),))
    assert "control.prices" not in {each.key for each in draft(only_paper).actions}
    assert "control.prices" in {each.key for each in draft(nothing).actions}


def test_usual_deadlines_are_working_days_within_the_period_after_what_they_wait_for(plan, draft, hospital):
    for each in (plan, draft(hospital)):
        days = {action.key: action.deadline for action in each.actions}
        for action in each.actions:
            assert action.is_usual
            assert not closed_day(action.deadline, "fr")
            assert each.profile.period.first <= action.deadline <= each.profile.period.last
            assert all(days[key] <= action.deadline for key in action.after)


def test_a_short_period_keeps_every_deadline_inside(draft, nothing):
    short = replace(nothing, period=Period(datetime.date(2027, 1, 4), datetime.date(2027, 3, 28)))
    assert max(action.deadline for action in draft(short).actions) == datetime.date(2027, 3, 26)


def test_a_deadline_that_the_authority_gives_is_kept_and_its_faults_are_named(draft, commune):
    sunday = datetime.date(2027, 1, 31)
    changed = replace(commune, actions={"governance.steering": ActionChange(deadline=sunday)})
    action = next(each for each in draft(changed).actions if each.key == "governance.steering")
    assert action.deadline == sunday
    assert not action.is_usual
    assert [note.fr for note in action.notes if "dimanche" in note.fr]
    assert [note.nl for note in action.notes if "actie 1" in note.nl]


def test_what_is_left_out_is_gone_and_what_is_done_is_not_in_the_calendar(draft, commune):
    changed = replace(
        commune,
        actions={
            "dnsh.record": ActionChange(left_out=True),
            "governance.coordinator": ActionChange(state=ActionState.DONE),
        },
    )
    plan = draft(changed)
    assert "dnsh.record" not in {each.key for each in plan.actions}
    assert "governance.coordinator" in {each.key for each in plan.actions}
    assert "action-governance.coordinator" not in {each.key for each in plan.calendar}


def test_a_publication_is_preceded_by_its_steps_and_none_is_in_the_past(plan):
    for number, purchase in enumerate(plan.profile.purchases, start=1):
        own = {
            each.key.rpartition("-")[2]: each for each in plan.calendar if each.key.startswith(f"purchase-{number}-")
        }
        assert set(own) == {"need", "market", "documents"}
        assert own["need"].day <= own["market"].day <= own["documents"].day < purchase.publication
        assert all(each.day >= plan.profile.day for each in own.values())
    late = [each for each in plan.calendar if each.is_late]
    assert {each.key for each in late} == {"purchase-3-need", "purchase-3-market"}


def test_answers_change_what_is_said(plan, draft, nothing):
    governance = next(each for each in plan.elements if each.element.key == "governance")
    assert governance.adapted
    assert not next(each for each in draft(nothing).elements if each.element.key == "governance").adapted


def test_an_obligation_is_as_sure_as_the_register_of_law_says_and_no_surer(plan, clause_library, canevas):
    acts = {each.key: each for each in canevas.obligations}
    for each in plan.obligations:
        text = acts[each.key]
        known = clause_library.reference.instruments[text.act].articles.get(text.article, Certainty.GENERAL_KNOWLEDGE)
        assert each.certainty is known
        assert "{{" not in each.text.fr + each.text.nl
    assert Certainty.GENERAL_KNOWLEDGE in {each.certainty for each in plan.obligations}


def test_obligations_follow_kind_and_categories_of_the_authority(plan, draft, hospital):
    local = {each.key for each in plan.obligations}
    assert {"dashboard", "social", "clean_vehicles"} <= local
    assert "social_circular" not in local
    other = {each.key for each in draft(hospital).obligations}
    assert "dashboard" not in other
    assert {"lots_reason", "subsidised"} <= other


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2027-01-31", 1, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2027-03-01", -3, "2026-12-01")],
)
def test_months_end_where_a_calendar_says(day, months, expected):
    assert months_after(datetime.date.fromisoformat(day), months).isoformat() == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-01", "2027-01-04"),
        ("2027-07-21", "2027-07-22"),
        ("2027-05-06", "2027-05-07"),
        ("2028-12-30", "2028-12-29"),
    ],
    ids=["New Year on a Friday", "national day", "Ascension", "a Saturday at the end"],
)
def test_a_closed_day_moves_to_the_next_open_one_but_not_out_of_the_period(day, expected):
    first, last = datetime.date(2027, 1, 1), datetime.date(2028, 12, 31)
    assert working_day_within(datetime.date.fromisoformat(day), first, last).isoformat() == expected


def test_a_number_of_law_that_is_not_known_on_the_day_is_left_open_and_to_be_verified(draft, nothing):
    later = replace(
        nothing,
        day=datetime.date(2029, 6, 1),
        period=Period(datetime.date(2030, 1, 1), datetime.date(2031, 12, 31)),
    )
    lots = next(each for each in draft(later).obligations if each.key == "lots_reason")
    assert lots.certainty is Certainty.GENERAL_KNOWLEDGE
    assert "[…] EUR" in lots.text.fr
    assert "[…] EUR" in lots.text.nl
