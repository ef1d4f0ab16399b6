"""What changes for a plan that moves to a newer version of the canevas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mpdi.action_plans.core.canevas import Canevas


class ChangeKind(StrEnum):
    """What happened to a part of the canevas."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class CanevasChange:
    """One change: of what kind of part (`element`, `action`, …), its key, what happened."""

    part: str
    key: str
    kind: ChangeKind

    def __str__(self) -> str:
        return f"{self.part} {self.key}: {self.kind}"


def canevas_changes(old: Canevas, new: Canevas) -> tuple[CanevasChange, ...]:
    """Return what differs between two versions, part by part, in the order of the newer one, then what is gone."""
    before, after = _parts(old), _parts(new)
    return tuple(change for part in after for change in _changes(part, before[part], after[part]))


def _changes(part: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[CanevasChange]:
    for key, value in after.items():
        if key not in before:
            yield CanevasChange(part, key, ChangeKind.ADDED)
        elif before[key] != value:
            yield CanevasChange(part, key, ChangeKind.CHANGED)
    for key in before:
        if key not in after:
            yield CanevasChange(part, key, ChangeKind.REMOVED)


def _parts(canevas: Canevas) -> dict[str, Mapping[str, object]]:
    return {
        "element": {
            each.key: (each.title, each.lines, each.purpose, each.why, each.adapts) for each in canevas.elements
        },
        "action": {each.key: each for each in canevas.actions},
        "option": {str(key): (each.title, each.purpose, each.suits) for key, each in canevas.options.items()},
        "category": {str(key): each for key, each in canevas.categories.items()},
        "indicator": dict(canevas.indicators),
        "theme": {str(each.key): each for each in canevas.themes},
        "obligation": {each.key: each for each in canevas.obligations},
        "risk": {each.key: each for each in canevas.risks},
        "resource": {each.key: each for each in canevas.resources},
        "step": {each.key: each for each in canevas.steps},
        "function": dict(canevas.functions),
    }
