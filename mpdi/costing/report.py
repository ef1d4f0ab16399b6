"""What the commands print: a counted case, a sheet, an award; as text and as data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from mpdi.costing.display import NOTHING, figure, money, percent, table, year
from mpdi.costing.files import CountedCase, purchase_price
from mpdi.costing.winner import Turn, as_turn_data, turn_lines
from mpdi.lcc.award import AwardedOffer, AwardFormula, AwardRule, TieRule
from mpdi.lcc.budget import budget_view
from mpdi.lcc.cases import as_data
from mpdi.lcc.model import AlternativeResult, Caution, Comparison, Conventions, ExternalCosts, Result
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import Input, Language, Sheet, Words

CAUTIONS = {
    Caution.TINY_INVESTMENT: "hardly dearer to buy than the first: its SIR says nothing",
    Caution.NO_EXTRA_INVESTMENT: "no dearer to buy than the first: there is nothing to pay back",
    Caution.PAYBACK_REVERSED: "what was earned back is lost again in a later year",
    Caution.UNEQUAL_LIVES: "the lives differ: compare the cost a year, not the sum",
    Caution.SMALL_LEAD: "the second lies within one per cent of the first: look at what could change it",
}


def counted_as_data(counted: CountedCase, turns: Sequence[Turn] | None = None) -> dict[str, Any]:
    """The figures as data, unrounded; with a sheet also its version and digest, quantities, emissions, assumptions."""
    data = as_data(counted.result)
    data["ranking_by_price"] = [
        each.name for each in sorted(counted.result.alternatives, key=lambda each: purchase_price(each.pv))
    ]
    if turns is not None:
        data["winner_changes"] = [as_turn_data(each) for each in turns]
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


def case_table(counted: CountedCase, turns: Sequence[Turn] | None, language: Language) -> Iterator[str]:
    """The figures as text, money to the cent."""
    result = counted.result
    yield from _heading(counted)
    yield ""
    yield from table(_life_rows(result))
    yield ""
    yield from table(_component_rows(result))
    if len(result.alternatives) > 1:
        yield ""
        yield from table(_comparison_rows(result))
        yield ""
        yield from _budget_lines(result)
    if counted.filled is not None:
        yield from _beside(counted.filled, language)
    if turns is not None:
        yield ""
        yield from turn_lines(result.winner.name, turns, language)
    yield from _cautions(result)


def _heading(counted: CountedCase) -> Iterator[str]:
    filled = counted.filled
    if counted.case.title:
        yield counted.case.title
    if filled is not None:
        yield f"Sheet {filled.sheet.id} {filled.sheet.version}, digest {filled.sheet.digest[:12]}"
    yield _conventions(counted.result.conventions)


def _conventions(held: Conventions) -> str:
    grown = "price of year 1 grown once" if held.first_year_grown else "price of year 1 that of today"
    return (
        f"{held.years} years, {held.money} discount rate {percent(held.discount_rate)}, {held.timing} of each year, {grown}; "
        f"{held.currency}, VAT {held.vat}; costs positive, incomes negative"
    ).replace("continuous of each year", "over each year")


def _life_rows(result: Result) -> list[Sequence[str]]:
    costs = {each.name: purchase_price(each.pv) for each in result.alternatives}
    by_price = sorted(costs.values())
    with_external = any(each.external_cash and any(each.external_cash) for each in result.alternatives)
    unit = [f"a {result.unit}"] if result.unit else []
    external = [_external_title(result)] if with_external else []
    rows = [["offer", "purchase, rent", "place", "life-cycle cost", "place", "a year", *unit, *external]]
    places = {result.alternatives[index].name: place for place, index in enumerate(result.ranking, start=1)}
    for each in result.alternatives:
        rows.append(
            [each.name, money(costs[each.name]), str(by_price.index(costs[each.name]) + 1), money(each.lcc), str(places[each.name]), money(each.annual)]
            + ([figure(each.per_unit)] if unit else [])
            + ([money(each.external_pv)] if external else [])
        )  # fmt: skip
    return list(rows)


def _external_title(result: Result) -> str:
    is_counted = result.conventions.external_costs is ExternalCosts.COUNTED
    return "external (counted in the place)" if is_counted else "external (apart)"


def _component_rows(result: Result) -> list[Sequence[str]]:
    words = list(dict.fromkeys(word for each in result.alternatives for word in each.pv))
    header = ["present value", *(word.replace("_", " ") for word in words)]
    return [
        header,
        *([each.name, *(money(each.pv.get(word, Decimal(0))) for word in words)] for each in result.alternatives),
    ]


def _comparison_rows(result: Result) -> list[Sequence[str]]:
    base = result.alternatives[0].name
    rows = [[f"against {base}", "net savings", "SIR", "AIRR", "payback", "discounted"]]
    for each in result.alternatives[1:]:
        held = each.comparison
        if held is not None:
            paybacks = _paybacks(held)
            rows.append([each.name, money(held.net_savings), figure(held.sir, 2), percent(held.airr), *paybacks])
    return list(rows)


def _paybacks(held: Comparison) -> Iterator[str]:
    """“Never” is a bad sign; where nothing more was paid there is no sign to give."""
    is_none = held.net_savings is None or not held.is_dearer
    return (NOTHING if is_none else year(each) for each in (held.simple_payback, held.discounted_payback))


def _budget_lines(result: Result) -> Iterator[str]:
    """What the budget of a year sees, beside the life: extra now, saved in year 1, earned back, left for later."""
    for place, each in enumerate(result.alternatives[1:], start=1):
        if each.years != result.alternatives[0].years:
            continue
        view = budget_view(result, place)
        words = f"{each.name}: {money(abs(view.extra_now))} {'more' if view.extra_now >= 0 else 'less'} in year 0"
        words += f", {money(abs(view.first_year_saving))} {'less' if view.first_year_saving >= 0 else 'more'} in year 1"
        if view.extra_now > 0:
            words += f", earned back: {year(view.earned_back)}"
        if view.share_after_mandate is not None and view.share_after_mandate > 0:
            share = "all" if view.share_after_mandate >= 1 else percent(view.share_after_mandate)
            words += f"; {share} of the gain comes after year {view.mandate}"
        yield words + "."


def _beside(filled: FilledSheet, language: Language) -> Iterator[str]:
    labels = {each.key: each for each in filled.sheet.quantities}
    rows: list[Sequence[str]] = []
    for key in filled.sheet.beside:
        label = f"{labels[key].label.said(language)} ({labels[key].unit})"
        rows.append([label, *(figure(offer.quantities[key], 2) for offer in filled.offers)])
    substances = list(dict.fromkeys(each for offer in filled.offers for each in offer.emissions))
    for substance in substances:
        rows.append([f"{substance} (kg/year)", *(figure(offer.emissions.get(substance), 2) for offer in filled.offers)])
    if rows:
        yield ""
        yield from table([["beside the euros", *(offer.name for offer in filled.offers)], *rows])
    if filled.assumed:
        labels_of = filled.sheet.inputs
        yield ""
        yield (
            "Assumptions of the project kept: "
            + ", ".join(_default(labels_of[key], language) for key in filled.assumed)
            + "."
        )


def _default(each: Input, language: Language) -> str:
    value = figure(each.default) if isinstance(each.default, Decimal) else str(each.default)
    return f"{each.label.said(language)} {value}" + ("" if each.unit == "choice" else f" {each.unit}")


def _cautions(result: Result) -> Iterator[str]:
    lines = [f"Caution: {CAUTIONS[each]}." for each in result.cautions]
    lines += [f"Caution, {each.name}: {CAUTIONS[caution]}." for each in result.alternatives for caution in _of(each)]
    if lines:
        yield ""
        yield from lines


def _of(result: AlternativeResult) -> Sequence[Caution]:
    return result.comparison.cautions if result.comparison else ()


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
    yield f"{sheet.id} {sheet.version}: {sheet.title.said(language)}"
    for heading, inputs in (("the buyer fixes", sheet.buyer), ("the tenderer gives", sheet.tenderer)):
        yield f"  {heading}:"
        for each in inputs:
            bounds = (
                "|".join(each.options)
                if each.options
                else f"{figure(each.minimum)} to {figure(each.maximum)} {each.unit}"
            )
            yield f"    {each.key}: {each.label.said(language)} [{bounds}]{_default_words(each)}"


def _default_words(each: Input) -> str:
    if each.default is None:
        return "" if each.required else " (only where it counts)"
    value = figure(each.default, 5) if isinstance(each.default, Decimal) else each.default
    return f" default {value}, " + (
        "assumption" if each.source is None else f"{each.source.words} ({each.source.year})"
    )


def award_table(rule: AwardRule, awarded: Sequence[AwardedOffer]) -> Iterator[str]:
    """Places and points as text, with the formula, its rounding and what is said about ties."""
    is_quality = rule.formula is AwardFormula.QUALITY_IN_EUROS
    header = ["offer", "life-cycle cost", *(["comparison price"] if is_quality else []), "points", "place"]
    rows = [header]
    for each in awarded:
        points = "–" if each.points is None else f"{each.points:f}"
        compared = [money(each.compared)] if is_quality else []
        rows.append([each.name, money(each.lcc), *compared, points, f"{each.place}{' (tie)' if each.is_tied else ''}"])
    yield from table(rows)
    yield ""
    yield f"Formula {rule.formula}. Costs are compared in cents."
    if rule.formula in (AwardFormula.PROPORTIONAL, AwardFormula.LINEAR):
        yield f"Points: at most {rule.maximum:f}, rounded half up to {rule.decimals} decimals."
    tie = "the lower purchase price goes first" if rule.ties is TieRule.LOWER_PRICE else "no rule was given"
    yield f"Ties: {tie}; offers that stay equal share a place."
