"""What differs between two profiles of a plan, value by value: between two versions, or a version and the draft."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from mpdi.action_plans.core.profile import ActionChange, PlanProfile
from mpdi.action_plans.core.vocabulary import PlanStep

PlainValue = str | int | bool | Decimal | datetime.date | None
_PLACES = tuple(each.name for each in fields(ActionChange))


@dataclass(frozen=True)
class Place:
    """Where a value stands: its step, of what (a category, theme, objective, action, contract, means), which field."""

    step: PlanStep
    key: str
    field: str


@dataclass(frozen=True)
class ProfileDifference:
    """One value before and after; None where it was, or is, not stated."""

    place: Place
    before: PlainValue
    after: PlainValue


def profile_differences(before: PlanProfile, after: PlanProfile) -> tuple[ProfileDifference, ...]:
    """Return every value that differs, in the order of the steps; the day of the draft is none."""
    old, new = values_of(before), values_of(after)
    order = list(PlanStep)
    places = sorted(dict.fromkeys((*new, *old)), key=lambda each: order.index(each.step))
    return tuple(
        ProfileDifference(place, old.get(place), new.get(place)) for place in places if old.get(place) != new.get(place)
    )


def values_of(profile: PlanProfile) -> Mapping[Place, PlainValue]:
    """Return every value that a profile states."""
    found = (*_of_authority(profile), *_of_figures(profile), *_of_actions(profile), *_of_purchases(profile))
    return {place: value for place, value in found if value not in (None, "", False)}


_Found = Iterator[tuple[Place, PlainValue]]


def _of_authority(profile: PlanProfile) -> _Found:
    authority, period = profile.authority, profile.period
    values: dict[str, PlainValue] = {
        "name_fr": authority.name.fr,
        "name_nl": authority.name.nl,
        "type": str(authority.type),
        "register": authority.id,
        "first": period.first,
        "last": period.last,
        "language": profile.language,
        "canevas": profile.canevas,
    }
    for name, value in values.items():
        yield Place(PlanStep.AUTHORITY, "", name), value


def _of_figures(profile: PlanProfile) -> _Found:
    for spent in profile.spending:
        yield Place(PlanStep.BUYING, str(spent.category), "amount"), spent.amount
        yield Place(PlanStep.BUYING, str(spent.category), "contracts"), spent.contracts
    yield Place(PlanStep.BUYING, "", "spending_note"), profile.spending_note
    for theme, level in profile.self_assessment.items():
        yield Place(PlanStep.ASSESSMENT, str(theme), "level"), str(level)
    for each in profile.objectives:
        stated = {"baseline": each.baseline, "target": each.target, "by": each.by, "reason": each.reason}
        for name, value in stated.items():
            yield Place(PlanStep.OBJECTIVES, each.key, name), value
    for option in profile.options:
        yield Place(PlanStep.OPTIONS, str(option), "chosen"), True
    for key, amount in profile.resources.items():
        yield Place(PlanStep.RESOURCES, key, "figure"), amount


def _of_actions(profile: PlanProfile) -> _Found:
    for key, change in profile.actions.items():
        for name in _PLACES:
            value = getattr(change, name)
            yield Place(PlanStep.ACTIONS, key, name), str(value) if name == "state" and value else value
    for number, noted in enumerate(profile.noted, start=1):
        words = f"{noted.value} ({noted.day:%d/%m/%Y}; {noted.evidence})"
        yield Place(PlanStep.ACTIONS, noted.action, f"noted_{number}"), words


def _of_purchases(profile: PlanProfile) -> _Found:
    seen: dict[str, int] = {}
    for each in profile.purchases:
        seen[each.object] = seen.get(each.object, 0) + 1
        key = each.object if seen[each.object] == 1 else f"{each.object} ({seen[each.object]})"
        yield Place(PlanStep.PURCHASES, key, "category"), str(each.category)
        yield Place(PlanStep.PURCHASES, key, "publication"), each.publication
        yield Place(PlanStep.PURCHASES, key, "amount"), each.amount
