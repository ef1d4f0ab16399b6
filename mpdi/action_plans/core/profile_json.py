"""A profile as JSON and back: days as ISO text, decimals as their digits. What is written gives the same profile."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mpdi.action_plans.core.profile import (
    PLAN_LANGUAGES,
    ActionChange,
    AskedObjective,
    Authority,
    HandFigure,
    Period,
    PlanLanguage,
    PlannedPurchase,
    PlanProfile,
    Spending,
)
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.core.vocabulary import ActionState, AssessedTheme, PlanOption
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType, Category


def profile_json(profile: PlanProfile) -> dict[str, Any]:
    """Return the data of a `PROFILE.yaml` with days and decimals as text; what the authority did not say has no key."""
    return {key: _plain(value) for key, value in profile_data(profile).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def profile_from_json(data: Mapping[str, Any]) -> PlanProfile:
    """Return the profile that `profile_json` wrote.

    Rules of days are not asked again: a day that has passed since it was written is no fault of what is stored.
    """
    progress = data.get("progress", {})
    return PlanProfile(
        authority=_authority(data["authority"]),
        period=Period(_needed_day(data["period"]["from"]), _needed_day(data["period"]["to"])),
        day=_needed_day(data["date"]),
        language=_language(data.get("language", "fr")),
        canevas=data.get("canevas", ""),
        spending=tuple(
            Spending(Category(each["category"]), Decimal(each["amount"]), each.get("contracts"))
            for each in data.get("spending", ())
        ),
        spending_note=data.get("spending_note", ""),
        spending_labels={label: Category(each) for label, each in data.get("spending_labels", {}).items()},
        self_assessment={AssessedTheme(key): level for key, level in data.get("self_assessment", {}).items()},
        objectives=tuple(_objective(each) for each in data.get("objectives", ())),
        options=tuple(PlanOption(each) for each in data.get("plan_options", ())),
        purchases=tuple(
            PlannedPurchase(
                Category(each["category"]),
                each["object"],
                _needed_day(each["publication"]),
                _decimal(each.get("amount")),
            )
            for each in data.get("purchases", ())
        ),
        resources={key: Decimal(amount) for key, amount in data.get("resources", {}).items()},
        actions={key: _change(each) for key, each in data.get("actions", {}).items()},
        progress_day=_day(progress.get("day")),
        noted=tuple(
            HandFigure(each["action"], each["value"], _needed_day(each["day"]), each["evidence"])
            for each in progress.get("by_hand", ())
        ),
    )


def _authority(data: Mapping[str, Any]) -> Authority:
    name = data["name"]
    words = Bilingual(name["fr"], name["nl"]) if isinstance(name, Mapping) else Bilingual(name, name)
    return Authority(words, AuthorityType(data["type"]), data.get("id", ""))


def _language(text: str) -> PlanLanguage:
    return next((each for each in PLAN_LANGUAGES if each == text), "fr")


def _objective(data: Mapping[str, Any]) -> AskedObjective:
    return AskedObjective(
        Category(data["category"]),
        data["indicator"],
        _decimal(data.get("baseline")),
        _decimal(data.get("target")),
        _day(data.get("by")),
        data.get("reason", ""),
    )


def _change(data: Mapping[str, Any]) -> ActionChange:
    values = dict(data)
    if "deadline" in values:
        values["deadline"] = _needed_day(values["deadline"])
    if "state" in values:
        values["state"] = ActionState(values["state"])
    return ActionChange(**values)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _needed_day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
