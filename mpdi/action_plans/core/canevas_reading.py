"""The canevas read from its folder, one a version; the register beside the folders says which are in force."""

import datetime
import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.action_plans.core.canevas import (
    Adaptation,
    Canevas,
    CanevasAction,
    CategoryText,
    Condition,
    Element,
    IndicatorText,
    LevelText,
    ObligationText,
    OptionText,
    ResourceText,
    RiskText,
    StepText,
    ThemeText,
)
from mpdi.action_plans.core.conditions import check_condition
from mpdi.action_plans.core.errors import CanevasError, UnknownCanevasError
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, Unit
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual, VersionNumber
from mpdi.clause_library.core.vocabulary import Category
from mpdi.resources import folder

FOLDER = "action_plans"
REGISTER = "register.yaml"
_PARTS = (
    "canevas", "elements_people", "elements_means", "options", "categories", "indicators", "self_assessment",
    "obligations", "words",
)  # fmt: skip


@cache
def edition_canevas(version: str = "") -> Canevas:
    """Return a version of the canevas that ships with MPDI, the newest published one by default."""
    return read_canevas(folder("templates") / FOLDER, version)


def read_canevas(place: Path, version: str = "") -> Canevas:
    """Return a version of the canevas of a folder; `UnknownCanevasError`, `CanevasError`."""
    register = strict_yaml.read(place / REGISTER)
    published = [each for each, entry in register.items() if entry["status"] == "published"]
    wanted = version or max(published, key=VersionNumber.parse)
    if wanted not in register:
        known = ", ".join(sorted(register, key=VersionNumber.parse))
        raise UnknownCanevasError(f"There is no canevas of version “{wanted[:20]}”. Versions: {known}.")
    data = {part: strict_yaml.read(place / wanted / f"{part}.yaml") for part in _PARTS}
    review = register[wanted]["legal_review"]["state"]
    try:
        made = _canevas(wanted, review, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CanevasError(f"{place / wanted}: a key is missing or has a wrong value: {error}.") from error
    _check(made, str(place / wanted))
    return made


def registered_digest(place: Path, version: str) -> str:
    """Return the digest that the register holds of a version: a published canevas never changes."""
    digest: str = strict_yaml.read(place / REGISTER)[version]["digest"]
    return digest


def digest_of(data: Any) -> str:
    """SHA-256 of the data as JSON: keys sorted, NFC, no spaces, decimals as strings, dates ISO, a final newline."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256((unicodedata.normalize("NFC", text) + "\n").encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _canevas(version: str, review: str, data: Mapping[str, Any]) -> Canevas:
    base = data["canevas"]
    written = {**data["elements_people"], **data["elements_means"]}
    return Canevas(
        version=version,
        digest=digest_of(data),
        legal_review=review,
        title=Bilingual(**base["title"]),
        functions=_texts(base["functions"]),
        states=_texts(base["states"]),
        elements=tuple(_element(key, written[key]) for key in base["order"]),
        options={PlanOption(key): _option(PlanOption(key), item) for key, item in data["options"].items()},
        categories=_keyed(data["categories"], _category),
        indicators=_named(data["indicators"]),
        themes=tuple(_theme(AssessedTheme(key), item) for key, item in data["self_assessment"].items()),
        obligations=tuple(_obligation(key, item) for key, item in data["obligations"].items()),
        risks=tuple(_risk(each) for each in base["risks"]),
        resources=tuple(
            ResourceText(each["key"], Bilingual(**each["what"]), Bilingual(**each["unit"]))
            for each in base["resources"]
        ),
        steps=tuple(
            StepText(each["key"], each["months"], Bilingual(**each["what"]), each["owner"])
            for each in base["steps_before_publication"]
        ),
        words=_texts(data["words"]),
    )


def _risk(item: Mapping[str, Any]) -> RiskText:
    what, sign, answer = (Bilingual(**item[part]) for part in ("what", "sign", "answer"))
    return RiskText(item["key"], what, sign, answer, item["owner"])


def _texts(items: Mapping[str, Mapping[str, str]]) -> dict[str, Bilingual]:
    return {key: Bilingual(**item) for key, item in items.items()}


def _keyed(
    items: Mapping[str, Any], build: Callable[[Category, Mapping[str, Any]], CategoryText]
) -> dict[Category, CategoryText]:
    return {Category(key): build(Category(key), item) for key, item in items.items()}


def _category(category: Category, item: Mapping[str, Any]) -> CategoryText:
    return CategoryText(category, Bilingual(**item["stake"]), tuple(item["indicators"]))


def _named(items: Mapping[str, Any]) -> dict[str, IndicatorText]:
    return {
        key: IndicatorText(
            key, Unit(item["unit"]), item["better"] == "more", Bilingual(**item["name"]), Bilingual(**item["aim"])
        )
        for key, item in items.items()
    }


def _element(key: str, item: Mapping[str, Any]) -> Element:
    return Element(
        key,
        Bilingual(**item["title"]),
        item["lines"],
        Bilingual(**item["purpose"]),
        Bilingual(**item["why"]),
        tuple(_action(key, each, f"{key}.{each['key']}", None) for each in item["actions"]),
        tuple(Adaptation(each["when"], Bilingual(**each["text"])) for each in item["adapts"]),
    )


def _option(key: PlanOption, item: Mapping[str, Any]) -> OptionText:
    element = item["element"]
    return OptionText(
        key,
        element,
        Bilingual(**item["title"]),
        Bilingual(**item["purpose"]),
        item["suits"],
        tuple(_action(element, each, f"option.{key}.{each['key']}", key) for each in item["actions"]),
    )


def _action(element: str, item: Mapping[str, Any], key: str, option: PlanOption | None) -> CanevasAction:
    return CanevasAction(
        key=key,
        element=element,
        what=Bilingual(**item["what"]),
        owner=item["owner"],
        means=Bilingual(**item["means"]),
        measure=Bilingual(**item["measure"]),
        months=item["months"],
        after=tuple(item.get("after", ())),
        indicator=item.get("indicator", ""),
        when=item.get("when"),
        option=option,
    )


def _theme(key: AssessedTheme, item: Mapping[str, Any]) -> ThemeText:
    levels = tuple(LevelText(Bilingual(**each["means"]), Bilingual(**each["next"])) for each in item["levels"])
    return ThemeText(key, Bilingual(**item["title"]), Bilingual(**item["question"]), levels)


def _obligation(key: str, item: Mapping[str, Any]) -> ObligationText:
    return ObligationText(key, item["act"], item["article"], Bilingual(**item["text"]), item.get("when"))


def _check(canevas: Canevas, where: str) -> None:
    """Raise `CanevasError` where a reference leads nowhere or a condition is none."""
    for condition, place in _conditions(canevas):
        check_condition(condition, f"{where}: {place}")
    for action in canevas.actions:
        strange = [each for each in action.after if each not in canevas.action_keys]
        if strange or action.owner not in canevas.functions:
            raise CanevasError(f"{where}: {action.key} names an unknown action or owner: {strange or action.owner}.")
        if action.indicator and action.indicator not in canevas.indicators:
            raise CanevasError(f"{where}: {action.key} names the unknown indicator {action.indicator}.")
    for category in canevas.categories.values():
        if not set(category.indicators) <= set(canevas.indicators):
            raise CanevasError(f"{where}: {category.category} names an unknown indicator.")


def _conditions(canevas: Canevas) -> Iterator[tuple[Condition, str]]:
    for action in canevas.actions:
        if action.when is not None:
            yield action.when, action.key
    for element in canevas.elements:
        for each in element.adapts:
            yield each.when, element.key
    for option in canevas.options.values():
        yield option.suits, option.key
    for obligation in canevas.obligations:
        if obligation.when is not None:
            yield obligation.when, obligation.key
