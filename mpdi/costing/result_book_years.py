"""The sheet of years: what each offer costs a year, and what has been gained on the first by then."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from mpdi.costing.result_book_lines import FIRST_YEAR, LinesPlan
from mpdi.costing.result_book_words import Say
from mpdi.documents.calculation import Cell, Formula, Look, Number, Words, place, span
from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.model import Category, Result


@dataclass(frozen=True)
class YearsPlan:
    """Where things stand on the sheet of years, which is called `name`: three blocks of one row an offer."""

    lines: LinesPlan
    name: str

    @property
    def offers(self) -> int:
        """How many offers the case has."""
        return len(self.lines.case.alternatives)

    def cost_row(self, offer: int) -> int:
        """The row of an offer in the first block."""
        return 2 + offer

    def gain_row(self, offer: int, *, discounted: bool) -> int:
        """The row of an offer other than the first in the second or the third block."""
        start = 3 + self.offers if not discounted else 3 + self.offers * 2
        return start + offer - 1

    def gains(self, offer: int, years: int, *, discounted: bool) -> str:
        """The addresses of the cumulative gains of years 1 to the last, from another sheet."""
        row = self.gain_row(offer, discounted=discounted)
        return span((row, 2), (row, 1 + years), sheet=self.name)

    def numbers(self, years: int) -> str:
        """The addresses of the years 1 to the last, from another sheet."""
        return span((0, 2), (0, 1 + years), sheet=self.name)


def year_rows(result: Result, plan: YearsPlan, say: Say) -> Iterator[tuple[Cell, ...]]:
    """The three blocks, each under its title."""
    yield (Words(say("costs_by_year"), Look.HEAD),)
    for offer in range(plan.offers):
        yield _costs(result, plan, offer)
    for key, discounted in (("cumulative", False), ("cumulative_discounted", True)):
        yield (Words(say(key), Look.HEAD),)
        for offer in range(1, plan.offers):
            yield _gains(result, plan, offer, discounted=discounted)


def _costs(result: Result, plan: YearsPlan, offer: int) -> tuple[Cell, ...]:
    held = result.alternatives[offer]
    cells: list[Cell] = []
    for year in range(plan.lines.longest + 1):
        value = float(held.cash[year]) if year < len(held.cash) else 0.0
        if plan.lines.rows_of(offer) is None:
            cells.append(Number(0, Look.MONEY))
            continue
        external = plan.lines.component(Category.EXTERNALITY)
        words, amounts = plan.lines.column(offer, 2), plan.lines.column(offer, FIRST_YEAR + year)
        cells.append(Formula(f'SUMPRODUCT((1-EXACT({words},"{external}"))*{amounts})', value))
    return (Words(held.name), *cells)


def _gains(result: Result, plan: YearsPlan, offer: int, *, discounted: bool) -> tuple[Cell, ...]:
    """Cumulative, undiscounted or discounted; an offer of another life has no gain a year to show."""
    base, held = result.alternatives[0], result.alternatives[offer]
    if base.years != held.years:
        return (Words(held.name),)
    row = plan.gain_row(offer, discounted=discounted)
    factors = discount_factors(result.conventions.discount_rate, held.years, result.conventions.timing)
    gains = [
        (before - after) * (factor if discounted else Decimal(1))
        for before, after, factor in zip(base.cash, held.cash, factors, strict=True)
    ]
    cells = []
    for year, total in enumerate(accumulate(gains)):
        gain = f"({place(plan.cost_row(0), 1 + year)}-{place(plan.cost_row(offer), 1 + year)})"
        if discounted:
            gain += f"*{plan.lines.factor(year)}"
        text = gain if year == 0 else f"{place(row, year)}+{gain}"
        cells.append(Formula(text, float(total)))
    return (Words(held.name), *cells)
