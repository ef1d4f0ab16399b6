"""What the figures depend on, and what would change the winner: worked on cases where the answer can be seen."""

from decimal import Decimal

import pytest

from mpdi.lcc.budget import budget_view, budget_years
from mpdi.lcc.cases import read_case
from mpdi.lcc.errors import HorizonError, UnknownInputError
from mpdi.lcc.inputs import Input, changed, model_of, spread, values_of
from mpdi.lcc.measures import evaluate
from mpdi.lcc.sensitivity import break_even, cost_of, net_savings_of, scenarios, thresholds, tornado
from mpdi.lcc.sentences import winner_changes

CASE = read_case(
    {
        "years": 10,
        "discount_rate": 0,
        "alternatives": [
            {
                "name": "Cheap",
                "items": [
                    {"name": "price", "cat": "acquisition", "t": 0, "amount": 1000},
                    {"name": "power", "cat": "energy", "annual": 100},
                ],
            },
            {
                "name": "Thrifty",
                "items": [
                    {"name": "price", "cat": "acquisition", "t": 0, "amount": 1200},
                    {"name": "power", "cat": "energy", "annual": 70},
                ],
            },
        ],
    }
)
"""Cheap costs 2,000 over its life, Thrifty 1,900."""
MODEL, VALUES = model_of(CASE), values_of(CASE)


def an_input(name: str, low: object, high: object) -> Input:
    return Input(name, VALUES[name], Decimal(str(low)), Decimal(str(high)))


def test_the_inputs_of_a_case_give_the_case_again():
    assert VALUES == {
        "discount_rate": 0,
        "Cheap / price": 1000,
        "Cheap / power": 100,
        "Thrifty / price": 1200,
        "Thrifty / power": 70,
    }
    assert MODEL(VALUES) == CASE


def test_two_lines_of_one_name_and_a_growth_are_inputs_of_their_own():
    case = read_case(
        {
            "years": 2,
            "discount_rate": 0,
            "alternatives": [
                {
                    "name": "A",
                    "items": [
                        {"name": "lamp", "cat": "replacement", "t": 1, "amount": 5},
                        {"name": "lamp", "cat": "replacement", "t": 2, "amount": 6, "esc": 0.1},
                    ],
                }
            ],
        }
    )
    assert values_of(case) == {
        "discount_rate": 0,
        "A / lamp": 5,
        "A / lamp (2)": 6,
        "A / lamp (2) / growth": Decimal("0.1"),
    }
    assert model_of(case)(values_of(case)) == case


def test_bounds_are_a_share_of_amounts_and_points_of_rates():
    bounds = {each.name: (each.low, each.high) for each in spread(VALUES, Decimal("0.1"), Decimal("0.02"))}
    assert bounds["Cheap / price"] == (900, 1100)
    assert bounds["discount_rate"] == (Decimal("-0.02"), Decimal("0.02"))


def test_the_winner_changes_at_the_value_at_which_both_cost_the_same():
    found = thresholds(
        MODEL,
        [
            an_input("Cheap / price", 500, 1500),
            an_input("Cheap / power", 50, 150),
            an_input("Thrifty / price", 1000, 1250),
            an_input("discount_rate", 0, 0.5),
        ],
    )
    by_name = {each.name: each for each in found}
    assert all(each.winner == "Thrifty" for each in found)
    assert by_name["Cheap / price"].below.value == 900
    assert by_name["Cheap / price"].below.winner == "Cheap"
    assert by_name["Cheap / price"].above is None
    assert by_name["Cheap / power"].below.value == 90
    assert not by_name["Thrifty / price"].can_change
    # 200 more at the start, 30 less for ten years: they weigh the same at the rate whose factor is 200/30.
    assert float(by_name["discount_rate"].above.value) == pytest.approx(0.0814416, abs=1e-7)
    assert [each.name for each in found][-1] == "Thrifty / price"
    assert [each.nearest is not None for each in found] == [True, True, True, False]


def two_places(name: str, value: Decimal) -> str:
    return f"{value:.2f}"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Le gagnant change si « Cheap / power » descend sous 90.00 (retenu : 100.00) : « Cheap » coûte alors moins",
        ),
        ("nl", "De winnaar verandert als “Cheap / power” onder 90.00 daalt (nu 100.00): “Cheap” kost dan minder"),
        ("en", "The winner changes if “Cheap / power” falls below 90.00 (it is 100.00): “Cheap” then costs less"),
    ],
)
def test_the_winner_changes_if(language, sentence):
    (said,) = winner_changes(thresholds(MODEL, [an_input("Cheap / power", 50, 150)]), language, two_places)
    assert said.startswith(sentence)
    assert said.endswith(("que « Thrifty ».", "dan “Thrifty”.", "than “Thrifty”."))


@pytest.mark.parametrize(("language", "word"), [("fr", "Aucune"), ("nl", "Geen"), ("en", "No input")])
def test_that_nothing_changes_the_winner_is_said_too(language, word):
    (said,) = winner_changes(thresholds(MODEL, [an_input("Thrifty / price", 1100, 1250)]), language, two_places)
    assert said.startswith(word)


def test_an_input_that_rises_is_said_to_rise():
    found = thresholds(MODEL, [an_input("Thrifty / price", 1100, 1400)])
    (said,) = winner_changes(found, "en", two_places, label=lambda name: "price of Thrifty")
    assert said.startswith("The winner changes if “price of Thrifty” rises above 1300.00")


def test_a_third_offer_may_be_the_one_that_takes_over():
    case = read_case(
        {
            "years": 1,
            "discount_rate": 0,
            "alternatives": [
                {"name": name, "items": [{"name": "price", "cat": "invest", "t": 0, "amount": amount}]}
                for name, amount in (("First", 100), ("Second", 110), ("Third", 105))
            ],
        }
    )
    values = values_of(case)
    rising = Input("First / price", values["First / price"], Decimal(100), Decimal(200))
    falling = Input("Second / price", values["Second / price"], Decimal(50), Decimal(110))
    found = {each.name: each for each in thresholds(model_of(case), [rising, falling])}
    assert (found["First / price"].above.value, found["First / price"].above.winner) == (105, "Third")
    assert (found["Second / price"].below.value, found["Second / price"].below.winner) == (100, "Second")


def test_with_one_offer_nothing_changes_the_winner():
    case = read_case({"years": 1, "discount_rate": 0, "alternatives": [{"name": "A", "items": []}]})
    found = thresholds(model_of(case), [Input("discount_rate", Decimal(0), Decimal(0), Decimal("0.1"))])
    assert [each.can_change for each in found] == [False]


@pytest.mark.parametrize(
    ("name", "bounds", "value"),
    [("Thrifty / price", (0, 5000), 1300), ("Cheap / power", (0, 5000), 90), ("Cheap / price", (900, 5000), 900)],
)
def test_break_even_of_an_input(name, bounds, value):
    assert break_even(MODEL, VALUES, name, tuple(map(Decimal, bounds)), net_savings_of(1)) == value


def test_no_break_even_within_the_bounds():
    assert break_even(MODEL, VALUES, "Thrifty / price", (Decimal(0), Decimal(1200)), net_savings_of(1)) is None


def test_the_widest_bar_of_a_tornado_stands_first():
    bars = tornado(MODEL, [an_input("Cheap / power", 90, 120), an_input("Cheap / price", 500, 1500)], cost_of(0))
    assert [(bar.name, bar.at_low, bar.at_high, bar.swing) for bar in bars] == [
        ("Cheap / price", 1500, 2500, 1000),
        ("Cheap / power", 1900, 2200, 300),
    ]


def test_a_row_for_each_scenario():
    rows = scenarios(MODEL, VALUES, {"as it is": {}, "power is cheap": {"Cheap / power": Decimal(50)}})
    assert [(row.name, row.costs, row.winner) for row in rows] == [
        ("as it is", (2000, 1900), "Thrifty"),
        ("power is cheap", (1500, 1900), "Cheap"),
    ]


def test_an_unknown_input_names_the_known_ones():
    with pytest.raises(UnknownInputError, match="Cheap / power"):
        changed(VALUES, "Cheap / gas", Decimal(1))
    with pytest.raises(UnknownInputError, match="Cheap / power"):
        tornado(MODEL, [Input("Cheap / gas", Decimal(1), Decimal(0), Decimal(2))], cost_of(0))


def test_what_the_budget_of_the_year_sees():
    view = budget_view(evaluate(CASE))
    assert (view.extra_now, view.first_year_saving, view.gain_over_life) == (200, 30, 100)
    assert view.cumulative[:3] == (-200, -170, -140)
    assert view.earned_back == 7
    assert view.share_after_mandate == Decimal("1.2")
    assert budget_view(evaluate(CASE), mandate=12).share_after_mandate == 0


def test_the_two_parts_of_a_budget_year():
    years = budget_years(evaluate(CASE).alternatives[1])
    assert [(each.investment, each.operation) for each in years[:3]] == [(1200, 0), (0, 70), (0, 70)]


def test_budgets_of_unequal_lives_are_not_laid_side_by_side():
    case = read_case(
        {
            "years": 2,
            "discount_rate": 0,
            "alternatives": [{"name": "A", "items": []}, {"name": "B", "years": 3, "items": []}],
        }
    )
    with pytest.raises(HorizonError, match="compare a year"):
        budget_view(evaluate(case))
