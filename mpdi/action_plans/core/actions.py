"""The actions of a plan: those of the canevas that apply, as the authority changed them, and its own; dated."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mpdi.action_plans.core.canevas import Canevas, CanevasAction
from mpdi.action_plans.core.conditions import holds
from mpdi.action_plans.core.dates import months_after, working_day_within
from mpdi.action_plans.core.plan import OWN, PlanAction
from mpdi.action_plans.core.profile import ActionChange, PlanProfile
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.clause_library.core.model import Bilingual
from mpdi.public_holidays import closed_day

_NO_CHANGE = ActionChange()
_NOTHING = Bilingual("", "")


def plan_actions(profile: PlanProfile, canevas: Canevas) -> tuple[PlanAction, ...]:
    """Return every action of the plan, numbered in the order of the elements, then options, then own ones.

    A usual deadline is months after the first day of the period, moved to a working day, never after the last day and
    never before that of an action it waits for. A deadline that the authority gave stays as it is.
    """
    kept = [action for action in canevas.actions if _applies(action, profile)]
    days: dict[str, datetime.date] = {}
    known = {action.key: action for action in kept}
    for action in kept:
        _deadline(action.key, known, profile, days, ())
    made = [_from_canevas(action, profile, canevas, days) for action in kept]
    made += _own(profile)
    numbered = [replace(action, number=number) for number, action in enumerate(made, start=1)]
    by_key = {action.key: action for action in numbered}
    return tuple(replace(action, notes=tuple(_notes(action, by_key, canevas))) for action in numbered)


def _applies(action: CanevasAction, profile: PlanProfile) -> bool:
    """Whether an action belongs into the plan; a condition that is unknown keeps it."""
    if profile.actions.get(action.key, _NO_CHANGE).left_out:
        return False
    if action.option is not None and action.option not in profile.options:
        return False
    return holds(action.when, profile) is not False


def _deadline(
    key: str,
    known: Mapping[str, CanevasAction],
    profile: PlanProfile,
    days: dict[str, datetime.date],
    above: tuple[str, ...],
) -> datetime.date | None:
    """Fill in the day of an action after those that it waits for; a circle in the canevas ends where it closes."""
    if key in days:
        return days[key]
    if key not in known or key in above:
        return None
    given = profile.actions.get(key, _NO_CHANGE).deadline
    waited = [_deadline(each, known, profile, days, (*above, key)) for each in known[key].after]
    first, last = profile.period.first, profile.period.last
    earliest = max([months_after(first, known[key].months), profile.day, *(day for day in waited if day is not None)])
    days[key] = given or working_day_within(earliest, first, last)
    return days[key]


def _from_canevas(
    action: CanevasAction, profile: PlanProfile, canevas: Canevas, days: Mapping[str, datetime.date]
) -> PlanAction:
    change = profile.actions.get(action.key, _NO_CHANGE)
    return PlanAction(
        key=action.key,
        number=0,
        element=action.element,
        what=_text(change.what, action.what),
        owner=_text(change.owner, canevas.functions[action.owner]),
        means=_text(change.means, action.means),
        measure=_text(change.measure, action.measure),
        deadline=days[action.key],
        is_usual=change.deadline is None,
        after=tuple(each for each in action.after if each in days),
        indicator=action.indicator,
        option=action.option,
        baseline=change.baseline or "",
        target=change.target or "",
        state=change.state or ActionState.PLANNED,
        comment=change.comment or "",
    )


def _own(profile: PlanProfile) -> Iterator[PlanAction]:
    for key, change in profile.actions.items():
        if not key.startswith(f"{OWN}.") or change.left_out:
            continue
        yield PlanAction(
            key=key,
            number=0,
            element=OWN,
            what=_text(change.what, _NOTHING),
            owner=_text(change.owner, _NOTHING),
            means=_text(change.means, _NOTHING),
            measure=_text(change.measure, _NOTHING),
            deadline=change.deadline or profile.period.last,
            is_usual=False,
            baseline=change.baseline or "",
            target=change.target or "",
            state=change.state or ActionState.PLANNED,
            comment=change.comment or "",
        )


def _text(changed: str | None, usual: Bilingual) -> Bilingual:
    return usual if changed is None else Bilingual(changed, changed)


def _notes(action: PlanAction, by_key: Mapping[str, PlanAction], canevas: Canevas) -> Iterator[Bilingual]:
    for key in action.after:
        if key in by_key and by_key[key].deadline > action.deadline:
            yield canevas.both("note_before", number=by_key[key].number)
    if not action.is_usual and closed_day(action.deadline, "fr"):
        yield Bilingual(
            canevas.word("note_closed", "fr", day=closed_day(action.deadline, "fr")),
            canevas.word("note_closed", "nl", day=closed_day(action.deadline, "nl")),
        )
