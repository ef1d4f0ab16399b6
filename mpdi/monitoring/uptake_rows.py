"""The rates of a report as JSON and as rows for a spreadsheet. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from mpdi.csv_text import Cell
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import Rate

ABOUT = ("counted", "reading", "currency", "buyers_at_least", "cpv_group", "buyers")
HEADER = ("indicator", *ABOUT, "split", "split_value", "numerator", "denominator", "population", "coverage", "rate", "lower", "upper")  # fmt: skip


def as_json(rates: Iterable[Rate]) -> list[dict[str, Any]]:
    """The rates as `mpdi report uptake --format json` prints them: `null` where there is nothing to divide, or no bound."""
    return [
        {
            "indicator": rate.indicator,
            "dimension": dict(rate.dimension),
            "numerator": _number(rate.numerator),
            "denominator": _number(rate.denominator),
            "coverage": _number(rate.coverage),
            "rate": _number(rate.rate),
            "lower": _number(rate.lower),
            "upper": _number(rate.upper),
        }
        for rate in rates
    ]


def _number(value: Decimal | None) -> int | float | None:
    """A whole number as such, another as the nearest binary one."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_rows(rates: Iterable[Rate]) -> Iterator[Sequence[Cell]]:
    """A header, then a line a rate."""
    yield HEADER
    for rate in rates:
        split = next((name for name in SPLITS if name in rate.dimension), "")
        figures = (rate.numerator, rate.denominator, rate.population, rate.coverage, rate.rate, rate.lower, rate.upper)
        yield (
            rate.indicator,
            *(rate.dimension.get(name) for name in ABOUT),
            split,
            rate.dimension.get(split),
            *map(_number, figures),
        )
