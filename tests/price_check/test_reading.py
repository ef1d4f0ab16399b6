"""Bad files of offers: each wrong value is named with its place, what is wrong and how to mend it."""

import datetime
from decimal import Decimal

import pytest
from price_samples import WAGE

from mpdi.price_check.core.errors import OffersError
from mpdi.price_check.core.reading import read_case


def problems_of(data):
    with pytest.raises(OffersError) as caught:
        read_case(data)
    assert all(problem.message and problem.remedy for problem in caught.value.problems)
    return {problem.key: problem for problem in caught.value.problems}


def offer(**changes):
    return {"tenderer": "Fictive", "amount": 1000} | changes


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"amount": "douze mille"}, "offers[1].amount", "is not a number"),
        ({"amount": "12 000"}, "offers[1].amount", "is not a number"),
        ({"amount": True}, "offers[1].amount", "is not a number"),
        ({"amount": 0}, "offers[1].amount", "is not between"),
        ({"amount": -5}, "offers[1].amount", "is not between"),
        ({"amount": Decimal("1.005")}, "offers[1].amount", "more than two decimals"),
        ({"amount": None}, "offers[1].amount", "is missing"),
        ({"currency": "USD"}, "offers[1].currency", "only amounts in EUR"),
        ({"hours": -3}, "offers[1].hours", "hours cannot be negative"),
        ({"hours": 0}, "offers[1].hours", "no offer can be carried out without work"),
        ({"hours": "beaucoup"}, "offers[1].hours", "is not a number"),
        ({"joint_committee": "CP nettoyage"}, "offers[1].joint_committee", "is not the number of a joint committee"),
        ({"joint_committee": "12"}, "offers[1].joint_committee", "is not the number of a joint committee"),
        ({"tenderer": None}, "offers[1].tenderer", "is missing"),
        ({"lot": "Bureaux"}, "offers[1].lot", "no lots"),
        ({"price": 3}, "offers[1]", "is not a key here"),
        ({"language": "de"}, "offers[1].language", "is not a language of letters"),
        ({"other_costs": {"materials": 60, "margin": 40}}, "offers[1].other_costs", "nothing is left for work"),
        ({"posts": [{"title": "A", "hours": -1}]}, "offers[1].posts[1].hours", "hours cannot be negative"),
        ({"posts": [{"title": "A", "hours": 1, "amount": 999}]}, "offers[1].posts", "the posts add up to 999 EUR"),
        ({"posts": [{"title": "A", "hours": 1, "amount": 999}, {"title": "B", "hours": 1}]}, "offers[1].posts", "some posts have an amount"),
        ({"posts": [{"title": "A", "hours": 5}], "hours": 6}, "offers[1].hours", "add up to 5 hours"),
    ],
)
def test_a_wrong_value_of_an_offer(data, changes, key, words):
    assert words in problems_of(data(offer(**changes)))[key].message


def test_two_currencies_are_refused_with_what_to_do(data):
    found = problems_of(data(offer(currency="EUR"), offer(tenderer="Autre", currency="CHF")))
    assert list(found) == ["offers[2].currency"]
    assert "convert it yourself" in found["offers[2].currency"].remedy


def test_one_offer_is_checked_and_none_refused(data, check):
    assert len(check(1000).offers) == 1
    assert "no offer" in problems_of(data())["offers"].message


def test_forty_offers_are_checked_and_forty_one_refused(data, check):
    assert len(check(*[1000 + place for place in range(40)]).offers) == 40
    assert "41 offers" in problems_of(data(*[1000] * 41))["offers"].message


def test_the_same_tenderer_twice_is_refused(data):
    assert "has another offer" in problems_of(data(offer(), offer(tenderer="FICTIVE")))["offers[2].tenderer"].message


def test_every_problem_is_named_at_once(data):
    found = problems_of(data(offer(amount="x"), offer(tenderer="Autre", hours=-1), purchase={"price_weight": 101, "nature": "jardin"}))
    assert set(found) == {"offers[1].amount", "offers[2].hours", "purchase.price_weight", "purchase.nature"}


@pytest.mark.parametrize("missing", ["nature", "procedure", "price_weight", "estimated_value", "publication_date"])
def test_a_fact_that_the_rule_needs_is_not_guessed(data, missing):
    assert "is missing" in problems_of(data(1000, purchase={missing: None}))[f"purchase.{missing}"].message


def test_a_wage_cost_without_a_source_or_with_its_dates_turned_round_is_refused(data):
    found = problems_of(data(1000, wage_costs=[WAGE | {"source": None, "valid_to": datetime.date(2025, 1, 1)}]))
    assert set(found) == {"wage_costs[1].source", "wage_costs[1].valid_to"}


@pytest.mark.parametrize("whole", [None, [], "offers", 3])
def test_what_is_no_set_of_keys_is_refused(whole):
    assert "file" in problems_of(whole)


def test_yes_and_true_say_the_same(check):
    for value in ("yes", True):
        assert check(1000, purchase={"cpv_risk_list": value}).case.cpv_risk == "yes"
