"""Which clauses apply to a purchase, and why each is in, suggested or out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.conditions import Evaluator, Outcome
from mpdi.clause_library.core.facts import facts_of
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import REASON_LANGUAGES, Reason, explain, sentence, state, value_label
from mpdi.clause_library.core.vocabulary import Category, ClauseKind, Decision, Nature
from mpdi.resources import folder


@dataclass(frozen=True)
class Decided:
    """The decision on one clause: by which rule, for which reason, and what the rules said where the buyer overrode them."""

    clause: ClauseVersion
    decision: Decision
    rule: str
    reason: Reason
    ruled: Decision
    is_overridden: bool = False


@dataclass(frozen=True)
class Conflict:
    """Two clauses that are both in and should not be, or a companion that is missing."""

    kind: str
    clause: str
    other: str
    reason: Reason


@dataclass(frozen=True)
class Selection:
    """Every clause in force, decided, with the conflicts that remain."""

    decided: tuple[Decided, ...]
    conflicts: tuple[Conflict, ...]
    notice: Reason | None = None
    """That the library has no clause in force of the purchase's own category, where it has none."""

    def of(self, decision: Decision) -> list[Decided]:
        """Return the clauses with that decision."""
        return [item for item in self.decided if item.decision is decision]

    @property
    def chosen(self) -> list[ClauseVersion]:
        """The clauses that go into the document."""
        return [item.clause for item in self.of(Decision.IN)]


@cache
def _rules() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "rules" / "selection.yaml")
    return data


def select(library: ClauseLibrary, purchase: Purchase) -> Selection:
    """Decide on every clause in force on the publication date."""
    numbers = library.reference.numbers
    evaluator = Evaluator(facts_of(purchase, numbers), numbers, purchase.publication_date)
    decided = [_decide(clause, purchase, evaluator) for clause in library.all_in_force(purchase.publication_date)]
    decided = [_follow_award_list(item, purchase) for item in decided]
    decided = _prefer_among_alternatives(decided, purchase)
    decided = _drop_dependents(decided)
    decided = [_override(item, purchase) for item in decided]
    notice = _category_notice(decided, find_category(purchase).used)
    return Selection(tuple(decided), tuple(_conflicts(decided)), notice)


def _category_notice(decided: Sequence[Decided], category: Category) -> Reason | None:
    if category is Category.GENERAL or any(category in item.clause.categories for item in decided):
        return None
    words = {language: value_label("category", category, language) for language in REASON_LANGUAGES}
    return sentence("category_empty", category=words)


def _as_decided(clause: ClauseVersion, decision: Decision, rule: str, reason: Reason) -> Decided:
    return Decided(clause, decision, rule, reason, decision)


def _decide(clause: ClauseVersion, purchase: Purchase, evaluator: Evaluator) -> Decided:
    return (
        _out_by_category(clause, evaluator)
        or _out_by_nature(clause, purchase)
        or _out_by_rule(clause, evaluator)
        or _by_applicability(clause, purchase, evaluator)
    )


def _out_by_category(clause: ClauseVersion, evaluator: Evaluator) -> Decided | None:
    categories = evaluator.facts["category"]
    if set(clause.categories) & {Category.GENERAL, *categories}:  # type: ignore[misc]
        return None
    ours = {language: value_label("category", list(clause.categories), language) for language in REASON_LANGUAGES}
    theirs = {language: value_label("category", categories, language) for language in REASON_LANGUAGES}
    return _as_decided(clause, Decision.OUT, "category", sentence("category", clause=ours, purchase=theirs))


def _out_by_nature(clause: ClauseVersion, purchase: Purchase) -> Decided | None:
    if purchase.nature is None or purchase.nature in clause.nature:
        return None
    ours = {language: value_label("nature", list(clause.nature), language) for language in REASON_LANGUAGES}
    if purchase.nature is Nature.CONCESSION:
        return _as_decided(clause, Decision.OUT, "nature", sentence("concession", clause=ours))
    theirs = {language: value_label("nature", purchase.nature, language) for language in REASON_LANGUAGES}
    return _as_decided(clause, Decision.OUT, "nature", sentence("nature", clause=ours, purchase=theirs))


def _out_by_rule(clause: ClauseVersion, evaluator: Evaluator) -> Decided | None:
    for rule in _rules()["exclusions"]:
        concerned = clause.id in rule.get("clauses", ()) or clause.kind in rule.get("kinds", ())
        if concerned and evaluator.holds(rule["when"]) is True:
            return _as_decided(clause, Decision.OUT, rule["id"], Reason(**rule["reason"]))
    return None


def _by_applicability(clause: ClauseVersion, purchase: Purchase, evaluator: Evaluator) -> Decided:
    outcome = _outcome(clause, evaluator)
    if outcome.holds is False:
        fact = outcome.leaves[0].fact if outcome.leaves else "condition"
        return _as_decided(clause, Decision.OUT, f"applicability:{fact}", explain(outcome.leaves[0]))
    lift = _lift(clause, evaluator)
    if lift is not None:
        return lift
    if outcome.holds is None and (presumed := _out_by_presumption(clause, evaluator)):
        return presumed
    if clause.ambition.rank > purchase.ambition.rank:
        level = {language: value_label("ambition", clause.ambition, language) for language in REASON_LANGUAGES}
        asked = {language: value_label("ambition", purchase.ambition, language) for language in REASON_LANGUAGES}
        return _as_decided(clause, Decision.SUGGESTED, "ambition", sentence("ambition", level=level, asked=asked))
    return _only_suggested(clause, evaluator) or _as_decided(clause, Decision.IN, "applicability", _why_in(outcome))


def _outcome(clause: ClauseVersion, evaluator: Evaluator) -> Outcome:
    """The clause's own conditions; a good that the object names counts where only its code is missing."""
    outcome = evaluator.outcome(clause.applicability)
    lacks_code = outcome.holds is False and any(leaf.fact == "cpv" and not leaf.is_negated for leaf in outcome.leaves)
    widened = evaluator.widened() if lacks_code else None
    return widened.outcome(clause.applicability) if widened else outcome


def _out_by_presumption(clause: ClauseVersion, evaluator: Evaluator) -> Decided | None:
    """What rests on an answer that is missing and that is never the ordinary case: out until the buyer states it."""
    for rule in _rules()["presumptions"]:
        if clause.id in rule["clauses"] and evaluator.holds(rule["when"]) is True:
            return _as_decided(clause, Decision.OUT, rule["id"], Reason(**rule["reason"]))
    return None


def _only_suggested(clause: ClauseVersion, evaluator: Evaluator) -> Decided | None:
    """What applies, but rests on something that the answers do not say: the buyer decides."""
    for rule in _rules()["suggestions"]:
        if clause.id in rule["clauses"] and evaluator.holds(rule["when"]) is True:
            return _as_decided(clause, Decision.SUGGESTED, rule["id"], Reason(**rule["reason"]))
    return None


def asked_by_option(clause: ClauseVersion, option: str) -> bool:
    """Whether the clause's own conditions, or a rule that puts it in, name an option of the purchase."""
    lifts = [rule["when"] for rule in _rules()["lifts"] if clause.id in rule["clauses"]]
    return any(_names_option(condition, option) for condition in (clause.applicability, *lifts))


def _names_option(condition: Any, option: str) -> bool:
    if isinstance(condition, Mapping):
        asked = condition.get("options", ())
        named = option in ([asked] if isinstance(asked, str) else asked)
        return named or any(_names_option(each, option) for each in condition.values())
    return isinstance(condition, list | tuple) and any(_names_option(each, option) for each in condition)


def _lift(clause: ClauseVersion, evaluator: Evaluator) -> Decided | None:
    for rule in _rules()["lifts"]:
        if clause.id not in rule["clauses"]:
            continue
        outcome = evaluator.outcome(rule["when"])
        if outcome.holds is True:
            asked = sentence("lifted", facts=explain(outcome.leaves[0]))
            return _as_decided(clause, Decision.IN, rule["id"], Reason(**rule["reason"]) if "reason" in rule else asked)
    return None


def _why_in(outcome: Outcome) -> Reason:
    if not outcome.leaves:
        return sentence("always")
    unknown = [leaf for leaf in outcome.leaves if leaf.holds is None]
    if unknown:
        facts = explain(unknown[0])
        return sentence("assumed", facts=facts)
    telling = [leaf for leaf in outcome.leaves if not leaf.is_negated] or list(outcome.leaves)
    parts = [state(leaf) for leaf in telling[:4]]
    joined = {language: "; ".join(part[language] for part in parts) + "." for language in REASON_LANGUAGES}
    return sentence("holds", facts=joined)


def _prefer_among_alternatives(decided: Sequence[Decided], purchase: Purchase) -> list[Decided]:
    standing = {item.clause.id: item.decision for item in decided}
    listed = _listed(purchase)
    result = list(decided)
    for rule in _rules()["alternatives"]:
        preferred = standing.get(rule["prefer"], Decision.OUT)
        for index, item in enumerate(result):
            if item.clause.id in rule["over"] and item.clause.id not in listed:
                decision = _beside(preferred, item.decision, is_only_one=rule.get("only_one", False))
                if decision is not item.decision:
                    result[index] = _as_decided(item.clause, decision, rule["id"], Reason(**rule["reason"]))
    return result


def _beside(preferred: Decision, other: Decision, *, is_only_one: bool) -> Decision:
    """What an alternative becomes beside the clause preferred: out where the two never go together, else suggested."""
    if preferred is Decision.IN and other is not Decision.OUT:
        return Decision.OUT if is_only_one else Decision.SUGGESTED
    is_second_suggestion = preferred is other is Decision.SUGGESTED
    return Decision.OUT if is_only_one and is_second_suggestion else other


def _drop_dependents(decided: Sequence[Decided]) -> list[Decided]:
    standing = {item.clause.id for item in decided if item.decision is Decision.IN}
    result = list(decided)
    for rule in _rules()["dependents"]:
        for index, item in enumerate(result):
            if (
                item.clause.id in rule["clauses"]
                and item.decision is not Decision.OUT
                and not standing & set(rule["any_of"])
            ):
                result[index] = _as_decided(item.clause, Decision.OUT, rule["id"], Reason(**rule["reason"]))
    return result


def is_weighted_criterion(clause: ClauseVersion) -> bool:
    """Whether the clause is an award criterion that takes a weight (a rule on the price's weight does not)."""
    return clause.kind is ClauseKind.AWARD and clause.award is not None and clause.award.method != "price_share"


def _listed(purchase: Purchase) -> set[str]:
    return {weight.criterion for weight in purchase.award if weight.weight > 0}


def _follow_award_list(item: Decided, purchase: Purchase) -> Decided:
    if not purchase.award or not is_weighted_criterion(item.clause) or item.decision is Decision.OUT:
        return item
    listed = _listed(purchase)
    if listed == {"price"}:
        return _as_decided(item.clause, Decision.OUT, "award-list", sentence("price_alone"))
    if item.clause.id in listed and item.decision is Decision.SUGGESTED:
        return replace(item, decision=Decision.IN, rule="award-list", reason=sentence("award_listed"))
    if item.clause.id not in listed and item.decision is Decision.IN:
        return replace(item, decision=Decision.SUGGESTED, rule="award-list", reason=sentence("award_not_listed"))
    return item


def _override(item: Decided, purchase: Purchase) -> Decided:
    override = purchase.overrides.get(item.clause.id)
    if override is None or override.decision is item.decision:
        return item
    reason = sentence("override", reason=override.reason, before=item.reason)
    return Decided(item.clause, override.decision, "override", reason, item.ruled, is_overridden=True)


def _conflicts(decided: Sequence[Decided]) -> list[Conflict]:
    inside = {item.clause.id: item.clause for item in decided if item.decision is Decision.IN}
    found: list[Conflict] = []
    for clause in inside.values():
        for relation in clause.conflicts:
            if relation.id in inside and clause.id < relation.id:
                why = Reason(relation.reason.fr, relation.reason.nl, relation.reason.fr)
                found.append(
                    Conflict(
                        "conflict",
                        clause.id,
                        relation.id,
                        sentence("conflict", one=clause.id, other=relation.id, why=why),
                    )
                )
        for relation in clause.requires:
            if relation.id not in inside:
                why = Reason(relation.reason.fr, relation.reason.nl, relation.reason.fr)
                found.append(
                    Conflict(
                        "missing",
                        clause.id,
                        relation.id,
                        sentence("missing", one=clause.id, other=relation.id, why=why),
                    )
                )
    return found
