"""What an estimated value means on a date: the thresholds, and the procedures it allows. A hint, never a block."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.categories import is_light_regime
from mpdi.clause_library.core.facts import eu_threshold
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Nature, Procedure

_EU = ("eu_threshold_works", "eu_threshold_central", "eu_threshold_other", "eu_threshold_social_services")


@dataclass(frozen=True)
class Threshold:
    """One threshold on the publication date, and whether the value reaches it (None: no value stated)."""

    key: str
    label: Bilingual
    value: Decimal
    valid_to: datetime.date | None
    source: Bilingual
    certainty: Certainty
    is_reached: bool | None


def thresholds(purchase: Purchase, numbers: LawNumbers) -> list[Threshold]:
    """Return the thresholds that concern the purchase, highest first; several European ones where it is open which."""
    keys = ["low_value", "lots_reason", _without_publication(purchase), *_european(purchase, numbers)]
    if purchase.nature is Nature.WORKS:
        keys.append("direct_negotiated_works")
    found = [_threshold(key, purchase, numbers) for key in keys]
    return sorted(found, key=lambda item: item.value, reverse=True)


def _european(purchase: Purchase, numbers: LawNumbers) -> tuple[str, ...]:
    if eu_threshold(purchase, numbers) is not None:
        return (_european_key(purchase),)
    return ("eu_threshold_central", "eu_threshold_other") if purchase.nature else _EU[:3]


def _european_key(purchase: Purchase) -> str:
    if purchase.nature in (Nature.WORKS, Nature.CONCESSION):
        return _EU[0]
    if is_light_regime(purchase):
        return _EU[3]
    return _EU[1] if purchase.authority.type is AuthorityType.FEDERAL else _EU[2]


def _without_publication(purchase: Purchase) -> str:
    return "negotiated_without_publication" + ("_social_services" if is_light_regime(purchase) else "")


def _threshold(key: str, purchase: Purchase, numbers: LawNumbers) -> Threshold:
    number = numbers.number(key)
    dated = number.on(purchase.publication_date)
    reached = None if purchase.estimated_value is None else purchase.estimated_value >= dated.value
    return Threshold(key, number.label, dated.value, dated.valid_to, dated.source, dated.certainty, reached)


def procedures_by_value(purchase: Purchase, numbers: LawNumbers) -> dict[Procedure, bool]:
    """Return for each procedure that depends on the value whether it allows it; the others rest on other conditions."""
    value, day = purchase.estimated_value, purchase.publication_date
    if value is None:
        return {}
    found = {
        Procedure.OPEN: True,
        Procedure.RESTRICTED: True,
        Procedure.LOW_VALUE: value < numbers.value("low_value", day),
        Procedure.NEGOTIATED_WITHOUT_PUBLICATION: value < numbers.value(_without_publication(purchase), day),
    }
    limit = (
        numbers.value("direct_negotiated_works", day)
        if purchase.nature is Nature.WORKS
        else eu_threshold(purchase, numbers)
    )
    return found if limit is None else found | {Procedure.NEGOTIATED_WITH_PUBLICATION: value < limit}
