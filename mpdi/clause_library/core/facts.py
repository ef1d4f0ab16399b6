"""The facts of a purchase that conditions ask about; what is not stated is unknown (None)."""

import re
from collections.abc import Mapping
from decimal import Decimal

from mpdi.clause_library.core.categories import (
    every_category,
    is_fraud_sensitive,
    is_labour_intensive,
    is_light_regime,
    possible_prefixes,
)
from mpdi.clause_library.core.conditions import FactValue
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.object_words import is_welfare_centre, topics_of
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import AuthorityType, Nature, Procedure, PurchaseOption

_HIRE = re.compile(
    r"\b(?:location|louer|leasing|lease|huur|huren|verhuur|huurkoop|rental|abonnement(?:s|en)?)\b"
    r"|\bà l'usage\b|\bper gebruik\b",
    re.IGNORECASE,
)
_RESERVING = "SOC-GEN-004"
"""The clause on the reserved lot: its parameter says what is reserved, access unless the buyer says otherwise."""


def eu_threshold(purchase: Purchase, numbers: LawNumbers) -> Decimal | None:
    """Return the European threshold of the purchase, EUR without VAT; None when nature or authority decides and is not stated."""
    key = _threshold_key(purchase)
    return None if key is None else numbers.value(key, purchase.publication_date)


def _threshold_key(purchase: Purchase) -> str | None:
    if purchase.nature is None:
        return None
    if purchase.nature in (Nature.WORKS, Nature.CONCESSION):
        return "eu_threshold_works"
    if is_light_regime(purchase):
        return "eu_threshold_social_services"
    if purchase.authority.type is None:
        return None
    return "eu_threshold_central" if purchase.authority.type is AuthorityType.FEDERAL else "eu_threshold_other"


def facts_of(purchase: Purchase, numbers: LawNumbers) -> Mapping[str, FactValue]:
    """Return every fact of `clauses/README.md` for a purchase, and the CPV prefixes possible where only a category is given."""
    lots = purchase.lots if purchase.lots is not None else (len(purchase.lots_detail) or None)
    topics = topics_of(purchase)
    return {
        "nature": purchase.nature,
        "category": every_category(purchase),
        "procedure": purchase.procedure,
        "authority_type": purchase.authority.type,
        "value_against_eu_threshold": _against_threshold(purchase, numbers),
        "low_value": _is_low_value(purchase, numbers),
        "light_regime": is_light_regime(purchase),
        "fraud_sensitive": is_fraud_sensitive(purchase),
        "labour_intensive": is_labour_intensive(purchase),
        "has_lots": None if lots is None else lots > 0,
        "has_reserved_lot": _has_reserved_lot(purchase),
        "reservation_form": _reservation_form(purchase),
        "framework": purchase.framework,
        "hire": _is_hire(purchase),
        "subsidised_by_region": purchase.subsidised_by_region,
        "cpv": purchase.cpv or None,
        "named_cpv": topics.codes,
        "said": topics.said,
        "said_without": topics.said_without,
        "welfare_centre": is_welfare_centre(purchase),
        "possible_cpv": possible_prefixes(purchase),
        "options": _options(purchase),
        "dnsh_recorded": bool(purchase.dnsh),
        "ambition": purchase.ambition,
        "estimated_value": purchase.estimated_value,
        "duration_months": purchase.duration_months,
        "lots": lots,
        "payment_days": purchase.payment_days,
        "deposit_percent": purchase.deposit_percent,
        "turnover_factor": purchase.turnover_factor,
        "price_weight": purchase.price_weight,
        "advance_percent": purchase.advance_percent,
    }


def _against_threshold(purchase: Purchase, numbers: LawNumbers) -> str | None:
    threshold = eu_threshold(purchase, numbers)
    if threshold is None or purchase.estimated_value is None:
        return None
    return "below" if purchase.estimated_value < threshold else "at_or_above"


def _is_low_value(purchase: Purchase, numbers: LawNumbers) -> bool | None:
    if purchase.procedure is Procedure.LOW_VALUE:
        return True
    if purchase.estimated_value is None:
        return None if purchase.procedure is None else False
    return purchase.estimated_value < numbers.value("low_value", purchase.publication_date)


def _options(purchase: Purchase) -> tuple[str, ...]:
    """The options asked for; a lot marked as reserved asks for the reserved lot."""
    implied = (PurchaseOption.RESERVED_LOT,) if _has_reserved_lot(purchase) else ()
    return tuple(dict.fromkeys((*purchase.options, *implied)))


def _has_reserved_lot(purchase: Purchase) -> bool | None:
    if not purchase.lots_detail:
        return False if purchase.lots == 0 else None
    return any(lot.reserved for lot in purchase.lots_detail)


def _is_hire(purchase: Purchase) -> bool | None:
    """Whether goods are hired, leased or subscribed to: in the words of the object, where no answer asks it."""
    words = (purchase.object or "").replace("\u2019", "'")
    return True if purchase.nature is Nature.SUPPLIES and _HIRE.search(words) else None


def _reservation_form(purchase: Purchase) -> str:
    return str(purchase.parameters.get(_RESERVING, {}).get("reservation_form", "access"))
