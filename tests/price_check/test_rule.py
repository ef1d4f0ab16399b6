"""The examination rule: when it applies, which offers are left out of the average, both sides of each bound."""

import datetime
from decimal import Decimal

import pytest
from price_samples import WAGE

from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.check import Verdict
from mpdi.price_check.core.model import Answer


def verdicts(checked):
    return [each.verdict for each in checked.offers]


def below(amount):
    """Four offers whose average, lowest and highest left out, is 100 000: the bound is 85 000."""
    return (amount, 95000, 105000, 120000)


def test_an_offer_at_the_bound_must_be_questioned_and_a_cent_above_not(check):
    assert check(*below(85000)).groups[0].average.bound == 85000
    assert verdicts(check(*below(85000)))[0] is Verdict.MUST
    assert verdicts(check(*below(Decimal("85000.01"))))[0] is Verdict.NONE
    assert verdicts(check(*below(85000)))[1:] == [Verdict.NONE] * 3


def test_a_bound_with_endless_decimals_is_compared_exactly(check):
    """Average of 100, 100 and 101 is 100.333…; 85 % of it is 85.28333…: 85.28 lies below it, 85.29 does not."""
    assert verdicts(check(Decimal("85.28"), 100, 100, 101, 120))[0] is Verdict.MUST
    assert verdicts(check(Decimal("85.29"), 100, 100, 101, 120))[0] is Verdict.NONE


def test_three_offers_are_not_enough_and_four_are(check):
    three = check(10000, 95000, 105000)
    assert three.groups[0].average is None
    assert three.groups[0].applies is Answer.NO
    assert verdicts(three) == [Verdict.NONE] * 3
    assert check(*below(10000)).groups[0].applies is Answer.YES


def test_an_offer_left_out_by_the_buyer_does_not_count(check):
    out = {"tenderer": "Fictive manifestement irrégulière", "amount": 120000, "left_out": "Offre sans signature"}
    checked = check(80000, 95000, 105000, out)
    assert checked.groups[0].average is None
    assert len(checked.groups[0].counted) == 3


def test_under_seven_the_lowest_and_the_highest_are_left_out(check):
    average = check(50, 100, 100, 100, 100, 900).groups[0].average
    assert average.mean == 100
    assert [offer.amount for offer in average.lowest_out + average.highest_out] == [50, 900]
    assert average.certainty is Certainty.VERIFIED


@pytest.mark.parametrize(("count", "highest"), [(7, 2), (8, 2), (9, 3), (12, 3), (13, 4), (40, 10)])
def test_from_seven_the_lowest_and_a_quarter_of_the_highest_and_this_is_marked_as_unread(check, count, highest):
    group = check(*[100 + place for place in range(count)]).groups[0]
    assert (len(group.average.lowest_out), len(group.average.highest_out)) == (1, highest)
    assert len(group.average.counted) == count - 1 - highest
    assert group.average.certainty is Certainty.GENERAL_KNOWLEDGE
    assert group.certainty is Certainty.GENERAL_KNOWLEDGE
    assert len(group.plain.counted) == count


def test_six_offers_have_no_plain_average_beside(check):
    assert check(*[100 + place for place in range(6)]).groups[0].plain is None


def test_from_seven_an_offer_below_the_plain_average_only_may_be_questioned(check):
    """Without the two highest the average is 100 and the bound 85; with all it is about 146."""
    checked = check(90, 100, 100, 100, 100, 300, 300)
    assert verdicts(checked)[0] is Verdict.MAY
    assert checked.offers[0].reasons[0].code == "below_plain_average"


@pytest.mark.parametrize(
    ("changes", "applies"),
    [
        ({}, Answer.YES),
        ({"procedure": "restricted"}, Answer.YES),
        ({"procedure": "negotiated_without_publication"}, Answer.NO),
        ({"procedure": "negotiated_with_publication"}, Answer.NO),
        ({"fraud_sensitive": "no"}, Answer.NO),
        ({"fraud_sensitive": "unknown"}, Answer.UNKNOWN),
        ({"nature": "works", "fraud_sensitive": "no"}, Answer.YES),
        ({"nature": "supplies"}, Answer.NO),
        ({"price_weight": 50}, Answer.YES),
        ({"price_weight": Decimal("49.99")}, Answer.NO),
        ({"light_regime": "yes"}, Answer.NO),
        ({"light_regime": "unknown"}, Answer.UNKNOWN),
    ],
)
def test_conditions_of_the_rule(check, changes, applies):
    checked = check(*below(80000), purchase=changes)
    assert checked.groups[0].applies is applies
    assert checked.offers[0].verdict is (Verdict.MUST if applies is Answer.YES else Verdict.MAY)


def test_a_weight_that_nobody_read_in_the_decree_makes_the_reason_less_sure(check):
    assert check(*below(80000)).offers[0].reasons[0].certainty is Certainty.VERIFIED
    assert check(*below(80000), purchase={"price_weight": 60}).offers[0].reasons[0].certainty is Certainty.GENERAL_KNOWLEDGE


def test_equal_offers_have_nothing_below_their_average(check):
    checked = check(*[100000] * 5)
    assert checked.groups[0].average.mean == 100000
    assert verdicts(checked) == [Verdict.NONE] * 5


def test_offers_are_compared_within_their_lot(check):
    offers = [{"tenderer": f"Fictive {place}", "amount": amount, "lot": lot} for lot, amounts in (("Bureaux", below(85000)), ("Vitres", (1000, 1000, 1000))) for place, amount in enumerate(amounts)]
    checked = check(*offers, lots=[{"title": "Bureaux"}, {"title": "Vitres"}])
    assert [group.lot for group in checked.groups] == ["Bureaux", "Vitres"]
    assert verdicts(checked) == [Verdict.MUST] + [Verdict.NONE] * 6


@pytest.mark.parametrize(("day", "is_known"), [(datetime.date(2025, 12, 31), False), (datetime.date(2026, 1, 1), True)])
def test_without_the_figures_of_the_day_no_average_is_computed_and_the_rest_stands(check, day, is_known):
    checked = check(*below(80000), hours=3000, joint_committee="121", wage_costs=[WAGE | {"valid_from": datetime.date(2025, 1, 1)}], purchase={"publication_date": day})
    group = checked.groups[0]
    assert (group.average is not None) is is_known
    assert group.applies is (Answer.YES if is_known else Answer.UNKNOWN)
    assert checked.offers[0].floor.whole.per_hour > 0
    assert "below_wage_cost" in [reason.code for reason in checked.offers[0].reasons]
    if not is_known:
        assert "from 01/01/2026 on; publication was on 31/12/2025" in group.conditions[-1].text


def test_a_condition_that_fails_whatever_the_figures_says_no_before_2026_too(check):
    early = {"publication_date": datetime.date(2025, 6, 1), "procedure": "negotiated_with_publication"}
    assert check(*below(80000), purchase=early).groups[0].applies is Answer.NO


def test_a_reason_names_the_links_that_nobody_read(check):
    unsure = check(*below(80000), purchase={"price_weight": 60}).offers[0].reasons[0].unsure
    assert unsure == ("from which weight the price counts as the main criterion",)
    assert check(*below(80000)).offers[0].reasons[0].unsure == ()
    seven = check(10, 100, 100, 100, 100, 300, 300)
    assert seven.offers[0].reasons[0].unsure == ("which offers are left out of the average from 7 offers",)


def test_no_offer_is_ever_called_abnormal(check):
    from mpdi.price_check.core.report import as_text

    words = " ".join(as_text(check(*below(1000)))).lower()
    assert "calls no offer abnormal" in words
    assert not any(verdict.value.count("abnormal") for verdict in Verdict)
