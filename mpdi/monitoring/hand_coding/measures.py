"""Agreement of two readers, and how well detection agrees with people. Pure.

Kappa: Cohen, A coefficient of agreement for nominal scales (1960). A sample takes as many notices in which detection
found something as others; each counts for as many as it stands for in the period (its weight).
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DRAWS = 1_000
"""Of the bootstrap; the interval is that of the middle 95 %."""
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two readers said of one label, over the notices to which both gave yes or no."""

    both_yes: int
    only_first: int
    only_second: int
    both_no: int

    @classmethod
    def of(cls, answers: Iterable[tuple[bool, bool]]) -> "Agreement":
        """Count pairs of answers."""
        given = list(answers)
        return cls(
            given.count((True, True)),
            given.count((True, False)),
            given.count((False, True)),
            given.count((False, False)),
        )

    @property
    def count(self) -> int:
        """Notices to which both gave an answer."""
        return self.both_yes + self.only_first + self.only_second + self.both_no

    @property
    def observed(self) -> float | None:
        """Share in which they agree; None where there is none."""
        return (self.both_yes + self.both_no) / self.count if self.count else None

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance, at most 1; None where chance alone explains all (all yes, all no, none)."""
        if not self.count or self.observed is None:
            return None
        first, second = (self.both_yes + each for each in (self.only_first, self.only_second))
        by_chance = (first * second + (self.count - first) * (self.count - second)) / self.count**2
        return None if by_chance == 1 else (self.observed - by_chance) / (1 - by_chance)


@dataclass(frozen=True, slots=True)
class Judged:
    """A notice of which people settled a label: what they say, what detection says, its weight and its stratum."""

    people: bool
    detected: bool
    weight: float
    stratum: bool


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of 0 to 1 with its interval; None where nothing tells."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """How detection does on one label: counts of the notices read, and weighted estimates for the period."""

    right: int
    wrong: int
    missed: int
    neither: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


def score(judged: Sequence[Judged], seed: int) -> Score:
    """Measure one label; the same notices and seed give the same intervals."""
    drawn = list(_bootstrap(judged, seed))
    estimates = [
        _estimate(each(judged), [value for draw in drawn if (value := each(draw)) is not None])
        for each in (precision, recall, f1)
    ]
    return Score(
        sum(each.people and each.detected for each in judged),
        sum(each.detected and not each.people for each in judged),
        sum(each.people and not each.detected for each in judged),
        sum(not each.people and not each.detected for each in judged),
        *estimates,
    )


def precision(judged: Sequence[Judged]) -> float | None:
    """Of what is detected, the share that people say too."""
    return _share(_weight(judged, True, True), _weight(judged, False, True))


def recall(judged: Sequence[Judged]) -> float | None:
    """Of what people say, the share that is detected."""
    return _share(_weight(judged, True, True), _weight(judged, True, False))


def f1(judged: Sequence[Judged]) -> float | None:
    """Twice the right, by twice the right, the wrong and the missed."""
    right = 2 * _weight(judged, True, True)
    return _share(right, _weight(judged, False, True) + _weight(judged, True, False))


def _weight(judged: Sequence[Judged], people: bool, detected: bool) -> float:
    return sum(each.weight for each in judged if each.people == people and each.detected == detected)


def _share(some: float, others: float) -> float | None:
    return some / (some + others) if some + others else None


def _bootstrap(judged: Sequence[Judged], seed: int) -> Iterable[list[Judged]]:
    """Samples drawn again from the sample, each stratum by itself."""
    draw = random.Random(seed)  # noqa: S311 (repeats an interval, keeps no secret)
    strata = [found for stratum in (True, False) if (found := [each for each in judged if each.stratum is stratum])]
    for _ in range(DRAWS if strata else 0):
        yield [each for stratum in strata for each in draw.choices(stratum, k=len(stratum))]


def _estimate(value: float | None, drawn: list[float]) -> Estimate:
    if value is None or not drawn:
        return Estimate(value, None, None)
    drawn.sort()
    return Estimate(value, drawn[int(len(drawn) * _LOW)], drawn[max(0, int(len(drawn) * _HIGH) - 1)])
