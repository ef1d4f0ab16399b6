"""What the commands give as data, and a sheet as text."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from mpdi.costing.files import CountedCase, purchase_price
from mpdi.costing.numbers import unit_words
from mpdi.costing.source_words import source_words
from mpdi.costing.table_words import TableWords
from mpdi.costing.uncertainty import Uncertain
from mpdi.costing.winner import Turn, as_turn_data
from mpdi.lcc.cases import as_data
from mpdi.lcc.sheets.model import Input, Language, Sheet, Words


def counted_as_data(
    counted: CountedCase, turns: Sequence[Turn] | None = None, uncertain: Uncertain | None = None
) -> dict[str, Any]:
    """The figures as data, unrounded; with a sheet also its version and digest, quantities, emissions, assumptions."""
    data = as_data(counted.result)
    data["ranking_by_price"] = [
        each.name for each in sorted(counted.result.alternatives, key=lambda each: purchase_price(each.pv))
    ]
    if turns is not None:
        data["winner_changes"] = [as_turn_data(each) for each in turns]
    if uncertain is not None:
        data["uncertainty"] = _uncertainty_as_data(uncertain)
    filled = counted.filled
    if filled is None:
        return data
    for line, offer in zip(data["alternatives"], filled.offers, strict=True):
        line["quantities"] = {key: float(value) for key, value in offer.quantities.items()}
        line["emissions_kg_a_year"] = {str(key): float(value) for key, value in offer.emissions.items()}
    data["sheet"] = {
        "id": filled.sheet.id,
        "version": filled.sheet.version,
        "digest": filled.sheet.digest,
        "assumptions_kept": list(filled.assumed),
    }
    return data


def _uncertainty_as_data(held: Uncertain) -> dict[str, Any]:
    """Spreads, bars, scenarios and draws; names are those of the components."""
    return {
        "seed": held.simulation.seed,
        "draws": held.simulation.draws,
        "lead": float(held.lead),
        "inputs": [{"input": each.name, "low": float(each.low), "high": float(each.high)} for each in held.inputs],
        "tornado": [
            {"input": each.name, "at_low": float(each.at_low), "at_high": float(each.at_high)} for each in held.bars
        ],
        "scenarios": [
            {"scenario": each.name, "costs": list(map(float, each.costs)), "winner": each.winner}
            for each in held.scenarios
        ],
        "alternatives": [asdict(each) for each in held.simulation.alternatives],
    }


def sheet_as_data(sheet: Sheet) -> dict[str, Any]:
    """A sheet as data: everything that a form or a workbook needs, texts in three languages."""
    return {
        "id": sheet.id,
        "version": sheet.version,
        "digest": sheet.digest,
        "title": _texts(sheet.title),
        "purpose": _texts(sheet.purpose),
        "buyer": [_input_as_data(each) for each in sheet.buyer],
        "tenderer": [_input_as_data(each) for each in sheet.tenderer],
        "quantities": [
            {"key": each.key, "label": _texts(each.label), "unit": each.unit, "formula": each.formula.text}
            for each in sheet.quantities
        ],
        "flows": [
            {
                "name": _texts(each.name),
                "category": each.category,
                "amount": each.amount.text,
                **{
                    key: formula.text
                    for key, formula in (
                        ("at", each.at),
                        ("from", each.first),
                        ("to", each.last),
                        ("every", each.every),
                        ("growth", each.growth),
                    )
                    if formula is not None
                },
            }
            for each in sheet.flows
        ],
        "emissions": [
            {"name": _texts(each.name), "substance": str(each.substance), "kg_a_year": each.yearly.text}
            for each in sheet.emissions
        ],
        "beside": list(sheet.beside),
        "unit": _texts(sheet.unit) if sheet.unit else None,
        "units_a_year": sheet.units_per_year.text if sheet.units_per_year else None,
    }


def _texts(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "nl": words.nl, "en": words.en}


def _input_as_data(each: Input) -> dict[str, Any]:
    return {
        "key": each.key,
        "label": _texts(each.label),
        "help": _texts(each.help),
        "unit": each.unit,
        "kind": str(each.kind),
        "min": None if each.minimum is None else float(each.minimum),
        "max": None if each.maximum is None else float(each.maximum),
        "options": list(each.options),
        "default": float(each.default) if isinstance(each.default, Decimal) else each.default,
        "origin": _origin(each),
        "required": each.required,
        "proof": _texts(each.proof) if each.proof else None,
    }


def _origin(each: Input) -> dict[str, Any] | None:
    if each.source is not None:
        return {"source": each.source.words, "year": each.source.year}
    return {"assumption": True} if each.is_assumption else None


def sheet_lines(sheet: Sheet, language: Language) -> Iterator[str]:
    """A sheet as text: one line an input."""
    say = TableWords(language)
    yield f"{sheet.id} {sheet.version}: {sheet.title.said(language)}"
    for heading, inputs in (("buyer_fixes", sheet.buyer), ("tenderer_gives", sheet.tenderer)):
        yield f"  {say(heading)}:"
        for each in inputs:
            bounds = "|".join(each.options) if each.options else _bounds(each, say)
            yield f"    {each.key}: {each.label.said(language)} [{bounds}]{_default_words(each, say)}"


def _bounds(each: Input, say: TableWords) -> str:
    unit = each.unit if say.language == "en" else unit_words(each.unit, say.language)
    return f"{say('to', low=say.figure(each.minimum), high=say.figure(each.maximum))} {unit}"


def _default_words(each: Input, say: TableWords) -> str:
    if each.default is None:
        return "" if each.required else f" ({say('where_it_counts')})"
    value = say.figure(each.default, 5) if isinstance(each.default, Decimal) else each.default
    origin = say("assumption") if each.source is None else f"{source_words(each.source, say.language)} ({each.source.year})"
    return f" {say('default', value=value)}, {origin}"
