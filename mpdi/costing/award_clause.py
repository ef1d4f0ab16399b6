"""The award clause for the formula that was chosen, ready to be copied, and what the formula does to invented amounts."""

from collections.abc import Iterator
from decimal import Decimal

from mpdi.costing.annex_words import AnnexLanguage, phrase
from mpdi.costing.checklist import GreenCase
from mpdi.costing.numbers import NOTHING, money, number, percent
from mpdi.documents.model import Table, content
from mpdi.lcc.award import AwardedOffer, AwardFormula, AwardOffer, AwardRule, TieRule, award

_EXAMPLE = (Decimal(100_000), Decimal(110_000), Decimal(125_000))
"""Invented costs, from which an example is made where the documents publish no bounds."""
_SHARES = (Decimal(0), Decimal("0.5"), Decimal(1))


def clause_paragraphs(green: GreenCase, language: AnnexLanguage) -> tuple[str, ...]:
    """The clause: what the criterion weighs, method, what is compared, formula, rounding, ties, missing values, proofs."""
    held = green.parameters
    sheet = {"sheet": held.sheet.title.said(language), "version": held.sheet.version}
    frozen = {"frozen": f"{held.date:%d/%m/%Y}", "digest": held.digest}
    return (
        standing_words(green, language),
        phrase("clause", "law", language),
        phrase("clause", "method", language, **sheet, **frozen),
        phrase("clause", external_kind(green), language),
        _formula(green, language),
        *_scaled(green, language),
        *rule_paragraphs(green, language),
        phrase("clause", "proofs", language, verification=green.texts["verification"]),
    )


def standing_words(green: GreenCase, language: AnnexLanguage) -> str:
    """What the criterion weighs, as a sentence of the clause."""
    kind, value = green.standing.kind, green.standing.value
    if kind == "sole" and green.rule.formula is AwardFormula.QUALITY_IN_EUROS:
        kind = "sole_quality"
    return phrase("clause", kind, language, **{kind: number(value, language)})


def external_kind(green: GreenCase) -> str:
    """`apart`, `counted`, or `no_external`."""
    pricing = green.parameters.pricing
    return "no_external" if pricing is None else str(pricing.external_costs)


def rule_paragraphs(green: GreenCase, language: AnnexLanguage) -> Iterator[str]:
    """Rounding, ties and missing values, one paragraph each."""
    rule = green.rule
    yield phrase("rules", "cents", language)
    if rule.formula in (AwardFormula.PROPORTIONAL, AwardFormula.LINEAR):
        maximum = number(rule.maximum, language, 6)
        yield phrase("rules", "points", language, decimals=str(rule.decimals), maximum=maximum)
    yield " ".join(phrase("rules", key, language) for key in _ties(green))
    yield f"{phrase('rules', 'not_zero', language)} {phrase('rules', green.missing_value, language)}"


def _ties(green: GreenCase) -> tuple[str, ...]:
    """What is said of equal costs: the same as the specification says of equal offers and of equal totals.

    Beside other criteria a place gives no points: who wins at equal totals is the business of the documents.
    """
    goes_first = green.rule.ties is TieRule.LOWER_PRICE
    if green.standing.kind == "sole":
        return ("tie_lower_price" if goes_first else "tie_none", "tie_lot")
    return ("tie_points", *(["tie_place"] if goes_first else []), "tie_total")


def _scaled(green: GreenCase, language: AnnexLanguage) -> Iterator[str]:
    """What becomes of points on a scale of its own beside other criteria."""
    weight = green.standing.value
    if green.standing.kind == "weight" and weight != green.rule.maximum:
        maximum = number(green.rule.maximum, language, 6)
        yield phrase("clause", "scaled", language, weight=number(weight, language), maximum=maximum)


def _formula(green: GreenCase, language: AnnexLanguage) -> str:
    rule, currency = green.rule, green.parameters.currency
    values = {"maximum": number(rule.maximum, language, 6), "currency": currency}
    values |= {key: money(bound, language) for key, bound in (("best", rule.best), ("worst", rule.worst))}
    worth = [_worth(name, value, green, language) for name, value in rule.quality.items()]
    return phrase("clause", str(rule.formula), language, quality="; ".join(worth), **values)


def _worth(name: str, value: Decimal, green: GreenCase, language: AnnexLanguage) -> str:
    """What a criterion is worth in money when fully reached and, where it is scored in points, what a point is worth."""
    said = {"name": name, "value": money(value, language), "currency": green.parameters.currency}
    points = green.quality_points.get(name)
    if points is None:
        return phrase("clause", "quality_value", language, **said)
    each = {"points": number(points, language), "each": money(value / points, language)}
    return phrase("clause", "quality_points", language, **said, **each)


def example_table(rule: AwardRule, currency: str, language: AnnexLanguage) -> Table:
    """Three invented offers under the formula: amounts, points and places are those of the engine."""
    costs, shares = _costs(rule), _SHARES
    offers = [
        AwardOffer(name, cost, cost, dict.fromkeys(rule.quality, share))
        for name, cost, share in zip("ABC", costs, shares, strict=True)
    ]
    awarded = award(rule, offers)
    is_quality = rule.formula is AwardFormula.QUALITY_IN_EUROS
    more = ("reached", "cost") if is_quality else ("points",)
    keys = ("offer", "life_cost" if is_quality else "cost", *more, "place")
    header = tuple(phrase("texts", key, language, currency=currency) for key in keys)
    rows = tuple(
        tuple(content(cell) for cell in _cells(each, share if is_quality else None, language))
        for each, share in zip(awarded, shares, strict=True)
    )
    widths = (16.0, 26.0, 20.0, 26.0, 12.0) if is_quality else (20.0, 40.0, 20.0, 20.0)
    right = tuple(range(1, len(header)))
    return Table(phrase("texts", "example", language), header, rows, widths, right_aligned=right)


def _costs(rule: AwardRule) -> tuple[Decimal, ...]:
    if rule.best is None or rule.worst is None:
        return _EXAMPLE
    return (rule.best, (rule.best + rule.worst) / 2, rule.worst)


def _cells(each: AwardedOffer, share: Decimal | None, language: AnnexLanguage) -> tuple[str, ...]:
    points = NOTHING if each.points is None else f"{each.points:f}".replace(".", ",")
    middle = (points,) if share is None else (percent(share, language), money(each.compared, language))
    return (each.name, money(each.lcc, language), *middle, str(each.place))
