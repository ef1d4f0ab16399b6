"""A workbook edited outside against the plan it came from: a list of differences, and the profile that takes them over."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.plan import OWN
from mpdi.action_plans.core.profile import ActionChange, AskedObjective, PlannedPurchase, PlanProfile
from mpdi.action_plans.core.tables import SHOWN_ONLY, KeyedRow, TableName, Value, purchase_key, said, table_rows
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.clause_library.core.vocabulary import Category


class DifferenceKind(StrEnum):
    """What happened to a row."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One difference: the table, the key of the row, the field (empty: the whole row), before and after."""

    table: TableName
    key: str
    kind: DifferenceKind
    field: str = ""
    before: Value = None
    after: Value = None

    def __str__(self) -> str:
        place = f"{self.table} · {self.key}"
        if self.kind is DifferenceKind.CHANGED:
            return f"{place} · {self.field}: {_shown(self.before)} → {_shown(self.after)}"
        return f"{place}: {self.kind}" + (f": {_shown(self.after)}" if self.after else "")

    def as_json(self) -> dict[str, str | None]:
        """Return it as data; an empty cell is null."""
        before, after = (None if each in (None, "") else str(each) for each in (self.before, self.after))
        return {
            "table": str(self.table),
            "key": self.key,
            "kind": str(self.kind),
            "field": self.field,
            "before": before,
            "after": after,
        }


def _shown(value: Value) -> str:
    return "(empty)" if value in (None, "") else f"“{value}”"


Tables = Mapping[TableName, Sequence[KeyedRow]]
"""What was found in a workbook; a row without key is new."""


def with_keys(found: Tables) -> dict[TableName, list[KeyedRow]]:
    """Give new rows their keys: the first free number of the authority's own actions, of purchases."""
    keyed: dict[TableName, list[KeyedRow]] = {}
    for table, rows in found.items():
        taken, made = {row.key for row in rows}, []
        for row in rows:
            key = row.key or _free_key(table, taken)
            taken.add(key)
            made.append(KeyedRow(key, row.values))
        keyed[table] = made
    return keyed


def _free_key(table: TableName, taken: set[str]) -> str:
    number = 1
    while (key := f"{OWN}.{number}" if table is TableName.ACTIONS else purchase_key(number)) in taken:
        number += 1
    return key


def differences(found: Tables, profile: PlanProfile, canevas: Canevas) -> tuple[Difference, ...]:
    """Return what differs between a workbook, its rows keyed, and the plan of the profile it holds."""
    expected = table_rows(profile, canevas)
    return tuple(each for table in TableName for each in _of_table(table, expected[table], found[table]))


def _of_table(table: TableName, expected: Sequence[KeyedRow], found: Sequence[KeyedRow]) -> Iterator[Difference]:
    known = {row.key: row for row in expected}
    for row in found:
        if row.key not in known:
            named = row.values.get("what") or row.values.get("object")
            yield Difference(table, row.key, DifferenceKind.ADDED, after=named)
            continue
        for field, before in known[row.key].values.items():
            after = row.values.get(field)
            if is_read_back(table, field) and _filled(before) != _filled(after):
                yield Difference(table, row.key, DifferenceKind.CHANGED, field, before, after)
    there = {row.key for row in found}
    for key in known:
        if key not in there:
            yield Difference(table, key, DifferenceKind.REMOVED)


def _filled(value: Value) -> Value:
    """An empty cell is nothing; a zero is something."""
    return None if value == "" else value


def is_read_back(table: TableName, field: str) -> bool:
    """Whether what is typed into a column counts."""
    return field not in SHOWN_ONLY and not (table is TableName.OBJECTIVES and field == "category")


def accepted(found: Tables, profile: PlanProfile, canevas: Canevas) -> PlanProfile:
    """Return the profile with every difference taken over; what did not change stays as the canevas has it."""
    changes = differences(found, profile, canevas)
    rows = {(table, row.key): row for table, some in found.items() for row in some}
    touched = {each.key for each in changes if each.table is TableName.ACTIONS}
    actions = dict(profile.actions)
    for difference in changes:
        if difference.table is TableName.ACTIONS:
            base = actions.get(difference.key, ActionChange())
            actions[difference.key] = _changed(
                base, difference, rows.get((TableName.ACTIONS, difference.key)), profile, canevas
            )
    kept = {key: change for key, change in actions.items() if key not in touched or change != ActionChange()}
    own_removed = {key for key, change in kept.items() if key.startswith(f"{OWN}.") and change.left_out}
    return replace(
        profile,
        actions={key: change for key, change in kept.items() if key not in own_removed},
        objectives=tuple(_objectives(found[TableName.OBJECTIVES], profile)),
        purchases=tuple(_purchases(found[TableName.PURCHASES])),
    )


_CHANGED_FIELDS = frozenset(field.name for field in fields(ActionChange)) - {"left_out"}


def _changed(
    base: ActionChange, difference: Difference, row: KeyedRow | None, profile: PlanProfile, canevas: Canevas
) -> ActionChange:
    if difference.kind is DifferenceKind.REMOVED:
        return replace(base, left_out=True)
    if difference.kind is DifferenceKind.CHANGED:
        changes = {difference.field: _value(difference.field, difference.after, profile, canevas)}
        return replace(base, **changes)
    values = {} if row is None else {key: value for key, value in row.values.items() if key in _CHANGED_FIELDS}
    return ActionChange(**{key: _value(key, value, profile, canevas) for key, value in values.items()})


def _value(field: str, value: Value, profile: PlanProfile, canevas: Canevas) -> Any:
    """Return the value as a profile holds it; an empty cell is as the canevas has it."""
    if value in (None, ""):
        return None
    if field == "state":
        return state_of(str(value), profile, canevas)
    return value if isinstance(value, datetime.date) else str(value)


def state_of(words: str, profile: PlanProfile, canevas: Canevas) -> ActionState | None:
    """Return the state that is said by these words in the language of the plan; None where none is."""
    for state, text in canevas.states.items():
        if said(text, profile) == words:
            return ActionState(state)
    return None


def _objectives(rows: Sequence[KeyedRow], profile: PlanProfile) -> Iterator[AskedObjective]:
    """The objectives of which something is set, and those that the profile named: these first, in their order."""
    named = [each.key for each in profile.objectives]
    places = {key: place for place, key in enumerate(named)}
    reasons = {each.key: each.reason for each in profile.objectives}
    for row in sorted(rows, key=lambda each: places.get(each.key, len(named))):
        category, _, indicator = row.key.partition(".")
        baseline, target, by = (row.values.get(each) for each in ("baseline", "target", "by"))
        objective = AskedObjective(
            Category(category),
            indicator,
            baseline if isinstance(baseline, Decimal) else None,
            target if isinstance(target, Decimal) else None,
            by if isinstance(by, datetime.date) else None,
            reasons.get(row.key, ""),
        )
        if row.key in named or objective != AskedObjective(Category(category), indicator):
            yield objective


def _purchases(rows: Sequence[KeyedRow]) -> Iterator[PlannedPurchase]:
    for row in rows:
        amount, day = row.values.get("amount"), row.values.get("publication")
        if isinstance(day, datetime.date):
            yield PlannedPurchase(
                Category(str(row.values["category"])),
                str(row.values["object"]),
                day,
                amount if isinstance(amount, Decimal) else None,
            )
