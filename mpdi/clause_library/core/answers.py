"""The answers file: a mapping read into a `Purchase`, with one problem for each wrong answer."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from mpdi.clause_library.core.cpv import UnknownCpvError, find_cpv
from mpdi.clause_library.core.model import ParameterValue
from mpdi.clause_library.core.purchase import Authority, AwardWeight, DnshAnswer, LotDetail, Override, Purchase
from mpdi.clause_library.core.two_languages import (
    OneLanguageMissingError,
    bilingual_places,
    one_side,
    paired_texts,
)
from mpdi.clause_library.core.vocabulary import (
    LANGUAGES,
    Ambition,
    AuthorityType,
    Category,
    Decision,
    Nature,
    Procedure,
    PurchaseOption,
    TaxonomyObjective,
)
from mpdi.exceptions import DataFileError

_Enum = TypeVar("_Enum", bound=StrEnum)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""Control characters and those that turn the direction of the text that follows."""
CLAUSE_ID = re.compile(r"(ENV|SOC|ETH|DMP|SME|INN)-[A-Z]+-[0-9]{3}")
MAX_VALUE = Decimal(10) ** 11
"""EUR; a purchase above a hundred thousand million is a slip of the keyboard."""
AWARD_TEXT_LIMIT = 1000
"""Characters for the scale and for the proof of a criterion in the buyer's own words."""
_BOTH = "Write words; where the document prints them, {fr: …, nl: …} with both languages too."
ANSWER_KEYS = (
    "reference",
    "publication_date",
    "authority",
    "object",
    "nature",
    "cpv",
    "category",
    "estimated_value",
    "procedure",
    "duration_months",
    "lots",
    "lots_detail",
    "no_lots_reason",
    "framework",
    "subsidised_by_region",
    "payment_days",
    "advance",
    "deposit_percent",
    "turnover_factor",
    "dnsh",
    "ambition",
    "options",
    "language",
    "award",
    "parameters",
    "overrides",
)


@dataclass(frozen=True)
class AnswerProblem:
    """One wrong answer: its key, what is wrong, how to mend it."""

    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message} {self.remedy}".strip()


class AnswersError(DataFileError):
    """The answers cannot be understood; `problems` lists every one that is wrong."""

    def __init__(self, problems: list[AnswerProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class _WrongAnswerError(Exception):
    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def clean_text(value: object, limit: int = 500) -> str:
    """Return a text of the buyer: NFC, control and direction characters out, white space collapsed, within the limit."""
    if not isinstance(value, str):
        remedy = _BOTH if isinstance(value, Mapping) else "Write words, in quotes if they look like a number."
        raise _WrongAnswerError(f"“{_shown(value)}” is not a text.", remedy)
    if len(value) > limit * 4 or len(value.strip()) > limit:
        raise _WrongAnswerError(f"{len(value)} characters; at most {limit} fit here.", "Shorten it.")
    return " ".join(_FORBIDDEN.sub("", unicodedata.normalize("NFC", value)).split())


def _number(low: int | Decimal, high: int | Decimal, unit: str) -> Callable[[object], Decimal]:
    def read(value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            hint = "Write digits with a point for decimals and no spaces, such as 120000 or 0.5."
            raise _WrongAnswerError(f"“{_shown(value)}” is not a number.", hint)
        number = Decimal(value)
        if not number.is_finite() or not low <= number <= high:
            raise _WrongAnswerError(
                f"{_shown(value)} is not between {low} and {high:,.0f} {unit}".replace(",", " ") + ".",
                "Check the figure.",
            )
        return number

    return read


def _whole(low: int, high: int, unit: str) -> Callable[[object], int]:
    read_number = _number(low, high, unit)

    def read(value: object) -> int:
        number = read_number(value)
        if number != number.to_integral_value():
            raise _WrongAnswerError(f"{value} is not a whole number.", "Write a whole number.")
        return int(number)

    return read


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongAnswerError(
            f"“{_shown(value)}” is neither true nor false.", "Write true or false, or leave the key out."
        )
    return value


def _one_of(kind: type[_Enum]) -> Callable[[object], _Enum]:
    def read(value: object) -> _Enum:
        try:
            return kind(str(value))
        except ValueError as error:
            raise _WrongAnswerError(
                f"“{_shown(value)}” is not a value here.", f"Use one of: {', '.join(kind)}."
            ) from error

    return read


def _date(value: object) -> datetime.date:
    if not isinstance(value, datetime.date):
        raise _WrongAnswerError(f"“{_shown(value)}” is not a date.", "Write year-month-day, such as 2026-12-01.")
    return value


def _sequence(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _WrongAnswerError(f"“{_shown(value)}” is not a list.", f"Write a list of {what} in square brackets.")
    if len(value) > 200:
        raise _WrongAnswerError(f"{len(value)} entries; at most 200 fit here.", "Shorten the list.")
    return value


def _mapping(value: object, allowed: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _WrongAnswerError(
            f"“{_shown(value)}” is not a set of keys.", f"Write {{{', '.join(allowed)}}} with their values."
        )
    for key in value:
        if key not in allowed:
            raise _WrongAnswerError(f"“{_shown(key)}” is not a key here.", f"Keys: {', '.join(allowed)}.")
    return value


def _cpv(value: object) -> tuple[str, ...]:
    codes = []
    for item in _sequence(value, "CPV codes"):
        try:
            codes.append(find_cpv(str(item)).code)
        except UnknownCpvError as error:
            raise _WrongAnswerError(str(error), "") from error
    return tuple(dict.fromkeys(codes))


def _authority(value: object) -> Authority:
    item = _mapping(value, ("name", "type"))
    name = clean_text(item["name"], 200) if item.get("name") is not None else None
    return Authority(name or None, _one_of(AuthorityType)(item["type"]) if item.get("type") is not None else None)


def _lots_detail(value: object) -> tuple[LotDetail, ...]:
    return tuple(_lot(item) for item in _sequence(value, "lots"))


def _lot(value: object) -> LotDetail:
    item = _mapping(value, ("title", "estimated_value", "reserved"))
    if item.get("title") is None:
        raise _WrongAnswerError("a lot without a title.", "Give each lot a title.")
    worth = item.get("estimated_value")
    reserved = item.get("reserved")
    return LotDetail(
        clean_text(item["title"], 200),
        None if worth is None else _number(0, MAX_VALUE, "EUR")(worth),
        None if reserved is None else _boolean(reserved),
    )


def _dnsh(value: object) -> tuple[DnshAnswer, ...]:
    answers = []
    for each in _sequence(value, "objectives"):
        item = _mapping(each, ("objective", "relevant", "reason", "measure"))
        if "objective" not in item or "relevant" not in item:
            raise _WrongAnswerError("an objective without “objective” or “relevant”.", "Give both, and a reason.")
        answers.append(
            DnshAnswer(
                _one_of(TaxonomyObjective)(item["objective"]),
                _boolean(item["relevant"]),
                clean_text(item.get("reason") or "", 1000),
                clean_text(item.get("measure") or "", 1000),
            )
        )
    if len({answer.objective for answer in answers}) != len(answers):
        raise _WrongAnswerError("an objective stands twice.", "Answer each objective once.")
    return tuple(answers)


def _options(value: object) -> tuple[PurchaseOption, ...]:
    return tuple(dict.fromkeys(_one_of(PurchaseOption)(item) for item in _sequence(value, "options")))


def _award(value: object) -> tuple[AwardWeight, ...]:
    weights = [_award_weight(each) for each in _sequence(value, "criteria")]
    if len({weight.criterion for weight in weights}) != len(weights):
        raise _WrongAnswerError("a criterion stands twice.", "Give each criterion one weight.")
    return tuple(weights)


def _award_weight(value: object) -> AwardWeight:
    item = _mapping(value, ("criterion", "weight", "scale", "proof"))
    if "criterion" not in item or "weight" not in item:
        raise _WrongAnswerError("a criterion without “criterion” or “weight”.", "Give both.")
    name = clean_text(item["criterion"], 200)
    texts = {key: clean_text(item[key], AWARD_TEXT_LIMIT) or None for key in ("scale", "proof") if item.get(key)}
    if texts and (name == "price" or CLAUSE_ID.fullmatch(name)):
        raise _WrongAnswerError(
            f"{_shown(name)} with “{' and '.join(texts)}”: the document or the clause already says it.",
            "Give scale and proof for a criterion in your own words only.",
        )
    return AwardWeight(name, _number(0, 100, "points")(item["weight"]), **texts)


def _advance(value: object) -> Decimal:
    item = _mapping(value, ("percent",))
    if "percent" not in item:
        raise _WrongAnswerError("an advance without “percent”.", "Write {percent: 15}, or leave the key out.")
    return _number(0, 100, "%")(item["percent"])


def _parameters(value: object) -> dict[str, dict[str, ParameterValue]]:
    if not isinstance(value, Mapping):
        raise _WrongAnswerError(
            f"“{_shown(value)}” is not a set of clauses.", "Write {ENV-CLEAN-001: {ecolabel_share: 80}}."
        )
    result: dict[str, dict[str, ParameterValue]] = {}
    for identifier, values in value.items():
        if not isinstance(values, Mapping):
            raise _WrongAnswerError(
                f"{_shown(identifier)}: “{_shown(values)}” is not a set of parameters.", "Write {key: value}."
            )
        result[identifier] = {key: _parameter_value(each) for key, each in values.items() if each is not None}
    return result


def _parameter_value(value: object) -> ParameterValue:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | datetime.date):
        remedy = _BOTH if isinstance(value, Mapping) else "Write a number, a date or a text."
        raise _WrongAnswerError(f"“{_shown(value)}” is not a value for a parameter.", remedy)
    return clean_text(value, 4000) if isinstance(value, str) else value


def _overrides(value: object) -> dict[str, Override]:
    if not isinstance(value, Mapping):
        raise _WrongAnswerError(
            f"“{_shown(value)}” is not a set of clauses.", "Write {SOC-CLEAN-001: {decision: out, reason: …}}."
        )
    result = {}
    for identifier, each in value.items():
        item = _mapping(each, ("decision", "reason"))
        if item.get("decision") not in ("in", "out"):
            raise _WrongAnswerError(
                f"{_shown(identifier)}: the decision is “{_shown(item.get('decision'))}”.", "Write in or out."
            )
        reason = clean_text(item.get("reason") or "", 1000)
        if not reason:
            raise _WrongAnswerError(f"{_shown(identifier)}: no reason is noted.", "Write why: it is kept in the file.")
        result[identifier] = Override(Decision(item["decision"]), reason)
    return result


def _language(value: object) -> str:
    if value not in ("fr", "nl", "fr+nl"):
        raise _WrongAnswerError(f"“{_shown(value)}” is not a language of documents.", "Write fr, nl or fr+nl.")
    return str(value)


_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "reference": ("reference", lambda value: clean_text(value, 60) or None),
    "publication_date": ("publication_date", _date),
    "authority": ("authority", _authority),
    "object": ("object", lambda value: clean_text(value, 300) or None),
    "nature": ("nature", _one_of(Nature)),
    "cpv": ("cpv", _cpv),
    "category": ("category", _one_of(Category)),
    "estimated_value": ("estimated_value", _number(0, MAX_VALUE, "EUR")),
    "procedure": ("procedure", _one_of(Procedure)),
    "duration_months": ("duration_months", _number(Decimal("0.1"), 600, "months")),
    "lots": ("lots", _whole(0, 200, "lots")),
    "lots_detail": ("lots_detail", _lots_detail),
    "no_lots_reason": ("no_lots_reason", lambda value: clean_text(value, 2000) or None),
    "framework": ("framework", _boolean),
    "subsidised_by_region": ("subsidised_by_region", _boolean),
    "payment_days": ("payment_days", _whole(1, 365, "days")),
    "advance": ("advance_percent", _advance),
    "deposit_percent": ("deposit_percent", _number(0, 100, "%")),
    "turnover_factor": ("turnover_factor", _number(0, 100, "times")),
    "dnsh": ("dnsh", _dnsh),
    "ambition": ("ambition", _one_of(Ambition)),
    "options": ("options", _options),
    "language": ("language", _language),
    "award": ("award", _award),
    "parameters": ("parameters", _parameters),
    "overrides": ("overrides", _overrides),
}


def read_answers(data: Any, today: datetime.date) -> Purchase:
    """Read the data of an answers file; `AnswersError` lists every answer that is wrong.

    A key that is absent, or null, is not stated. A text given in both languages (`{fr: …, nl: …}`) is read in both. `expect` and `why`, which a scenario adds, are passed over.
    """
    if not isinstance(data, Mapping):
        raise AnswersError([AnswerProblem("file", "is not a set of keys.", "See the example in examples/.")])
    try:
        places = bilingual_places(data)
        if not places:
            return _read(data, today)
        fr, nl = (_read(one_side(data, places, language), today) for language in LANGUAGES)
        purchase = replace(nl if fr.language == "nl" else fr, texts=paired_texts(fr, nl, places))
    except OneLanguageMissingError as error:
        raise AnswersError([AnswerProblem(error.place, "says nothing in a language.", _BOTH)]) from error
    _refuse_names_of_the_library(purchase)
    return purchase


def _refuse_names_of_the_library(purchase: Purchase) -> None:
    for place, text in purchase.texts.items():
        if place.endswith(".criterion") and any(
            name == "price" or CLAUSE_ID.fullmatch(name) for name in (text.fr, text.nl)
        ):
            raise AnswersError([AnswerProblem(place, "names the library in a language.", "Write it once, plainly.")])


def _read(data: Mapping[str, Any], today: datetime.date) -> Purchase:
    values: dict[str, Any] = {}
    problems: list[AnswerProblem] = []
    for key, value in data.items():
        if key in ("expect", "why") or (value is None and key in _READERS):
            continue
        problem = _read_one(key, value, values)
        if problem:
            problems.append(problem)
    problems += _lots_problems(values) if not problems else []
    if problems:
        raise AnswersError(problems)
    is_stated = "publication_date" in values
    values.setdefault("publication_date", today)
    return Purchase(date_is_stated=is_stated, **values)


def _read_one(key: str, value: Any, values: dict[str, Any]) -> AnswerProblem | None:
    if key not in _READERS:
        return AnswerProblem(_shown(key), "is not a key of an answers file.", f"Keys: {', '.join(ANSWER_KEYS)}.")
    field, reader = _READERS[key]
    try:
        values[field] = reader(value)
    except _WrongAnswerError as error:
        return AnswerProblem(key, error.message, error.remedy)
    except InvalidOperation:
        return AnswerProblem(key, f"“{_shown(value)}” is not a number we can hold.", "Check the figure.")
    return None


def _lots_problems(values: Mapping[str, Any]) -> list[AnswerProblem]:
    lots, detail = values.get("lots"), values.get("lots_detail") or ()
    if lots is not None and detail and lots != len(detail):
        return [
            AnswerProblem(
                "lots_detail", f"{len(detail)} lots are described and “lots” says {lots}.", "Make the two agree."
            )
        ]
    return []
