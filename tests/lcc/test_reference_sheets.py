"""The published and independently computed cases of one kind of product, through the sheet of that product.

The values a sheet takes stand in `sheet_cases/`; what must come out comes from `MPDI_REFERENCE_DATA`.
"""

from typing import Any

import pytest
from sheet_samples import counted, sheet_case

from mpdi.lcc.award import AwardFormula, AwardOffer, AwardRule, award
from mpdi.lcc.cases import as_data, number
from mpdi.lcc.externalities import Substance
from mpdi.lcc.model import category_of
from mpdi.lcc.returns import (
    discounted_by_year,
    investment,
    lifetime_costs,
    present_value,
    returns,
    running,
    yearly_saving,
)

THROUGH_SHEETS = {
    "C03-notebooks": "notebooks",
    "C05-office-lighting": "office-lighting",
    "C07-vending": "drink-machines",
    "C08-fleet-bev": "city-cars",
}
CARS = {"C11-dk-tco-petrol": "leased-petrol-car", "C13-dk-tco-diesel_default": "diesel-car"}


def near(value: float, tolerance: float) -> Any:
    return pytest.approx(value, abs=tolerance)


@pytest.mark.parametrize(("name", "file"), THROUGH_SHEETS.items(), ids=list(THROUGH_SHEETS))
def test_a_product_case_comes_out_of_its_sheet(cases, name, file):
    case = cases[name]
    allowed = case["tolerance"]
    got = as_data(counted(sheet_case(file))[1])["alternatives"]
    for offer, expected in zip(got, case["expected"], strict=True):
        for key in ("lcc", "annual", "ns"):
            if key in expected:
                assert offer[key] == near(expected[key], allowed["money_abs"]), key
        by_category = {category_of(word): worth for word, worth in offer["pv"].items()}
        assert by_category == {
            category_of(word): near(worth, allowed["money_abs"]) for word, worth in expected["pv"].items()
        }
        if "sir" in expected:
            assert offer["sir"] == near(expected["sir"], allowed["ratio_abs"])
            assert offer["airr"] == near(expected["airr"], allowed["rate_abs"])
            assert (offer["spb"], offer["dpb"]) == (expected["spb"], expected["dpb"])


def test_three_lamps_of_which_two_are_bought_again(cases):
    case = cases["P11-lamps-undiscounted"]
    result = counted(sheet_case("three-lamps"))[1]
    allowed = case["tolerance"]["abs"]
    for place, lamp in enumerate(result.alternatives):
        assert float(present_value(lamp, ["energy"])) == near(case["expected"]["energy"][place], allowed)
        assert float(investment(lamp)) == near(case["expected"]["capital"][place], allowed)
        assert float(lamp.lcc) == near(case["expected"]["total"][place], allowed)
    assert result.ranking[0] == case["expected"]["winner"]


def test_a_lamp_by_the_year_and_how_soon_it_pays(cases):
    case = cases["P14-led-vs-halogen"]
    expected, allowed = case["expected"], case["tolerance"]
    offers = counted(sheet_case("led-and-halogen"))[0].offers
    kinds = {
        "kwh": "kwh_year",
        "energy": "energy_cost_year",
        "lamp_year": "part_cost_year",
        "labour_year": "labour_cost_year",
    }
    for key, quantity in kinds.items():
        assert [float(offer.quantities[quantity]) for offer in offers] == near(expected[key], allowed["abs"]), key
    paid = ("energy_cost_year", "part_cost_year", "labour_cost_year")
    before, after = ([offer.quantities[key] for key in paid] for offer in offers)
    prices = (number(case["inputs"]["halogen"]["lamp"], "lamp"), number(case["inputs"]["led"]["lamp"], "lamp"))
    saving = yearly_saving(prices, (before, after))
    assert float(saving.saving) == near(expected["saving_year"], allowed["abs"])
    assert float(saving.payback_years) == near(expected["payback_years"], allowed["payback_abs"])
    assert float(saving.return_a_year) == near(expected["roi"], allowed["roi_abs"])


def test_vending_machines_over_a_year_and_over_their_life(cases):
    case = cases["P17-femp-vending"]
    expected, allowed = case["expected"], case["tolerance"]
    offers = counted(sheet_case("three-vending-machines"))[0].offers
    assert [float(offer.quantities["kwh_year"]) for offer in offers] == near(
        expected["annual_kwh"], allowed["annual_abs"]
    )
    costs = [offer.quantities["energy_cost_year"] for offer in offers]
    assert list(map(float, costs)) == near(expected["annual_cost"], allowed["annual_abs"])
    lives = lifetime_costs(costs, number(case["inputs"]["pv_factor"], "factor"))
    assert [float(each.cost) for each in lives] == near(expected["lifetime"], allowed["lifetime_abs"])
    assert [float(each.saving) for each in lives] == near(expected["savings_vs_last"], allowed["lifetime_abs"])


def test_a_fleet_of_lorries(cases):
    case = cases["P19-etruck-fleet"]
    expected, allowed = case["expected"], case["tolerance"]
    result = counted(sheet_case("lorries"))[1]
    diesel, electric = result.alternatives
    got = returns(result, 1, units=case["inputs"]["fleet"])
    millions = {
        "diesel_tco": diesel.lcc,
        "electric_capex": investment(electric),
        "electric_opex": running(electric),
        "electric_tco": electric.lcc,
        "delta": got.difference,
    }
    for key, euros in millions.items():
        assert float(euros.scaleb(-6)) == near(expected[key], allowed["abs"]), key
    assert float(got.share) == near(expected["delta_pct"], allowed["pct_abs"])
    assert float(got.return_on_investment) == near(expected["roi_total"], allowed["pct_abs"])
    assert float(got.return_on_extra) == near(expected["roi_delta"], allowed["pct_abs"])
    assert float(got.difference_per_unit.scaleb(-3)) == near(expected["per_truck_delta_keur"], allowed["keur_abs"])


@pytest.mark.parametrize(("name", "file"), CARS.items(), ids=list(CARS))
def test_a_car_by_the_danish_method(cases, name, file):
    case = cases[name]
    expected, allowed = case["expected"], case["tolerance"]["abs"]
    filled, result = counted(sheet_case(file))
    car = result.alternatives[0]
    fuel = discounted_by_year(car, "energy", result.conventions)
    assert list(map(float, fuel[1:])) == near(expected["fuel_by_year"], allowed)
    assert float(car.pv["energy"]) == near(expected["fuel_pv"], allowed)
    assert float(present_value(car, ["rent", "maintenance"])) == near(expected["other_pv"], allowed)
    assert float(car.lcc) == near(expected["tco"], allowed)
    assert float(car.annual) == near(expected["annual"], allowed)
    assert float(filled.offers[0].emitted[Substance.CO2].tonnes) == near(expected["co2_t"], allowed)
    assert float(car.external_pv) == near(expected["external_pv"], allowed)


def test_quality_in_euros(cases):
    case = cases["P21-award-on-value"]
    given = case["inputs"]
    rule = AwardRule(AwardFormula.QUALITY_IN_EUROS, quality={"wish": number(given["wish_value"], "value")})
    offers = [
        AwardOffer(name, number(given["price"], "price"), scores={"wish": number(share, "share")})
        for name, share in given["scores"].items()
    ]
    got = {each.name: float(each.compared) for each in award(rule, offers)}
    assert got == {name: near(price, case["tolerance"]["abs"]) for name, price in case["expected"]["fictional"].items()}
