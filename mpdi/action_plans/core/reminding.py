"""Which actions a reminder names: those late, and those due in the next thirty days."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from mpdi.action_plans.core.plan import PlanAction
from mpdi.action_plans.core.vocabulary import ActionState

AHEAD = datetime.timedelta(days=30)
"""How far a reminder looks ahead, and how far two reminders are apart at least; the project's choice."""
_OVER = (ActionState.DONE, ActionState.STOPPED)


@dataclass(frozen=True)
class DueActions:
    """The actions that a reminder names, each group by its days."""

    late: tuple[PlanAction, ...]
    coming: tuple[PlanAction, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to be reminded of."""
        return bool(self.late or self.coming)


def due_actions(actions: Iterable[PlanAction], day: datetime.date) -> DueActions:
    """Return what is late on a day, and what is due on it or within `AHEAD`; neither done nor stopped."""
    open_ = sorted((each for each in actions if each.state not in _OVER), key=lambda each: (each.deadline, each.number))
    return DueActions(
        tuple(each for each in open_ if each.deadline < day),
        tuple(each for each in open_ if day <= each.deadline <= day + AHEAD),
    )
