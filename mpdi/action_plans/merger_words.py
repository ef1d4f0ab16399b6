"""The parts of two plans in the words of the page on which they are merged."""

import datetime
from dataclasses import fields
from decimal import Decimal

from flask_babel import gettext as _

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.merging import Part
from mpdi.action_plans.core.profile import ActionChange, AskedObjective, Period, PlannedPurchase, Spending
from mpdi.action_plans.core.profile_differences import Place, PlainValue
from mpdi.action_plans.core.vocabulary import PlanOption, PlanStep
from mpdi.action_plans.difference_words import about, category_words, field_label, value_words
from mpdi.specifications.typed_values import write_date

Stated = tuple[tuple[str, object], ...]
"""Fields with what they hold."""


def part_label(part: Part, canevas: Canevas) -> str:
    """Return what a part is about."""
    key = part.key.partition(".")[2]
    if part.step is PlanStep.AUTHORITY:
        return str(_("Period"))
    if part.step in (PlanStep.OPTIONS, PlanStep.PURCHASES):
        found = part.first if part.first is not None else part.second
        return found.object if isinstance(found, PlannedPurchase) else about(part.step, str(found), canevas)
    return about(part.step, key, canevas)


def side_words(value: object, canevas: Canevas) -> str:
    """Return in words what one plan says of a part; a dash where it says nothing."""
    match value:
        case None:
            return "–"
        case Period():
            return f"{write_date(value.first)} – {write_date(value.last)}"
        case Spending():
            return _of_spending(value, canevas)
        case AskedObjective():
            stated: Stated = (
                ("baseline", value.baseline),
                ("target", value.target),
                ("by", value.by),
                ("reason", value.reason),
            )
            return _listed(PlanStep.OBJECTIVES, value.key, stated, canevas)
        case PlannedPurchase():
            return f"{category_words(str(value.category))}, {write_date(value.publication)}"
        case PlanOption():
            return str(_("chosen"))
        case ActionChange():
            changed: Stated = tuple((each.name, getattr(value, each.name)) for each in fields(ActionChange))
            return _listed(PlanStep.ACTIONS, "", changed, canevas)
        case Decimal():
            return value_words(Place(PlanStep.RESOURCES, "", "figure"), value, canevas)
    return str(value)


def _of_spending(spent: Spending, canevas: Canevas) -> str:
    amount = value_words(Place(PlanStep.BUYING, "", "amount"), spent.amount, canevas)
    return (
        amount
        if spent.contracts is None
        else _("%(amount)s, %(count)s contracts", amount=amount, count=spent.contracts)
    )


def _listed(step: PlanStep, key: str, named: Stated, canevas: Canevas) -> str:
    found = []
    for field, value in named:
        if value in (None, "", False):
            continue
        plain: PlainValue = value if isinstance(value, bool | Decimal | datetime.date) else str(value)
        found.append(f"{field_label(field)}: {value_words(Place(step, key, field), plain, canevas)}")
    return "; ".join(found) or "–"
