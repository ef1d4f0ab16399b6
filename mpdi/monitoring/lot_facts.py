"""Facts of one lot, from its row, its part of the stored notice, and what the words of the notice were found to say."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.purchase import Purchase
from mpdi.monitoring.award_terms import Json, price_share, promises_advance, turnover_demanded
from mpdi.monitoring.indicators.model import Declaration, LotFacts, Theme

_THEMES = {
    "env_criterion": Theme.ENVIRONMENTAL,
    "env_subject": Theme.ENVIRONMENTAL,
    "social_criterion": Theme.SOCIAL,
    "ethical": Theme.ETHICAL,
    "anti_dumping": Theme.ANTI_DUMPING,
    "innovation": Theme.INNOVATION,
    "sme": Theme.SME,
}
"""Labels of detection."""
_AIMS = {Theme.ENVIRONMENTAL: "env-imp", Theme.SOCIAL: "soc-obj", Theme.INNOVATION: "inn-pur"}
"""Codes of BT-06."""
_ETHICAL = "hum-right"
"""Of BT-775: care for human rights in the supply chain."""
_VAGUE = "other"
"""Platforms write it for every lot: it tells nothing (counted on real notices)."""
OUR_LANGUAGES = frozenset({"fr", "nl", "en"})
_ANY_DAY = date(2000, 1, 1)
"""The map of categories has no dates."""


AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""
Money = tuple[Decimal | None, str | None]
_NOTHING: Money = (None, None)


class Told:
    """What a whole notice tells its lots, worked out once however many they are."""

    def __init__(
        self, record: AnyRow, is_searched: bool, said: Mapping[str | None, Collection[str]], is_one_lot: bool
    ) -> None:
        self.record: int = record.id
        self.format: str = record.format
        self.nuts: str | None = record.buyer_nuts
        self.is_searched = is_searched
        """Whether its words were searched, in a language that is."""
        self.said = said
        """Labels found, by lot; `None`: said of the whole."""
        self.is_one_lot = is_one_lot
        self._awarded = _awarded_values(record.whole, is_one_lot)
        self._texts: dict[str | None, list[Json]] = {}
        for text in record.whole.get("texts") or ():
            self._texts.setdefault(text.get("lot"), []).append(text)
        self._payment, self._advance = self._paid(None), self._promised(None)

    def awarded(self, lot: str | None) -> Money:
        """What the lot was awarded for, where one amount is stated."""
        return self._awarded.get(None if self.is_one_lot else lot, _NOTHING)

    def payment_stated(self, lot: str | None) -> bool | None:
        """Whether it says how the lot is paid."""
        return self._payment or (self._paid(lot) if lot is not None else None) or self._payment

    def advance_stated(self, lot: str | None) -> bool | None:
        """Whether it promises an advance; `None`: its words were not searched."""
        if not self.is_searched:
            return None
        return self._advance or (lot is not None and self._promised(lot))

    def _promised(self, lot: str | None) -> bool:
        return promises_advance(self._texts.get(lot, ()))

    def _paid(self, lot: str | None) -> bool | None:
        """eForms has a field for it, forms of TED before R2.0.9 had an element; the others have neither."""
        texts = self._texts.get(lot, ())
        if self.format == "eforms":
            return any(text.get("field") == "BT-77" for text in texts)
        return any("MAIN_FINANCING_CONDITION" in (text.get("element") or "") for text in texts) or None


@lru_cache(maxsize=20_000)
def category_of(cpv: str | None) -> str | None:
    """The market category of a CPV code; `general` where the map has none."""
    return None if cpv is None else find_category(Purchase(publication_date=_ANY_DAY, cpv=(cpv,))).used.value


def facts_of_lot(lot: AnyRow, whole: AnyRow | None, part: Json, told: Told) -> LotFacts:
    """The facts of a lot; what a single lot does not say itself is what is said of the whole."""
    share, turnover = price_share(part), turnover_demanded(part, told.is_searched)
    value, currency = _value(lot, whole, told)
    cpv = lot.cpv or (whole.cpv if whole else None)
    return LotFacts(
        record=told.record,
        id=lot.lot,
        title=lot.title or (whole.title if whole else None),
        category=category_of(cpv),
        cpv=cpv,
        nature=lot.nature or (whole.nature if whole else None),
        place=lot.nuts or (whole.nuts if whole else None) or told.nuts,
        value=value,
        currency=currency,
        themes=_declarations(lot, whole, told),
        framework=None if lot.framework is None else lot.framework != "none",
        price_weight=share.weight,
        price_only=share.alone,
        turnover=turnover.amount,
        turnover_currency="EUR" if turnover.amount is not None else None,
        turnover_asked=turnover.asked,
        payment_stated=told.payment_stated(lot.lot),
        advance_stated=told.advance_stated(lot.lot),
        tenders=lot.tenders,
        tenders_of_smes=lot.tenders_of_smes,
        winner_sizes=tuple(lot.winner_sizes or ()),
        awarded=_awarded(lot),
        no_tender_said="no-rece" in (lot.non_award_reasons or ()),
    )


def _declarations(lot: AnyRow, whole: AnyRow | None, told: Told) -> dict[Theme, Declaration]:
    aims = lot.aims or (whole.aims if whole else None)
    is_strict = told.format == "eforms"
    details = _details(lot)
    found = {_THEMES[label] for key in {None, lot.lot} for label in told.said.get(key, ()) if label in _THEMES}
    suitable = lot.sme_suitable if lot.sme_suitable is not None else (whole.sme_suitable if whole else None)
    made = {}
    for theme in Theme:
        aim = _AIMS.get(theme)
        named = None if not aims or aim is None else aim in aims
        strict, detailed = (named, details.get(theme)) if is_strict else (None, details.get(theme, named))
        if theme is Theme.SME:
            strict = suitable
        made[theme] = Declaration(
            strict=strict,
            detailed=detailed,
            detected=theme in found if told.is_searched or theme in found else None,
            denies_itself=bool(is_strict and named and "none" in (aims or ())),
        )
    return made


def _details(lot: AnyRow) -> dict[Theme, bool]:
    """What the fields of detail say; a theme that they do not speak of is not in it."""
    made: dict[Theme, bool] = {}
    specific = set(lot.environmental or ()) - {_VAGUE}
    green = set(lot.gpp_criteria or ())
    if specific or green:
        made[Theme.ENVIRONMENTAL] = bool(specific or green - {"none"})
    social = set(lot.social or ()) - {_VAGUE}
    if social - {_ETHICAL} or "inc" in (lot.accessibility or ()):
        made[Theme.SOCIAL] = True
    if _ETHICAL in social:
        made[Theme.ETHICAL] = True
    if set(lot.innovation or ()) - {_VAGUE}:
        made[Theme.INNOVATION] = True
    return made


def _value(lot: AnyRow, whole: AnyRow | None, told: Told) -> Money:
    """The estimate, else for a result what the lot was awarded for; an estimate of nothing is not known."""
    for row in (lot, whole if told.is_one_lot else None):
        if row is not None and row.estimated_value and row.estimated_value > 0 and row.estimated_currency:
            return row.estimated_value, row.estimated_currency
    return told.awarded(lot.lot)


def _awarded_values(said: Json, is_one_lot: bool) -> dict[str | None, Money]:
    """The awarded value by lot (`None` for the only one): of the decision, else of its one tender, else of the whole."""
    tenders = {tender.get("id"): tender.get("value") for tender in said.get("tenders") or ()}
    found: dict[str | None, Money] = {}
    for result in said.get("results") or ():
        amounts = [result.get("value"), *(tenders.get(each) for each in result.get("tenders") or ())]
        stated = [money for money in amounts if money]
        if len(stated) == 1:
            for lot in [None] if is_one_lot else result.get("lots") or ():
                found.setdefault(lot, _money(stated[0]))
    if is_one_lot and found.get(None, _NOTHING) == _NOTHING:
        found[None] = _money((said.get("totals") or {}).get("awarded"))
    return found


def _money(stated: Json | None) -> Money:
    amount, currency = (stated or {}).get("amount"), (stated or {}).get("currency")
    if not isinstance(amount, str) or not isinstance(currency, str) or len(currency) != 3:
        return _NOTHING
    value = Decimal(amount)
    return (value, currency.upper()) if value.is_finite() and value > 0 else _NOTHING


def _awarded(lot: AnyRow) -> bool | None:
    statuses = set(lot.result_statuses or ())
    if "selec-w" in statuses or lot.winner_sizes:
        return True
    return False if statuses and statuses <= {"clos-nw"} else None
