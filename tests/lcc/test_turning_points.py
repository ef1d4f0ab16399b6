"""What would change the winner of a filled sheet: at each threshold two offers cost the same."""

from copy import deepcopy
from decimal import Decimal

import pytest
from sheet_samples import counted, sheet_case

from mpdi.lcc.sheets.turning_points import turning_points

STEP = Decimal("0.00001")
CASES = ["notebooks", "city-cars", "office-lighting"]


def put(data, point, limit):
    moved = deepcopy(data)
    if point.offer is None:
        moved["buyer"][point.input.key] = limit
    else:
        offer = next(each for each in moved["offers"] if each["name"] == point.offer)
        offer["values"][point.input.key] = limit
    return counted(moved)[1]


@pytest.mark.parametrize("name", CASES)
def test_at_a_threshold_the_winner_and_its_heir_cost_the_same(name):
    data = sheet_case(name)
    filled, result = counted(data)
    points = turning_points(filled)
    assert points
    for point in points:
        for limit in filter(None, (point.low, point.high)):
            value, heir = limit
            costs = {each.name: each.lcc for each in put(data, point, value).alternatives}
            if point.input.key not in ("life_hours", "hours_year", "life"):  # lives jump: another lamp is bought
                assert costs[heir] == pytest.approx(costs[result.winner.name], abs=Decimal("0.000001")), point.input.key


def test_just_beyond_a_threshold_the_other_wins():
    data = sheet_case("city-cars")
    filled, result = counted(data)
    price = next(each for each in turning_points(filled) if each.input.key == "petrol_price")
    value, heir = price.low
    assert result.winner.name == "BEV"
    assert heir == "petrol"
    assert put(data, price, value + STEP).winner.name == "BEV"
    assert put(data, price, value - STEP).winner.name == "petrol"


def test_values_are_as_they_are_typed_and_the_nearest_comes_first():
    points = turning_points(counted(sheet_case("city-cars"))[0])
    growth = next(each for each in points if each.input.key == "fuel_growth")
    assert growth.value == 2
    distances = [
        min(abs(limit[0] - point.value) for limit in (point.low, point.high) if limit) / abs(point.value)
        for point in points
        if point.value and point.input.unit != "%"
    ]
    assert distances == sorted(distances)


def test_one_offer_has_no_rival():
    data = sheet_case("notebooks")
    del data["offers"][1]
    assert turning_points(counted(data)[0]) == ()
