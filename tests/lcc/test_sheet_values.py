"""Values put into a sheet: wrong ones are named with their remedy, edges are counted, nothing is guessed."""

from copy import deepcopy
from decimal import Decimal

import pytest
from sheet_samples import counted, parsed

from mpdi.lcc.cases import as_data
from mpdi.lcc.errors import UnknownPriceSetError, UnsourcedNumberError
from mpdi.lcc.externalities import Substance
from mpdi.lcc.sheets.catalogue import sheet_named
from mpdi.lcc.sheets.errors import SheetVersionError, WrongValuesError
from mpdi.lcc.sheets.filling import fill

GENERAL = parsed("""
sheet: generic
buyer: {years: 10, quantity: 10, energy_price: 0.30, water_price: 5}
offers:
  - name: A
    values: {price: 300, installation: 50, energy_year: 120, water_year: 4, consumables_year: 6, maintenance_year: 12, life: 8, disposal: 5, resale: 0}
""")
CARS = parsed("""
sheet: vehicles
buyer: {years: 6, quantity: 5, km_year: 15000, petrol_price: 1.70, electricity_price: 0.30, chargers_per_vehicle: 0.5, charger_price: 2000}
offers:
  - name: Petrol
    values: {price: 22000, fee: 0, lease_year: 0, drive: petrol, fuel_consumption: 5, electric_consumption: 0, maintenance_year: 900, tax_year: 850, resale: 5000, co2_km: 120}
  - name: Electric
    values: {price: 24000, fee: 0, lease_year: 0, drive: electric, fuel_consumption: 0, electric_consumption: 20, maintenance_year: 600, tax_year: 700, resale: 5000, co2_km: 0}
""")


def with_(data, **changes):
    """The case with values changed: `buyer__years=5` of the buyer, `offer__price=1` of the first offer, else a key."""
    made = deepcopy(data)
    for key, value in changes.items():
        place, _, name = key.partition("__")
        held = {"buyer": made["buyer"], "offer": made["offers"][0]["values"]}[place] if name else made
        if value is None:
            del held[name or key]
        else:
            held[name or key] = value
    return made


def problems(data):
    with pytest.raises(WrongValuesError) as caught:
        fill(sheet_named(data["sheet"]), data)
    assert all(problem.remedy.endswith((".", "…")) for problem in caught.value.problems)
    return {problem.place: problem.message for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        ({"buyer__quantity": None}, "buyer.quantity", "is missing."),
        ({"offer__life": None}, "offers[1].values.life", "is missing."),
        ({"offer__price": "=2+2"}, "offers[1].values.price", "“=2+2” is not a number."),
        ({"offer__price": "300 EUR"}, "offers[1].values.price", "“300 EUR” is not a number."),
        ({"offer__price": True}, "offers[1].values.price", "“True” is not a number."),
        ({"offer__price": Decimal("NaN")}, "offers[1].values.price", "“NaN” is not a number."),
        ({"offer__price": Decimal("1e12")}, "offers[1].values.price", "outside the plausible bounds"),
        ({"offer__life": 0}, "offers[1].values.life", "outside the plausible bounds"),
        ({"offer__resale": -5}, "offers[1].values.resale", "outside the plausible bounds"),
        ({"offer__energy_price": 1}, "offers[1].values.energy_price", "the buyer fixes it"),
        ({"offer__colour": 1}, "offers[1].values.colour", "no such value"),
        ({"buyer__price": 1}, "buyer.price", "the tenderer gives it"),
        ({"buyer__years": Decimal("2.5")}, "buyer.years", "not a whole number"),
        ({"buyer__discount_rate": 103}, "buyer.discount_rate", "outside the plausible bounds"),
        ({"buyer__timing": "noon"}, "buyer.timing", "not one of the options"),
        ({"vat": "partly"}, "vat", "says nothing about VAT"),
        ({"colour": "red"}, "case.colour", "is not a key here"),
        ({"title": {"fr": "Lampes", "nl": "Lampen"}}, "title", "is not one line of words"),
        ({"title": ["Lampes", "Lampen"]}, "title", "is not one line of words"),
        ({"offers": []}, "offers", "there is no offer"),
        ({"buyer": 5}, "buyer", "holds no keys and values"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(change, place, message):
    found = problems(with_(GENERAL, **change))
    assert place in found
    assert message in found[place]


def test_every_wrong_value_is_named_at_once():
    found = problems(with_(GENERAL, buyer__quantity=0, offer__price="x", offer__life=None))
    assert len(found) == 3


@pytest.mark.parametrize(("key", "value"), [("vat", "included"), ("currency", "USD")])
def test_an_offer_in_other_money_is_refused(key, value):
    data = deepcopy(GENERAL)
    data["offers"][0][key] = value
    assert f"offers[1].{key}" in problems(data)


@pytest.mark.parametrize(("count", "is_read"), [(2, True), (40, True), (41, False)])
def test_two_to_forty_offers(count, is_read):
    data = deepcopy(GENERAL)
    data["offers"] = [{**data["offers"][0], "name": f"Offer {number}"} for number in range(count)]
    if is_read:
        assert len(counted(data)[1].alternatives) == count
    else:
        assert "at most 40" in problems(data)["offers"]


def test_values_for_another_version_are_refused():
    with pytest.raises(SheetVersionError, match=r"0\.9\.0"):
        fill(sheet_named("generic"), with_(GENERAL, version="0.9.0"))
    assert fill(sheet_named("generic"), with_(GENERAL, version=sheet_named("generic").version))


def test_what_a_formula_needs_is_asked_for_only_where_it_counts():
    without_water = with_(GENERAL, buyer__water_price=None)
    assert "“A”" in str(_error(without_water))
    assert "buyer.water_price" in problems(without_water)
    dry = with_(without_water, offer__water_year=0)
    assert "water" not in counted(dry)[1].alternatives[0].pv


def _error(data):
    with pytest.raises(WrongValuesError) as caught:
        fill(sheet_named(data["sheet"]), data)
    return caught.value


def test_an_electric_offer_asks_for_electricity_and_a_petrol_one_for_petrol():
    found = problems(with_(CARS, buyer__petrol_price=None, buyer__electricity_price=None))
    assert set(found) == {"buyer.petrol_price", "buyer.electricity_price"}


def test_a_plug_in_hybrid_splits_its_kilometres():
    data = with_(CARS, offer__drive="plug_in_petrol", offer__electric_consumption=20, buyer__electric_share=60)
    filled = counted(data)[0]
    assert filled.offers[0].quantities == {"fuel_year": Decimal(300), "kwh_year": Decimal(1800)}


def test_a_rate_of_nothing_adds_up_plainly():
    result = counted(with_(GENERAL, buyer__discount_rate=0))[1]
    # 3,500 twice; a year 360 of energy, 200 of water, 60 and 120; 50 at the end
    assert result.alternatives[0].lcc == Decimal(7000 + 10 * 740 + 50)


def test_the_price_of_the_first_year_grown_or_of_today():
    rates = {"buyer__discount_rate": 0, "buyer__years": 2, "buyer__energy_growth": 10}
    grown = counted(with_(GENERAL, **rates))[1].alternatives[0]
    today = counted(with_(GENERAL, **rates, buyer__first_year="today"))[1].alternatives[0]
    assert grown.cash_by_category["energy"] == (0, Decimal(396), Decimal("435.6"))
    assert today.cash_by_category["energy"] == (0, Decimal(360), Decimal(396))


def test_a_life_shorter_than_a_year_is_bought_several_times_a_year():
    short = counted(with_(GENERAL, buyer__years=2, offer__life=Decimal("0.5")))[1].alternatives[0]
    assert short.cash_by_category["replacement"] == (0, Decimal(7000), Decimal(3500))


def test_a_life_longer_than_the_study_is_never_bought_again_and_leaves_something():
    data = with_(GENERAL, offer__life=40, buyer__residual_method="straight_line")
    long = counted(data)[1].alternatives[0]
    assert "replacement" not in long.pv
    assert long.cash_by_category["residual"][10] == Decimal(-2250)


def test_assumptions_kept_are_named_and_a_value_given_is_none():
    kept = counted(GENERAL)[0].assumed
    assert "discount_rate" in kept
    assert "discount_rate" not in counted(with_(GENERAL, buyer__discount_rate=3))[0].assumed
    assert "years" not in kept


def test_emissions_not_stated_are_not_nothing():
    filled = counted(with_(CARS, offer__co2_km=None))[0]
    assert Substance.CO2 not in filled.offers[0].emissions
    assert filled.offers[1].emissions[Substance.CO2] == 5 * 3000 * Decimal("0.16749")


EIB = {"prices": "eib-2020", "first_year": 2031}


def test_external_costs_stay_apart_from_the_cost():
    plain, priced = counted(CARS)[1], counted(with_(CARS, externalities=EIB))[1]
    assert [each.lcc for each in priced.alternatives] == [each.lcc for each in plain.alternatives]
    assert [each.external_pv > 0 for each in priced.alternatives] == [True, True]
    assert all("externality" not in each.pv for each in priced.alternatives)


def test_external_costs_change_the_ranking_only_where_they_are_counted():
    own = {"co2": {"value": 5, "unit": "EUR/kg", "date": 2026, "source": "a price made up for this test"}}
    dear = with_(CARS, externalities={"prices": own, "first_year": 2027})
    dear["offers"][1]["values"]["price"] = 30000
    apart = counted(dear)[1]
    dear["externalities"]["external_costs"] = "counted"
    assert (apart.winner.name, counted(dear)[1].winner.name) == ("Petrol", "Electric")


def test_priced_emissions_that_nobody_stated_are_asked_for():
    found = problems(with_(CARS, offer__co2_km=None, externalities=EIB))
    assert found == {"offers, Petrol, values.co2_km": "is missing."}


@pytest.mark.parametrize(
    "change",
    [{"first_year": "soon"}, {"external_costs": "perhaps"}, {"prices": {"dust": {}}}, {"colour": "red"}],
    ids=lambda change: next(iter(change)),
)
def test_a_wrong_pricing_is_refused(change):
    assert problems(with_(CARS, externalities={**EIB, **change}))


def test_prices_of_emissions_need_a_source_a_known_set_and_euros():
    with pytest.raises(UnsourcedNumberError):
        counted(with_(CARS, externalities={**EIB, "prices": {"co2": {"value": 5}}}))
    with pytest.raises(UnknownPriceSetError):
        counted(with_(CARS, externalities={**EIB, "prices": "moon"}))
    assert "externalities" in problems(with_(CARS, externalities=EIB, currency="USD"))


@pytest.mark.parametrize("sheet", ["generic", "vehicles"])
def test_names_of_lines_follow_the_language(sheet):
    data = {"generic": GENERAL, "vehicles": CARS}[sheet]
    names = {
        language: [flow.name for flow in fill(sheet_named(sheet), data, language).case.alternatives[0].flows]
        for language in ("fr", "nl", "en")
    }
    assert len({tuple(each) for each in names.values()}) == 3
    assert as_data(counted(data)[1])["alternatives"][0]["name"] == data["offers"][0]["name"]


def lighting(**changes):
    return with_(
        parsed("""
sheet: indoor_lighting
buyer: {years: 20, discount_rate: 0, hours_year: 2500, electricity_price: 0.3, residual_method: straight_line}
offers:
  - name: LED
    values: {luminaires: 10, price: 100, installation: 0, power: 30, control_saving: 0, life_hours: 60000, part_price: 30, part_labour: 10, maintenance_year: 0, disposal: 0}
"""),
        **changes,
    )


def test_a_part_that_is_never_bought_leaves_nothing_whatever_its_price():
    cheap, dear = (counted(lighting(offer__part_price=price))[1].alternatives[0].lcc for price in (30, 3000))
    assert cheap == dear
    bought = counted(lighting(offer__life_hours=30000))[1].alternatives[0]
    # bought again after 12 years, 4 of its 12 years left at the end: a third of 400 EUR
    assert float(bought.pv["residual"]) == pytest.approx(-400 / 3)


@pytest.mark.parametrize(("life", "left"), [(12, 0), (16, 250), (8, 150)])
def test_repaired_furniture_leaves_what_was_paid_last(life, left):
    data = parsed("""
sheet: furniture
buyer: {years: 12, quantity: 1, old_disposal: 0, discount_rate: 0, residual_method: straight_line}
offers:
  - name: Repaired
    values: {origin: repaired, price: 1000, life: 8, replacement_price: 300, maintenance_year: 0, disposal: 0, resale: 0}
""")
    got = counted(with_(data, offer__life=life))[1].alternatives[0]
    assert got.cash_by_category.get("residual", [0])[-1] == -left
