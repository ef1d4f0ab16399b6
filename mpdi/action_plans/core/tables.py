"""The tables of a plan that are read back: rows under stable keys, the same for who writes the workbook and who reads it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.plan import OWN, PlanAction
from mpdi.action_plans.core.profile import AskedObjective, PlanProfile
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.vocabulary import LANGUAGES, Category

Value = str | datetime.date | Decimal | None


class TableName(StrEnum):
    """The tables that are read back."""

    ACTIONS = "actions"
    OBJECTIVES = "objectives"
    PURCHASES = "purchases"


FIELDS: Mapping[TableName, tuple[str, ...]] = {
    TableName.ACTIONS: (
        "key", "element", "what", "owner", "deadline", "means", "measure", "baseline", "target", "state", "comment",
    ),
    TableName.OBJECTIVES: ("key", "category", "objective", "baseline", "target", "by"),
    TableName.PURCHASES: ("key", "category", "object", "publication", "amount"),
}  # fmt: skip
"""The columns of each table, in order; the first says which row it is."""
SHOWN_ONLY = frozenset({"key", "element", "objective"})
"""Columns that are not read back; nor is the category of an objective, which its key holds."""
_BESIDE = " / "


@dataclass(frozen=True)
class KeyedRow:
    """A row under its key; `values` by field."""

    key: str
    values: Mapping[str, Value]


def said(text: Bilingual, profile: PlanProfile) -> str:
    """Return a text in the language of the plan; in both, French then Dutch, what is the same once."""
    languages = LANGUAGES if profile.language == "fr+nl" else (profile.language,)
    return _BESIDE.join(dict.fromkeys(text[each] for each in languages))


def table_rows(profile: PlanProfile, canevas: Canevas) -> dict[TableName, tuple[KeyedRow, ...]]:
    """Return every table of the plan of a profile."""
    return {
        TableName.ACTIONS: tuple(_action(each, profile, canevas) for each in plan_actions(profile, canevas)),
        TableName.OBJECTIVES: tuple(_objectives(profile, canevas)),
        TableName.PURCHASES: tuple(
            KeyedRow(
                purchase_key(number),
                {
                    "category": str(each.category),
                    "object": each.object,
                    "publication": each.publication,
                    "amount": each.amount,
                },
            )
            for number, each in enumerate(profile.purchases, start=1)
        ),
    }


def purchase_key(number: int) -> str:
    """Return the key of the purchase of that number in the profile, from 1."""
    return f"purchase.{number}"


def _action(action: PlanAction, profile: PlanProfile, canevas: Canevas) -> KeyedRow:
    titles = {element.key: element.title for element in canevas.elements} | {OWN: canevas.words["own_actions"]}
    return KeyedRow(
        action.key,
        {
            "element": said(titles[action.element], profile),
            "what": said(action.what, profile),
            "owner": said(action.owner, profile),
            "deadline": action.deadline,
            "means": said(action.means, profile),
            "measure": said(action.measure, profile),
            "baseline": action.baseline,
            "target": action.target,
            "state": said(canevas.states[action.state], profile),
            "comment": action.comment,
        },
    )


def _objectives(profile: PlanProfile, canevas: Canevas) -> Sequence[KeyedRow]:
    asked = {each.key: each for each in profile.objectives}
    base = [
        AskedObjective(category, indicator)
        for category in profile.categories
        for indicator in canevas.categories[category].indicators
    ]
    wanted = {each.key: each for each in base} | asked
    order = list(Category)
    ordered = sorted(wanted.values(), key=lambda each: order.index(each.category))
    return [_objective(each, profile, canevas) for each in ordered]


def _objective(objective: AskedObjective, profile: PlanProfile, canevas: Canevas) -> KeyedRow:
    category = Bilingual(*(value_label("category", str(objective.category), each) for each in LANGUAGES))
    return KeyedRow(
        objective.key,
        {
            "category": said(category, profile),
            "objective": said(canevas.indicators[objective.indicator].name, profile),
            "baseline": objective.baseline,
            "target": objective.target,
            "by": objective.by,
        },
    )
