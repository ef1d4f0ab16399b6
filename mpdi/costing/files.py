"""Cases and awards read from files, YAML or JSON, into what `mpdi.lcc` works on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from mpdi.clause_library.core import strict_yaml
from mpdi.costing.fault_words import Options, UsageError, file_fault
from mpdi.exceptions import DataFileError
from mpdi.lcc.award import AwardError, AwardFormula, AwardOffer, AwardRule, TieRule
from mpdi.lcc.cases import number, read_case
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Case, Category, Caution, Result, category_of
from mpdi.lcc.sheets.catalogue import sheet_named
from mpdi.lcc.sheets.filling import FilledSheet, fill
from mpdi.lcc.sheets.model import Language

MAX_BYTES = strict_yaml.MAX_BYTES
_AWARD_KEYS = ("formula", "maximum", "decimals", "bounds", "quality", "ties", "offers", "case", "annex")
_OFFER_KEYS = ("offer", "lcc", "price", "scores")


Word = TypeVar("Word", AwardFormula, TieRule)


class UnreadableCaseError(UsageError, DataFileError):
    """A file of a case or an award is not what it should be; `key` names the sentence that says it."""


class UnequalLivesError(UnreadableCaseError):
    """Offers whose sums cannot be compared have no points."""


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case with its figures; `filled` where it came through a product sheet. `data`: what was given, as it was."""

    case: Case
    result: Result
    filled: FilledSheet | None
    data: Mapping[str, Any]


def read_data(path: Path) -> Mapping[str, Any]:
    """Return the keys of a YAML or JSON file, decimals exact; `UnreadableCaseError`, `YamlFileError`."""
    if not path.exists():
        raise UnreadableCaseError("not_there", path=path)
    data = _read_json(path) if path.suffix.lower() == ".json" else strict_yaml.read(path)
    if not isinstance(data, Mapping):
        raise UnreadableCaseError("no_case", path=path)
    return data


def _read_json(path: Path) -> object:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableCaseError("too_large", path=path, most=MAX_BYTES // 1_000_000)
        text = path.read_text(encoding="utf-8-sig")
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_without_twice)
    except OSError as error:
        raise UnreadableCaseError("unreadable", path=path, reason=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableCaseError("no_json", path=path, reason=error) from error


def _without_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A key that stands twice would be a value that nobody sees."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError(
            f"a key stands twice: {', '.join(sorted({key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1}))}"
        )
    return made


def count(data: Mapping[str, Any], language: Language = "en") -> CountedCase:
    """Count a case written as data: the values of a product sheet (`sheet`), or the lines of each alternative.

    A mapping with `inputs` beside other keys is read by its `inputs`. The errors of `mpdi.lcc` pass through.
    """
    if "sheet" in data:
        filled = fill(sheet_named(str(data["sheet"])), data, language)
        return CountedCase(filled.case, evaluate(filled.case), filled, data)
    lines = data["inputs"] if "inputs" in data and "alternatives" not in data else data
    case = read_case(lines)
    return CountedCase(case, evaluate(case), None, data)


def read_award(data: Mapping[str, Any], folder: Path) -> tuple[AwardRule, tuple[AwardOffer, ...]]:
    """Return rule and offers of an award file; `case` names a file beside it whose life-cycle costs are taken."""
    fields = _known(data, _AWARD_KEYS, "award")
    bounds = _known(fields.get("bounds") or {}, ("best", "worst"), "bounds")
    rule = AwardRule(
        formula=_one_of(AwardFormula, fields.get("formula"), "formula"),
        maximum=number(fields.get("maximum", 100), "maximum"),
        decimals=_whole(fields.get("decimals", 2), "decimals"),
        best=number(bounds["best"], "bounds.best") if "best" in bounds else None,
        worst=number(bounds["worst"], "bounds.worst") if "worst" in bounds else None,
        quality=_numbers(fields.get("quality"), "quality"),
        ties=_one_of(TieRule, fields.get("ties", "none"), "ties"),
    )
    listed = _entries(fields.get("offers", []))
    if "case" not in fields:
        return rule, tuple(_offer(each, place) for place, each in enumerate(listed, start=1))
    return rule, _offers_of_case(folder / str(fields["case"]), listed)


def _offers_of_case(path: Path, listed: list[Mapping[str, Any]]) -> tuple[AwardOffer, ...]:
    """Costs come from the case alone; the list beside it may only add the shares of quality reached."""
    try:
        return offers_of(count(read_data(path)).result, listed)
    except UnequalLivesError as error:
        raise UnreadableCaseError("in_file", path=path, reason=error.fault) from error


def award_of_result(data: Mapping[str, Any], result: Result) -> tuple[AwardRule, tuple[AwardOffer, ...]]:
    """Return the rule of an award file and the offers of a counted case; its `offers` may only add scores."""
    of_rule = {key: value for key, value in data.items() if key not in ("annex", "case", "offers")}
    rule, _ = read_award(of_rule, Path())
    return rule, offers_of(result, _entries(data.get("offers", [])))


def offers_of(result: Result, listed: list[Mapping[str, Any]]) -> tuple[AwardOffer, ...]:
    """Return the offers of a counted case as an award takes them."""
    scores = {str(each.get("offer")): _numbers(each.get("scores"), "scores") for each in listed}
    strange = set(scores) - {each.name for each in result.alternatives}
    if strange or any(set(each) - {"offer", "scores"} for each in listed):
        raise UnreadableCaseError("only_scores", names=_list(strange))
    if Caution.UNEQUAL_LIVES in result.cautions:
        raise UnequalLivesError("unequal_lives")
    return tuple(
        AwardOffer(
            each.name,
            each.lcc,
            purchase_price(each.pv),
            scores.get(each.name, {}),
            external=each.ranked - each.lcc,
        )
        for each in result.alternatives
    )


RENT = "rent"
"""The component of sheets for what is paid instead of a purchase: a running cost to a budget, a price to a buyer."""


def purchase_price(pv: Mapping[str, Decimal]) -> Decimal:
    """What is paid to have the thing: present value of purchase and rent."""
    return sum(
        (worth for word, worth in pv.items() if word == RENT or category_of(word) is Category.ACQUISITION), Decimal(0)
    )


def _offer(data: Mapping[str, Any], place: int) -> AwardOffer:
    fields = _known(data, _OFFER_KEYS, f"offers[{place}]")
    name = str(fields.get("offer") or "").strip()
    if not name or fields.get("lcc") is None:
        raise UnreadableCaseError("offer_needs", place=f"offers[{place}]")
    price = fields.get("price")
    return AwardOffer(
        name,
        number(fields["lcc"], f"offers[{place}].lcc"),
        None if price is None else number(price, f"offers[{place}].price"),
        _numbers(fields.get("scores"), f"offers[{place}].scores"),
    )


def _known(data: object, allowed: tuple[str, ...], place: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise UnreadableCaseError("not_keys", place=place, options=", ".join(allowed))
    unknown = [str(key) for key in data if key not in allowed]
    if unknown:
        raise UnreadableCaseError("unknown_key", place=place, key=", ".join(unknown), options=", ".join(allowed))
    return data


def _entries(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise UnreadableCaseError("not_offers")
    return value


def _numbers(value: object, place: str) -> dict[str, Decimal]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise UnreadableCaseError("not_criteria", place=place)
    return {str(key): number(each, f"{place}.{key}") for key, each in value.items()}


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnreadableCaseError("not_whole", place=place, value=value)
    return value


def _one_of(words: type[Word], value: object, place: str) -> Word:
    if value is None:
        raise AwardError(file_fault("option_missing", place=place, options=Options(tuple(map(str, words)))))
    if not isinstance(value, str) or value not in tuple(words):
        raise AwardError(file_fault("no_option", place=place, value=value, options=Options(tuple(map(str, words)))))
    return words(value)


def _list(names: set[str]) -> str:
    return f" ({', '.join(sorted(names))})" if names else ""
