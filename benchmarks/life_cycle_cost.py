"""Life-cycle cost: draws against drawing the numbers alone, and five offers counted to the cent.

Goals: 20 offers × 30 years × 10,000 draws with six uncertain inputs an offer at most 10 times the draws themselves in
closed form, at most 40 times where a price moves every year; five offers × 20 years × ten lines at most 2 ms.

``python -m benchmarks.life_cycle_cost`` prints the three, and the memory that 10,000 draws take at their peak.
"""

import time
import tracemalloc
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np

from mpdi.lcc.distributions import Normal, Triangular, Uniform
from mpdi.lcc.draw_plan import Target, Uncertainty
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Alternative, Case, Conventions, Flow, Growth
from mpdi.lcc.monte_carlo import simulate

DRAWS, YEARS, OFFERS = 10_000, 30, 20
CLOSED_GOAL, PATHS_GOAL, EXACT_GOAL = 10.0, 40.0, 2.0


def twenty_offers() -> Case:
    """Offers with a price, energy and upkeep that grow, water, one replacement and a residual value."""
    return Case(Conventions(YEARS, Decimal("0.03")), tuple(_offer(place) for place in range(OFFERS)))


def _offer(place: int) -> Alternative:
    flows = (
        Flow("price", "acquisition", Decimal(10_000 + 37 * place), 0, 0),
        Flow("energy", "energy", Decimal(900 - 7 * place), 1, YEARS, Growth(Decimal("0.01"))),
        Flow("water", "water", Decimal(200), 1, YEARS),
        Flow("upkeep", "maintenance", Decimal(300), 1, YEARS, Growth(Decimal("0.02"))),
        Flow("renewal", "replacement", Decimal(4000), 15, 15),
        Flow("resale", "residual", Decimal(-500), YEARS, YEARS),
    )
    return Alternative(f"Offer {place}", flows)


def six_inputs_each(energy_growth: Target) -> list[Uncertainty]:
    """Six uncertain inputs for each offer; the growth of energy is one number a draw, or one for each year."""
    made = []
    for place in range(OFFERS):
        name = f"Offer {place}"
        made += [
            Uncertainty(Target.FACTOR, Normal(1, 0.05), name, "energy"),
            Uncertainty(energy_growth, Normal(0.01, 0.005), name, "energy"),
            Uncertainty(Target.FACTOR, Triangular(0.9, 1, 1.3), name, "upkeep"),
            Uncertainty(Target.GROWTH, Normal(0.02, 0.005), name, "upkeep"),
            Uncertainty(Target.FACTOR, Uniform(0.8, 1.2), name, "renewal"),
            Uncertainty(Target.AMOUNT, Triangular(-700, -500, -100), name, "resale"),
        ]
    return made


def five_offers() -> Case:
    """Five offers of ten lines over twenty years."""
    categories = ("energy", "maintenance", "water", "consumables")
    return Case(
        Conventions(20, Decimal("0.03")),
        tuple(
            Alternative(
                f"Offer {place}",
                (
                    Flow("price", "acquisition", Decimal(1000 + place), 0, 0),
                    *(
                        Flow(
                            f"line {line}",
                            categories[line % 4],
                            Decimal(100 + line),
                            1,
                            20,
                            Growth(Decimal(line % 3) / 100),
                        )
                        for line in range(9)
                    ),
                ),
            )
            for place in range(5)
        ),
    )


def draws_alone(uncertainties: Sequence[Uncertainty]) -> None:
    """One number a draw for each uncertainty, and nothing done with it: the limit."""
    generator = np.random.default_rng(1)
    for each in uncertainties:
        each.distribution.draw(generator, DRAWS)


def main() -> None:
    """Print each ratio and time against its goal."""
    case = twenty_offers()
    for words, target, goal in (
        ("closed form", Target.GROWTH, CLOSED_GOAL),
        ("a price path an offer", Target.PRICE_PATH, PATHS_GOAL),
    ):
        uncertainties = six_inputs_each(target)
        limit, spent = _best_of_both(
            lambda held=uncertainties: draws_alone(held),
            lambda held=uncertainties: simulate(case, held, draws=DRAWS),
        )
        print(
            f"{OFFERS} offers × {YEARS} years × {DRAWS} draws, {words}: {spent * 1000:.0f} ms, "
            f"{spent / limit:.1f} × the draws alone ({limit * 1000:.0f} ms; goal {goal:.0f} ×)"
        )
    print(f"peak of those draws: {_peak(case):.0f} MB")
    few = five_offers()
    exact = min(_seconds(lambda: evaluate(few)) for _ in range(50)) * 1000
    print(f"5 offers × 20 years × 10 lines, exact: {exact:.2f} ms (goal {EXACT_GOAL:.0f} ms)")


def _best_of_both(limit: Callable[[], object], measured: Callable[[], object]) -> tuple[float, float]:
    """The best of five rounds of each, taken in turn, so that a busy machine slows both alike."""
    rounds = [(_seconds(limit), _seconds(measured)) for _ in range(5)]
    return min(first for first, _ in rounds), min(second for _, second in rounds)


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _peak(case: Case) -> float:
    tracemalloc.start()
    simulate(case, six_inputs_each(Target.PRICE_PATH), draws=DRAWS)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return taken / 1e6


if __name__ == "__main__":
    main()
