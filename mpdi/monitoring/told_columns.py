"""What figures need of a notice beside what it declares: worked out once, when it is stored, from its plain form. Pure.

To read the whole notice again for each figure takes longer than everything else that a figure needs.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mpdi.monitoring.award_terms import Json, price_share, promises_advance, turnover_demanded
from mpdi.monitoring.values import Row
from tender_parsers.notice import AwardCriterion, Lot, Notice
from tender_parsers.serialise import plain_part

OUR_LANGUAGES = frozenset({"fr", "nl", "en"})
"""In which words are searched."""
LOT_FACTS = (
    "awarded_value",
    "awarded_currency",
    "price_weight",
    "price_only",
    "turnover",
    "turnover_asked",
    "payment_stated",
    "advance_stated",
)
"""Columns of `NoticeLot` that are filled here."""
_DIGITS = 60
_NOTHING: tuple[str | None, str | None] = (None, None)


def asked_plainly(notice: Notice) -> Json:
    """Of `tender_parsers.to_plain` what is asked here: to make all of it would take as long as to read the notice."""
    return {
        "buyers": plain_part(notice.buyers),
        "other_languages": notice.other_languages,
        "totals": plain_part(notice.totals),
        "tenders": [{"id": each.id, "value": plain_part(each.value)} for each in notice.tenders],
        "results": [
            {"value": plain_part(each.value), "tenders": each.tenders, "lots": each.lots} for each in notice.results
        ],
        "lots": [_criteria(lot) for lot in notice.lots],
        "whole": _criteria(notice.whole),
        "texts": [
            {"value": each.value, "lot": each.lot, "field": each.field, "element": each.element}
            for each in notice.texts
        ],
    }


def _criteria(lot: Lot) -> Json:
    return {
        "award_criteria": [_award_criterion(each) for each in lot.award_criteria],
        "award_criteria_in_documents": lot.award_criteria_in_documents,
        "selection_criteria": plain_part(lot.selection_criteria),
    }


def _award_criterion(criterion: AwardCriterion) -> Json:
    return {
        "type": plain_part(criterion.type),
        "numbers": plain_part(criterion.numbers),
        "weight_text": criterion.weight_text,
    }


def record_facts(said: Json, language: str | None, is_asked: bool) -> Row:
    """Columns of `NoticeRecord`; `language`: two letters; `is_asked`: whether its words were searched by rules."""
    return {"is_central": _is_central(said.get("buyers") or ()), "is_searched": is_asked and _is_ours(said, language)}


def _is_central(buyers: Sequence[Json]) -> bool | None:
    """Whether a central purchasing body buys, or several buyers together."""
    if len({str(buyer.get("id") or buyer.get("name")) for buyer in buyers}) > 1:
        return True
    stated = [buyer["is_central_purchasing_body"] for buyer in buyers if "is_central_purchasing_body" in buyer]
    return any(stated) if stated else None


def _is_ours(said: Json, language: str | None) -> bool:
    """Whether it has words, in a language of ours or one not stated."""
    languages = {language, *(each[:2].lower() for each in said.get("other_languages") or ())}
    return bool(said.get("texts")) and (language is None or bool(languages & OUR_LANGUAGES))


def lot_facts(said: Json, of_format: str, rows: Sequence[Mapping[str, Any]], is_searched: bool) -> list[Row]:
    """`LOT_FACTS` of each row of a notice (`kind`, `number`, `lot`); of rows that are not counted as a lot nothing."""
    counted = [row for row in rows if row["kind"] == "lot"] or [row for row in rows if row["kind"] == "whole"]
    numbers = {row["number"] for row in counted}
    told = _Told(said, of_format, is_searched, len(counted) == 1)
    return [told.of(row) if row["number"] in numbers else dict.fromkeys(LOT_FACTS) for row in rows]


class _Told:
    """What a notice tells its lots, worked out once however many they are."""

    def __init__(self, said: Json, of_format: str, is_searched: bool, is_one_lot: bool) -> None:
        self._said = said
        self._is_eforms = of_format == "eforms"
        self._is_searched = is_searched
        self._is_one_lot = is_one_lot
        self._awarded = _awarded_values(said, is_one_lot)
        self._texts: dict[str | None, list[Json]] = {}
        for text in said.get("texts") or ():
            self._texts.setdefault(text.get("lot"), []).append(text)
        self._payment, self._advance = self._paid(None), is_searched and self._promised(None)

    def of(self, row: Mapping[str, Any]) -> Row:
        """The columns of one lot."""
        part, lot = self._part(row["number"]), row["lot"]
        share, turnover = price_share(part), turnover_demanded(part, self._is_searched)
        value, currency = self._awarded.get(None if self._is_one_lot else lot, _NOTHING)
        return {
            "awarded_value": value,
            "awarded_currency": currency,
            "price_weight": None if share.weight is None else format(share.weight, "f")[:_DIGITS],
            "price_only": share.alone,
            "turnover": _digits(turnover.amount),
            "turnover_asked": turnover.asked,
            "payment_stated": self._payment or (self._paid(lot) if lot is not None else None) or self._payment,
            "advance_stated": self._advance or self._promised(lot) if self._is_searched else None,
        }

    def _part(self, number: int) -> Json:
        """The lot as it stands in the notice: number 1 is the first; criteria told of the whole hold for each lot."""
        parts, whole = self._said.get("lots") or (), self._said.get("whole") or {}
        own = parts[number - 1] if 0 < number <= len(parts) else {}
        shared = {key: whole[key] for key in ("award_criteria", "selection_criteria") if whole.get(key)}
        return {**shared, **{key: value for key, value in own.items() if value}}

    def _promised(self, lot: str | None) -> bool:
        return promises_advance(self._texts.get(lot, ()))

    def _paid(self, lot: str | None) -> bool | None:
        """eForms has a field for it, forms of TED before R2.0.9 had an element; the others have neither."""
        texts = self._texts.get(lot, ())
        if self._is_eforms:
            return any(text.get("field") == "BT-77" for text in texts)
        return any("MAIN_FINANCING_CONDITION" in (text.get("element") or "") for text in texts) or None


def _awarded_values(said: Json, is_one_lot: bool) -> dict[str | None, tuple[str | None, str | None]]:
    """The awarded value by lot (`None` for the only one): of the decision, else of its one tender, else of the whole."""
    tenders = {tender.get("id"): tender.get("value") for tender in said.get("tenders") or ()}
    found: dict[str | None, tuple[str | None, str | None]] = {}
    for result in said.get("results") or ():
        amounts = [result.get("value"), *(tenders.get(each) for each in result.get("tenders") or ())]
        stated = [money for money in amounts if money]
        if len(stated) == 1:
            for lot in [None] if is_one_lot else result.get("lots") or ():
                found.setdefault(lot, _money(stated[0]))
    if is_one_lot and found.get(None, _NOTHING) == _NOTHING:
        found[None] = _money((said.get("totals") or {}).get("awarded"))
    return found


def _money(stated: Json | None) -> tuple[str | None, str | None]:
    """Digits and currency of an amount above nothing."""
    amount, currency = (stated or {}).get("amount"), (stated or {}).get("currency")
    if not isinstance(amount, str) or not isinstance(currency, str):
        return _NOTHING
    value, letters = Decimal(amount), currency.upper()
    if not value.is_finite() or value <= 0 or len(letters) != 3 or not letters.isascii() or "\0" in letters:
        return _NOTHING
    digits = _digits(value)
    return (digits, letters) if digits is not None else _NOTHING


def _digits(number: Decimal | None) -> str | None:
    """Plain digits; `None` where there are more than any amount of money has."""
    if number is None or abs(number.adjusted()) >= _DIGITS:
        return None
    digits = format(number, "f")
    return digits if len(digits) <= _DIGITS else None
