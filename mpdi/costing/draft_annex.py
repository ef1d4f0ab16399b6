"""What a buyer types for the annex of a draft, as the award file that the checklist reads; and back. Pure."""

import datetime
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from mpdi.costing.links import as_file
from mpdi.costing.numbers import typed as as_typed
from mpdi.costing.tender_parameters import freeze
from mpdi.costing.typed_numbers import read_typed
from mpdi.lcc.award import AwardFormula
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.model import Input, Language
from mpdi.specifications.typed_values import NotADateError, NotANumberError, read_date, write_date

REASONS = ("link", "objectivity", "access", "effort", "verification", "externalities")
NUMBERS = ("maximum", "best", "worst")
QUALITY_ROWS = range(1, 5)
"""Criteria of quality in euros that the page has fields for."""
QUALITY_NUMBERS = tuple(f"q{place}_{part}" for place in QUALITY_ROWS for part in ("points", "value"))
_BOUNDS = ("best", "worst")


def award_from(typed: Mapping[str, Any], languages: tuple[str, ...], language: str) -> dict[str, Any]:
    """Return the award file: what is empty is left out, so that the checklist asks for it.

    `typed`: texts by the name of their field (a reason in several languages: `link_fr`, `link_nl`), lists of keys under
    `assumptions` and `not_used`. `language`: whose decimal mark the numbers bear.
    """
    made: dict[str, Any] = {key: typed[key] for key in ("formula", "ties") if typed.get(key)}
    numbers = {key: _number(str(typed.get(key) or ""), language) for key in NUMBERS}
    if numbers["maximum"] is not None:
        made["maximum"] = numbers["maximum"]
    bounds = {key: numbers[key] for key in _BOUNDS if numbers[key] is not None}
    if bounds and typed.get("formula") == AwardFormula.LINEAR:
        made["bounds"] = bounds
    annex: dict[str, Any] = {key: typed[key] for key in ("missing_value",) if typed.get(key)}
    if typed.get("formula") == AwardFormula.QUALITY_IN_EUROS:
        points = dict(_scored(typed, language))
        made["quality"] = {name: most * each for name, (most, each) in points.items()}
        annex["quality_points"] = {name: most for name, (most, _each) in points.items()}
    annex["criterion"] = {"threshold": typed["threshold"]} if typed.get("threshold") else {}
    if typed.get("sole"):
        annex["criterion"]["sole"] = True
    day = _day(str(typed.get("frozen") or ""))
    if day is not None:
        annex["frozen"] = day.isoformat()
    annex |= {
        "assumptions_confirmed": list(typed.get("assumptions") or ()),
        "not_used": list(typed.get("not_used") or ()),
    }
    for key in REASONS:
        said = {language: text for language in languages if (text := str(typed.get(f"{key}_{language}") or "").strip())}
        if said:
            annex[key] = said
    return {**made, "annex": annex}


def typed_of(award: Mapping[str, Any], languages: tuple[str, ...], language: str) -> dict[str, Any]:
    """Return what the form shows for an award file: the way back of `award_from`."""
    given = award.get("annex")
    annex: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    bounds: Mapping[str, Any] = award.get("bounds") or {}
    numbers = {"maximum": award.get("maximum"), **{key: bounds.get(key) for key in _BOUNDS}}
    criterion: Mapping[str, Any] = annex.get("criterion") or {}
    made: dict[str, Any] = {key: award.get(key) or "" for key in ("formula", "ties")}
    made |= {key: "" if value is None else _typed(value, language) for key, value in numbers.items()}
    made |= dict(_quality_fields(award.get("quality") or {}, annex.get("quality_points") or {}, language))
    made |= {"missing_value": annex.get("missing_value") or "", "threshold": criterion.get("threshold") or ""}
    made |= {"sole": criterion.get("sole") is True, "assumptions": annex.get("assumptions_confirmed") or []}
    made |= {"not_used": annex.get("not_used") or [], "frozen": _written_day(annex.get("frozen"))}
    for key in REASONS:
        said = annex.get(key)
        for each in languages:
            text = said.get(each, "") if isinstance(said, Mapping) else said or ""
            made[f"{key}_{each}"] = text
    return made


def _scored(typed: Mapping[str, Any], language: str) -> Iterator[tuple[str, tuple[Decimal, Decimal]]]:
    """Name, most points and worth of a point of each criterion that was typed whole; what lacks a part is asked for."""
    for place in QUALITY_ROWS:
        name = " ".join(str(typed.get(f"q{place}_name") or "").split())
        most, each = (_number(str(typed.get(f"q{place}_{part}") or ""), language) for part in ("points", "value"))
        if name and most and each:
            yield name, (most, each)


def _quality_fields(
    worth: Mapping[str, Any], points: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """The way back of `_scored`; a criterion whose points were not said counts as one point."""
    for place, (name, value) in zip(QUALITY_ROWS, worth.items(), strict=False):
        most = Decimal(str(points.get(name, 1)))
        yield f"q{place}_name", str(name)
        yield f"q{place}_points", as_typed(most, language)
        yield f"q{place}_value", as_typed(Decimal(str(value)) / most, language)


def incomplete_quality(typed: Mapping[str, Any]) -> Iterator[str]:
    """The fields of quality in euros that stand empty beside others of their row, or all of the first where none is full."""
    if typed.get("formula") != AwardFormula.QUALITY_IN_EUROS:
        return
    rows = [[f"q{place}_{part}" for part in ("name", "points", "value")] for place in QUALITY_ROWS]
    begun = [row for row in rows if any(str(typed.get(name) or "").strip() for name in row)]
    for row in begun or rows[:1]:
        yield from (name for name in row if not str(typed.get(name) or "").strip())


def wrong_numbers(typed: Mapping[str, Any], language: str) -> Iterator[tuple[str, str, NotANumberError]]:
    """The fields that hold text which is no number, or can be read in two ways: name, text, why."""
    for key in (*NUMBERS, *QUALITY_NUMBERS):
        text = str(typed.get(key) or "").strip()
        try:
            read_typed(text or "0", language)
        except NotANumberError as error:
            yield key, text, error


def has_wrong_day(typed: Mapping[str, Any]) -> bool:
    """Whether the day is none, or empty: the digest of the parameters depends on it."""
    return _day(str(typed.get("frozen") or "")) is None


def kept_case(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the buyer's side of a case as JSON holds it; offers are nobody's business here."""
    kept: dict[str, Any] = json.loads(as_file({key: value for key, value in data.items() if key != "offers"}))
    return kept


def to_settle(case: Mapping[str, Any], language: Language) -> tuple[list[Input], list[Input]]:
    """The assumptions of ours that the case keeps, and the values that it leaves open."""
    try:
        held = freeze(case, datetime.date.min, language)
    except WrongValuesError:
        return [], []
    kept = [each for each in held.sheet.buyer if each.key in held.defaulted and each.is_assumption]
    return kept, [each for each in held.sheet.buyer if each.key not in held.buyer]


def _number(text: str, language: str) -> Decimal | None:
    try:
        return read_typed(text, language) if text.strip() else None
    except NotANumberError:
        return None


def _typed(value: object, language: str) -> str:
    return str(value) if language == "en" else str(value).replace(".", ",")


def _day(text: str) -> datetime.date | None:
    try:
        return read_date(text) if text.strip() else None
    except NotADateError:
        return None


def _written_day(value: object) -> str:
    try:
        return write_date(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return ""
