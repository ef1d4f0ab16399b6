"""The key `progress` of a profile: on which day progress is told, and what was noted by hand."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from mpdi.action_plans.core.field_reading import Problems
from mpdi.action_plans.core.profile import HandFigure, Period

_KEYS = ("day", "by_hand")
_FIGURE = ("action", "value", "day", "evidence")


def read_progress_day(value: Any, problems: Problems, period: Period) -> datetime.date | None:
    """Return the day of the progress report; `None` where none is given."""
    given = problems.mapping(value, "progress", _KEYS) if value is not None else {}
    if given.get("day") is None:
        return None
    day = problems.day(given["day"], "progress.day")
    if day is not None and day < period.first:
        problems.add(
            "progress.day",
            f"{day} is before the period begins, on {period.first}.",
            "Give a day of the period, or leave it.",
        )
    return day


def read_noted(value: Any, problems: Problems, actions: Collection[str]) -> Iterator[HandFigure]:
    """Yield what was noted by hand; what cannot be read is kept in `problems`. Without evidence nothing is taken."""
    if not isinstance(value, dict):
        return
    for number, item in enumerate(problems.items(value.get("by_hand"), "progress.by_hand")):
        key = f"progress.by_hand[{number}]"
        given = problems.mapping(item, key, _FIGURE, _FIGURE)
        if any(given.get(each) is None for each in _FIGURE):
            continue
        action, words = problems.text(given["action"], f"{key}.action"), str(given["value"])
        if action and action not in actions and not action.startswith("own."):
            problems.add(f"{key}.action", f"“{action[:40]}” is no action of the canevas.", "Correct the key.")
            continue
        shown, evidence = problems.text(words, f"{key}.value"), problems.text(given["evidence"], f"{key}.evidence")
        day = problems.day(given["day"], f"{key}.day")
        if action and shown and evidence and day is not None:
            yield HandFigure(action, shown, day, evidence)
