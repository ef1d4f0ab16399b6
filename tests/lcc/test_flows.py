"""Things that wear out: bought again within the study, worth something at its end; and money over time."""

from decimal import Decimal

import pytest

from mpdi.lcc.cash_flows import at_index, last_purchase, remaining_life, share_residual, unit_flows
from mpdi.lcc.discounting import (
    annual_factor,
    discount_factors,
    money_views,
    nominal_rate,
    npv,
    real_rate,
    upv,
    upv_star,
)
from mpdi.lcc.errors import GrowthError, LifeError, RateError
from mpdi.lcc.model import Timing


def years_and_amounts(price: int, life: str, years: int, **more: object) -> list[tuple[str, int, Decimal]]:
    flows = unit_flows("lamp", Decimal(price), Decimal(life), years, **more)
    return [(flow.category, flow.first, flow.amount) for flow in flows]


def test_a_lamp_of_eight_years_in_a_study_of_twenty():
    assert years_and_amounts(100, "8", 20) == [
        ("acquisition", 0, 100),
        ("replacement", 8, 100),
        ("replacement", 16, 100),
        ("residual", 20, -50),
    ]


def test_nothing_is_bought_on_the_last_day():
    assert years_and_amounts(100, "10", 20) == [("acquisition", 0, 100), ("replacement", 10, 100)]


def test_a_life_longer_than_the_study_leaves_a_value():
    assert years_and_amounts(100, "25", 20) == [("acquisition", 0, 100), ("residual", 20, -20)]


def test_a_life_shorter_than_a_year_is_bought_several_times_a_year():
    assert years_and_amounts(10, "0.5", 2) == [
        ("acquisition", 0, 10),
        ("replacement", 1, 10),
        ("replacement", 1, 10),
        ("replacement", 2, 10),
    ]


def test_a_later_one_may_cost_less_and_leave_nothing():
    flows = years_and_amounts(100, "3", 4, replacement=Decimal(80), residual=False)
    assert flows == [("acquisition", 0, 100), ("replacement", 3, 80)]


@pytest.mark.parametrize("life", ["0", "-1", "NaN", "Infinity"])
def test_a_life_of_nothing_is_refused(life):
    with pytest.raises(LifeError, match="lamp"):
        years_and_amounts(100, life, 20)


def test_ours_counts_a_purchase_from_the_end_of_its_year_theirs_from_its_start():
    study, life, bought = Decimal(25), Decimal(50), Decimal(5)
    assert remaining_life(study, life, bought) == 30
    assert remaining_life(study, life, bought, from_start=True) == 29


def test_a_share_of_the_price_as_residual_value():
    assert share_residual(Decimal("0.1"), Decimal(500)) == -50


def test_an_index_counts_from_today_or_from_the_year_before():
    costs, index = [Decimal(100)] * 3, [Decimal("1.1"), Decimal("1.2"), Decimal("1.5")]
    assert at_index(costs, index) == (110, 120, 150)
    assert at_index(costs, index, chained=True) == (110, 132, 198)
    with pytest.raises(GrowthError, match="3 amounts and 2 index values"):
        at_index(costs, index[:2])


@pytest.mark.parametrize(
    ("timing", "factors"),
    [
        (Timing.END, [1, 0.8, 0.64]),
        (Timing.MID, [1, 0.894427191, 0.7155417528]),
        (Timing.CONTINUOUS, [1, 0.8962840235, 0.7170272188]),
    ],
)
def test_where_in_its_year_a_cost_falls(timing, factors):
    assert list(map(float, discount_factors(Decimal("0.25"), 2, timing))) == pytest.approx(factors, abs=1e-9)


@pytest.mark.parametrize("timing", list(Timing))
def test_without_discount_the_moment_does_not_matter(timing):
    assert discount_factors(Decimal(0), 3, timing) == (1, 1, 1, 1)


def test_the_first_flow_of_an_npv_is_that_of_today():
    flows = [Decimal(-100), Decimal(125)]
    assert npv(Decimal("0.25"), flows) == 0
    assert npv(Decimal("0.25"), flows, first_year=1) == 0
    assert npv(Decimal("0.25"), [Decimal(-100), Decimal(150)]) == 20
    assert npv(Decimal("0.25"), [Decimal(-100), Decimal(150)], first_year=1) == 16


def test_real_and_nominal_rates_multiply():
    assert nominal_rate(Decimal("0.03"), Decimal("0.02")) == Decimal("0.0506")
    assert real_rate(Decimal("0.0506"), Decimal("0.02")) == Decimal("0.03")


def test_nominal_less_inflation_is_a_shortcut_that_costs_money():
    views = money_views(Decimal(100), real=Decimal("0.25"), inflation=Decimal("0.25"), growth=Decimal(0), years=1)
    assert (views.nominal_rate, views.nominal_growth) == (Decimal("0.5625"), Decimal("0.25"))
    assert views.pv_real == views.pv_nominal == 80
    assert views.shortcut_rate == Decimal("0.3125")
    assert float(views.shortcut_pv) == pytest.approx(76.190476, abs=1e-6)


@pytest.mark.parametrize(("study", "first", "interval", "year"), [(10, 0, 3, 9), (10, 1, 3, 10), (10, 4, 0, 4)])
def test_the_year_of_the_last_purchase(study, first, interval, year):
    assert last_purchase(study, first, interval) == year


def test_factors_of_present_value():
    assert upv(Decimal(0), 8) == 8
    assert upv(Decimal("0.25"), 2) == Decimal("1.44")
    assert upv_star(Decimal("0.03"), Decimal("0.03"), 10) == 10
    assert annual_factor(Decimal(0), 4) == Decimal("0.25")


@pytest.mark.parametrize("rate", ["1", "3", "-1", "NaN"])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(RateError, match=r"0\.03 for 3 %"):
        discount_factors(Decimal(rate), 2)
