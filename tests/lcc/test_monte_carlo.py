"""Draws: the same from the same seed, right where the answer is known, in a memory that does not grow with them."""

import tracemalloc
from decimal import Decimal

import numpy as np
import pytest

from mpdi.lcc.cases import read_case
from mpdi.lcc.distributions import Discrete, Normal, Triangular, Uniform
from mpdi.lcc.draw_plan import Target, Uncertainty
from mpdi.lcc.errors import DistributionError, GrowthError, UnknownInputError
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Case
from mpdi.lcc.monte_carlo import simulate
from mpdi.lcc.quantiles import Sketch

STILL = 1e-12
"""A deviation so small that every draw is the mean: the simulation must then say what the engine says."""


def a_case(**fields: object) -> Case:
    items = [
        {"name": "price", "cat": "acquisition", "t": 0, "amount": 1000},
        {"name": "power", "cat": "energy", "annual": 100, "esc": 0.02},
        {"name": "upkeep", "cat": "omr", "annual": 30, "from": 3, "to": 7, "esc": 0.01, "esc_lag": 1},
        {"name": "lamp", "cat": "replacement", "t": 5, "amount": 200},
        {"name": "resale", "cat": "residual", "t": 10, "amount": -50},
        {"name": "noise", "cat": "externality", "annual": 7},
    ]
    other = [{"name": "price", "cat": "acquisition", "t": 0, "amount": 2300}]
    alternatives = [{"name": "A", "items": items}, {"name": "B", "items": other}]
    return read_case({"years": 10, "discount_rate": 0.03, "alternatives": alternatives, **fields})


SURE = {
    "an amount": Uncertainty(Target.AMOUNT, Normal(100, STILL), "A", "power"),
    "a factor": Uncertainty(Target.FACTOR, Normal(1, STILL), category="omr"),
    "a growth": Uncertainty(Target.GROWTH, Normal(0.02, STILL), "A", "power"),
    "a growth from today": Uncertainty(Target.GROWTH, Normal(0.01, STILL), line="upkeep"),
    "a price path": Uncertainty(Target.PRICE_PATH, Normal(0.02, STILL), "A", "power"),
    "a price path from today": Uncertainty(Target.PRICE_PATH, Normal(0.01, STILL), line="upkeep"),
    "the discount rate": Uncertainty(Target.DISCOUNT_RATE, Normal(0.03, STILL)),
}


@pytest.mark.parametrize(
    "fields",
    [{}, {"convention": "mid"}, {"convention": "continuous"}, {"external_costs": "counted"}],
    ids=["end", "mid", "continuous", "counted"],
)
@pytest.mark.parametrize("uncertainty", SURE.values(), ids=SURE)
def test_draws_without_spread_say_what_the_engine_says(uncertainty, fields):
    case = a_case(**fields)
    got = simulate(case, [uncertainty], draws=50)
    for spread, exact in zip(got.alternatives, evaluate(case).alternatives, strict=True):
        assert (spread.mean, spread.median) == pytest.approx((float(exact.ranked),) * 2, rel=1e-9)


@pytest.mark.parametrize("target", [Target.GROWTH, Target.PRICE_PATH])
@pytest.mark.parametrize("last", [0, 4], ids=["today alone", "from today on"])
def test_a_line_that_begins_today_is_not_discounted_today(target, last):
    item = {"name": "rent", "cat": "service", "annual": 100, "from": 0, "to": last, "esc": 0.02}
    case = read_case({"years": 4, "discount_rate": 0.03, "alternatives": [{"name": "A", "items": [item]}]})
    got = simulate(case, [Uncertainty(target, Normal(0.02, STILL))], draws=10)
    assert got.alternatives[0].mean == pytest.approx(float(evaluate(case).winner.lcc))


def test_growth_equal_to_the_rate_is_no_exception():
    case = a_case()
    sure = [
        Uncertainty(Target.DISCOUNT_RATE, Normal(0.02, 0)),
        Uncertainty(Target.GROWTH, Normal(0.02, 0), "A", "power"),
    ]
    only_power = read_case(
        {
            "years": 10,
            "discount_rate": 0.02,
            "alternatives": [{"name": "A", "items": [{"name": "power", "cat": "energy", "annual": 100, "esc": 0.02}]}],
        }
    )
    assert simulate(only_power, sure, draws=5).alternatives[0].mean == pytest.approx(1000)
    assert np.isfinite(simulate(case, sure, draws=5).alternatives[0].mean)


def test_a_continuous_rate_of_nothing_is_no_exception():
    sure = [Uncertainty(Target.DISCOUNT_RATE, Normal(0, 0))]
    exact = evaluate(a_case(discount_rate=0)).alternatives[0].lcc
    got = simulate(a_case(convention="continuous"), sure, draws=5).alternatives[0]
    assert got.mean == pytest.approx(float(exact))


def test_unequal_lives_are_drawn_by_the_year():
    case = read_case(
        {
            "years": 2,
            "discount_rate": 0.1,
            "alternatives": [
                {"name": "A", "items": [{"name": "price", "cat": "invest", "t": 0, "amount": 100}]},
                {"name": "B", "years": 4, "items": [{"name": "price", "cat": "invest", "t": 0, "amount": 180}]},
            ],
        }
    )
    got = simulate(case, [Uncertainty(Target.DISCOUNT_RATE, Normal(0.1, STILL))], draws=20)
    exact = [float(each.annual) for each in evaluate(case).alternatives]
    assert [each.mean for each in got.alternatives] == pytest.approx(exact)


def test_a_nominal_line_of_a_real_case_is_deflated_in_every_draw():
    case = read_case(
        {
            "years": 5,
            "discount_rate": 0.03,
            "inflation": 0.04,
            "alternatives": [
                {
                    "name": "A",
                    "items": [{"name": "rent", "cat": "service", "annual": 100, "esc": 0.01, "money": "nominal"}],
                }
            ],
        }
    )
    exact = float(evaluate(case).winner.lcc)
    for target in (Target.GROWTH, Target.PRICE_PATH):
        got = simulate(case, [Uncertainty(target, Normal(0.01, STILL), "A")], draws=20)
        assert got.alternatives[0].mean == pytest.approx(exact)


UNSURE = (
    Uncertainty(Target.FACTOR, Triangular(0.8, 1, 1.5), category="energy"),
    Uncertainty(Target.AMOUNT, Uniform(150, 250), line="lamp"),
    Uncertainty(Target.GROWTH, Normal(0.02, 0.01), line="power"),
    Uncertainty(Target.PRICE_PATH, Normal(0.01, 0.02), line="upkeep"),
    Uncertainty(Target.DISCOUNT_RATE, Discrete((0.02, 0.03, 0.05), (1, 2, 1))),
)


def test_one_seed_gives_one_answer_another_another():
    first, again, other = (simulate(a_case(), UNSURE, draws=2000, seed=seed) for seed in (7, 7, 8))
    assert first == again
    assert first.alternatives[0].mean != other.alternatives[0].mean


def test_the_size_of_a_block_changes_no_figure():
    whole = simulate(a_case(), UNSURE, draws=1000, block=1000).alternatives[0]
    cut = simulate(a_case(), UNSURE, draws=1000, block=64).alternatives[0]
    assert (cut.mean, cut.deviation) == pytest.approx((whole.mean, whole.deviation), rel=1e-12)
    assert (cut.share_cheapest, cut.share_below_base) == (whole.share_cheapest, whole.share_below_base)
    width = (whole.p95 - whole.p5) / 100
    assert (cut.p5, cut.median, cut.p95) == pytest.approx((whole.p5, whole.median, whole.p95), abs=width)


def test_half_of_the_draws_where_two_offers_are_even():
    items = [{"name": "price", "cat": "invest", "t": 0, "amount": 100}]
    alternatives = [{"name": "A", "items": items}, {"name": "B", "items": items}]
    case = read_case({"years": 1, "discount_rate": 0, "alternatives": alternatives})
    uniform = [Uncertainty(Target.AMOUNT, Uniform(50, 150), name) for name in ("A", "B")]
    first, second = simulate(case, uniform, draws=40_000).alternatives
    assert first.share_cheapest == pytest.approx(0.5, abs=0.01)
    assert first.share_cheapest + second.share_cheapest == pytest.approx(1)
    assert (first.mean, first.median) == pytest.approx((100, 100), abs=0.6)
    assert (first.p5, first.p95) == pytest.approx((55, 145), abs=0.6)
    assert first.deviation == pytest.approx(28.8675, abs=0.3)
    assert second.share_below_base == second.share_cheapest


def test_a_price_that_several_offers_pay_is_drawn_once_for_all():
    items = [{"name": "power", "cat": "energy", "annual": 100}]
    dearer = [{"name": "power", "cat": "energy", "annual": 101}]
    alternatives = [{"name": "A", "items": items}, {"name": "B", "items": dearer}]
    case = read_case({"years": 5, "discount_rate": 0.03, "alternatives": alternatives})
    got = simulate(case, [Uncertainty(Target.FACTOR, Uniform(0.5, 2), category="energy")], draws=500)
    assert [each.share_cheapest for each in got.alternatives] == [1, 0]


@pytest.mark.parametrize(
    ("distribution", "mean", "low", "high"),
    [
        (Triangular(0, 3, 9), 4, 0, 9),
        (Normal(5, 0), 5, 5, 5),
        (Uniform(2, 4), 3, 2, 4),
        (Discrete((1, 10), (3, 1)), 3.25, 1, 10),
        (Discrete((1, 10), (1, 0)), 1, 1, 1),
    ],
    ids=["triangular", "normal", "uniform", "discrete", "weight of nothing"],
)
def test_distributions_draw_what_they_say(distribution, mean, low, high):
    drawn = distribution.draw(np.random.default_rng(1), 20_000)
    assert drawn.mean() == pytest.approx(mean, abs=0.08)
    assert low <= drawn.min() <= drawn.max() <= high


@pytest.mark.parametrize(
    "make",
    [
        lambda: Triangular(3, 2, 4),
        lambda: Triangular(3, 3, 3),
        lambda: Normal(1, -1),
        lambda: Uniform(2, 2),
        lambda: Uniform(0, float("nan")),
        lambda: Discrete((), ()),
        lambda: Discrete((1, 2), (1,)),
        lambda: Discrete((1, 2), (0, 0)),
        lambda: Discrete((1, 2), (2, -1)),
    ],
    ids=["mode outside", "no width", "negative spread", "no room", "nan", "empty", "uneven", "no weight", "negative"],
)
def test_a_distribution_that_cannot_be_is_refused(make):
    with pytest.raises(DistributionError):
        make()


def test_what_is_drawn_must_touch_something_and_only_once():
    with pytest.raises(UnknownInputError, match="line gas"):
        simulate(a_case(), [Uncertainty(Target.FACTOR, Uniform(0, 1), line="gas")])
    growth = Uncertainty(Target.GROWTH, Normal(0, 1), line="power")
    with pytest.raises(GrowthError, match="set twice"):
        simulate(a_case(), [growth, growth])
    rate = Uncertainty(Target.DISCOUNT_RATE, Normal(0, 0.01))
    with pytest.raises(GrowthError, match="drawn twice"):
        simulate(a_case(), [rate, rate])
    with pytest.raises(DistributionError, match="at least one"):
        simulate(a_case(), UNSURE, draws=0)


@pytest.mark.parametrize(
    "uncertainty",
    [
        Uncertainty(Target.DISCOUNT_RATE, Normal(3, 0.1)),
        Uncertainty(Target.GROWTH, Normal(-1, 0.5), line="power"),
        Uncertainty(Target.PRICE_PATH, Normal(0, 2), line="power"),
    ],
    ids=["per cent", "below nothing", "too wide"],
)
def test_a_rate_that_is_drawn_as_none_is_refused(uncertainty):
    with pytest.raises(DistributionError, match="narrower spread"):
        simulate(a_case(), [uncertainty], draws=500)


def test_twenty_times_the_draws_take_no_more_memory():
    def peak(draws: int) -> int:
        tracemalloc.start()
        simulate(a_case(), UNSURE, draws=draws, block=500)
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return taken

    peak(500)
    assert peak(10_000) < peak(500) * 1.5


def test_a_sketch_finds_quantiles_in_numbers_that_spread_out_as_they_come():
    sketch, numbers = Sketch(), np.random.default_rng(3).normal(0, 1, 30_000)
    for scale, part in zip((0, 0, 1, 100, 100), np.array_split(numbers, 5), strict=True):
        sketch.add(part * scale)
    everything = np.concatenate(
        [part * scale for scale, part in zip((0, 0, 1, 100, 100), np.array_split(numbers, 5), strict=True)]
    )
    bin_width = (everything.max() - everything.min()) / 2048
    for share in (0.05, 0.5, 0.8, 0.95):
        assert sketch.quantile(share) == pytest.approx(np.quantile(everything, share), abs=2 * bin_width)
    assert (sketch.mean, sketch.deviation) == pytest.approx((everything.mean(), everything.std(ddof=1)))


def test_a_sketch_of_one_number_over_and_over():
    sketch = Sketch()
    sketch.add(np.full(10, 7.0))
    sketch.add(np.full(10, 7.0))
    assert (sketch.mean, sketch.deviation, sketch.quantile(0.5)) == (7, 0, 7)


def test_the_base_case_of_the_module_has_a_winner_in_doubt():
    got = simulate(a_case(), UNSURE, draws=2000)
    assert 0 < got.alternatives[0].share_cheapest < 1
    assert Decimal(2300) == evaluate(a_case()).alternatives[1].lcc
