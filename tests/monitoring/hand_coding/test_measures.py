"""Agreement and scores against figures counted by hand."""

import pytest

from mpdi.monitoring.hand_coding.measures import Agreement, Judged, score


def test_kappa_is_agreement_beyond_chance():
    """Counted by hand: 35 of 50 agree, 25 by chance; (0.7 - 0.5) / (1 - 0.5)."""
    told = Agreement(both_yes=20, only_first=5, only_second=10, both_no=15)
    assert told.observed == pytest.approx(0.7)
    assert told.kappa == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("answers", "kappa"),
    [
        ([(True, True)] * 3 + [(False, False)] * 3, 1.0),
        ([(True, False)] * 3 + [(False, True)] * 3, -1.0),
        ([(False, False)] * 6, None),
        ([], None),
    ],
    ids=["always", "never", "chance explains all", "nothing read"],
)
def test_kappa_at_its_ends(answers, kappa):
    assert Agreement.of(answers).kappa == kappa


def judged(*groups):
    return [Judged(people, found, weight, found) for count, people, found, weight in groups for _ in range(count)]


def test_shares_are_weighted_by_what_each_notice_stands_for():
    """8 right, 2 wrong, each standing for one; one missed among ten others, each standing for ten."""
    told = score(
        judged((8, True, True, 1.0), (2, False, True, 1.0), (1, True, False, 10.0), (9, False, False, 10.0)), 7
    )
    assert (told.right, told.wrong, told.missed, told.neither) == (8, 2, 1, 9)
    assert told.precision.value == pytest.approx(0.8)
    assert told.recall.value == pytest.approx(8 / 18)
    assert told.f1.value == pytest.approx(16 / (16 + 2 + 10))
    assert told.recall.low < told.recall.value < told.recall.high == 1.0


def test_the_same_seed_gives_the_same_interval_and_more_notices_a_narrower_one():
    few = score(judged((8, True, True, 1.0), (4, False, True, 1.0)), 3)
    assert few == score(judged((8, True, True, 1.0), (4, False, True, 1.0)), 3)
    many = score(judged((80, True, True, 1.0), (40, False, True, 1.0)), 3)
    assert many.precision.high - many.precision.low < few.precision.high - few.precision.low


def test_where_nothing_tells_nothing_is_said():
    told = score([], 1)
    assert (told.precision.value, told.recall.value, told.f1.low) == (None, None, None)
    none_found = score(judged((5, False, False, 1.0)), 1)
    assert none_found.precision.value is None
