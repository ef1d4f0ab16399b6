"""Facts of one lot, from its row, that of the whole, and what the words of the notice were found to say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Row

from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.purchase import Purchase
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
_ANY_DAY = date(2000, 1, 1)
"""The map of categories has no dates."""


AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""
Money = tuple[Decimal | None, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice tells its lots."""

    record: AnyRow
    said: Mapping[str | None, Collection[str]]
    """Labels found, by lot; `None`: said of the whole."""
    is_one_lot: bool


@lru_cache(maxsize=20_000)
def category_of(cpv: str | None) -> str | None:
    """The market category of a CPV code; `general` where the map has none."""
    return None if cpv is None else find_category(Purchase(publication_date=_ANY_DAY, cpv=(cpv,))).used.value


def facts_of_lot(lot: AnyRow, whole: AnyRow | None, told: Told) -> LotFacts:
    """The facts of a lot; what a single lot does not say itself is what is said of the whole."""
    value, currency = _value(lot, whole, told)
    cpv = lot.cpv or (whole.cpv if whole else None)
    return LotFacts(
        record=told.record.id,
        id=lot.lot,
        title=lot.title or (whole.title if whole else None),
        category=category_of(cpv),
        cpv=cpv,
        nature=lot.nature or (whole.nature if whole else None),
        place=lot.nuts or (whole.nuts if whole else None) or told.record.buyer_nuts,
        value=value,
        currency=currency,
        themes=_declarations(lot, whole, told),
        framework=None if lot.framework is None else lot.framework != "none",
        price_weight=lot.price_weight,
        price_only=lot.price_only,
        turnover=lot.turnover,
        turnover_currency="EUR" if lot.turnover is not None else None,
        turnover_asked=lot.turnover_asked,
        payment_stated=lot.payment_stated,
        advance_stated=lot.advance_stated,
        tenders=lot.tenders,
        tenders_of_smes=lot.tenders_of_smes,
        winner_sizes=tuple(lot.winner_sizes or ()),
        awarded=_awarded(lot),
        awarded_value=lot.awarded_value,
        awarded_currency=lot.awarded_currency,
        no_tender_said="no-rece" in (lot.non_award_reasons or ()),
    )


def _declarations(lot: AnyRow, whole: AnyRow | None, told: Told) -> dict[Theme, Declaration]:
    aims = lot.aims or (whole.aims if whole else None)
    is_strict = told.record.format == "eforms"
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
        made[theme] = _declaration(
            strict,
            detailed,
            theme in found if told.record.is_searched or theme in found else None,
            bool(is_strict and named and "none" in (aims or ())),
        )
    return made


@cache
def _declaration(strict: bool | None, detailed: bool | None, detected: bool | None, denies: bool) -> Declaration:
    """There are no more than some dozens."""
    return Declaration(strict, detailed, detected, denies)


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
    return lot.awarded_value, lot.awarded_currency


def _awarded(lot: AnyRow) -> bool | None:
    statuses = set(lot.result_statuses or ())
    if "selec-w" in statuses or lot.winner_sizes:
        return True
    return False if statuses and statuses <= {"clos-nw"} else None
