"""The sheet of the conventions of a case: the discount rate and the inflation are cells that formulas read."""

from collections.abc import Iterator
from decimal import Decimal

from mpdi.costing.examples import word
from mpdi.costing.numbers import unit_words
from mpdi.costing.result_book_words import words_in
from mpdi.costing.source_words import own_source_words, source_words
from mpdi.documents.calculation import CalculationSheet, Cell, Look, Number, Words, place
from mpdi.lcc.model import Case, ExternalCosts
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import Input, Language, Value

_RATE_ROW, _INFLATION_ROW, _VALUE = 3, 4, 1


def rate_cell(sheet: str) -> str:
    """The address of the discount rate."""
    return place(_RATE_ROW, _VALUE, sheet=sheet)


def inflation_cell(sheet: str) -> str:
    """The address of the inflation; empty (nothing) where the case states none."""
    return place(_INFLATION_ROW, _VALUE, sheet=sheet)


def parameter_sheet(case: Case, filled: FilledSheet | None, name: str, language: Language) -> CalculationSheet:
    """The conventions and, where the case came through a product sheet, that and the values of the buyer."""
    say = words_in(language)
    held = case.conventions
    counted = "external_counted" if held.external_costs is ExternalCosts.COUNTED else "external"
    inflation = None if held.inflation is None else Number(float(held.inflation), Look.OPEN_PERCENT)
    rows: list[tuple[Cell, ...]] = [
        (Words(case.title or say("title"), Look.TITLE),),
        (Words(say("signs")),),
        (Words(say("years")), Number(held.years, Look.WHOLE)),
        (Words(say("discount_rate")), Number(float(held.discount_rate), Look.OPEN_PERCENT)),
        (Words(say("inflation")), inflation),
        (Words(say("timing")), Words(say(held.timing))),
        (Words(say("money")), Words(say(held.money))),
        (Words(say("currency")), Words(held.currency)),
        (Words(say("vat")), Words(say(held.vat))),
        (Words(say(counted)),),
    ]
    if filled is not None:
        of = filled.sheet
        rows.append((Words(say("sheet")), Words(f"{of.id}, {of.version}, {of.digest}")))
        rows += [(), *_buyer_rows(filled, language)]
    return CalculationSheet(name, (44.0, 40.0, 16.0, 70.0), tuple(rows), frozen=(0, 0))


def _buyer_rows(filled: FilledSheet, language: Language) -> Iterator[tuple[Cell, ...]]:
    """Each value of the buyer with its unit and its origin; for reading: the lines are already worked out with them."""
    say = words_in(language)
    yield (Words(say("buyer_values"), Look.TITLE),)
    yield tuple(Words(say(key), Look.HEAD) for key in ("figure_head", "value_head", "unit_head", "origin_head"))
    for each in filled.sheet.buyer:
        value = filled.given.buyer.get(each.key)
        unit = "" if each.options else unit_words(each.unit, language)
        origin = say("not_given") if value is None else _origin(each, filled, language)
        yield (Words(each.label.said(language)), _held(each, value, language), Words(unit), Words(origin))


def _held(each: Input, value: Value | None, language: Language) -> Cell:
    if isinstance(value, Decimal):
        return Number(float(value * 100 if each.unit == "%" else value), Look.NUMBER)
    kind = "first_year" if each.key == "first_year" else "choices"
    return Words("" if value is None else word(kind, value, language))


def _origin(each: Input, filled: FilledSheet, language: Language) -> str:
    if each.key in filled.given.own:
        return own_source_words(each, filled.given.sources.get(each.key), language)
    if each.source is None:
        return words_in(language)("by_project")
    return f"{source_words(each.source, language)} ({each.source.year})"
