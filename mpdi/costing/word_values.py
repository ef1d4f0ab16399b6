"""What a reader needs to count a report again: every value with its unit and origin, where the report came from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from mpdi.clause_library.core.rendering import NBSP
from mpdi.costing.annex_parameters import price_blocks
from mpdi.costing.annex_words import phrase
from mpdi.costing.evaluation import Evaluation
from mpdi.costing.examples import word
from mpdi.costing.files import CountedCase, purchase_price
from mpdi.costing.numbers import NOTHING, money, number, percent, typed, unit_words
from mpdi.costing.presentation import external_rows
from mpdi.costing.result_book_words import words_in
from mpdi.costing.source_words import own_source_words, source_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.costing.typography import set_in
from mpdi.documents.model import Block, Paragraph, ParagraphKind, Section, Table, content
from mpdi.lcc.measures import compared_costs
from mpdi.lcc.model import Case, Growth, Result
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import Input

Language = Literal["fr", "nl"]
_WIDTHS = (40.0, 18.0, 14.0, 28.0)
_WIDTHS_WITH_PROOF = (32.0, 14.0, 12.0, 20.0, 22.0)
_CENT = Decimal("0.01")


def winners(result: Result, language: Language) -> str:
    """One sentence: who is the cheapest over the life, and who by price; equal to the cent, all of them; none of one."""
    if len(result.alternatives) == 1:
        return _alone(result, language)
    lives = compared_costs(result.conventions, result.alternatives)
    prices = [purchase_price(each.pv) for each in result.alternatives]
    costs = [each.lcc for each in result.alternatives]
    life, price = (_first(result, ranked, shown, language) for ranked, shown in ((lives, costs), (prices, prices)))
    return set_in(words_in(language)("winners").format(life=life, price=price), language)


def _alone(result: Result, language: Language) -> str:
    """Of a single offer nothing is cheapest: what it costs, and that there is nothing to hold it against."""
    only, currency = result.alternatives[0], result.conventions.currency
    life, price = (f"{money(each, language)}{NBSP}{currency}" for each in (only.lcc, purchase_price(only.pv)))
    said = words_in(language)("only_offer").format(offer=only.name, life=life, price=price)
    return set_in(said, language)


def _first(result: Result, ranked: Sequence[Decimal], shown: Sequence[Decimal], language: Language) -> str:
    cents = [each.quantize(_CENT, ROUND_HALF_UP) for each in ranked]
    said = words_in(language)("offer_at")
    currency = result.conventions.currency
    return ", ".join(
        said.format(offer=each.name, amount=f"{money(shown[place], language)}{NBSP}{currency}")
        for place, each in enumerate(result.alternatives)
        if cents[place] == min(cents)
    )


def value_sections(
    counted: CountedCase, held: TenderParameters | None, language: Language, evaluation: Evaluation | None = None
) -> Iterator[Section]:
    """The values of the buyer and of each offer, where the case came through a sheet; of an evaluation also which
    assumptions the authority has confirmed, and where each offer says that its proofs stand."""
    if counted.filled is None or held is None:
        return
    say, confirmed = words_in(language), evaluation.confirmed if evaluation else frozenset()
    places = evaluation.places if evaluation else {}
    buyer = _table(say("buyer_values"), held.sheet.buyer, _buyer_rows(held, language, confirmed), language)
    yield Section(say("buyer_values"), 1, (buyer, *price_blocks(held, language)), is_annex=True, starts_page=True)
    offers = counted.data["offers"]
    tables = tuple(
        _table(each["name"], held.sheet.tenderer, _offer_rows(each, language), language, places.get(each["name"]))
        for each in offers
    )
    yield Section(say("offer_values"), 1, tables, is_annex=True)


Cells = Mapping[str, tuple[Any, str]]
"""A value as typed, and its origin, by key of its input."""


def _buyer_rows(held: TenderParameters, language: Language, confirmed: Collection[str]) -> Cells:
    return {each.key: (held.buyer.get(each.key), _origin(each, held, language, confirmed)) for each in held.sheet.buyer}


def _origin(each: Input, held: TenderParameters, language: Language, confirmed: Collection[str]) -> str:
    say = words_in(language)
    if each.key not in held.buyer:
        return say("not_given")
    if each.key not in held.defaulted:
        return own_source_words(each, held.sources.get(each.key), language)
    if each.source is None and each.key in confirmed:
        return phrase("texts", "assumption_kept", language)
    return say("by_project") if each.source is None else f"{source_words(each.source, language)} ({each.source.year})"


def _offer_rows(offer: Mapping[str, Any], language: Language) -> Cells:
    given, say = offer.get("values") or {}, words_in(language)
    return {key: (value, say("by_tenderer")) for key, value in given.items() if value is not None}


def _table(
    caption: str, inputs: Sequence[Input], cells: Cells, language: Language, places: Mapping[str, str] | None = None
) -> Table:
    """`places`: where the proof of each value stands, in a column of its own."""
    say = words_in(language)
    rows = []
    for each in inputs:
        value, origin = cells.get(each.key, (None, say("not_given")))
        unit = "" if each.options else unit_words(each.unit, language)
        label = f"{each.label.said(language)} ({each.key})"
        proof = () if places is None else (places.get(each.key) or NOTHING,)
        rows.append(tuple(map(content, (label, _written(value, each, language), unit, origin, *proof))))
    last = () if places is None else ("proof_place",)
    heads = tuple(say(key) for key in ("figure_head", "value_head", "unit_head", "origin_head", *last))
    widths = _WIDTHS if places is None else _WIDTHS_WITH_PROOF
    return Table(caption, heads, tuple(rows), widths, right_aligned=(1,), is_dense=True)


def _written(value: Any, each: Input, language: Language) -> str:
    if value is None:
        return NOTHING
    if each.options:
        return word("first_year" if each.key == "first_year" else "choices", str(value), language)
    return typed(Decimal(str(value)), language)


def assumption_lines(filled: FilledSheet, keys: Sequence[str], language: Language) -> Iterator[str]:
    """These assumptions of ours that were kept, each with its value."""
    for key in keys:
        each = filled.sheet.inputs[key]
        unit = "" if each.options else unit_words(each.unit, language)
        value = f"{_written(each.default, each, language)} {unit}".strip()
        yield words_in(language)("with_value").format(label=each.label.said(language), value=value)


def emission_sections(filled: FilledSheet | None, language: Language) -> Iterator[Section]:
    """Kilograms a year and over the study, apart from the euros: of CO2 as of all else that the sheet counts."""
    found = external_rows(filled) if filled is not None else []
    if filled is None or not found:
        return
    say = words_in(language)
    rows = []
    for substance, by_offer in found:
        for offer, amounts in zip(filled.offers, by_offer, strict=True):
            shown = [number(each, language, 2) for each in amounts] if amounts else [NOTHING] * 2
            rows.append(tuple(map(content, (word("substances", substance, language), offer.name, *shown))))
    heads = tuple(say(key) for key in ("emission", "offer", "kg_a_year", "kg_in_all"))
    table = Table(say("emissions"), heads, tuple(rows), (20.0, 40.0, 20.0, 20.0), right_aligned=(2, 3))
    yield Section(say("emissions"), 1, (Paragraph(content(say("emissions_note")), ParagraphKind.KEPT), table))


def _growth(growth: Growth, language: Language) -> str:
    """A rate; or, year by year, rates or the factors of a path, said once where all are the same."""
    if not growth.rates and not growth.path:
        return percent(growth.rate, language, 4)
    shown = [percent(each, language, 4) for each in growth.rates]
    shown = shown or [f"×{NBSP}{number(each, language, 6)}" for each in growth.path]
    listed = "; ".join(shown if len(set(shown)) > 1 else shown[:1])
    return words_in(language)("with_value").format(label=words_in(language)("own_path"), value=listed)


def line_table(case: Case, component: Mapping[str, str], language: Language) -> Block:
    """Every line of cost as it was counted: amount of today, years, growth of its price."""
    say = words_in(language)
    rows = []
    for offer in case.alternatives:
        for flow in offer.flows:
            years = str(flow.first) if flow.first == flow.last else f"{flow.first}–{flow.last}"
            growth = _growth(flow.growth, language)
            amount = money(flow.amount, language) + (f" ({say(flow.money)})" if flow.money else "")
            cells = (offer.name, flow.name, component[flow.category], amount, years, growth, str(flow.growth.lag))
            rows.append(tuple(map(content, cells)))
    heads = tuple(say(key) for key in ("offer", "line", "category", "amount", "years_of", "growth", "lag"))
    widths = (15.0, 19.0, 15.0, 15.0, 10.0, 13.0, 13.0)
    return Table(say("all_lines"), heads, tuple(rows), widths, right_aligned=(3, 4, 5, 6), is_dense=True)
