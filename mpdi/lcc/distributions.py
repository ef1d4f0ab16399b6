"""How an uncertain number may turn out: triangular, normal, uniform, discrete. Each refuses parameters that cannot be."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mpdi.lcc.errors import DistributionError

Numbers = NDArray[np.float64]


class Distribution(Protocol):
    """Anything that draws numbers from a generator."""

    def draw(self, generator: np.random.Generator, count: int) -> Numbers:
        """The next `count` numbers of the generator's stream."""
        ...


def _finite(*numbers: float) -> None:
    if not all(math.isfinite(number) for number in numbers):
        raise DistributionError("not_finite_distribution")


@dataclass(frozen=True, slots=True)
class Triangular:
    """From `low` to `high`, most likely `mode`: what a buyer can say who knows the least, the most and the usual."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _finite(self.low, self.mode, self.high)
        if not self.low <= self.mode <= self.high or self.low == self.high:
            raise DistributionError("triangular", low=self.low, mode=self.mode, high=self.high)

    def draw(self, generator: np.random.Generator, count: int) -> Numbers:
        """The next `count` numbers of the generator's stream."""
        return generator.triangular(self.low, self.mode, self.high, count)


@dataclass(frozen=True, slots=True)
class Normal:
    """Around `mean`, two thirds of the draws within one `deviation`."""

    mean: float
    deviation: float

    def __post_init__(self) -> None:
        _finite(self.mean, self.deviation)
        if self.deviation < 0:
            raise DistributionError("deviation", deviation=self.deviation)

    def draw(self, generator: np.random.Generator, count: int) -> Numbers:
        """The next `count` numbers of the generator's stream."""
        drawn: Numbers = generator.standard_normal(count)
        drawn *= self.deviation
        drawn += self.mean
        return drawn


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anywhere from `low` to `high`, all alike."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _finite(self.low, self.high)
        if not self.low < self.high:
            raise DistributionError("uniform", low=self.low, high=self.high)

    def draw(self, generator: np.random.Generator, count: int) -> Numbers:
        """The next `count` numbers of the generator's stream."""
        return generator.uniform(self.low, self.high, count)


@dataclass(frozen=True, slots=True)
class Discrete:
    """One of `values`, as often as its weight says (the weights need not sum to one)."""

    values: Sequence[float]
    weights: Sequence[float]

    def __post_init__(self) -> None:
        _finite(*self.values, *self.weights)
        if not self.values or len(self.values) != len(self.weights):
            raise DistributionError("weights_count", values=len(self.values), weights=len(self.weights))
        if min(self.weights) < 0 or sum(self.weights) <= 0:
            raise DistributionError("weights")

    def draw(self, generator: np.random.Generator, count: int) -> Numbers:
        """The next `count` numbers of the generator's stream."""
        shares = np.cumsum(np.asarray(self.weights, dtype=np.float64))
        places = np.searchsorted(shares, generator.random(count) * shares[-1], side="right")
        drawn: Numbers = np.asarray(self.values, dtype=np.float64)[places]
        return drawn
