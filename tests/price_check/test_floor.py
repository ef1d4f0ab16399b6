"""What an offer leaves for an hour of work, against the buyer's own wage cost."""

import datetime
from decimal import Decimal

import pytest
from price_samples import NO_COSTS, WAGE

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.check import Verdict
from mpdi.price_check.core.model import ShareProvenance
from mpdi.price_check.core.rules import DATA
from mpdi.price_check.core.steps import floor_steps


def floor_of(checked, place=0):
    return checked.offers[place].floor


def test_the_arithmetic_is_shown_step_by_step(check):
    floor = floor_of(check(10000, joint_committee="121", hours=300, wage_costs=[WAGE], other_costs={"materials": 5, "transport": 1, "overhead": 10, "margin": 4}))
    assert floor.whole.left == 8000
    shown = [(str(step.words), step.sum, step.shown("en")) for step in floor_steps(floor, "en")]
    assert ("Materials and products", "10,000.00 × 5 ÷ 100", "500.00\u00a0EUR") in shown
    assert ("Left for work", "10,000.00 − 500.00 − 100.00 − 1,000.00 − 400.00", "8,000.00\u00a0EUR") in shown
    assert ("Left for an hour of work", "8,000.00 ÷ 300", "26.67\u00a0EUR/h") in shown
    assert ("Left over or short for an hour of work", "26.67 − 25.00", "1.67\u00a0EUR/h") in shown


def test_a_printed_difference_comes_out(check):
    floor = floor_of(check(Decimal("1742.50"), hours=100, joint_committee="121", wage_costs=[{**WAGE, "value": Decimal("27.50")}], other_costs=NO_COSTS))
    shown = [(step.sum, step.shown("en")) for step in floor_steps(floor, "en")]
    assert ("17.43 − 27.50", "−10.07\u00a0EUR/h") in shown


@pytest.mark.parametrize(("amount", "is_below"), [(Decimal("2500.00"), False), (Decimal("2499.99"), True)])
def test_equal_to_the_wage_cost_is_not_below_it(check, amount, is_below):
    checked = check(amount, hours=100, joint_committee="121", wage_costs=[WAGE], other_costs=NO_COSTS)
    assert floor_of(checked).whole.is_below is is_below
    assert checked.offers[0].verdict is (Verdict.MAY if is_below else Verdict.NONE)


def test_an_offer_below_the_wage_cost_may_be_questioned_and_need_not(check):
    checked = check(1000, hours=100, joint_committee="121", wage_costs=[WAGE])
    assert [reason.code for reason in checked.offers[0].reasons] == ["below_wage_cost"]
    assert checked.offers[0].verdict is Verdict.MAY


def test_a_finding_is_no_surer_than_the_shares_it_rests_on(check):
    read = WAGE | {"certainty": "verified"}
    given = {"hours": 100, "joint_committee": "121", "wage_costs": [read]}
    by_default = check(1000, **given).offers[0].reasons[0]
    assert by_default.certainty is Certainty.GENERAL_KNOWLEDGE
    assert by_default.unsure == ("the shares of other costs that are defaults of this project, without a source",)
    own = check(1000, **given, other_costs={"materials": 5, "transport": 1, "overhead": 10, "margin": 4}).offers[0].reasons[0]
    assert own.certainty is Certainty.VERIFIED
    assert own.unsure == ()


def test_the_shares_of_the_tender_come_before_those_of_the_buyer_and_those_before_the_defaults(check):
    offer = {"tenderer": "Fictive", "amount": 1000, "other_costs": {"materials": 1}}
    floor = floor_of(check(offer, other_costs={"materials": 2, "transport": {"percent": 3, "source": "Note inventée"}}))
    found = {line.share.cost.value: (line.share.percent, line.share.provenance) for line in floor.costs}
    assert found["materials"] == (1, ShareProvenance.TENDER)
    assert found["transport"] == (3, ShareProvenance.BUYER)
    assert found["margin"][1] is ShareProvenance.PROJECT_DEFAULT


def test_hours_of_posts_are_weighted_by_their_committees(check):
    posts = [{"title": "Bureaux", "hours": 60, "joint_committee": "121"}, {"title": "Jardin", "hours": 40, "joint_committee": "145.04"}]
    wages = [WAGE, WAGE | {"joint_committee": "145.04", "value": 30}]
    floor = floor_of(check({"tenderer": "Fictive", "amount": 2700, "posts": posts}, wage_costs=wages, other_costs=NO_COSTS))
    assert floor.whole.wages == 2700
    assert floor.whole.wage_per_hour == 27
    assert floor.whole.is_below is False


def test_a_post_with_its_amount_has_its_own_floor(check):
    posts = [{"title": "Bureaux", "hours": 100, "amount": 2000}, {"title": "Vitres", "hours": 10, "amount": 5000}, {"title": "Produits", "hours": 0, "amount": 100}]
    checked = check({"tenderer": "Fictive", "amount": 7100, "posts": posts}, joint_committee="121", wage_costs=[WAGE], other_costs=NO_COSTS)
    assert [(line.title, line.is_below) for line in floor_of(checked).posts] == [("Bureaux", True), ("Vitres", False)]
    assert "“Bureaux”" in checked.offers[0].reasons[0].text


def test_no_wage_cost_ships_and_this_is_said(check, rules):
    assert rules.wage_costs == ()
    assert "NO FIGURE IS GIVEN" in (DATA / "wage_costs.yaml").read_text(encoding="utf-8")
    assert all(item["values"] == [] for item in strict_yaml.read(DATA / "wage_costs.yaml").values())
    floor = floor_of(check(1000, hours=100, joint_committee="121"))
    assert floor.whole.is_below is None
    assert "No wage cost is known for joint committee 121" in floor.missing[0]


def test_an_unknown_joint_committee_is_used_with_the_buyers_figure_and_questioned(check):
    floor = floor_of(check(1000, hours=100, joint_committee="999", wage_costs=[WAGE | {"joint_committee": "999"}]))
    assert floor.whole.is_below is True
    assert floor.missing == ("Joint committee 999 is not in our list: check the number in the offer, or with the FPS Employment.",)


def test_without_hours_nothing_is_left_per_hour_and_the_remedy_is_said(check):
    floor = floor_of(check(1000))
    assert floor.whole.per_hour is None
    assert "Ask for the hours" in floor.missing[0]


@pytest.mark.parametrize(("day", "known"), [((2026, 6, 30), True), ((2026, 7, 1), False)])
def test_a_wage_cost_holds_up_to_its_last_day(check, day, known):
    wage = WAGE | {"valid_to": datetime.date(2026, 6, 30)}
    floor = floor_of(check(1000, hours=100, joint_committee="121", wage_costs=[wage], purchase={"publication_date": datetime.date(*day)}))
    assert (floor.whole.wages is not None) is known


def test_hours_of_the_lot_are_those_asked(check):
    floor = floor_of(check({"tenderer": "Fictive", "amount": 1000, "lot": "Un"}, lots=[{"title": "Un", "hours": 50}], hours=100))
    assert floor.whole.hours == 50
    assert floor.hours_are_asked
