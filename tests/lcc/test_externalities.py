"""What a purchase costs others: sourced prices only, apart from the money, and the old method for vehicles."""

from decimal import Decimal

import pytest
import yaml

from mpdi.lcc.clean_vehicles import FuelPrices, Vehicle, lifetime_mileage, vehicle_cost
from mpdi.lcc.errors import AmountError, UnknownPriceSetError, UnsourcedNumberError
from mpdi.lcc.externalities import (
    Substance,
    electricity_co2,
    emission_factors,
    emission_flows,
    price_set,
    price_sets,
)
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Alternative, Case, Category, Conventions
from mpdi.lcc.sourced import FOLDER, read_parameters, sourced

GOOD = {"value": 0.04, "unit": "EUR/kg", "date": 2007, "source": "Directive 2009/33/EC, annex, table 2"}


@pytest.mark.parametrize("missing", GOOD)
def test_a_number_that_lacks_anything_is_not_loaded(missing):
    with pytest.raises(UnsourcedNumberError, match="CO2"):
        sourced({key: value for key, value in GOOD.items() if key != missing}, "CO2")


@pytest.mark.parametrize(
    ("key", "value"),
    [("value", "0.04"), ("value", float("nan")), ("value", Decimal("Infinity")), ("unit", ""), ("date", "2007"), ("source", ""), ("source", "own")],
)
def test_a_number_with_an_empty_or_wrong_part_is_not_loaded(key, value):
    with pytest.raises(UnsourcedNumberError):
        sourced({**GOOD, key: value}, "CO2")


def test_a_price_with_decimals_may_be_a_decimal():
    assert sourced({**GOOD, "value": Decimal("0.04")}, "CO2").value == sourced(GOOD, "CO2").value == Decimal("0.04")


def test_a_file_that_holds_no_keys_is_refused(tmp_path):
    (tmp_path / "prices.yaml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(UnsourcedNumberError, match=r"prices\.yaml"):
        read_parameters("prices", tmp_path)


def test_every_price_set_has_a_title_in_three_languages_and_says_whether_it_is_history():
    sets = price_sets()
    assert set(sets) == {"none", "directive-2009-33", "eib-2020"}
    for each in sets.values():
        assert set(each.title) == {"fr", "nl", "en"}
        assert all(each.title.values())
    assert [key for key, each in sets.items() if each.is_historic] == ["directive-2009-33"]
    assert sets["eib-2020"].assumption


def test_the_files_hold_no_number_outside_a_sourced_one():
    def numbers(data: object) -> list[object]:
        if isinstance(data, dict):
            if set(data) == set(GOOD):
                return []
            return [each for key, value in data.items() if key != "highest_multiple" for each in numbers(value)]
        if isinstance(data, list):
            return [each for value in data for each in numbers(value)]
        return [data] if isinstance(data, int | float) else []

    files = sorted(FOLDER.glob("*.yaml"))
    assert len(files) >= 3
    for path in files:
        assert numbers(yaml.safe_load(path.read_text(encoding="utf-8"))) == [], path.name


def test_prices_of_a_gram_and_of_a_tonne_are_told_by_the_kilogram():
    old = price_set("directive-2009-33")
    assert old.price(Substance.CO2, 2026) == Decimal("0.04")
    assert old.price(Substance.NOX, 2026) == Decimal("4.4")
    assert price_set("eib-2020").price(Substance.CO2, 2030) == Decimal("0.25")


def test_between_two_years_a_straight_line_outside_them_nothing():
    path = price_set("eib-2020")
    assert path.price(Substance.CO2, 2040) == Decimal("0.525")
    with pytest.raises(UnknownPriceSetError, match="from 2030 to 2050, not 2027"):
        path.price(Substance.CO2, 2027)
    with pytest.raises(UnknownPriceSetError, match="no price for nox"):
        path.price(Substance.NOX, 2040)


def test_an_unknown_set_names_the_known_ones():
    with pytest.raises(UnknownPriceSetError, match="none, directive-2009-33, eib-2020"):
        price_set("mine")


def test_emissions_stay_out_of_the_life_cycle_cost():
    flows = emission_flows({Substance.CO2: Decimal(1000)}, price_set("eib-2020"), 2030, 2)
    assert [flow.category for flow in flows] == [Category.EXTERNALITY]
    result = evaluate(Case(Conventions(2, Decimal(0)), (Alternative("Boiler", flows),)))
    assert result.winner.lcc == 0
    assert result.winner.external_cash == (0, 250, Decimal("277.5"))
    assert result.winner.external_pv == Decimal("527.5")


def test_the_set_of_none_gives_no_flow():
    assert emission_flows({Substance.CO2: Decimal(1000)}, price_set("none"), 2030, 2) == ()


def test_electricity_of_belgium_and_of_ones_own_factor():
    assert emission_factors()["electricity-be"].value == Decimal("0.16749")
    assert electricity_co2(Decimal(1000), Decimal(0)).kilograms == Decimal("167.49")
    assert electricity_co2(Decimal(1000), Decimal("0.5"), Decimal("0.2")).kilograms == 100
    assert electricity_co2(Decimal(1000), Decimal(1)).grams == 0
    with pytest.raises(AmountError, match="from 0 to 1"):
        electricity_co2(Decimal(1000), Decimal(50))


def a_car(**changes: Decimal) -> Vehicle:
    values = {
        "km": lifetime_mileage()["M1"].value,
        "energy_per_km": Decimal("0.05"),
        "mj_per_unit": Decimal(36),
        "co2_kg_per_km": Decimal("0.1"),
        "nox_g_per_km": Decimal("0.05"),
        "nmhc_g_per_km": Decimal("0.02"),
        "pm_g_per_km": Decimal("0.001"),
    }
    return Vehicle(**{**values, **changes})


def test_energy_is_valued_at_the_cheaper_of_petrol_and_diesel():
    diesel_cheaper = vehicle_cost(a_car(), FuelPrices(petrol=Decimal("0.64"), diesel=Decimal("0.36")))
    petrol_cheaper = vehicle_cost(a_car(), FuelPrices(petrol=Decimal("0.16"), diesel=Decimal("0.36")))
    assert (diesel_cheaper.energy_value, diesel_cheaper.energy) == (Decimal("0.01"), 3600)
    assert (petrol_cheaper.energy_value, petrol_cheaper.energy) == (Decimal("0.005"), 1800)
    assert (diesel_cheaper.co2, diesel_cheaper.nox, diesel_cheaper.nmhc) == (800, 44, 4)
    assert (diesel_cheaper.pm, diesel_cheaper.total) == (Decimal("17.4"), Decimal("4465.4"))


def test_emission_prices_up_to_twice_the_table_and_no_more():
    fuel = FuelPrices(petrol=Decimal("0.64"), diesel=Decimal("0.36"))
    assert vehicle_cost(a_car(), fuel, Decimal(2)).co2 == 1600
    for multiple in (Decimal("2.01"), Decimal("0.5")):
        with pytest.raises(AmountError, match="from 1 to 2"):
            vehicle_cost(a_car(), fuel, multiple)
