"""Quantiles, mean and deviation of numbers that pass by, in a memory that does not grow with them."""

import math

import numpy as np
from numpy.typing import NDArray

from mpdi.lcc.distributions import Numbers

BINS = 4096


class Sketch:
    """Counts in equal bins whose range doubles, pairs of bins merging, when a number falls outside.

    The range starts as the first numbers' own, so that a quantile is right to 1/2048 of the range seen.
    """

    def __init__(self) -> None:
        self._count = 0
        self._mean = 0.0
        self._squares = 0.0
        self._start = 0.0
        self._width = 0.0
        self._bins = np.zeros(BINS, dtype=np.int64)
        self._low = math.inf
        self._high = -math.inf

    def add(self, numbers: Numbers) -> None:
        """Take a block of numbers, of at least one."""
        low, high = float(numbers.min()), float(numbers.max())
        self._moments(numbers)
        if not self._width:
            self._begin(low, high, self._count - len(numbers))
        self._low, self._high = min(low, self._low), max(high, self._high)
        if not self._width:
            return
        while low < self._start or high >= self._start + self._width * BINS:
            self._double(downwards=low < self._start)
        self._bins += np.bincount(self._places(numbers), minlength=BINS)

    def _begin(self, low: float, high: float, before: int) -> None:
        """Choose the range once two numbers differ; the `before` earlier ones, all alike, go where they belong."""
        self._start = min(low, self._low)
        self._width = (max(high, self._high) - self._start) * (1 + 1e-9) / BINS
        if self._width and before:
            self._bins[self._places(np.array([self._low]))] = before

    def _places(self, numbers: Numbers) -> NDArray[np.int64]:
        return np.clip(((numbers - self._start) * (1 / self._width)).astype(np.int64), 0, BINS - 1)

    def _moments(self, numbers: Numbers) -> None:
        """Mean and squares of two groups joined, without the loss that the plain sum of squares has."""
        count, mean = len(numbers), float(numbers.mean())
        whole, apart = self._count + count, mean - self._mean
        self._squares += float(((numbers - mean) ** 2).sum()) + apart * apart * self._count * count / whole
        self._mean += apart * count / whole
        self._count = whole

    def _double(self, *, downwards: bool) -> None:
        pairs = self._bins.reshape(-1, 2).sum(axis=1)
        self._bins = np.zeros(BINS, dtype=np.int64)
        if downwards:
            self._start -= self._width * BINS
            self._bins[BINS // 2 :] = pairs
        else:
            self._bins[: BINS // 2] = pairs
        self._width *= 2

    @property
    def mean(self) -> float:
        """Their mean."""
        return self._mean

    @property
    def deviation(self) -> float:
        """Their standard deviation (of a sample; 0 for a single number)."""
        return math.sqrt(self._squares / (self._count - 1)) if self._count > 1 else 0.0

    def quantile(self, share: float) -> float:
        """The number below which that share of them lies, in the middle of its bin."""
        if not self._width:
            return self._low
        place = int(np.searchsorted(np.cumsum(self._bins), share * self._count))
        return min(max(self._start + (place + 0.5) * self._width, self._low), self._high)
