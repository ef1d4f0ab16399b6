"""The objectives of a profile: an indicator, what it is, what it shall be, by when."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.field_reading import Problems
from mpdi.action_plans.core.profile import AskedObjective, Period
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.clause_library.core.vocabulary import Category

_KEYS = ("category", "indicator", "baseline", "target", "by", "reason")
HIGHEST = {Unit.SHARE: Decimal(1), Unit.PERCENT: Decimal(100), Unit.MEAN: Decimal(1000), Unit.COUNT: Decimal(100_000)}
"""The most that the value of an indicator can be, by its unit; bounds of ours where there is no natural one."""


def read_objectives(
    value: Any, problems: Problems, canevas: Canevas, period: Period, day: datetime.date
) -> Iterator[AskedObjective]:
    """Yield the objectives that can be read; what is wrong with the others is kept in `problems`."""
    seen: set[str] = set()
    for number, item in enumerate(problems.items(value, "objectives")):
        objective = _objective(item, f"objectives[{number}]", problems, canevas, period, day)
        if objective is None:
            continue
        if objective.key in seen:
            problems.add(
                f"objectives[{number}]", "names a category and an indicator that stand above.", "Keep one of them."
            )
            continue
        seen.add(objective.key)
        yield objective


def _objective(
    item: Any, key: str, problems: Problems, canevas: Canevas, period: Period, day: datetime.date
) -> AskedObjective | None:
    given = problems.mapping(item, key, _KEYS, ("category", "indicator"))
    category = problems.word(given["category"], f"{key}.category", Category) if "category" in given else None
    indicator = given.get("indicator")
    if indicator is not None and (not isinstance(indicator, str) or indicator not in canevas.indicators):
        problems.add(
            f"{key}.indicator",
            f"“{str(indicator)[:40]}” is no indicator.",
            f"Choose one of: {', '.join(canevas.indicators)}.",
        )
        return None
    if category is None or not isinstance(indicator, str):
        return None
    unit = canevas.indicators[indicator].unit
    baseline, target = (_figure(given.get(each), f"{key}.{each}", unit, problems) for each in ("baseline", "target"))
    by = problems.day(given["by"], f"{key}.by") if given.get("by") is not None else None
    if by is not None:
        _check_day(by, f"{key}.by", problems, period, day)
    reason = problems.text(given["reason"], f"{key}.reason") if given.get("reason") is not None else ""
    return AskedObjective(category, indicator, baseline, target, by, reason)


def _figure(value: Any, key: str, unit: Unit, problems: Problems) -> Decimal | None:
    if value is None:
        return None
    number = problems.number(value, key)
    if number is None or number <= HIGHEST[unit]:
        return number
    if unit is Unit.SHARE:
        meant = (
            f"Write a share from 0 to 1: {number / 100} for {number} %."
            if number <= 100
            else "Write a share from 0 to 1."
        )
        problems.add(key, f"{number} is over 100 %.", meant)
    else:
        problems.add(key, f"{number} is more than {HIGHEST[unit]}.", "Correct the figure.")
    return None


def _check_day(by: datetime.date, key: str, problems: Problems, period: Period, day: datetime.date) -> None:
    if by < day:
        problems.add(key, f"{by} is past on {day}, the day of the draft.", "Give a day to come.")
    elif by < period.first:
        problems.add(key, f"{by} is before the period begins, on {period.first}.", "Give a day within the period.")
    elif by > period.last:
        problems.add(
            key, f"{by} is after the period ends, on {period.last}.", "Bring it forward, or extend the period."
        )
