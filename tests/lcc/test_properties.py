"""A thousand random sets of offers against the plainest sum there is, and against numpy-financial."""

import random
from dataclasses import replace
from typing import Any

import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mpdi.lcc.cases import as_data, read_case
from mpdi.lcc.measures import evaluate

COSTS = ("acquisition", "energy", "water", "omr", "replacement", "service")


def bid_set(seed: int) -> dict[str, Any]:
    """Offers made up from a number; one number makes a set a hundred times faster than a draw for each amount."""
    of = random.Random(seed)
    years = of.randint(1, 30)
    return {
        "years": years,
        "discount_rate": of.randint(-20, 150) / 1000,
        "convention": of.choice(["end", "mid"]),
        "alternatives": [
            {"name": f"Offer {place}", "items": [line(of, years) for _ in range(of.randint(1, 8))]}
            for place in range(of.randint(1, 6))
        ],
    }


def line(of: random.Random, years: int) -> dict[str, Any]:
    made: dict[str, Any] = {"name": "line", "cat": of.choice(COSTS)}
    amount = of.choice([0, 1, of.randint(0, 10**8), of.randint(0, 10**14)]) / 100
    if of.random() < 0.4:
        made |= {"t": of.randint(0, years), "amount": amount}
    else:
        first = of.randint(0, years)
        made |= {"annual": amount, "from": first, "to": of.randint(first, years)}
    growth = of.choice(["none", "esc", "esc_list", "price_path"])
    if growth == "esc":
        made |= {"esc": of.randint(-100, 100) / 1000, "esc_lag": of.randint(0, 2)}
    elif growth == "esc_list":
        made |= {"esc_list": [of.randint(-100, 100) / 1000 for _ in range(years)]}
    elif growth == "price_path":
        made |= {"price_path": [of.randint(0, 300) / 100 for _ in range(years)]}
    return made


BID_SETS = st.integers(0, 2**32).map(bid_set)


def price_in(line: dict[str, Any], year: int) -> float:
    if "esc" in line:
        return float((1 + line["esc"]) ** (year - line["esc_lag"]))
    factor = 1.0
    for growth in line.get("esc_list", [])[:year]:
        factor *= 1 + growth
    if "price_path" in line and year:
        factor = line["price_path"][year - 1]
    return factor


def cash_by_year(case: dict[str, Any], alternative: dict[str, Any]) -> list[float]:
    cash = [0.0] * (case["years"] + 1)
    for each in alternative["items"]:
        first, last = (each["t"], each["t"]) if "t" in each else (each["from"], each["to"])
        for year in range(first, last + 1):
            cash[year] += each.get("amount", each.get("annual")) * price_in(each, year)
    return cash


def summed_one_by_one(case: dict[str, Any], alternative: dict[str, Any]) -> float:
    total = 0.0
    for year, amount in enumerate(cash_by_year(case, alternative)):
        moment = year - 0.5 if case["convention"] == "mid" and year else year
        total += amount / (1 + case["discount_rate"]) ** moment
    return total


@settings(max_examples=1000, deadline=None)
@given(BID_SETS)
def test_every_offer_costs_what_its_years_sum_to(case):
    got = as_data(evaluate(read_case(case)))
    expected = [summed_one_by_one(case, alternative) for alternative in case["alternatives"]]
    assert [each["lcc"] for each in got["alternatives"]] == pytest.approx(expected, rel=1e-9, abs=1e-9)
    cheapest = got["ranking"][0]
    costs = {each["name"]: each["lcc"] for each in got["alternatives"]}
    assert costs[cheapest] == min(costs.values())


@settings(max_examples=1000, deadline=None)
@given(BID_SETS)
def test_numpy_financial_says_the_same(case):
    case["convention"] = "end"
    rate, years = case["discount_rate"], case["years"]
    for each, alternative in zip(as_data(evaluate(read_case(case)))["alternatives"], case["alternatives"], strict=True):
        worth = numpy_financial.npv(rate, cash_by_year(case, alternative))
        assert each["lcc"] == pytest.approx(worth, rel=1e-9, abs=1e-9)
        assert each["annual"] == pytest.approx(-numpy_financial.pmt(rate, years, worth), rel=1e-9, abs=1e-9)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 100), st.integers(1, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=25))
def test_the_adjusted_rate_is_the_modified_internal_rate_of_the_gains(thousandths, extra, savings):
    """Where all that is invested is invested today, both say what a saving earns when it is put aside at the rate."""
    years, rate = len(savings), thousandths / 1000
    spent = {"name": "use", "cat": "energy", "annual": 1, "price_path": savings}
    case = {
        "years": years,
        "discount_rate": rate,
        "alternatives": [
            {"name": "As it is", "items": [spent]},
            {"name": "Thrifty", "items": [{"name": "price", "cat": "invest", "t": 0, "amount": extra}]},
        ],
    }
    got = as_data(evaluate(read_case(case)))["alternatives"][1]
    if any(savings):
        expected = numpy_financial.mirr([-extra, *savings], rate, rate)
        assert got["airr"] == pytest.approx(float(expected), rel=1e-9, abs=1e-12)
    else:
        assert got["airr"] is None


@settings(max_examples=100, deadline=None)
@given(BID_SETS)
def test_the_parts_make_the_whole(case):
    result = evaluate(read_case(case))
    for each in result.alternatives:
        assert float(sum(each.pv.values())) == pytest.approx(float(each.lcc), rel=1e-12)
        by_year = [sum(column) for column in zip(*each.cash_by_category.values(), strict=True)]
        assert list(map(float, by_year)) == pytest.approx(list(map(float, each.cash)), rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(BID_SETS, st.integers(1, 50))
def test_all_costs_so_many_times_as_high_change_no_place(case, times):
    plain = read_case(case)
    dearer = replace(
        plain,
        alternatives=tuple(
            replace(each, flows=tuple(replace(flow, amount=flow.amount * times) for flow in each.flows))
            for each in plain.alternatives
        ),
    )
    before, after = evaluate(plain), evaluate(dearer)
    assert [float(each.lcc) * times for each in before.alternatives] == pytest.approx(
        [float(each.lcc) for each in after.alternatives], rel=1e-12
    )
    assert before.alternatives[after.ranking[0]].lcc == pytest.approx(before.winner.lcc)
