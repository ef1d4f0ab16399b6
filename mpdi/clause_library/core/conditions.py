"""Conditions over the facts of a purchase, in three values: true, false, unknown.

The language is described in `clauses/README.md`. What a buyer did not state is unknown, and what stays
unknown does not exclude a clause.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mpdi.clause_library.core.categories import may_fall_under
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.vocabulary import Ambition, Category, PurchaseOption
from mpdi.exceptions import MpdiError

FactValue = str | bool | int | Decimal | Sequence[str] | None

CLOSED_FACTS: Mapping[str, tuple[str | bool, ...]] = {
    "nature": ("works", "supplies", "services", "concession"),
    "procedure": (
        "open",
        "restricted",
        "competitive_negotiation",
        "negotiated_with_publication",
        "negotiated_without_publication",
        "competitive_dialogue",
        "innovation_partnership",
        "low_value",
    ),
    "authority_type": ("local", "regional", "federal", "other"),
    "value_against_eu_threshold": ("below", "at_or_above"),
    "low_value": (True, False),
    "light_regime": (True, False),
    "fraud_sensitive": (True, False),
    "labour_intensive": (True, False),
    "has_lots": (True, False),
    "has_reserved_lot": (True, False),
    "reservation_form": ("access", "sheltered_programme"),
    "framework": (True, False),
    "hire": (True, False),
    "welfare_centre": (True, False),
    "subsidised_by_region": (True, False),
    "dnsh_recorded": (True, False),
}
"""Facts with a closed list of values: only these may stand in `when`."""

LISTED_FACTS: Mapping[str, tuple[str | bool, ...]] = {
    **CLOSED_FACTS,
    "category": tuple(Category),
    "options": tuple(PurchaseOption),
    "ambition": tuple(Ambition),
    "cost_annex": ("none", "beside", "sole"),
}
"""Every fact whose values are listed; those not in `CLOSED_FACTS` are too many, or too many at once, for `when`."""
OPEN_FACTS = ("category", "cpv", "options", "ambition", "clauses", "cost_annex", "said", "said_without")
NUMBER_FACTS = (
    "estimated_value",
    "duration_months",
    "lots",
    "payment_days",
    "deposit_percent",
    "turnover_factor",
    "price_weight",
    "advance_percent",
)
FACTS = (*CLOSED_FACTS, *OPEN_FACTS, *NUMBER_FACTS)
_COMPARISONS = ("at_least", "at_most", "above", "below")


class ConditionError(MpdiError):
    """A condition is not written in the language of `clauses/README.md`."""


@dataclass(frozen=True)
class Leaf:
    """One comparison of a condition: the fact, what was asked of it, what it is, and whether it held."""

    fact: str
    asked: Any
    actual: FactValue
    holds: bool | None
    is_negated: bool = False
    """Whether it stands under a `not`: then it is asked *not* to hold."""


@dataclass(frozen=True)
class Outcome:
    """Whether a condition holds (None = unknown) and the comparisons that decided it."""

    holds: bool | None
    leaves: tuple[Leaf, ...]


def check_condition(condition: Any, numbers: LawNumbers) -> None:
    """Raise `ConditionError` where a condition names an unknown fact, value, comparison or number of law."""
    for fact, asked in _all_leaves(condition):
        if fact not in FACTS:
            raise ConditionError(f"“{fact}” is not a fact. Facts: {', '.join(FACTS)}.")
        if fact in LISTED_FACTS and not isinstance(asked, Mapping):
            values = asked if isinstance(asked, list) else [asked]
            for value in values:
                if value not in LISTED_FACTS[fact]:
                    raise ConditionError(
                        f"“{value}” is not a value of “{fact}”. Values: {', '.join(map(str, LISTED_FACTS[fact]))}."
                    )
        if isinstance(asked, Mapping):
            _check_comparison(fact, asked, numbers)
        elif fact in NUMBER_FACTS:
            raise ConditionError(f"“{fact}” is a number: compare it with {', '.join(_COMPARISONS)}.")


def _check_comparison(fact: str, asked: Mapping[str, Any], numbers: LawNumbers) -> None:
    if not asked:
        raise ConditionError(f"“{fact}” is compared with nothing: write {{at_least: …}} or another comparison.")
    for operator, bound in asked.items():
        if operator == "known" and isinstance(bound, bool):
            continue
        if operator in _COMPARISONS and fact not in NUMBER_FACTS:
            raise ConditionError(
                f"“{fact}” is not a number: it has no “{operator}”. Name its values, or {{known: true}}."
            )
        if operator not in _COMPARISONS:
            raise ConditionError(
                f"“{operator}” is not a comparison of “{fact}”. Comparisons: {', '.join(_COMPARISONS)}, known."
            )
        if isinstance(bound, Mapping):
            if set(bound) != {"number"}:
                raise ConditionError(f"“{fact}”: a bound is a number or {{number: KEY}}.")
            numbers.number(bound["number"])
        elif isinstance(bound, bool) or not isinstance(bound, int | Decimal):
            raise ConditionError(f"“{fact}”: “{bound}” is not a number.")


def _all_leaves(condition: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(condition, Mapping):
        raise ConditionError(
            f"“{condition}” is not a condition: write {{fact: value}}, {{all: […]}}, {{any: […]}} or {{not: …}}."
        )
    if not condition:
        return
    if len(condition) != 1:
        raise ConditionError(
            f"one key a condition, not {len(condition)} ({', '.join(condition)}): join them with {{all: […]}}."
        )
    key, value = next(iter(condition.items()))
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ConditionError(f"“{key}” holds a list of conditions.")
        for item in value:
            yield from _all_leaves(item)
    elif key == "not":
        yield from _all_leaves(value)
    else:
        yield key, value


class Evaluator:
    """Evaluates conditions for one purchase on one day."""

    def __init__(self, facts: Mapping[str, FactValue], numbers: LawNumbers, day: datetime.date) -> None:
        self.facts = facts
        self._numbers = numbers
        self._day = day

    def outcome(self, condition: Mapping[str, Any]) -> Outcome:
        """Evaluate a condition that `check_condition` accepts."""
        if not condition:
            return Outcome(True, ())
        key, value = next(iter(condition.items()))
        match key:
            case "all":
                return self._all(value)
            case "any":
                return self._any(value)
            case "not":
                inner = self.outcome(value)
                leaves = tuple(replace(leaf, is_negated=not leaf.is_negated) for leaf in inner.leaves)
                return Outcome(None if inner.holds is None else not inner.holds, leaves)
        leaf = self._leaf(key, value)
        return Outcome(leaf.holds, (leaf,))

    def holds(self, condition: Mapping[str, Any]) -> bool | None:
        """Whether a condition holds; None when that is unknown."""
        return self.outcome(condition).holds

    def widened(self) -> "Evaluator | None":
        """The evaluator that also holds the codes that the buyer's words name; None where they name none."""
        stated, named = self.facts.get("cpv"), self.facts.get("named_cpv")
        if not stated or not named:
            return None
        codes = (*stated, *named)  # type: ignore[misc]
        return Evaluator({**self.facts, "cpv": codes}, self._numbers, self._day)

    def _all(self, conditions: Sequence[Mapping[str, Any]]) -> Outcome:
        outcomes = [self.outcome(condition) for condition in conditions]
        return _decided_by(outcomes, decisive=False)

    def _any(self, conditions: Sequence[Mapping[str, Any]]) -> Outcome:
        outcomes = [self.outcome(condition) for condition in conditions]
        return _decided_by(outcomes, decisive=True)

    def _leaf(self, fact: str, asked: Any) -> Leaf:
        actual = self.facts.get(fact)
        if isinstance(asked, Mapping):
            bounds = {operator: self._bound(bound) for operator, bound in asked.items()}
            return Leaf(fact, bounds, actual, _compare(actual, bounds))
        wanted = asked if isinstance(asked, list) else [asked]
        if actual is None:
            return Leaf(fact, asked, None, self._of_unknown(fact, wanted))
        return Leaf(fact, asked, actual, _matches(fact, actual, wanted))

    def _of_unknown(self, fact: str, wanted: Sequence[Any]) -> bool | None:
        """A code not stated is still ruled out where the category given leaves no room for it."""
        possible = self.facts.get("possible_cpv")
        if fact != "cpv" or not possible:
            return None
        prefixes = [str(prefix) for prefix in possible]  # type: ignore[union-attr]
        return None if may_fall_under(prefixes, [str(prefix) for prefix in wanted]) else False

    def _bound(self, bound: Any) -> Any:
        if isinstance(bound, Mapping):
            return self._numbers.value(bound["number"], self._day)
        return bound if isinstance(bound, bool) else Decimal(bound)


def _decided_by(outcomes: Sequence[Outcome], *, decisive: bool) -> Outcome:
    deciding = [outcome for outcome in outcomes if outcome.holds is decisive]
    if deciding:
        return Outcome(decisive, deciding[0].leaves)
    unknown = [outcome for outcome in outcomes if outcome.holds is None]
    leaves = tuple(leaf for outcome in (unknown or outcomes) for leaf in outcome.leaves)
    return Outcome(None if unknown else not decisive, leaves)


def _matches(fact: str, actual: FactValue, wanted: Sequence[Any]) -> bool:
    held = [actual] if isinstance(actual, str | bool | int | Decimal) else list(actual or ())
    if fact == "cpv":
        return any(str(code).startswith(str(prefix)) for code in held for prefix in wanted)
    return any(value in wanted for value in held)


def _compare(actual: FactValue, bounds: Mapping[str, Any]) -> bool | None:
    if "known" in bounds:
        return (actual is not None) is bounds["known"]
    if actual is None:
        return None
    number = Decimal(str(actual))
    tests = {
        "at_least": lambda bound: number >= bound,
        "at_most": lambda bound: number <= bound,
        "above": lambda bound: number > bound,
        "below": lambda bound: number < bound,
    }
    return all(tests[operator](bound) for operator, bound in bounds.items())
