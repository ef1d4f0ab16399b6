"""`PROFILE.yaml` read with care: every fault names its key, what is wrong and how to mend it."""

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.field_reading import Problems
from mpdi.action_plans.core.label_reading import read_labels
from mpdi.action_plans.core.objective_reading import read_objectives
from mpdi.action_plans.core.profile import (
    PLAN_LANGUAGES,
    ActionChange,
    Authority,
    Period,
    PlanLanguage,
    PlannedPurchase,
    PlanProfile,
    Spending,
)
from mpdi.action_plans.core.progress_reading import read_noted, read_progress_day
from mpdi.action_plans.core.vocabulary import HIGHEST_LEVEL, ActionState, AssessedTheme, PlanOption
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType, Category

PROFILE_KEYS = (
    "authority", "period", "language", "date", "canevas", "spending", "spending_note", "spending_labels",
    "self_assessment", "objectives", "plan_options", "purchases", "resources", "actions", "progress",
)  # fmt: skip
_CHANGED_TEXTS = ("what", "owner", "means", "measure", "baseline", "target", "comment")
_CHANGES = (*_CHANGED_TEXTS, "deadline", "state", "left_out")
_MOST_CONTRACTS = 1_000_000
_LONGEST_PERIOD_DAYS = 3_700
"""A plan is revised every two years; more than ten is a slip. A bound of ours."""
OWN_ACTION = re.compile(r"own\.[a-z0-9_]{1,40}")
"""The key of an action that is the authority's own."""


def read_profile(data: Any, canevas: Canevas, today: datetime.date) -> PlanProfile:
    """Return the profile of the data of a `PROFILE.yaml`; `ProfileError` with every fault found."""
    problems = Problems()
    top = problems.mapping(data, "", PROFILE_KEYS, ("authority", "period"))
    if not top:
        raise ProfileError(problems.found or ["The profile is empty. Begin with authority and period."])
    day = problems.day(top["date"], "date") if top.get("date") is not None else today
    period = _period(top.get("period"), problems, day or today)
    profile = PlanProfile(
        authority=_authority(top.get("authority"), problems),
        period=period,
        day=day or today,
        language=_language(top.get("language"), problems),
        canevas=canevas.version,
        spending=tuple(_spending(top.get("spending"), problems)),
        spending_note=problems.text(top["spending_note"], "spending_note") if top.get("spending_note") else "",
        spending_labels=read_labels(top.get("spending_labels"), problems),
        self_assessment=_levels(top.get("self_assessment"), problems),
        objectives=tuple(read_objectives(top.get("objectives"), problems, canevas, period, day or today)),
        options=tuple(_options(top.get("plan_options"), problems)),
        purchases=tuple(_purchases(top.get("purchases"), problems, day or today)),
        resources=_resources(top.get("resources"), problems, canevas),
        actions=_changes(top.get("actions"), problems, canevas, day or today),
        progress_day=read_progress_day(top.get("progress"), problems, period),
        noted=tuple(read_noted(top.get("progress"), problems, canevas.action_keys)),
    )
    if problems.found:
        raise ProfileError(problems.found)
    return profile


def _authority(value: Any, problems: Problems) -> Authority:
    given = problems.mapping(value, "authority", ("name", "type", "id"), ("name", "type")) if value is not None else {}
    name = given.get("name")
    if isinstance(name, Mapping):
        both = problems.mapping(name, "authority.name", ("fr", "nl"), ("fr", "nl"))
        words = Bilingual(
            *(problems.text(both[each], f"authority.name.{each}") if each in both else "" for each in ("fr", "nl"))
        )
    else:
        text = problems.text(name, "authority.name") if name is not None else ""
        words = Bilingual(text, text)
    kind = problems.word(given["type"], "authority.type", AuthorityType) if given.get("type") is not None else None
    identifier = problems.text(given["id"], "authority.id") if given.get("id") is not None else ""
    return Authority(words, kind or AuthorityType.OTHER, identifier)


def _period(value: Any, problems: Problems, day: datetime.date) -> Period:
    given = problems.mapping(value, "period", ("from", "to"), ("from", "to")) if value is not None else {}
    first = problems.day(given["from"], "period.from") if given.get("from") is not None else None
    last = problems.day(given["to"], "period.to") if given.get("to") is not None else None
    if first is None or last is None:
        return Period(day, day)
    if last <= first:
        problems.add("period", f"ends on {last}, before it begins on {first}.", "Swap “from” and “to”.")
    elif last <= day:
        problems.add("period.to", f"{last} is past on {day}, the day of the draft.", "Give the period to come.")
    elif abs((first - day).days) > _LONGEST_PERIOD_DAYS:
        problems.add("period.from", f"{first} is more than ten years from the day of the draft, {day}.", "Correct it.")
    elif (last - first).days > _LONGEST_PERIOD_DAYS:
        problems.add("period", "is longer than ten years.", "Shorten it: a plan is revised every two years.")
    return Period(first, last)


def _language(value: Any, problems: Problems) -> PlanLanguage:
    if value is None:
        return "fr"
    for each in PLAN_LANGUAGES:
        if value == each:
            return each
    problems.add("language", f"“{str(value)[:40]}” is no language of a plan.", "Choose fr, nl or fr+nl.")
    return "fr"


def _spending(value: Any, problems: Problems) -> Iterator[Spending]:
    seen: set[Category] = set()
    for number, item in enumerate(problems.items(value, "spending")):
        key = f"spending[{number}]"
        given = problems.mapping(item, key, ("category", "amount", "contracts"), ("category", "amount"))
        category = problems.word(given["category"], f"{key}.category", Category) if "category" in given else None
        amount = problems.amount(given["amount"], f"{key}.amount") if given.get("amount") is not None else None
        count = given.get("contracts")
        contracts = None if count is None else problems.whole(count, f"{key}.contracts", _MOST_CONTRACTS)
        if category is not None and category in seen:
            problems.add(f"{key}.category", f"“{category}” stands twice.", "Add both up on one line.")
        elif category is not None and amount is not None:
            seen.add(category)
            yield Spending(category, amount, contracts)


def _levels(value: Any, problems: Problems) -> dict[AssessedTheme, int]:
    given = problems.mapping(value, "self_assessment", tuple(AssessedTheme)) if value is not None else {}
    levels = {}
    for theme in AssessedTheme:
        if given.get(theme) is not None:
            level = problems.whole(given[theme], f"self_assessment.{theme}", HIGHEST_LEVEL)
            if level is not None:
                levels[theme] = level
    return levels


def _options(value: Any, problems: Problems) -> list[PlanOption]:
    found = [
        problems.word(item, f"plan_options[{number}]", PlanOption)
        for number, item in enumerate(problems.items(value, "plan_options"))
    ]
    return [option for option in PlanOption if option in found]


def _purchases(value: Any, problems: Problems, day: datetime.date) -> Iterator[PlannedPurchase]:
    keys = ("category", "object", "publication", "amount")
    for number, item in enumerate(problems.items(value, "purchases")):
        key = f"purchases[{number}]"
        given = problems.mapping(item, key, keys, keys[:3])
        category = problems.word(given["category"], f"{key}.category", Category) if "category" in given else None
        words = problems.text(given["object"], f"{key}.object") if "object" in given else ""
        published = problems.day(given["publication"], f"{key}.publication") if "publication" in given else None
        amount = problems.amount(given["amount"], f"{key}.amount") if given.get("amount") is not None else None
        if published is not None and published < day:
            problems.add(
                f"{key}.publication",
                f"{published} is past on {day}, the day of the draft.",
                "Give a day to come, or leave the purchase out.",
            )
        elif published is not None and (published - day).days > _LONGEST_PERIOD_DAYS:
            problems.add(f"{key}.publication", f"{published} is more than ten years ahead.", "Correct the year.")
        elif category is not None and words and published is not None:
            yield PlannedPurchase(category, words, published, amount)


def _resources(value: Any, problems: Problems, canevas: Canevas) -> dict[str, Any]:
    known = [each.key for each in canevas.resources]
    given = problems.mapping(value, "resources", known) if value is not None else {}
    read = {key: problems.amount(given[key], f"resources.{key}") for key in known if given.get(key) is not None}
    return {key: amount for key, amount in read.items() if amount is not None}


def _changes(value: Any, problems: Problems, canevas: Canevas, day: datetime.date) -> dict[str, ActionChange]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        problems.add("actions", "is not a list of keys with values.", "Write {governance.coordinator: {owner: …}}.")
        return {}
    changes = {}
    for name, item in value.items():
        key = f"actions.{name}"
        is_own = OWN_ACTION.fullmatch(name) is not None
        if not is_own and name not in canevas.action_keys:
            problems.add(key, "is no action of the canevas.", "Correct the key; one of your own begins with “own.”.")
            continue
        given = problems.mapping(item, key, _CHANGES, ("what", "owner", "deadline") if is_own else ())
        changes[name] = _change(given, key, problems, day)
    return changes


def _change(given: Mapping[str, Any], key: str, problems: Problems, day: datetime.date) -> ActionChange:
    texts = {
        each: problems.text(_as_text(given[each]), f"{key}.{each}")
        for each in _CHANGED_TEXTS
        if given.get(each) is not None
    }
    deadline = problems.day(given["deadline"], f"{key}.deadline") if given.get("deadline") is not None else None
    state = problems.word(given["state"], f"{key}.state", ActionState) if given.get("state") is not None else None
    is_over = state in (ActionState.DONE, ActionState.STOPPED)
    if deadline is not None and deadline < day and not is_over:
        problems.add(
            f"{key}.deadline",
            f"{deadline} is past on {day}, the day of the draft.",
            "Give a day to come, or the state “done”.",
        )
    elif deadline is not None and abs((deadline - day).days) > _LONGEST_PERIOD_DAYS:
        problems.add(f"{key}.deadline", f"{deadline} is more than ten years from {day}.", "Correct the year.")
    left_out = given.get("left_out", False)
    if not isinstance(left_out, bool):
        problems.add(f"{key}.left_out", f"“{str(left_out)[:40]}” is neither true nor false.", "Write true or leave it.")
    return ActionChange(**texts, deadline=deadline, state=state, left_out=left_out is True)


def _as_text(value: Any) -> Any:
    """A figure where words are asked is its figures."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
