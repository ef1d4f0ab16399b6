"""Published and independently computed cases, within the tolerance that each states.

They are not part of the project: `MPDI_REFERENCE_DATA` names the folder that holds `lcc-cases.json`. The cases of one
kind of product go through their sheet, in `test_reference_sheets.py`; those below through the engine.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from mpdi.lcc.budget import budget_view
from mpdi.lcc.cases import as_data, number, read_case
from mpdi.lcc.cash_flows import at_index, last_purchase, remaining_life, straight_line_residual
from mpdi.lcc.clean_vehicles import FuelPrices, Vehicle, vehicle_cost
from mpdi.lcc.discounting import money_views, npv, upv_star
from mpdi.lcc.externalities import electricity_co2
from mpdi.lcc.measures import evaluate

IN_THE_LANGUAGE = (
    "P01-blcc-femp-heatpump",
    "P04-e3-api-recorded",
    "P10-tutorial-generator",
    "C01-hb135-hvac-end",
    "C03-notebooks",
    "C05-office-lighting",
    "C07-vending",
    "C08-fleet-bev",
)


def exactly(value: float) -> Decimal:
    return number(value, "the reference")


def within(case: dict[str, Any], *kinds: str) -> dict[str, float]:
    """The tolerance that a case states under the first of these names, as `pytest.approx` takes it."""
    stated = next(kind for kind in kinds if kind in case["tolerance"])
    return {"rel" if stated.endswith("_rel") else "abs": case["tolerance"][stated]}


TOLERANCES = {
    "sir": ("ratio_abs", "ratio_rel"),
    "airr": ("rate_abs",),
    "spb": ("payback",),
    "dpb": ("payback",),
}


def figures(case: dict[str, Any], expected: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an alternative must show, each figure with the tolerance of its kind."""
    for key, value in expected.items():
        if key in ("spb", "dpb"):
            assert case["tolerance"]["payback"] == "exact"
            yield key, value
        else:
            yield key, pytest.approx(value, **within(case, *TOLERANCES.get(key, ("money_abs",))))


@pytest.mark.parametrize("name", IN_THE_LANGUAGE)
def test_a_case_in_the_language_comes_out(cases, name):
    case = cases[name]
    got = as_data(evaluate(read_case(case["inputs"])))["alternatives"]
    assert [each["name"] for each in got] == [each["name"] for each in case["inputs"]["alternatives"]]
    for alternative, expected in zip(got, case["expected"], strict=True):
        for key, value in figures(case, expected):
            assert alternative[key] == value, key


def test_every_case_in_the_language_is_among_them(cases):
    assert {name for name, case in cases.items() if case["form"] == "dsl"} == set(IN_THE_LANGUAGE)


def test_life_that_is_left_and_what_it_is_worth(cases):
    case = cases["P05-e3-residual-unit"]
    inputs, expected, tolerance = case["inputs"], case["expected"], within(case, "abs")
    left = [
        remaining_life(exactly(each["study"]), exactly(each["life"]), exactly(each["initial"]), from_start=True)
        for each in inputs["remaining_life_nonrecurring"]
    ]
    assert list(map(float, left)) == pytest.approx(expected["remaining"], **tolerance)
    worth = straight_line_residual(*(exactly(inputs["residual"][key]) for key in ("remaining", "life", "value")))
    assert float(worth) == pytest.approx(expected["residual"], **tolerance)
    assert [last_purchase(*each) for each in inputs["last_interval"]] == expected["last_interval"]


def test_energy_costs_at_a_price_index(cases):
    case = cases["P06-energyplus-escalation"]
    got = at_index(*(list(map(exactly, case["inputs"][key])) for key in ("cost", "index")))
    assert list(map(float, got)) == pytest.approx(case["expected"]["escalated"], **within(case, "abs"))


def test_the_first_flow_is_that_of_today_and_not_of_year_1(cases):
    case = cases["P08-npf-npv"]
    rate, flows = exactly(case["inputs"]["rate"]), list(map(exactly, case["inputs"]["flows"]))
    assert float(npv(rate, flows)) == pytest.approx(case["expected"]["npv"], **within(case, "abs"))
    assert float(npv(rate, flows, first_year=1)) == pytest.approx(117.04, **within(case, "abs"))


def test_co2_of_belgian_electricity(cases):
    case = cases["P18-co2-belgium-engie"]
    emission = electricity_co2(exactly(case["inputs"]["kwh"]), exactly(case["inputs"]["renewable"]))
    assert float(emission.grams) == pytest.approx(case["expected"]["g"], **within(case, "abs"))
    assert float(emission.tonnes) == pytest.approx(case["expected"]["t"], abs=1e-6)


def test_a_car_by_the_directive_of_2009(cases):
    case = cases["D01-cvd-car"]
    given = {key: exactly(value) for key, value in case["inputs"].items()}
    vehicle = Vehicle(
        km=given["km"],
        energy_per_km=given["l_per_km"],
        mj_per_unit=given["mj_per_l"],
        co2_kg_per_km=given["co2_kg_km"],
        nox_g_per_km=given["nox_g_km"],
        nmhc_g_per_km=given["nmhc_g_km"],
        pm_g_per_km=given["pm_g_km"],
    )
    got = vehicle_cost(vehicle, FuelPrices(given["petrol_pre_tax"], given["diesel_pre_tax"]))
    assert float(got.energy_value) == pytest.approx(case["expected"]["ve"], abs=1e-12)
    for key in ("energy", "co2", "nox", "nmhc", "pm", "total"):
        assert float(getattr(got, key)) == pytest.approx(case["expected"][key], **within(case, "abs")), key


def test_real_and_nominal_money_agree_and_the_shortcut_does_not(cases):
    case = cases["D03-real-nominal"]
    given = {key: exactly(value) for key, value in case["inputs"].items()}
    got = money_views(
        given["annual_today"],
        given["real_rate"],
        given["inflation"],
        given["real_growth"],
        case["inputs"]["years"],
    )
    expected, money, rate = case["expected"], within(case, "abs"), within(case, "rate_abs")
    assert float(got.nominal_rate) == pytest.approx(expected["nominal_rate"], **rate)
    assert float(got.nominal_growth) == pytest.approx(expected["nominal_growth"], **rate)
    assert float(got.pv_real) == pytest.approx(expected["pv"], **money)
    assert float(got.pv_nominal) == pytest.approx(expected["pv"], **money)
    assert float(got.shortcut_rate) == pytest.approx(expected["swedish_shortcut_real_rate"], **rate)
    assert float(got.shortcut_pv) == pytest.approx(expected["pv_with_shortcut"], **money)


def test_what_an_annual_budget_hides(cases):
    case = cases["D05-budget-vs-life"]
    got = budget_view(evaluate(read_case(cases[case["inputs"]["base"]]["inputs"])))
    expected, money = case["expected"], within(case, "abs")
    assert float(got.extra_now) == pytest.approx(expected["year0_extra"], **money)
    assert float(got.first_year_saving) == pytest.approx(expected["first_year_saving"], **money)
    assert list(map(float, got.cumulative)) == pytest.approx(expected["cumulative"], **money)
    assert got.earned_back == expected["first_year_cumulative_positive"]
    assert float(got.gain_in_budget_year) == pytest.approx(expected["gain_seen_in_budget_year_0"], **money)
    assert float(got.gain_over_life) == pytest.approx(expected["gain_over_life"], **money)
    assert float(got.gain_over_life_pv) == pytest.approx(expected["gain_over_life_pv"], **money)
    share = expected["share_of_gain_after_6_year_mandate"]
    assert float(got.share_after_mandate) == pytest.approx(share, **within(case, "share_abs"))


def test_present_value_factors_without_exception_at_their_edges(cases):
    case = cases["D08-upv-star"]
    got = [upv_star(exactly(each["d"]), exactly(each["e"]), each["n"]) for each in case["inputs"]["cases"]]
    assert list(map(float, got)) == pytest.approx(case["expected"]["factors"], **within(case, "abs"))
