"""The lint rules that concern a whole specification (`rules/lint.yaml` has their words)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.clause_library.core.conditions import FactValue
from mpdi.clause_library.core.facts import eu_threshold, facts_of
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import REASON_LANGUAGES, objective_label
from mpdi.clause_library.core.rendering import format_number
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.vocabulary import AuthorityType, ClauseKind, Nature, Procedure, PurchaseOption, Severity
from mpdi.specifications.checking.clause_rules import clause_findings
from mpdi.specifications.checking.findings import Finding, attention_level, finding

_FIRM_WORDS = re.compile(
    r"référence|expérience|chiffre d'affaires|certificat|referentie|ervaring|omzet|reference|experience", re.IGNORECASE
)
_BEYOND_MINIMUM = re.compile(
    r"au-delà|au-dessus|supérieure?s? au|dépass|boven|hoger dan|meer dan het minimum", re.IGNORECASE
)
_INSERTION = ("SOC-GEN-001", "SOC-GEN-003")
_WORKING_DAYS_A_MONTH = Decimal("21.67")


@dataclass(frozen=True)
class _Case:
    """What the rules look at."""

    purchase: Purchase
    facts: dict[str, FactValue]
    inside: dict[str, ClauseVersion]
    library: ClauseLibrary

    def law(self, key: str) -> Decimal:
        return self.library.reference.numbers.value(key, self.purchase.publication_date)


def lint(purchase: Purchase, selection: Selection, library: ClauseLibrary) -> list[Finding]:
    """Return every finding, those that block first."""
    facts = dict(facts_of(purchase, library.reference.numbers))
    case = _Case(purchase, facts, {clause.id: clause for clause in selection.chosen}, library)
    found = [*(item for rule in _RULES for item in rule(case)), *clause_findings(purchase, selection)]
    return sorted(found, key=lambda item: (item.severity is not Severity.BLOCK, item.rule, item.where))


def _words(value: Decimal) -> dict[str, str]:
    return {language: format_number(value, language) for language in REASON_LANGUAGES}


def _award(case: _Case) -> Iterator[Finding]:
    award = case.purchase.award
    if not award:
        if any(clause.kind is ClauseKind.AWARD for clause in case.inside.values()):
            above = case.facts["value_against_eu_threshold"] == "at_or_above"
            yield finding("award_without_weight" if above else "award_order_only", "award")
        return
    total = sum((item.weight for item in award), Decimal(0))
    if total != 100:
        yield finding("award_total", "award", total=_words(total))
    for index, item in enumerate(award):
        if item.criterion == "price":
            continue
        if CLAUSE_ID.fullmatch(item.criterion):
            if item.criterion not in case.inside and item.weight > 0:
                yield finding("award_unknown_clause", "award", criterion=item.criterion)
            continue
        if not (item.scale and item.proof):
            below = case.facts["value_against_eu_threshold"] == "below"
            yield finding("award_own_criterion" if below else "award_without_scale", "award", criterion=item.criterion)
        both = case.purchase.texts.get(f"award.{index}.criterion")
        if any(map(_FIRM_WORDS.search, (both.fr, both.nl) if both else (item.criterion,))):
            yield finding("award_selection_mixed", "award", criterion=item.criterion)


def _turnover(case: _Case) -> Iterator[Finding]:
    factor, limit = case.purchase.turnover_factor, case.law("turnover_factor_maximum")
    if factor is not None and factor > limit:
        yield finding("turnover", "turnover_factor", factor=_words(factor), limit=_words(limit))


def _payment(case: _Case) -> Iterator[Finding]:
    days, limit = case.purchase.payment_days, case.law("processing_days")
    if days is not None and days > limit:
        yield finding(
            "payment",
            "payment_days",
            days=str(days),
            limit=_words(limit),
            maximum=_words(case.law("processing_days_maximum")),
        )


def _deposit(case: _Case) -> Iterator[Finding]:
    percent, limit = case.purchase.deposit_percent, case.law("deposit_percent")
    if percent is not None and percent > limit:
        yield finding("deposit_high", "deposit_percent", percent=_words(percent), limit=_words(limit))
    value, minimum = case.purchase.estimated_value, case.law("deposit_minimum_award")
    if percent and value is not None and value < minimum:
        yield finding("deposit_small", "deposit_percent", limit=_words(minimum))


def _lots(case: _Case) -> Iterator[Finding]:
    value, limit = case.purchase.estimated_value, case.law("lots_reason")
    if value is None or value < limit or case.purchase.no_lots_reason:
        return
    if case.facts["has_lots"] is None:
        yield finding("lots_unknown", "lots", limit=_words(limit))
    elif case.facts["has_lots"] is False:
        yield finding("lots", "no_lots_reason", limit=_words(limit))


def _lots_total(case: _Case) -> Iterator[Finding]:
    estimates = [lot.estimated_value for lot in case.purchase.lots_detail]
    value = case.purchase.estimated_value
    if value is None or not estimates or None in estimates:
        return
    total = sum((each for each in estimates if each is not None), Decimal(0))
    if total != value:
        yield finding("lots_total", "lots_detail")


def _procedure(case: _Case) -> Iterator[Finding]:
    value = case.purchase.estimated_value
    ceiling = _ceiling(case)
    if value is not None and ceiling is not None and value >= ceiling[1]:
        yield finding(ceiling[0], "procedure", limit=_words(ceiling[1]))


def _ceiling(case: _Case) -> tuple[str, Decimal] | None:
    """Return the finding and the amount from which the procedure is not open by its value alone; None without a ceiling."""
    match case.purchase.procedure:
        case Procedure.LOW_VALUE:
            return "procedure_low_value", case.law("low_value")
        case Procedure.NEGOTIATED_WITH_PUBLICATION:
            if case.facts["light_regime"] is True:
                return None
            if case.purchase.nature is Nature.WORKS:
                return "procedure_negotiated", case.law("direct_negotiated_works")
            threshold = eu_threshold(case.purchase, case.library.reference.numbers)
            return None if threshold is None else ("procedure_negotiated", threshold)
        case Procedure.NEGOTIATED_WITHOUT_PUBLICATION:
            light = case.facts["light_regime"] is True
            key = "negotiated_without_publication" + ("_social_services" if light else "")
            return "procedure_without_publication", case.law(key)
    return None


def is_advance_mandatory(purchase: Purchase, is_low_value: FactValue, minimum_months: Decimal) -> bool:
    """Whether articles 12/1 to 12/8 oblige the authority to provide an advance (exceptions not stated are not assumed)."""
    public = purchase.authority.type in (AuthorityType.LOCAL, AuthorityType.REGIONAL, AuthorityType.FEDERAL)
    long_enough = purchase.duration_months is None or purchase.duration_months >= minimum_months
    return public and is_low_value is False and long_enough and purchase.nature is not Nature.CONCESSION


def _advance(case: _Case) -> Iterator[Finding]:
    percent, maximum = case.purchase.advance_percent, case.law("advance_maximum")
    if percent is not None and percent > maximum:
        yield finding("advance_high", "advance", percent=_words(percent), limit=_words(maximum))
    if not is_advance_mandatory(case.purchase, case.facts["low_value"], case.law("advance_minimum_months")):
        return
    if percent is None and "SME-GEN-007" not in case.inside:
        yield finding("advance_missing", "advance")
    if percent is not None:
        yield from _advance_rate(case, percent)


def _advance_rate(case: _Case, percent: Decimal) -> Iterator[Finding]:
    if case.purchase.procedure is Procedure.NEGOTIATED_WITHOUT_PUBLICATION:
        limit = case.law("advance_negotiated")
        if percent < limit:
            yield finding("advance_low", "advance", percent=_words(percent), limit=_words(limit))
    elif "SME-GEN-007" not in case.inside and percent < case.law("advance_micro"):
        yield finding("advance_below_sme", "advance", percent=_words(percent), limit=_words(case.law("advance_micro")))


def _companions(case: _Case) -> Iterator[Finding]:
    for clause in case.inside.values():
        if clause.kind is not ClauseKind.AWARD or clause.award_companion not in case.inside:
            continue
        text = " ".join(paragraph.text.fr + " " + paragraph.text.nl for paragraph in clause.text)
        if not _BEYOND_MINIMUM.search(text):
            yield finding("companion", clause.id, minimum=str(clause.award_companion), award=clause.id)


def _insertion(case: _Case) -> Iterator[Finding]:
    key = "social_ordinance_supplies" if case.purchase.nature is Nature.SUPPLIES else "social_ordinance_works_services"
    value, months = case.purchase.estimated_value, case.purchase.duration_months
    days = case.law("social_ordinance_working_days")
    for identifier in _INSERTION:
        if identifier not in case.inside:
            continue
        if value is not None and value < case.law(key):
            yield finding("insertion_small", identifier, clause=identifier, limit=_words(case.law(key)))
        if months is not None and months * _WORKING_DAYS_A_MONTH < days:
            yield finding("insertion_short", identifier, clause=identifier, limit=_words(days))


def _price_weight(case: _Case) -> Iterator[Finding]:
    weight, limit = case.purchase.price_weight, Decimal(attention_level("price_weight"))
    if weight is not None and weight > limit and case.facts["labour_intensive"] is True:
        yield finding("price_weight", "award", weight=_words(weight), limit=_words(limit))


def _reserved(case: _Case) -> Iterator[Finding]:
    reserved = case.facts["has_reserved_lot"]
    if reserved is True and "SOC-GEN-004" not in case.inside:
        yield finding("reserved", "lots_detail")
    if PurchaseOption.RESERVED_LOT in case.purchase.options and reserved is not True:
        yield finding("reserved_unnamed", "lots_detail")


def _observatory(case: _Case) -> Iterator[Finding]:
    is_regional = case.purchase.authority.type is AuthorityType.REGIONAL
    if is_regional and case.facts["fraud_sensitive"] is True and "DMP-GEN-013" not in case.inside:
        yield finding("observatory", "DMP-GEN-013")


def _variants(case: _Case) -> Iterator[Finding]:
    below = case.facts["value_against_eu_threshold"] != "at_or_above"
    if PurchaseOption.VARIANTS in case.purchase.options and below and "INN-GEN-002" not in case.inside:
        yield finding("variants_open", "INN-GEN-002")


def _dnsh(case: _Case) -> Iterator[Finding]:
    for answer in case.purchase.dnsh:
        if answer.relevant and not answer.measure:
            name = objective_label(answer.objective)
            yield finding("dnsh_measure", "dnsh", objective={each: name[each] for each in REASON_LANGUAGES})


_RULES: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
    _award,
    _turnover,
    _payment,
    _deposit,
    _lots,
    _lots_total,
    _procedure,
    _advance,
    _companions,
    _insertion,
    _price_weight,
    _reserved,
    _variants,
    _observatory,
    _dnsh,
)
