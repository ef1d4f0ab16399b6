"""What helps to set the target of one objective: own past figures, comparable authorities, the market; and a reason. Pure.

A help is no target: it says what is known, with what it rests on. Others are told of only where there are five, and never
one by one nor in an order.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from statistics import quantiles

from mpdi.action_plans.core.figure_words import joined, numbered, percentage, sentence
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.clause_library.core.model import Bilingual

ENOUGH_OTHERS = 5
"""Comparable authorities from which on they are told of; an assumption of ours, as the issue on plans asks."""
ENOUGH = 5
"""Purchases from which on a share is told; below it only the counts. The same as in the reports on uptake."""
SME_TENDERS = 3
"""Tenders of small and medium firms from which on we call the market of a lot ready; an assumption of ours."""
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class PastFigures:
    """What the authority's own notices say, from a day to a day; `by_year` in order. `reading`: how it is known."""

    first: datetime.date
    last: datetime.date
    whole: Measured | None
    by_year: Mapping[str, Measured] = field(default_factory=dict)
    reading: str = ""


@dataclass(frozen=True)
class OtherAuthorities:
    """The rates of comparable authorities that have enough notices, in no order that tells whose they are."""

    is_same_kind: bool
    rates: tuple[Decimal, ...]

    @property
    def quartiles(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Lower quartile, median, upper quartile; `None` below five."""
        if len(self.rates) < ENOUGH_OTHERS:
            return None
        low, median, high = quantiles(self.rates, n=4, method="inclusive")
        return low, median, high


@dataclass(frozen=True)
class MarketReadiness:
    """Of `lots` with an outcome, `stated` say how many small and medium firms tendered: `ready` of them three or more."""

    ready: int
    stated: int
    lots: int


@dataclass(frozen=True)
class ObjectiveFigures:
    """All that is known. `past` `None`: the authority is recognised as nobody; `others` `None`: nobody is comparable."""

    past: PastFigures | None
    others: OtherAuthorities | None
    market: MarketReadiness


@dataclass(frozen=True)
class ObjectiveHelp:
    """Sentences to be shown beside the target, and a reason to begin with, empty where nothing is known."""

    lines: tuple[Bilingual, ...]
    reason: Bilingual


def objective_help(figures: ObjectiveFigures, unit: Unit) -> ObjectiveHelp:
    """Say what is known for an indicator of a unit."""
    return ObjectiveHelp(tuple(_lines(figures, unit)), joined(list(_reason(figures, unit)), " "))


def _lines(figures: ObjectiveFigures, unit: Unit) -> Iterator[Bilingual]:
    if figures.past is None:
        yield sentence("help_nobody")
    else:
        yield from _past(figures.past, unit)
    if figures.others is not None:
        yield _others(figures.others, unit)
    market = figures.market
    if not market.stated:
        yield sentence("help_no_market")
    else:
        counts = {"count": numbered(market.ready), "of": numbered(market.stated), "lots": numbered(market.lots)}
        yield sentence("help_market", **counts)


def _past(past: PastFigures, unit: Unit) -> Iterator[Bilingual]:
    span = {"first": _day(past.first), "last": _day(past.last)}
    whole = past.whole
    if whole is None or not whole.denominator:
        yield sentence("help_no_past", **span)
        return
    yield sentence(
        "help_past",
        **span,
        figure=_figure(whole, unit),
        reading=sentence(f"reading_{past.reading}") if past.reading in ("detected", "strict") else "",
        stated=numbered(whole.denominator),
        population=numbered(whole.population),
        bounds=_bounds(whole, unit),
    )
    years = [
        sentence("help_year", year=year, figure=_figure(found, unit))
        for year, found in past.by_year.items()
        if found.denominator
    ]
    if len(years) > 1:
        yield sentence("help_years", years=joined(years, "; "))


def _others(others: OtherAuthorities, unit: Unit) -> Bilingual:
    who, count = sentence("who_kind" if others.is_same_kind else "who_level"), numbered(len(others.rates))
    quartiles = others.quartiles
    if quartiles is None:
        return sentence("help_no_others", count=count, who=who, least=numbered(ENOUGH_OTHERS))
    low, median, high = (_value(each, unit) for each in quartiles)
    return sentence("help_others", who=who, count=count, low=low, median=median, high=high)


def _reason(figures: ObjectiveFigures, unit: Unit) -> Iterator[Bilingual]:
    past, others, market = figures.past, figures.others, figures.market
    if past is not None and past.whole is not None and past.whole.denominator:
        years = {"first": str(past.first.year), "last": str(past.last.year)}
        yield sentence("reason_past", figure=_figure(past.whole, unit), **years)
    if others is not None and others.quartiles is not None:
        who = sentence("who_kind" if others.is_same_kind else "who_level")
        median = _value(others.quartiles[1], unit)
        yield sentence("reason_others", who=who, count=numbered(len(others.rates)), median=median)
    if market.stated:
        yield sentence("reason_market", count=numbered(market.ready), of=numbered(market.stated))


def _figure(found: Measured, unit: Unit) -> Bilingual:
    of, rate = numbered(found.denominator), found.rate
    if rate is None or unit in (Unit.SHARE, Unit.COUNT):
        key = "figure_share" if rate is not None and found.denominator >= ENOUGH else "figure_few"
        share = {"share": percentage(rate)} if key == "figure_share" and rate is not None else {}
        return sentence(key, count=numbered(found.numerator), of=of, **share)
    mean = numbered(rate.quantize(_TENTH, ROUND_HALF_UP))
    return sentence("figure_percent" if unit is Unit.PERCENT else "figure_mean", mean=mean, of=of)


def _bounds(found: Measured, unit: Unit) -> Bilingual | str:
    """What the figure could be where not all say it; nothing where all do."""
    if found.denominator == found.population or found.lower is None or found.denominator < ENOUGH:
        return ""
    lower = _value(found.lower, unit)
    if found.upper is None:
        return sentence("figure_from", lower=lower)
    return sentence("figure_bounds", lower=lower, upper=_value(found.upper, unit))


def _value(value: Decimal, unit: Unit) -> Bilingual:
    if unit is Unit.SHARE:
        return percentage(value)
    number = numbered(value.quantize(_TENTH, ROUND_HALF_UP))
    return Bilingual(f"{number.fr} %", f"{number.nl} %") if unit is Unit.PERCENT else number


def _day(day: datetime.date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def readiness_of(tenders: Sequence[int | None]) -> MarketReadiness:
    """Count lots with an outcome by the tenders of small and medium firms that each received; `None`: not stated."""
    stated = [each for each in tenders if each is not None]
    return MarketReadiness(sum(each >= SME_TENDERS for each in stated), len(stated), len(tenders))
