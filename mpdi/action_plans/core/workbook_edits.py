"""Differences of an edited workbook held against the plan as it stands now: each may be accepted, or left.

The workbook came from the plan as it was when it was downloaded; somebody may have changed the plan since.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.differences import Difference, DifferenceKind, accepted, with_keys
from mpdi.action_plans.core.errors import PlanWorkbookError
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.tables import FIELDS, KeyedRow, TableName, Value, purchase_key, table_rows
from mpdi.clause_library.core.said import said


class EditState(StrEnum):
    """How a difference stands to the plan as it is now."""

    FINE = "fine"
    ALREADY = "already"
    """The plan holds it already."""
    CHANGED_SINCE = "changed_since"
    """The plan holds something else than when the workbook was downloaded."""
    GONE = "gone"
    """What it changes is not in the plan any more."""


@dataclass(frozen=True)
class Edit:
    """A difference, and of a new row all its values."""

    difference: Difference
    row: Mapping[str, Value]


@dataclass(frozen=True)
class WeighedEdit:
    """An edit, how it stands to the plan now, and what the plan holds in its place."""

    edit: Edit
    state: EditState
    now: Value = None

    @property
    def is_proposed(self) -> bool:
        """Whether it is ticked to begin with: nobody else touched the same place."""
        return self.state is EditState.FINE


def edits_of(found: Sequence[Difference], rows: Mapping[TableName, Sequence[KeyedRow]]) -> tuple[Edit, ...]:
    """Return the differences of a workbook with the rows that are new."""
    by_key = {(table, row.key): row.values for table, some in rows.items() for row in some}
    return tuple(
        Edit(each, dict(by_key.get((each.table, each.key), {})) if each.kind is DifferenceKind.ADDED else {})
        for each in found
    )


def rekeyed(edits: Sequence[Edit], base: PlanProfile, now: PlanProfile) -> tuple[Edit, ...]:
    """Return edits of contracts under the numbers that these have now: a contract is known by all that it says."""
    places: dict[str, str] = {}
    taken: set[int] = set()
    for number, each in enumerate(base.purchases, start=1):
        same = (place for place, other in enumerate(now.purchases, start=1) if other == each and place not in taken)
        place = next(same, None)
        if place is not None:
            taken.add(place)
        places[purchase_key(number)] = "" if place is None else purchase_key(place)
    return tuple(_with_key(each, places) for each in edits)


def _with_key(edit: Edit, places: Mapping[str, str]) -> Edit:
    difference = edit.difference
    if difference.table is not TableName.PURCHASES or difference.kind is DifferenceKind.ADDED:
        return edit
    return replace(edit, difference=replace(difference, key=places.get(difference.key, "")))


def weigh(edits: Sequence[Edit], now: PlanProfile, canevas: Canevas) -> tuple[WeighedEdit, ...]:
    """Hold edits against the plan as it is now, in the language of the workbook."""
    rows = {(table, row.key): row.values for table, some in table_rows(now, canevas).items() for row in some}
    return tuple(_weighed(each, rows) for each in edits)


def _weighed(edit: Edit, rows: Mapping[tuple[TableName, str], Mapping[str, Value]]) -> WeighedEdit:
    difference = edit.difference
    there = rows.get((difference.table, difference.key))
    match difference.kind:
        case DifferenceKind.REMOVED:
            return WeighedEdit(edit, EditState.FINE if there is not None else EditState.ALREADY)
        case DifferenceKind.ADDED:
            is_known = there is not None and difference.table is TableName.OBJECTIVES
            return WeighedEdit(edit, EditState.CHANGED_SINCE if is_known else EditState.FINE)
    if there is None:
        return WeighedEdit(edit, EditState.GONE)
    now = there.get(difference.field)
    if (now or None) == (difference.after or None):
        return WeighedEdit(edit, EditState.ALREADY, now)
    is_same = (now or None) == (difference.before or None)
    return WeighedEdit(edit, EditState.FINE if is_same else EditState.CHANGED_SINCE, now)


def take_over(edits: Sequence[Edit], now: PlanProfile, canevas: Canevas) -> PlanProfile:
    """Return the plan as it is now with these edits; what they do not touch stays as it is."""
    tables: dict[TableName, list[KeyedRow]] = {table: list(some) for table, some in table_rows(now, canevas).items()}
    for edit in edits:
        tables[edit.difference.table] = list(_edited(tables[edit.difference.table], edit))
    return accepted(with_keys(tables), now, canevas)


def _edited(rows: Sequence[KeyedRow], edit: Edit) -> Iterator[KeyedRow]:
    difference = edit.difference
    for row in rows:
        if row.key != difference.key or difference.kind is DifferenceKind.ADDED:
            yield row
        elif difference.kind is DifferenceKind.CHANGED:
            yield KeyedRow(row.key, {**row.values, difference.field: difference.after})
    if difference.kind is DifferenceKind.ADDED:
        is_new = difference.table is not TableName.OBJECTIVES
        yield KeyedRow("" if is_new else difference.key, edit.row)


def edits_text(edits: Sequence[Edit]) -> str:
    """Return edits as JSON, to be carried by a form."""
    return json.dumps([_data(each) for each in edits], ensure_ascii=False, separators=(",", ":"))


def _data(edit: Edit) -> list[Any]:
    each = edit.difference
    row = {key: _plain(value) for key, value in edit.row.items()}
    return [str(each.table), each.key, str(each.kind), each.field, _plain(each.before), _plain(each.after), row]


def _plain(value: Value) -> str | None:
    if isinstance(value, datetime.date):
        return f"d{value.isoformat()}"
    if isinstance(value, Decimal):
        return f"n{value:f}"
    return None if value is None else f"t{value}"


def edits_from(text: str) -> tuple[Edit, ...]:
    """Read what `edits_text` wrote; `PlanWorkbookError` where a form was sent that no page made."""
    try:
        return tuple(_edit(each) for each in json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
        raise PlanWorkbookError([said("The list of differences was cut: send the workbook again.")]) from error


def _edit(data: Sequence[Any]) -> Edit:
    table, key, kind, field, before, after, row = data
    name = TableName(table)
    fields = FIELDS[name]
    if not isinstance(key, str) or (field and field not in fields) or set(row) - set(fields):
        raise ValueError(key)
    difference = Difference(name, key, DifferenceKind(kind), field, _value(before), _value(after))
    return Edit(difference, {each: _value(value) for each, value in row.items()})


def _value(text: str | None) -> Value:
    if text is None:
        return None
    kind, rest = text[:1], text[1:]
    if kind == "d":
        return datetime.date.fromisoformat(rest)
    return Decimal(rest) if kind == "n" else rest
