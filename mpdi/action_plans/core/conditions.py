"""Conditions of a canevas over a profile, in three values: what the authority did not say is unknown.

`{option: [pilots]}`, `{category: [works]}`, `{authority_type: [local]}`, `{policy: {at_most: 1}}` (any theme of the
self-assessment), `{spending: {known: false}}`, `{purchases: {known: true}}`, `{all: […]}`, `{any: […]}`, `{not: …}`.
"""

from collections.abc import Mapping
from typing import Any

from mpdi.action_plans.core.canevas import Condition
from mpdi.action_plans.core.errors import CanevasError
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption
from mpdi.clause_library.core.vocabulary import AuthorityType, Category

_LISTS: Mapping[str, tuple[str, ...]] = {
    "option": tuple(PlanOption),
    "category": tuple(Category),
    "authority_type": tuple(AuthorityType),
}
_KNOWN = ("spending", "purchases")
_COMPARISONS = ("at_least", "at_most")


def check_condition(condition: Any, where: str) -> None:
    """Raise `CanevasError` where a condition is not in the language above."""
    if not isinstance(condition, Mapping) or len(condition) != 1:
        raise CanevasError(f"{where}: a condition has one key; join several with {{all: […]}}.")
    key, asked = next(iter(condition.items()))
    if key in ("all", "any") and isinstance(asked, list) and asked:
        for each in asked:
            check_condition(each, where)
    elif key == "not":
        check_condition(asked, where)
    elif not _is_leaf(key, asked):
        raise CanevasError(f"{where}: {{{key}: {asked}}} is not a condition of a canevas.")


def _is_leaf(key: str, asked: Any) -> bool:
    if key in _LISTS:
        return isinstance(asked, list) and bool(asked) and set(asked) <= set(_LISTS[key])
    if not isinstance(asked, Mapping):
        return False
    if key in _KNOWN:
        return isinstance(asked.get("known"), bool)
    return key in list(AssessedTheme) and bool(asked) and set(asked) <= set(_COMPARISONS)


def holds(condition: Condition | None, profile: PlanProfile) -> bool | None:
    """Whether a condition holds; None where the profile does not say."""
    if condition is None:
        return True
    key, asked = next(iter(condition.items()))
    if key in ("all", "any"):
        return _joined([holds(each, profile) for each in asked], decisive=key == "any")
    if key == "not":
        inner = holds(asked, profile)
        return None if inner is None else not inner
    if key in _KNOWN:
        is_known: bool = asked["known"]
        return bool(getattr(profile, key)) is is_known
    if key in _LISTS:
        return _listed(key, asked, profile)
    level = profile.self_assessment.get(AssessedTheme(key))
    if level is None:
        return None
    lowest: int = asked.get("at_least", level)
    highest: int = asked.get("at_most", level)
    return lowest <= level <= highest


def _joined(results: list[bool | None], *, decisive: bool) -> bool | None:
    if decisive in results:
        return decisive
    return None if None in results else not decisive


def _listed(key: str, asked: list[str], profile: PlanProfile) -> bool | None:
    if key == "option":
        return any(option in asked for option in profile.options)
    if key == "authority_type":
        return profile.authority.type in asked
    named = [each for each in profile.categories if each is not Category.GENERAL]
    return any(each in asked for each in named) if named else None
