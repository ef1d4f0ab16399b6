"""Points, winner, and what would change it; what is refused and what is warned of."""

from decimal import Decimal

import pytest

from mpdi.advice.core.errors import AnswersError
from mpdi.advice.core.price_formulas import Formula, PriceRule
from mpdi.advice.core.scoring import (
    changed_by_leaving,
    other_weights,
    price_of_points,
    score,
    turning_price,
    winners,
)
from mpdi.advice.core.scoring_warnings import price_attention, scoring_words, warnings

PRICES = [Decimal(80), Decimal(100), Decimal(120)]


def warned(trial):
    return [line.statement.key for line in warnings(trial)]


@pytest.mark.parametrize(
    ("rule", "points"),
    [
        (PriceRule(Formula.PROPORTIONAL), ["60", "48", "40"]),
        (PriceRule(Formula.LINEAR, Decimal(50)), ["60", "30", "0"]),
        (PriceRule(Formula.LINEAR, Decimal(40)), ["60", "22.5", "0"]),
        (PriceRule(Formula.RANGE), ["60", "30", "0"]),
        (PriceRule(Formula.BOUNDS, floor=Decimal(60), ceiling=Decimal(120)), ["40", "20", "0"]),
        (PriceRule(Formula.BOUNDS, floor=Decimal(90), ceiling=Decimal(110)), ["60", "30", "0"]),
    ],
)
def test_each_formula_in_figures(rule, points):
    assert [rule.points(Decimal(60), price, PRICES) for price in PRICES] == [Decimal(each) for each in points]


@pytest.mark.parametrize("formula", [Formula.PROPORTIONAL, Formula.LINEAR, Formula.RANGE])
def test_equal_prices_all_have_all_points(formula):
    assert PriceRule(formula).points(Decimal(60), Decimal(5), [Decimal(5), Decimal(5)]) == 60


def test_points_and_places(attempt):
    scored = score(attempt("A; 80 000; 50", "B; 100.000; 90", "C; 120000,00; 100"))
    assert [(each.offer.name, each.total, each.place) for each in scored] == [("A", Decimal("80.00"), 2), ("B", Decimal("84.00"), 1), ("C", Decimal("80.00"), 2)]
    assert winners(scored) == ("B",)


def test_totals_are_rounded_once_at_the_end(attempt):
    made = attempt("A; 3; 0; 0", "B; 7; 0; 33,335", price_weight="50", criteria="Q; 30\nR; 20")
    assert score(made)[1].for_price == Decimal(150) / 7
    assert score(made)[1].total == Decimal("28.10")


def test_a_difference_under_half_a_hundredth_is_a_tie(attempt):
    made = attempt("A; 100 000; 50", "B; 100 000,01; 50")
    assert winners(score(made)) == ("A", "B")
    assert warned(made)[0] == "tie"


def test_other_weights_keep_the_proportions_of_the_rest(attempt):
    found = {int(each.weight): each for each in other_weights(attempt("A; 80000; 50", "B; 100000; 75"))}
    assert list(found) == [30, 40, 50, 60, 70]
    assert found[30].winners == ("B",)
    assert found[70].winners == ("A",)
    assert found[30].lead == Decimal("11.50")
    assert other_weights(attempt("A; 80000", price_weight="100", criteria="")) == ()


@pytest.mark.parametrize(
    ("formula", "other", "expected"),
    [
        ("proportional", {}, [Decimal(80_000) / 59, Decimal(400_000) / 55, Decimal(16_000)]),
        ("linear", {"spread": "50"}, [Decimal(40_000) / 60, Decimal(200_000) / 60, Decimal(400_000) / 60]),
        ("range", {}, [Decimal(20_000) / 60, Decimal(100_000) / 60, Decimal(200_000) / 60]),
        ("bounds", {"floor": "50 000", "ceiling": "110 000"}, [Decimal(1000), Decimal(5000), Decimal(10_000)]),
    ],
)
def test_the_price_of_a_point(attempt, formula, other, expected):
    made = attempt("A; 80000; 50", "B; 100000; 75", formula=formula, **other)
    assert [round(price, 6) for _gap, price in price_of_points(made)] == [round(each, 6) for each in expected]


def test_points_that_no_price_can_cost(attempt):
    made = attempt("A; 80000; 50", "B; 90000; 60", price_weight="5", criteria="Q; 95")
    assert [price is None for _gap, price in price_of_points(made)] == [False, True, True]


def test_the_turning_price_is_the_last_cent_in_front(attempt):
    offers = ["A; 80000; 50", "B; 100000; 90"]
    price = turning_price(attempt(*offers), 1)
    assert winners(score(attempt(offers[0], f"B; {price}; 90"))) == ("B",)
    assert winners(score(attempt(offers[0], f"B; {price + Decimal('0.01')}; 90"))) != ("B",)
    lower = turning_price(attempt(*offers), 0)
    assert lower < 80_000
    assert winners(score(attempt(f"A; {lower}; 50", offers[1]))) == ("A",)


def test_an_offer_that_no_price_brings_in_front_has_no_turning_price(attempt):
    made = attempt("A; 80000; 0", "B; 100000; 100", price_weight="10", criteria="Q; 90")
    assert turning_price(made, 0) is None
    assert turning_price(made, 1) is None


def test_a_losing_offer_that_decides_between_the_others_is_named(attempt):
    # Without the cheap offer the lowest price is higher, and a difference in price weighs more.
    made = attempt("Cheap; 50000; 0", "A; 80000; 60", "B; 90000; 75")
    assert winners(score(made)) == ("B",)
    assert changed_by_leaving(made) == (("Cheap", ("A",)),)
    assert "leaving" in warned(made)
    assert changed_by_leaving(attempt("A; 80000; 60", "B; 90000; 75")) == ()


@pytest.mark.parametrize(("weight", "is_warned"), [("60", False), ("60,01", True)])
def test_the_weight_of_price_is_warned_of_above_the_level_of_the_lint_rule(attempt, weight, is_warned):
    rest = 100 - Decimal(weight.replace(",", "."))
    made = attempt("A; 1; 5", "B; 2; 6", price_weight=weight, criteria=f"Q; {rest}", sensitive="yes")
    assert ("price_weight" in warned(made)) is is_warned
    assert price_attention() == 60
    assert "price_weight" not in warned(attempt("A; 1; 5", "B; 2; 6", price_weight="90", criteria="Q; 10"))


def test_other_warnings(attempt):
    assert "one_offer" in warned(attempt("A; 80000; 50"))
    assert "relative" in warned(attempt("A; 1; 1", "B; 2; 2"))
    bounded = attempt("A; 1; 1", "B; 9; 1", formula="bounds", floor="2", ceiling="8")
    assert {"idle", "no_points", "below_floor"} <= set(warned(bounded))
    assert "relative" not in warned(bounded)
    assert warned(bounded)[-1] == "publish"


@pytest.mark.parametrize(
    ("offers", "other", "words"),
    [
        ([], {}, "offers: This answer is needed"),
        (["A; 0; 5"], {}, "Line 1: “0” is not above zero"),
        (["A; -5; 5"], {}, "Line 1: “-5” is below zero"),
        (["A; cheap; 5"], {}, "Line 1: “cheap” is not a number"),
        (["A; 5; 101"], {}, "Line 1: 101 is not between 0 and 100"),
        (["A"], {}, "Line 1: write a name, a price"),
        (["A; 5"], {}, "“A” has points for 0 criteria, and there are 1"),
        (["A; 5; 1; 2"], {}, "“A” has points for 2 criteria"),
        (["A; 5; 1", "A; 6; 1"], {}, "“A” stands twice"),
        ([f"F{place}; 5; 1" for place in range(13)], {}, "13 offers: at most 12"),
        (["A; 5; 1"], {"criteria": "\n".join(f"C{place}; 5" for place in range(7))}, "7 criteria: at most 6"),
        (["A; 5; 1"], {"criteria": "Q; 39"}, "The weights come to 99"),
        (["A; 5; 1"], {"criteria": "Q"}, "Line 1: write a name, a semicolon and a weight"),
        (["A; 5; 1"], {"criteria": "Q; 0"}, "a weight is above zero"),
        (["A; 5; 1"], {"price_weight": "0"}, "Give the price a weight above zero"),
        (["A; 5; 1"], {"price_weight": "101"}, "is not between 0 and 100"),
        (["A; 5; 1"], {"formula": "magic"}, "“magic” is not one of the choices"),
        (["A; 5; 1"], {"formula": "linear", "spread": "0"}, "spread: Give a number above zero"),
        (["A; 5; 1"], {"formula": "linear"}, "spread: This answer is needed"),
        (["A; 5; 1"], {"formula": "bounds", "floor": "5", "ceiling": "5"}, "ceiling: The ceiling lies above the floor"),
        (["A; 5; 1"], {"formula": "bounds"}, "floor: This answer is needed"),
    ],
)  # fmt: skip
def test_what_is_refused(attempt, offers, other, words):
    with pytest.raises(AnswersError) as refused:
        attempt(*offers, **other)
    assert words in str(refused.value)


def test_twelve_offers_and_six_criteria_are_taken(attempt):
    criteria = "\n".join(f"C{place}; 5" for place in range(6))
    offers = [f"F{place}\t{place + 1}00\t1\t2\t3\t4\t5\t6" for place in range(12)]
    assert len(score(attempt(*offers, price_weight="70", criteria=criteria))) == 12


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_sample_can_be_tried_and_shows_that_a_weight_decides(attempt, language):
    sample = scoring_words().sample
    made = attempt(*sample["offers"][language].splitlines(), criteria=sample["criteria"][language])
    assert len({each.winners for each in other_weights(made)}) > 1
