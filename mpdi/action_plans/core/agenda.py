"""The calendar of a plan: deadlines of actions and objectives, publications with what stands before them, the end."""

import datetime
from collections.abc import Iterator, Sequence

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.dates import months_after
from mpdi.action_plans.core.plan import CalendarEntry, PlanAction, PlanObjective
from mpdi.action_plans.core.profile import PlannedPurchase, PlanProfile
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.reasons import value_label
from mpdi.public_holidays import next_open_day

_OVER = (ActionState.DONE, ActionState.STOPPED)


def plan_calendar(
    profile: PlanProfile, canevas: Canevas, actions: Sequence[PlanAction], objectives: Sequence[PlanObjective]
) -> tuple[CalendarEntry, ...]:
    """Return every day of the plan in order; what is done or given up has none."""
    entries = [
        CalendarEntry(f"action-{each.key}", each.deadline, "action", each.what, each.owner)
        for each in actions
        if each.state not in _OVER
    ]
    entries += [_of_objective(each, canevas, each.by) for each in objectives if each.by is not None]
    for number, purchase in enumerate(profile.purchases, start=1):
        entries += _of_purchase(number, purchase, profile, canevas)
    board = canevas.functions["board"]
    entries.append(CalendarEntry("end", profile.period.last, "end", canevas.both("calendar_end"), board))
    return tuple(sorted(entries, key=lambda entry: (entry.day, entry.key)))


def _of_objective(objective: PlanObjective, canevas: Canevas, by: datetime.date) -> CalendarEntry:
    texts = (
        f"{objective.indicator.name[each]} ({value_label('category', objective.category, each)})"
        for each in ("fr", "nl")
    )
    owner = canevas.functions["coordinator"]
    return CalendarEntry(f"objective-{objective.key}", by, "objective", Bilingual(*texts), owner)


def _of_purchase(
    number: int, purchase: PlannedPurchase, profile: PlanProfile, canevas: Canevas
) -> Iterator[CalendarEntry]:
    for step in canevas.steps:
        usual = next_open_day(months_after(purchase.publication, -step.months))
        texts = (f"{step.what[each]}: {purchase.object}" for each in ("fr", "nl"))
        day, owner = max(usual, min(next_open_day(profile.day), purchase.publication)), canevas.functions[step.owner]
        yield CalendarEntry(
            f"purchase-{number}-{step.key}", day, "step", Bilingual(*texts), owner, is_late=usual < profile.day
        )
    words = canevas.both("calendar_publication", object=purchase.object)
    procurement = canevas.functions["procurement"]
    yield CalendarEntry(f"purchase-{number}", purchase.publication, "publication", words, procurement)
