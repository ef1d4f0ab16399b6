"""What the page of a case shows, out of what the engine counted: tables as rows, nothing reckoned twice. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

from mpdi.costing.files import CountedCase, purchase_price
from mpdi.costing.formula_words import in_numbers, in_words
from mpdi.lcc.budget import BudgetView, budget_view, budget_years
from mpdi.lcc.measures import compared_costs
from mpdi.lcc.model import ZERO, AlternativeResult, Flow, Result
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import FlowRule, Input, InputKind, Language, Sheet, Value
from mpdi.lcc.sheets.own_sources import OwnSource, read_sources

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer in the two rankings; equal cents share a place. `place` is on what is ranked: with emissions where they
    count, by the year where the lives differ."""

    offer: AlternativeResult
    price: Decimal
    price_place: int
    place: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of all offers: what it asks of investment and of operation, and all that was spent up to it."""

    year: int
    offers: tuple[tuple[Decimal, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the arithmetic of an offer: its formula in words, with its values, and what it comes to."""

    name: str
    category: str
    words: str
    numbers: str
    value: Decimal
    unit: str
    years: tuple[int, ...]
    """The years in which it is paid; none for a quantity."""
    growth: Decimal


@dataclass(frozen=True, slots=True)
class Held:
    """A value of the buyer: what is held, whether it is the sheet's own, and where the buyer has his own from."""

    input: Input
    value: Value | None
    is_default: bool
    source: OwnSource | None = None

    @property
    def is_assumption(self) -> bool:
        """Whether it is a default without a source, which the buyer kept."""
        return self.is_default and self.input.is_assumption

    @property
    def lacks_source(self) -> bool:
        """Whether it is the buyer's own number, and nothing says where it comes from."""
        is_number = self.input.kind is not InputKind.CHOICE
        return is_number and not self.is_default and self.value is not None and self.source is None


def ranking(result: Result) -> tuple[OfferRow, ...]:
    """Return the offers in their order, with their place by price and by cost over the life."""
    prices = [_cents(purchase_price(each.pv)) for each in result.alternatives]
    costs = [_cents(each) for each in compared_costs(result.conventions, result.alternatives)]
    return tuple(
        OfferRow(each, purchase_price(each.pv), _place(prices[at], prices), _place(costs[at], costs))
        for at, each in enumerate(result.alternatives)
    )


def _cents(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _place(value: Decimal, values: Sequence[Decimal]) -> int:
    return 1 + sum(other < value for other in values)


def components(result: Result) -> list[tuple[str, tuple[Decimal, ...]]]:
    """Return the present value of each component, an amount an offer; those that are nothing in all are left out."""
    words = dict.fromkeys(word for each in result.alternatives for word in each.pv)
    rows = [(word, tuple(each.pv.get(word, ZERO) for each in result.alternatives)) for word in words]
    return [(word, amounts) for word, amounts in rows if any(amounts)]


def cumulative(result: Result) -> list[tuple[Decimal, ...]]:
    """Return what each offer has cost up to the end of year 0 … n, not discounted: what a budget pays."""
    return [tuple(accumulate(each.cash)) for each in result.alternatives]


def year_rows(result: Result) -> list[YearRow]:
    """Return the years of the study, investment beside operation."""
    split = [budget_years(each) for each in result.alternatives]
    sums = cumulative(result)
    return [
        YearRow(year, tuple((years[year].investment, years[year].operation, sums[at][year]) for at, years in enumerate(split)))
        for year in range(result.conventions.years + 1)
    ]


def budget_views(result: Result) -> list[BudgetView]:
    """Return each other offer against the first, as the budgets of its years see it."""
    return [budget_view(result, place) for place in range(1, len(result.alternatives))]


def external_rows(filled: FilledSheet) -> list[tuple[str, tuple[tuple[Decimal, Decimal] | None, ...]]]:
    """Return kilograms a year and over the study by substance; None where a value it depends on was not stated."""
    substances = dict.fromkeys(substance for offer in filled.offers for substance in offer.emissions)
    return [
        (str(substance), tuple(
            (offer.emissions[substance], offer.emitted[substance].kilograms) if substance in offer.emissions else None
            for offer in filled.offers
        ))
        for substance in substances
    ]  # fmt: skip


def held_values(sheet: Sheet, data: Mapping[str, Any]) -> list[Held]:
    """Return every value of the buyer; a default that was kept is said to be one."""
    given, sources = data["buyer"], read_sources(sheet, data.get("sources"))[0]
    return [
        Held(each, given.get(each.key, each.default), each.key not in given and each.default is not None, sources.get(each.key))
        for each in sheet.buyer
    ]  # fmt: skip


def arithmetic(counted: CountedCase, language: Language) -> list[list[Step]]:
    """Return the steps of each offer: its quantities, then its lines of cost."""
    filled = counted.filled
    if filled is None:
        return []
    given = filled.given
    made = []
    for place, (_name, values) in enumerate(given.offers):
        known = {**given.buyer, **values, **filled.offers[place].quantities}
        flows = counted.case.alternatives[place].flows
        made.append([*_quantities(filled, known, language), *_lines(filled.sheet, flows, known, language)])
    return made


def _quantities(filled: FilledSheet, known: Mapping[str, Value], language: Language) -> Iterator[Step]:
    for each in filled.sheet.quantities:
        words = in_words(each.formula, known, filled.sheet, language)
        value = known[each.key]
        if isinstance(value, Decimal):
            yield Step(each.label.said(language), "", words, in_numbers(each.formula, known, language), value, each.unit, (), ZERO)


def _lines(sheet: Sheet, flows: Sequence[Flow], known: Mapping[str, Value], language: Language) -> Iterator[Step]:
    for rule in sheet.flows:
        mine = [flow for flow in flows if flow.name == rule.name.said(language) and flow.category == rule.category]
        if mine:
            yield _line(rule, mine, sheet, known, language)


def _line(rule: FlowRule, flows: Sequence[Flow], sheet: Sheet, known: Mapping[str, Value], language: Language) -> Step:
    years = tuple(year for flow in flows for year in range(flow.first, flow.last + 1))
    words, numbers = in_words(rule.amount, known, sheet, language), in_numbers(rule.amount, known, language)
    return Step(rule.name.said(language), rule.category, words, numbers, flows[0].amount, "EUR", years, flows[0].growth.rate)
