"""Points for a price: the formulas in use, each with what it depends on. Exact; nothing is rounded here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


class Formula(StrEnum):
    """How a price becomes points."""

    PROPORTIONAL = "proportional"
    LINEAR = "linear"
    RANGE = "range"
    BOUNDS = "bounds"


RELATIVE = (Formula.PROPORTIONAL, Formula.LINEAR, Formula.RANGE)
"""Formulas in which the points of an offer depend on the prices of the others."""

CALCULATIONS = {
    Formula.PROPORTIONAL: "{weight} × {lowest} ÷ {price}",
    Formula.LINEAR: "{weight} × (1 − ({price} ÷ {lowest} − 1) × 100 ÷ {spread})",
    Formula.RANGE: "{weight} × ({highest} − {price}) ÷ ({highest} − {lowest})",
    Formula.BOUNDS: "{weight} × ({ceiling} − {price}) ÷ ({ceiling} − {floor})",
}
"""Each formula in figures; what comes out below zero counts as zero, above the weight as the weight."""


@dataclass(frozen=True)
class PriceRule:
    """A formula and its numbers: `spread` in percent above the lowest price (linear), `floor` and `ceiling` in EUR (bounds)."""

    formula: Formula
    spread: Decimal = Decimal(50)
    floor: Decimal = _ZERO
    ceiling: Decimal = _ZERO

    def points(self, weight: Decimal, price: Decimal, prices: Sequence[Decimal]) -> Decimal:
        """Return the points of a price among all prices (EUR, above zero, its own included): from 0 to `weight`."""
        lowest, highest = min(prices), max(prices)
        match self.formula:
            case Formula.PROPORTIONAL:
                return weight * lowest / price
            case Formula.LINEAR:
                return _within(weight * (1 - (price / lowest - 1) * _HUNDRED / self.spread), weight)
            case Formula.RANGE:
                return weight if highest == lowest else weight * (highest - price) / (highest - lowest)
            case Formula.BOUNDS:
                return _within(weight * (self.ceiling - price) / (self.ceiling - self.floor), weight)

    def price_of(self, gap: Decimal, weight: Decimal, prices: Sequence[Decimal]) -> Decimal | None:
        """Return how many EUR above the cheapest offer cost so many points; None where no price costs as many.

        For `bounds` it is counted from the floor, and for `range` with the highest and lowest price as they are.
        """
        lowest, highest = min(prices), max(prices)
        match self.formula:
            case Formula.PROPORTIONAL:
                return lowest * gap / (weight - gap) if weight > gap else None
            case Formula.LINEAR:
                return lowest * self.spread / _HUNDRED * gap / weight if weight >= gap else None
            case Formula.RANGE:
                return (highest - lowest) * gap / weight if weight >= gap and highest > lowest else None
            case Formula.BOUNDS:
                return (self.ceiling - self.floor) * gap / weight if weight >= gap else None


def _within(points: Decimal, weight: Decimal) -> Decimal:
    return min(max(points, _ZERO), weight)
