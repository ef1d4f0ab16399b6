"""Award formulas: points and places, never above the maximum, rounding and ties said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpdi.lcc.award import AwardError, AwardFormula, AwardOffer, AwardRule, TieRule, award

PROPORTIONAL, LINEAR = AwardFormula.PROPORTIONAL, AwardFormula.LINEAR


def offers(**costs):
    return [AwardOffer(name, Decimal(str(cost))) for name, cost in costs.items()]


def points(rule, listed):
    return {each.name: each.points for each in award(rule, listed)}


def places(rule, listed):
    return {each.name: (each.place, each.is_tied) for each in award(rule, listed)}


def test_lowest_cost_gives_places_and_no_points():
    rule = AwardRule(AwardFormula.LOWEST)
    assert places(rule, offers(a=300, b=100, c=200)) == {"a": (3, False), "b": (1, False), "c": (2, False)}
    assert set(points(rule, offers(a=300, b=100)).values()) == {None}


def test_proportional_points_are_rounded_half_up():
    # 60 × 100 ÷ 160 = 37.5; 60 × 100 ÷ 700 = 8.571428…; 60 × 100 ÷ 96000 = 0.0625
    rule = AwardRule(PROPORTIONAL, Decimal(60), decimals=3)
    got = points(rule, offers(a=100, b=160, c=700, d=96000))
    assert got == {"a": Decimal(60), "b": Decimal("37.5"), "c": Decimal("8.571"), "d": Decimal("0.063")}


def test_linear_points_stop_at_the_published_bounds():
    rule = AwardRule(LINEAR, Decimal(40), best=Decimal(100), worst=Decimal(200))
    got = points(rule, offers(below=50, best=100, between=125, worst=200, above=900))
    assert got == {"below": 40, "best": 40, "between": 30, "worst": 0, "above": 0}


def test_linear_points_do_not_depend_on_the_other_offers():
    rule = AwardRule(LINEAR, Decimal(40), best=Decimal(100), worst=Decimal(200))
    assert points(rule, offers(a=130))["a"] == points(rule, offers(a=130, b=101, c=5000))["a"]


def test_quality_is_taken_off_the_cost():
    rule = AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"warranty": Decimal(2500), "noise": Decimal(1000)})
    listed = [
        AwardOffer("a", Decimal(80000), scores={"warranty": Decimal("0.6"), "noise": Decimal(0)}),
        AwardOffer("b", Decimal(80900), scores={"warranty": Decimal(1), "noise": Decimal(1)}),
    ]
    got = award(rule, listed)
    assert [each.compared for each in got] == [Decimal(78500), Decimal(77400)]
    assert [each.place for each in got] == [2, 1]


def test_costs_equal_to_the_cent_share_a_place_and_say_so():
    rule = AwardRule(PROPORTIONAL)
    listed = offers(a="100.004", b="99.996", c=101)
    assert places(rule, listed) == {"a": (1, True), "b": (1, True), "c": (3, False)}
    assert points(rule, listed)["a"] == points(rule, listed)["b"] == 100


def test_the_lower_price_breaks_a_tie_only_where_it_was_published():
    listed = [AwardOffer("a", Decimal(100), price=Decimal(60)), AwardOffer("b", Decimal(100), price=Decimal(50))]
    assert places(AwardRule(PROPORTIONAL, ties=TieRule.LOWER_PRICE), listed) == {"a": (2, False), "b": (1, False)}
    assert places(AwardRule(PROPORTIONAL), listed) == {"a": (1, True), "b": (1, True)}
    with pytest.raises(AwardError, match="purchase price"):
        award(AwardRule(PROPORTIONAL, ties=TieRule.LOWER_PRICE), offers(a=100))


@pytest.mark.parametrize(
    ("rule", "listed", "said"),
    [
        (AwardRule(PROPORTIONAL), [], "no offer"),
        (AwardRule(PROPORTIONAL), offers(a=1) * 2, "same name"),
        (AwardRule(PROPORTIONAL), offers(a=0, b=5), "no proportion"),
        (AwardRule(PROPORTIONAL), offers(a=-3, b=5), "no proportion"),
        (AwardRule(PROPORTIONAL, Decimal("33.333"), decimals=2), offers(a=1), "could exceed"),
        (AwardRule(PROPORTIONAL, Decimal(0)), offers(a=1), "more than 0"),
        (AwardRule(PROPORTIONAL, decimals=9), offers(a=1), "from 0 to 6"),
        (AwardRule(LINEAR), offers(a=1), "both bounds"),
        (AwardRule(LINEAR, best=Decimal(5), worst=Decimal(5)), offers(a=1), "both bounds"),
        (AwardRule(AwardFormula.QUALITY_IN_EUROS), offers(a=1), "value in money"),
        (AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"q": Decimal(5)}), offers(a=1), "left out is not 0"),
        (AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"q": Decimal(-5)}), offers(a=1), "nothing or less"),
        (
            AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"q": Decimal(5)}),
            [AwardOffer("a", Decimal(1), scores={"q": Decimal("1.2")})],
            "from 0 to 1",
        ),
        (
            AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"q": Decimal(5)}),
            [AwardOffer("a", Decimal(1), scores={"q": Decimal(1), "r": Decimal(1)})],
            "no criterion",
        ),
    ],
)
def test_a_rule_that_cannot_be_applied_is_refused(rule, listed, said):
    with pytest.raises(AwardError, match=said):
        award(rule, listed)


COSTS = st.lists(st.decimals("0.01", "1e9", places=2), min_size=1, max_size=12)


@given(costs=COSTS, maximum=st.integers(1, 100), decimals=st.integers(0, 6))
def test_no_offer_exceeds_the_maximum_and_a_lower_cost_never_gets_less(costs, maximum, decimals):
    listed = [AwardOffer(str(number), cost) for number, cost in enumerate(costs)]
    rules = (
        AwardRule(PROPORTIONAL, Decimal(maximum), decimals),
        AwardRule(LINEAR, Decimal(maximum), decimals, best=Decimal(1000), worst=Decimal("123456.78")),
    )
    for rule in rules:
        got = award(rule, listed)
        assert all(0 <= each.points <= maximum for each in got)
        in_order = sorted(got, key=lambda each: each.lcc)
        assert [each.points for each in in_order] == sorted((each.points for each in got), reverse=True)
        assert min(each.place for each in got) == 1
