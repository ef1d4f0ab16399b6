"""The answers file: a mapping read into a `Purchase`, with one problem for each wrong answer."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from mpdi.clause_library.core.answer_values import (
    BOTH_LANGUAGES,
    WrongAnswerError,
    clean_text,
    one_of,
    read_amount,
    read_boolean,
    read_day,
    read_keys,
    read_list,
    read_whole,
    shown,
)
from mpdi.clause_library.core.cpv import UnknownCpvError, find_cpv
from mpdi.clause_library.core.model import ParameterValue
from mpdi.clause_library.core.purchase import (
    Authority,
    AwardWeight,
    CostAnnexAnswer,
    DnshAnswer,
    LotDetail,
    Override,
    Purchase,
)
from mpdi.clause_library.core.said import said
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

CLAUSE_ID = re.compile(r"(ENV|SOC|ETH|DMP|SME|INN)-[A-Z]+-[0-9]{3}")
MAX_VALUE = Decimal(10) ** 11
"""EUR; a purchase above a hundred thousand million is a slip of the keyboard."""
AWARD_TEXT_LIMIT = 1000
"""Characters for the scale and for the proof of a criterion in the buyer's own words."""
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
    "life_cycle_cost",
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


def _cpv(value: object) -> tuple[str, ...]:
    codes = []
    for item in read_list(value, said("CPV codes")):
        try:
            codes.append(find_cpv(str(item)).code)
        except UnknownCpvError as error:
            raise WrongAnswerError(error.words, "") from error
    return tuple(dict.fromkeys(codes))


def _authority(value: object) -> Authority:
    item = read_keys(value, ("name", "type"))
    name = clean_text(item["name"], 200) if item.get("name") is not None else None
    return Authority(name or None, one_of(AuthorityType)(item["type"]) if item.get("type") is not None else None)


def _lots_detail(value: object) -> tuple[LotDetail, ...]:
    return tuple(_lot(item) for item in read_list(value, said("lots")))


def _lot(value: object) -> LotDetail:
    item = read_keys(value, ("title", "estimated_value", "reserved"))
    if item.get("title") is None:
        raise WrongAnswerError(said("a lot without a title."), said("Give each lot a title."))
    worth = item.get("estimated_value")
    reserved = item.get("reserved")
    return LotDetail(
        clean_text(item["title"], 200),
        None if worth is None else read_amount(0, MAX_VALUE, "EUR")(worth),
        None if reserved is None else read_boolean(reserved),
    )


def _dnsh(value: object) -> tuple[DnshAnswer, ...]:
    answers = []
    for each in read_list(value, said("objectives")):
        item = read_keys(each, ("objective", "relevant", "reason", "measure"))
        if "objective" not in item or "relevant" not in item:
            words = said("an objective without “objective” or “relevant”.")
            raise WrongAnswerError(words, said("Give both, and a reason."))
        answers.append(
            DnshAnswer(
                one_of(TaxonomyObjective)(item["objective"]),
                read_boolean(item["relevant"]),
                clean_text(item.get("reason") or "", 1000),
                clean_text(item.get("measure") or "", 1000),
            )
        )
    if len({answer.objective for answer in answers}) != len(answers):
        raise WrongAnswerError(said("an objective stands twice."), said("Answer each objective once."))
    return tuple(answers)


def _options(value: object) -> tuple[PurchaseOption, ...]:
    return tuple(dict.fromkeys(one_of(PurchaseOption)(item) for item in read_list(value, said("options"))))


def _award(value: object) -> tuple[AwardWeight, ...]:
    weights = [_award_weight(each) for each in read_list(value, said("criteria"))]
    if len({weight.criterion for weight in weights}) != len(weights):
        raise WrongAnswerError(said("a criterion stands twice."), said("Give each criterion one weight."))
    return tuple(weights)


def _award_weight(value: object) -> AwardWeight:
    item = read_keys(value, ("criterion", "weight", "scale", "proof"))
    if "criterion" not in item or "weight" not in item:
        raise WrongAnswerError(said("a criterion without “criterion” or “weight”."), said("Give both."))
    name = clean_text(item["criterion"], 200)
    texts = {key: clean_text(item[key], AWARD_TEXT_LIMIT) or None for key in ("scale", "proof") if item.get(key)}
    if texts and (name == "price" or CLAUSE_ID.fullmatch(name)):
        raise WrongAnswerError(
            said(
                "%(name)s with “%(texts)s”: the document or the clause already says it.",
                name=shown(name),
                texts=", ".join(texts),
            ),
            said("Give scale and proof for a criterion in your own words only."),
        )
    return AwardWeight(name, read_amount(0, 100, said("points"))(item["weight"]), **texts)


def _advance(value: object) -> Decimal:
    item = read_keys(value, ("percent",))
    if "percent" not in item:
        remedy = said("Write {percent: 15}, or leave the key out.")
        raise WrongAnswerError(said("an advance without “percent”."), remedy)
    return read_amount(0, 100, "%")(item["percent"])


def _parameters(value: object) -> dict[str, dict[str, ParameterValue]]:
    if not isinstance(value, Mapping):
        raise WrongAnswerError(
            said("“%(value)s” is not a set of clauses.", value=shown(value)),
            said("Write {ENV-CLEAN-001: {ecolabel_share: 80}}."),
        )
    result: dict[str, dict[str, ParameterValue]] = {}
    for identifier, values in value.items():
        if not isinstance(values, Mapping):
            raise WrongAnswerError(
                said(
                    "%(clause)s: “%(value)s” is not a set of parameters.", clause=shown(identifier), value=shown(values)
                ),
                said("Write {key: value}."),
            )
        result[identifier] = {key: _parameter_value(each) for key, each in values.items() if each is not None}
    return result


def _parameter_value(value: object) -> ParameterValue:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | datetime.date):
        remedy = BOTH_LANGUAGES if isinstance(value, Mapping) else said("Write a number, a date or a text.")
        raise WrongAnswerError(said("“%(value)s” is not a value for a parameter.", value=shown(value)), remedy)
    return clean_text(value, 4000) if isinstance(value, str) else value


def _overrides(value: object) -> dict[str, Override]:
    if not isinstance(value, Mapping):
        raise WrongAnswerError(
            said("“%(value)s” is not a set of clauses.", value=shown(value)),
            said("Write {SOC-CLEAN-001: {decision: out, reason: …}}."),
        )
    result = {}
    for identifier, each in value.items():
        item = read_keys(each, ("decision", "reason"))
        if item.get("decision") not in ("in", "out"):
            raise WrongAnswerError(
                said(
                    "%(clause)s: the decision is “%(value)s”.",
                    clause=shown(identifier),
                    value=shown(item.get("decision")),
                ),
                said("Write in or out."),
            )
        reason = clean_text(item.get("reason") or "", 1000)
        if not reason:
            words = said("%(clause)s: no reason is noted.", clause=shown(identifier))
            raise WrongAnswerError(words, said("Write why: it is kept in the file."))
        result[identifier] = Override(Decision(item["decision"]), reason)
    return result


def _cost_annex(value: object) -> CostAnnexAnswer:
    item = read_keys(value, ("case", "award", "criterion"))
    for key in ("case", "award"):
        if not isinstance(item.get(key), Mapping):
            words = said("“%(key)s” holds no keys and values.", key=key)
            raise WrongAnswerError(words, said("Write the case and the award file, or the names of their files."))
    name = clean_text(item["criterion"], 200) if item.get("criterion") is not None else None
    return CostAnnexAnswer(dict(item["case"]), dict(item["award"]), name or None)


def _language(value: object) -> str:
    if value not in ("fr", "nl", "fr+nl"):
        words = said("“%(value)s” is not a language of documents.", value=shown(value))
        raise WrongAnswerError(words, said("Write fr, nl or fr+nl."))
    return str(value)


_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "reference": ("reference", lambda value: clean_text(value, 60) or None),
    "publication_date": ("publication_date", read_day),
    "authority": ("authority", _authority),
    "object": ("object", lambda value: clean_text(value, 300) or None),
    "nature": ("nature", one_of(Nature)),
    "cpv": ("cpv", _cpv),
    "category": ("category", one_of(Category)),
    "estimated_value": ("estimated_value", read_amount(0, MAX_VALUE, "EUR")),
    "procedure": ("procedure", one_of(Procedure)),
    "duration_months": ("duration_months", read_amount(Decimal("0.1"), 600, said("months"))),
    "lots": ("lots", read_whole(0, 200, said("lots"))),
    "lots_detail": ("lots_detail", _lots_detail),
    "no_lots_reason": ("no_lots_reason", lambda value: clean_text(value, 2000) or None),
    "framework": ("framework", read_boolean),
    "subsidised_by_region": ("subsidised_by_region", read_boolean),
    "payment_days": ("payment_days", read_whole(1, 365, said("days"))),
    "advance": ("advance_percent", _advance),
    "deposit_percent": ("deposit_percent", read_amount(0, 100, "%")),
    "turnover_factor": ("turnover_factor", read_amount(0, 100, said("times"))),
    "dnsh": ("dnsh", _dnsh),
    "ambition": ("ambition", one_of(Ambition)),
    "options": ("options", _options),
    "language": ("language", _language),
    "award": ("award", _award),
    "parameters": ("parameters", _parameters),
    "overrides": ("overrides", _overrides),
    "life_cycle_cost": ("cost_annex", _cost_annex),
}


def read_answers(data: Any, today: datetime.date) -> Purchase:
    """Read the data of an answers file; `AnswersError` lists every answer that is wrong.

    A key that is absent, or null, is not stated. A text given in both languages (`{fr: …, nl: …}`) is read in both. `expect` and `why`, which a scenario adds, are passed over.
    """
    if not isinstance(data, Mapping):
        remedy = said("See the example in examples/.")
        raise AnswersError([AnswerProblem("file", said("is not a set of keys."), remedy)])
    try:
        places = bilingual_places(data)
        if not places:
            return _read(data, today)
        fr, nl = (_read(one_side(data, places, language), today) for language in LANGUAGES)
        purchase = replace(nl if fr.language == "nl" else fr, texts=paired_texts(fr, nl, places))
    except OneLanguageMissingError as error:
        words = said("says nothing in a language.")
        raise AnswersError([AnswerProblem(error.place, words, BOTH_LANGUAGES)]) from error
    _refuse_names_of_the_library(purchase)
    return purchase


def _refuse_names_of_the_library(purchase: Purchase) -> None:
    for place, text in purchase.texts.items():
        if place.endswith(".criterion") and any(
            name == "price" or CLAUSE_ID.fullmatch(name) for name in (text.fr, text.nl)
        ):
            words = said("names the library in a language.")
            raise AnswersError([AnswerProblem(place, words, said("Write it once, plainly."))])


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
        remedy = said("Keys: %(keys)s.", keys=", ".join(ANSWER_KEYS))
        return AnswerProblem(shown(key), said("is not a key of an answers file."), remedy)
    field, reader = _READERS[key]
    try:
        values[field] = reader(value)
    except WrongAnswerError as error:
        return AnswerProblem(key, error.message, error.remedy)
    except InvalidOperation:
        words = said("“%(value)s” is not a number we can hold.", value=shown(value))
        return AnswerProblem(key, words, said("Check the figure."))
    return None


def _lots_problems(values: Mapping[str, Any]) -> list[AnswerProblem]:
    lots, detail = values.get("lots"), values.get("lots_detail") or ()
    if lots is not None and detail and lots != len(detail):
        words = said("%(count)s lots are described and “lots” says %(lots)s.", count=len(detail), lots=lots)
        return [AnswerProblem("lots_detail", words, said("Make the two agree."))]
    return []
