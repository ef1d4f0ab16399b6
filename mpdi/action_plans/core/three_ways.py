"""Two people changed one plan: both changes are kept where they touch different things; where not, it is said."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from mpdi.action_plans.core.profile import PlanProfile

Item = TypeVar("Item", bound=Hashable)
Value = TypeVar("Value")
_SINGLE = ("authority", "period", "language", "canevas", "progress_day", "spending_note")
_MAPPINGS = ("spending_labels", "self_assessment", "resources", "actions")


@dataclass(frozen=True)
class BothWays:
    """The profile with both changes. `conflicts`: what both changed differently (`authority`, `actions.lots.split`).

    Of a conflict the profile holds `mine`: nothing is to be stored of it before somebody has chosen.
    """

    profile: PlanProfile
    conflicts: tuple[str, ...]


def both_ways(base: PlanProfile, mine: PlanProfile, theirs: PlanProfile) -> BothWays:
    """Return what `mine` and `theirs`, both made from `base`, give together. The day of the draft is that of `mine`."""
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in _SINGLE:
        one = {name: getattr(base, name)}, {name: getattr(mine, name)}, {name: getattr(theirs, name)}
        values |= _by_key(*one, "", conflicts)
    for name in _MAPPINGS:
        three = [getattr(each, name) for each in (base, mine, theirs)]
        values[name] = _by_key(three[0], three[1], three[2], f"{name}.", conflicts)
    values["spending"] = _keyed(base.spending, mine.spending, theirs.spending, "spending", _category, conflicts)
    values["objectives"] = _keyed(base.objectives, mine.objectives, theirs.objectives, "objectives", _key, conflicts)
    for name in ("options", "purchases", "noted"):
        values[name] = _listed(getattr(base, name), getattr(mine, name), getattr(theirs, name), name, conflicts)
    return BothWays(replace(mine, **values), tuple(conflicts))


def _category(item: Any) -> str:
    return str(item.category)


def _key(item: Any) -> str:
    return str(item.key)


def _by_key(
    base: Mapping[Any, Value], mine: Mapping[Any, Value], theirs: Mapping[Any, Value], at: str, conflicts: list[str]
) -> dict[Any, Value]:
    """Take each key from whoever changed it; keys in the order of `theirs`, then those that `mine` added."""
    made: dict[Any, Value] = {}
    for key in dict.fromkeys((*theirs, *mine)):
        old, own, other = base.get(key), mine.get(key), theirs.get(key)
        if own not in (old, other) and other != old:
            conflicts.append(f"{at}{key}")
        taken = other if own == old else own
        if taken is not None or (key in mine and key in theirs):
            made[key] = taken  # type: ignore[assignment]
    return made


def _keyed(
    base: Sequence[Item],
    mine: Sequence[Item],
    theirs: Sequence[Item],
    name: str,
    key: Callable[[Item], str],
    conflicts: list[str],
) -> tuple[Item, ...]:
    some = [{key(item): item for item in each} for each in (base, mine, theirs)]
    return tuple(_by_key(some[0], some[1], some[2], f"{name}.", conflicts).values())


def _listed(
    base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item], name: str, conflicts: list[str]
) -> tuple[Item, ...]:
    """Take from `theirs` what `mine` took out, and add what it added; what both took out and differ on is a conflict."""
    if theirs == base or mine == theirs:
        return tuple(mine)
    removed, removed_there = set(base) - set(mine), set(base) - set(theirs)
    if removed & removed_there:
        conflicts.append(name)
        return tuple(mine)
    kept = [item for item in theirs if item not in removed]
    return (*kept, *(item for item in mine if item not in base and item not in kept))
