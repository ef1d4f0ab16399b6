"""The lint rules that concern the clauses chosen: absent companions, clauses at odds, weights, options without a clause."""

from collections.abc import Iterator, Mapping
from typing import Any

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import REASON_LANGUAGES, fact_label, value_label
from mpdi.clause_library.core.rendering import format_number
from mpdi.clause_library.core.selection import Decided, Selection, asked_by_option, is_weighted_criterion
from mpdi.clause_library.core.vocabulary import Decision, PurchaseOption
from mpdi.specifications.checking.findings import Finding, finding, served_options


def clause_findings(purchase: Purchase, selection: Selection) -> Iterator[Finding]:
    """Yield what is wrong between the clauses that are in, and between them and the answers.

    The words go into the published file's manifest: they never hold an estimate or a reason of the buyer.
    """
    for item in selection.conflicts:
        key = "companion_missing" if item.kind == "missing" else "clauses_conflict"
        why = {language: item.reason[language] for language in REASON_LANGUAGES}
        yield finding(key, item.clause, one=item.clause, other=item.other, why=why)
    yield from _weights(purchase, {clause.id: clause for clause in selection.chosen})
    for option in purchase.options:
        is_annexed = option is PurchaseOption.LIFE_CYCLE_COST and purchase.cost_annex is not None
        if option not in served_options()["elsewhere"] and not is_annexed:
            yield from _unserved(option, selection)


def _weights(purchase: Purchase, inside: Mapping[str, ClauseVersion]) -> Iterator[Finding]:
    for item in purchase.award:
        clause = inside.get(item.criterion)
        if clause is None or clause.award is None or not is_weighted_criterion(clause) or not item.weight:
            continue
        low, high = clause.award.weight_minimum, clause.award.weight_maximum
        if not low <= item.weight <= high:
            weight = {language: format_number(item.weight, language) for language in REASON_LANGUAGES}
            yield finding("award_weight_range", "award", clause=clause.id, weight=weight, low=str(low), high=str(high))


def _unserved(option: PurchaseOption, selection: Selection) -> Iterator[Finding]:
    serving = [item for item in selection.decided if _serves(item.clause, option)]
    if any(item.decision is Decision.IN for item in serving):
        return
    name = {language: value_label("options", option, language) for language in REASON_LANGUAGES}
    told = [item for item in serving if not item.rule.startswith("D-")]
    if told:
        why = {language: ", ".join(_cause(item, language) for item in told) for language in REASON_LANGUAGES}
        yield finding("option_out", "options", option=name, clauses=why)
    else:
        yield finding("option_unserved", "options", option=name)


def _serves(clause: ClauseVersion, option: PurchaseOption) -> bool:
    by_theme, by_clause = served_options()["themes"].get(option), served_options()["clauses"].get(option, ())
    return by_theme in clause.themes or clause.id in by_clause or asked_by_option(clause, option)


def _cause(item: Decided, language: str) -> str:
    """The clause and what kept it out: a fact by its name, never by what was answered."""
    kind, _, fact = item.rule.partition(":")
    causes: dict[str, Any] = {"applicability": fact, "category": "category", "nature": "nature", "ambition": "ambition"}
    return f"{item.clause.id} ({fact_label(causes[kind], language)})" if causes.get(kind) else item.clause.id
