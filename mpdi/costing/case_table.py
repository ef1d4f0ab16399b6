"""What the commands print of a counted case and of an award, in the language that was asked."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.costing.display import NOTHING, table
from mpdi.costing.examples import word
from mpdi.costing.files import CountedCase
from mpdi.costing.numbers import unit_words
from mpdi.costing.presentation import ranking
from mpdi.costing.table_words import TableWords
from mpdi.costing.winner import Turn, turn_lines
from mpdi.lcc.award import AwardedOffer, AwardFormula, AwardRule, TieRule
from mpdi.lcc.budget import budget_view
from mpdi.lcc.model import AlternativeResult, Caution, Comparison, Conventions, ExternalCosts, Result, category_of
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import Input, Language

CAUTIONS = {
    Caution.TINY_INVESTMENT: "hardly dearer to buy than the first: its SIR says nothing",
    Caution.NO_EXTRA_INVESTMENT: "no dearer to buy than the first: there is nothing to pay back",
    Caution.LESS_INVESTED_OVER_STUDY: "dearer in year 0, but with replacements and residual value less is invested over the study "
    "than for the first: savings are set against no extra investment (no SIR, no AIRR)",
    Caution.PAYBACK_REVERSED: "what was earned back is lost again in a later year",
    Caution.UNEQUAL_LIVES: "the lives differ: compare the cost a year, not the sum",
    Caution.SMALL_LEAD: "the second lies within one per cent of the first: look at what could change it",
}


def case_table(counted: CountedCase, turns: Sequence[Turn] | None, language: Language) -> Iterator[str]:
    """The figures as text, money to the cent."""
    result, say = counted.result, TableWords(language)
    yield from _heading(counted, say)
    yield ""
    yield from table(_life_rows(result, say))
    yield ""
    yield from table(_component_rows(result, say))
    if len(result.alternatives) > 1:
        yield ""
        yield from table(_comparison_rows(result, say))
        yield ""
        yield from _budget_lines(result, say)
    if counted.filled is not None:
        yield from _beside(counted.filled, say)
    if turns is not None:
        yield ""
        yield from turn_lines(result.winner.name, turns, say)
    yield from _cautions(result, say)


def _heading(counted: CountedCase, say: TableWords) -> Iterator[str]:
    filled = counted.filled
    if counted.case.title:
        yield counted.case.title
    if filled is not None:
        yield say("sheet", id=filled.sheet.id, version=filled.sheet.version, digest=filled.sheet.digest[:12])
    yield _conventions(counted.result.conventions, say)


def _conventions(held: Conventions, say: TableWords) -> str:
    return say(
        "conventions",
        years=str(held.years),
        money=say(str(held.money)),
        rate=say.percent(held.discount_rate),
        timing=say(str(held.timing)),
        grown=say("grown" if held.first_year_grown else "today"),
        currency=held.currency,
        vat=say(str(held.vat)),
    )


def _life_rows(result: Result, say: TableWords) -> list[Sequence[str]]:
    with_external = any(each.external_cash and any(each.external_cash) for each in result.alternatives)
    unit = [say("per_unit", unit=result.unit)] if result.unit else []
    external = [_external_title(result, say)] if with_external else []
    rows = [[*map(say, ("offer", "purchase", "place", "lcc", "place", "a_year")), *unit, *external]]
    for row in ranking(result):
        each = row.offer
        rows.append(
            [each.name, say.money(row.price), str(row.price_place), say.money(each.lcc), str(row.place), say.money(each.annual)]
            + ([say.figure(each.per_unit)] if unit else [])
            + ([say.money(each.external_pv)] if external else [])
        )  # fmt: skip
    return list(rows)


def _external_title(result: Result, say: TableWords) -> str:
    is_counted = result.conventions.external_costs is ExternalCosts.COUNTED
    return say("external_counted" if is_counted else "external_apart")


def _component_rows(result: Result, say: TableWords) -> list[Sequence[str]]:
    words = list(dict.fromkeys(word for each in result.alternatives for word in each.pv))
    header = [say("present_value"), *(_component(each, say) for each in words)]
    return [
        header,
        *([each.name, *(say.money(each.pv.get(key, Decimal(0))) for key in words)] for each in result.alternatives),
    ]


def _component(key: str, say: TableWords) -> str:
    return key.replace("_", " ") if say.language == "en" else word("components", category_of(key) or key, say.language)


def _comparison_rows(result: Result, say: TableWords) -> list[Sequence[str]]:
    base = result.alternatives[0].name
    heads = (say("net_savings"), "SIR", "AIRR", say("payback"), say("discounted"))
    rows = [[say("against", base=base), *heads]]
    for each in result.alternatives[1:]:
        held = each.comparison
        if held is not None:
            figures = (say.money(held.net_savings), say.figure(held.sir, 2), say.percent(held.airr))
            rows.append([each.name, *figures, *_paybacks(held, say)])
    return list(rows)


def _paybacks(held: Comparison, say: TableWords) -> Iterator[str]:
    """“Never” is a bad sign; where nothing more was paid there is no sign to give."""
    is_none = held.net_savings is None or not held.is_dearer
    return (NOTHING if is_none else say.year(each) for each in (held.simple_payback, held.discounted_payback))


def _budget_lines(result: Result, say: TableWords) -> Iterator[str]:
    """What the budget of a year sees, beside the life: extra now, saved in year 1, earned back, left for later."""
    for place, each in enumerate(result.alternatives[1:], start=1):
        if each.years != result.alternatives[0].years:
            continue
        view = budget_view(result, place)
        now = _amount(view.extra_now, ("more_now", "same_now", "less_now"), say)
        then = _amount(view.first_year_saving, ("less_then", "same_then", "more_then"), say)
        words = f"{now}, {then}"
        if view.extra_now > 0:
            words += f", {say('earned_back', year=say.year(view.earned_back))}"
        if view.share_after_mandate is not None and view.share_after_mandate > 0:
            share = say("all") if view.share_after_mandate >= 1 else say.percent(view.share_after_mandate)
            words += f"; {say('after_mandate', share=share, mandate=str(view.mandate))}"
        yield say("budget_line", offer=each.name, words=words)


def _amount(value: Decimal, keys: tuple[str, str, str], say: TableWords) -> str:
    """An amount above nothing, nothing, or below it: each has its words, so that no “0,00 more” is said."""
    cents = round(value, 2)
    return say(keys[0] if cents > 0 else keys[2] if cents < 0 else keys[1], amount=say.money(abs(value)))


def _beside(filled: FilledSheet, say: TableWords) -> Iterator[str]:
    labels = {each.key: each for each in filled.sheet.quantities}
    rows: list[Sequence[str]] = []
    for key in filled.sheet.beside:
        label = f"{labels[key].label.said(say.language)} ({_unit(labels[key].unit, say)})"
        rows.append([label, *(say.figure(offer.quantities[key], 2) for offer in filled.offers)])
    substances = list(dict.fromkeys(each for offer in filled.offers for each in offer.emissions))
    for substance in substances:
        name = str(substance) if say.language == "en" else word("substances", substance, say.language)
        amounts = (say.figure(offer.emissions.get(substance), 2) for offer in filled.offers)
        rows.append([say("kg_year", substance=name), *amounts])
    if rows:
        yield ""
        yield from table([[say("beside"), *(offer.name for offer in filled.offers)], *rows])
    if filled.assumed:
        yield ""
        yield say("assumptions", named=", ".join(_default(filled.sheet.inputs[key], say) for key in filled.assumed))


def _unit(unit: str, say: TableWords) -> str:
    return unit if say.language == "en" else unit_words(unit, say.language)


def _default(each: Input, say: TableWords) -> str:
    named = each.label.said(say.language)
    if each.unit == "choice":
        chosen = str(each.default)
        if say.language != "en":
            chosen = word("first_year" if each.key == "first_year" else "choices", chosen, say.language)
        return f"{named} {chosen}"
    value = say.figure(each.default) if isinstance(each.default, Decimal) else str(each.default)
    return f"{named} {value} {_unit(each.unit, say)}"


def _cautions(result: Result, say: TableWords) -> Iterator[str]:
    lines = [say("caution", words=_caution(each, say)) for each in result.cautions]
    lines += [
        say("caution_of", offer=each.name, words=_caution(caution, say))
        for each in result.alternatives
        for caution in _of(each)
    ]
    if lines:
        yield ""
        yield from lines


def _caution(each: Caution, say: TableWords) -> str:
    return CAUTIONS[each] if say.language == "en" else word("cautions", each, say.language)


def _of(result: AlternativeResult) -> Sequence[Caution]:
    return result.comparison.cautions if result.comparison else ()


def award_table(rule: AwardRule, awarded: Sequence[AwardedOffer], language: Language = "en") -> Iterator[str]:
    """Places and points as text, with the formula, its rounding and what is said about ties."""
    say = TableWords(language)
    is_quality = rule.formula is AwardFormula.QUALITY_IN_EUROS
    header = [say("offer"), say("lcc"), *([say("comparison_price")] if is_quality else []), say("points"), say("place")]
    rows = [header]
    for each in awarded:
        compared = [say.money(each.compared)] if is_quality else []
        place = say("tie", place=str(each.place)) if each.is_tied else str(each.place)
        rows.append([each.name, say.money(each.lcc), *compared, points_words(each, say), place])
    yield from table(rows)
    yield ""
    yield from rule_lines(rule, say)


def points_words(each: AwardedOffer, say: TableWords) -> str:
    """The points of an offer with the decimals that were published."""
    if each.points is None:
        return NOTHING
    return f"{each.points:f}" if say.language == "en" else f"{each.points:f}".replace(".", ",")


def rule_lines(rule: AwardRule, say: TableWords) -> Iterator[str]:
    """Formula, rounding and ties, a sentence each."""
    yield say("formula", formula=say(str(rule.formula)))
    if rule.formula in (AwardFormula.PROPORTIONAL, AwardFormula.LINEAR):
        yield say("points_rule", maximum=f"{rule.maximum:f}", decimals=str(rule.decimals))
    yield say("ties", rule=say("tie_lower" if rule.ties is TieRule.LOWER_PRICE else "tie_none"))
