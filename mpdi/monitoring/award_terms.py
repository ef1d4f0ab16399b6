"""What a stored notice says of award criteria and of the turnover demanded, read from its JSON. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Mapping[str, Any]

_PRICE = frozenset({"price", "cost"})
_PLAIN_WEIGHTS = frozenset({None, "per-exa", "dec-exa", "poi-exa"})
"""Codes of weights that say how much; ranges and orders of importance (`…-mid`, `ord-imp`) do not."""
_WEIGHT = re.compile(r"\s*(\d{1,5}(?:[.,]\d{1,4})?)\s*(?:%|/\s*\d+|points?|punten|pts?)?\s*")
_TURNOVER_CODES = frozenset({"slc-stand-to-gen", "slc-stand-to-avg", "slc-stand-to-spec", "slc-stand-to-spec-avg"})
_ECONOMIC = ("ef-stand", "slc-stand-")
_UNUSED = frozenset({"n-used", "not-used"})
_TURNOVER = re.compile(r"chiffres?\s+d.affaires?|\b(?:jaar|netto|minimum)?omzet|\bturnover\b", re.IGNORECASE)
_FIGURE = r"(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d{4,12})(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(rf"(?:€|\beuros?|\beur)\s*{_FIGURE}|{_FIGURE}\s*(?:€|euros?\b|eur\b)", re.IGNORECASE)
_TURNOVER_HINTS = ("omzet", "turnover", "affaire")
"""Without one of these words, in small letters, none is looked for: most texts speak of no turnover."""
_NEAR = 200
"""Characters after the word "turnover" within which an amount is that of the turnover; an assumption of ours."""


@dataclass(frozen=True, slots=True)
class PriceShare:
    """What price or cost decide; `None`: not stated."""

    weight: Decimal | None = None
    """Per cent."""
    alone: bool | None = None


def price_share(lot: Json) -> PriceShare:
    """How much price or cost decide among the criteria of a lot that are told in the notice."""
    criteria: Sequence[Json] = lot.get("award_criteria") or ()
    kinds = [each.get("type") for each in criteria]
    if not criteria or lot.get("award_criteria_in_documents") or not all(isinstance(kind, str) for kind in kinds):
        return PriceShare()
    if all(kind in _PRICE for kind in kinds):
        return PriceShare(Decimal(100), True)
    weights = [_weight(each) for each in criteria]
    stated = [weight for weight in weights if weight is not None]
    total = sum(stated, Decimal(0))
    if len(stated) < len(weights) or not total:
        return PriceShare(None, False)
    decided = sum((weight for weight, kind in zip(stated, kinds, strict=True) if kind in _PRICE), Decimal(0))
    return PriceShare(100 * decided / total, decided == total)


def _weight(criterion: Json) -> Decimal | None:
    numbers = [each for each in criterion.get("numbers") or () if each.get("kind") == "weight"]
    if len(numbers) == 1:
        code = numbers[0].get("code")
        return _decimal(numbers[0].get("value")) if code is None or code in _PLAIN_WEIGHTS else None
    written = _WEIGHT.fullmatch(criterion.get("weight_text") or "") if not numbers else None
    return _decimal(written[1].replace(",", ".")) if written else None


def _decimal(stated: object) -> Decimal | None:
    try:
        value = Decimal(stated) if isinstance(stated, str) else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and value >= 0 else None


@dataclass(frozen=True, slots=True)
class Turnover:
    """The yearly turnover demanded; `asked` `None`: nothing is said about the economic standing."""

    asked: bool | None = None
    amount: Decimal | None = None
    """In euro; the first amount beside the word."""


def turnover_demanded(lot: Json, is_read: bool) -> Turnover:
    """Whether a turnover is spoken of among the conditions of a lot, and how much of it; `is_read`: its language is ours.

    No turnover is asked only where the economic standing is described, by a code or in words we read, without one.
    """
    used = [each for each in lot.get("selection_criteria") or () if each.get("used") not in _UNUSED]
    economic = [each for each in used if str(each.get("type") or "").startswith(_ECONOMIC)]
    words = [text for each in used for text in _words(each) if _may_speak_of_turnover(text)]
    amount = next((found for text in words if (found := _amount(text)) is not None), None)
    if amount is not None or any(each.get("type") in _TURNOVER_CODES for each in used):
        return Turnover(True, amount)
    if any(_TURNOVER.search(text) for text in words):
        return Turnover(True)
    is_described = any(str(each.get("type")).startswith("slc-stand-") for each in economic)
    is_worded = is_read and any(list(_words(each)) for each in economic)
    return Turnover(False if is_described or is_worded else None)


def _may_speak_of_turnover(text: str) -> bool:
    small = text.lower()
    return any(hint in small for hint in _TURNOVER_HINTS)


def _words(criterion: Json) -> Iterator[str]:
    for key in ("minimum", "description", "name"):
        for text in criterion.get(key) or ():
            yield text["value"]


def _amount(text: str) -> Decimal | None:
    for word in _TURNOVER.finditer(text):
        found = _AMOUNT.search(text, word.end(), word.end() + _NEAR)
        if found:
            return Decimal(re.sub(r"\D", "", found[1] or found[2]))
    return None


_ADVANCE = re.compile(
    r"\b(?:une|l.|d.une|cette)\s?avance\s+(?:forfaitaire|de\s+\d|est|sera|pourra|peut|égale|au\s+titulaire)"
    r"|taux de l.avance|avance forfaitaire|(?:versement|octroi|paiement)s? d.(?:une )?avances?"
    r"|\bvoorschot(?:ten)?\b|\badvance payments?\b",
    re.IGNORECASE,
)
_HINT = re.compile("avance|voorschot|advance", re.IGNORECASE)
"""Without one of these letters nothing else is looked for: most texts speak of no advance."""
_DENIED = re.compile(r"\b(?:geen|zonder|aucune?|pas|sans|no|without|ni)\b[^.;]{0,40}$", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^[^.;:]{0,40}\b(?:niet|pas|not)\b|^\s*:\s*(?:néant|non|sans objet|geen|neen|nee|none|no)\b", re.IGNORECASE
)
_PRIZES = ("Prize", "DETAILS_PAYMENT")
"""Elements about prizes of a design contest: an advance in them is no term of the contract."""


def promises_advance(texts: Iterable[Json]) -> bool:
    """Whether words promise the contractor an advance (FR, NL, EN); a denial does not count."""
    return any(
        _promises(text["value"])
        for text in texts
        if _HINT.search(text["value"]) and not _is_prize(text.get("element") or "")
    )


def _is_prize(element: str) -> bool:
    return any(part in element for part in _PRIZES)


def _promises(text: str) -> bool:
    return any(
        not _DENIED.search(text[max(0, found.start() - 60) : found.start()])
        and not _DENIED_AFTER.search(text[found.end() : found.end() + 60])
        for found in _ADVANCE.finditer(text)
    )
