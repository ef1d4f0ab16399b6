"""Many draws at once: how a ranking stands when prices, growths and the discount rate may turn out otherwise.

Seeded: the same case, seed and number of draws give the same figures (whatever the size of a block, but for quantiles,
which are read from bins); memory is that of one block. Where growth and rate are a number a draw, the present value has a closed form (a geometric sum by doubling,
which knows no exception at growth = rate); a price that moves by a new draw each year is summed year by year. Binary
floating point, as draws are: the figures of an offer themselves come from `measures.evaluate`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mpdi.lcc.checks import check_case
from mpdi.lcc.discounting import LOWEST
from mpdi.lcc.distributions import Numbers
from mpdi.lcc.draw_plan import Plan, Target, Uncertainty, plan_of
from mpdi.lcc.draw_sums import Drawn, cost
from mpdi.lcc.errors import DistributionError
from mpdi.lcc.faults import fault
from mpdi.lcc.model import Case
from mpdi.lcc.quantiles import Sketch

BLOCK = 4096
"""Draws that are held in memory at once."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The costs of one alternative over all draws, and in which share of them it is the cheapest, or below the base."""

    name: str
    mean: float
    deviation: float
    p5: float
    median: float
    p95: float
    share_cheapest: float
    share_below_base: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the draws gave, in the order of the case's alternatives; quantiles to a two-thousandth of their range."""

    draws: int
    seed: int
    alternatives: tuple[Spread, ...]


def simulate(
    case: Case, uncertainties: Sequence[Uncertainty], *, draws: int = 10_000, seed: int = 1, block: int = BLOCK
) -> Simulation:
    """Draw the uncertain inputs `draws` times and count the case each time.

    A tie counts for the first of the cheapest. Raise what `evaluate` raises for the case, `UnknownInputError` for an
    uncertainty that touches no line, `DistributionError` when there is nothing to
    draw, or when a rate is drawn that is none.
    """
    if draws < 1 or block < 1:
        raise DistributionError("draws", draws=draws, block=block)
    check_case(case)
    plan = plan_of(case, uncertainties)
    tally = _Tally(len(case.alternatives))
    for drawn in _blocks(plan, uncertainties, draws, seed, block):
        tally.take(np.stack([cost(alternative, drawn, plan) for alternative in plan.alternatives]))
    return Simulation(draws, seed, tally.spreads([each.name for each in case.alternatives], draws))


def _blocks(plan: Plan, uncertainties: Sequence[Uncertainty], draws: int, seed: int, block: int) -> Iterator[Drawn]:
    """One stream a source of uncertainty: what one draws does not depend on the others, nor on the block."""
    streams = [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(len(uncertainties))]
    for start in range(0, draws, block):
        count = min(block, draws - start)
        numbers = [
            each.distribution.draw(stream, count * plan.path_years(place)).reshape(count, -1)
            for place, (each, stream) in enumerate(zip(uncertainties, streams, strict=True))
        ]
        for each, drawn in zip(uncertainties, numbers, strict=True):
            _check_drawn(each, drawn)
        yield Drawn(count, numbers)


def _check_drawn(uncertainty: Uncertainty, drawn: Numbers) -> None:
    is_rate = uncertainty.target in (Target.DISCOUNT_RATE, Target.GROWTH, Target.PRICE_PATH)
    if is_rate and not (float(LOWEST) <= drawn.min() and drawn.max() < 1):
        raise DistributionError(
            "drawn_rate",
            target=fault(f"target_{uncertainty.target}"),
            low=f"{drawn.min():.3g}",
            high=f"{drawn.max():.3g}",
            lowest=LOWEST,
        )


class _Tally:
    """Sums, counts and quantile sketches: a few thousand numbers an alternative, however many draws."""

    def __init__(self, alternatives: int) -> None:
        self._sketches = [Sketch() for _ in range(alternatives)]
        self._cheapest = np.zeros(alternatives, dtype=np.int64)
        self._below = np.zeros(alternatives, dtype=np.int64)

    def take(self, costs: Numbers) -> None:
        """Add a block: costs by alternative (rows) and draw (columns)."""
        self._cheapest += np.bincount(costs.argmin(axis=0), minlength=len(costs))
        self._below += (costs < costs[0]).sum(axis=1)
        for sketch, row in zip(self._sketches, costs, strict=True):
            sketch.add(row)

    def spreads(self, names: Sequence[str], draws: int) -> tuple[Spread, ...]:
        """The figures of each alternative."""
        return tuple(
            Spread(
                name=name,
                mean=sketch.mean,
                deviation=sketch.deviation,
                p5=sketch.quantile(0.05),
                median=sketch.quantile(0.5),
                p95=sketch.quantile(0.95),
                share_cheapest=int(self._cheapest[place]) / draws,
                share_below_base=int(self._below[place]) / draws,
            )
            for place, (name, sketch) in enumerate(zip(names, self._sketches, strict=True))
        )
