"""Pure: what the facts of notices add up to. `INDICATORS` holds one a module; `docs/uptake/indicators` has a page of each."""

from collections.abc import Iterable, Mapping, Sequence

from mpdi.monitoring.indicators import (
    advance_stated,
    anti_dumping_clauses,
    divided_into_lots,
    environmental_clauses,
    ethical_clauses,
    innovative_purchases,
    lots_not_awarded,
    lots_per_procedure,
    lots_without_sme_tender,
    lots_without_tender,
    needs_bought_apart,
    payment_stated,
    price_only,
    price_weight,
    single_bid_lots,
    sme_access,
    sme_tenders_per_lot,
    sme_winners,
    social_clauses,
    sustainable_clauses,
    tenders_per_lot,
    turnover_demanded,
)
from mpdi.monitoring.indicators.model import Indicator, NoticeFacts, Rate
from mpdi.monitoring.indicators.tally import PerNotice, Tally

__all__ = ["INDICATORS", "rates_of"]

INDICATORS: Mapping[str, Indicator] = {
    module.INDICATOR.id: module.INDICATOR
    for module in (
        environmental_clauses,
        social_clauses,
        ethical_clauses,
        sustainable_clauses,
        innovative_purchases,
        anti_dumping_clauses,
        sme_access,
        lots_per_procedure,
        divided_into_lots,
        turnover_demanded,
        price_weight,
        price_only,
        tenders_per_lot,
        sme_tenders_per_lot,
        single_bid_lots,
        sme_winners,
        payment_stated,
        advance_stated,
        lots_without_tender,
        lots_without_sme_tender,
        lots_not_awarded,
        needs_bought_apart,
    )
}
"""By their names, in the order in which they are told."""


def rates_of(
    notices: Iterable[NoticeFacts], splits: Sequence[str] = (), indicators: Iterable[Indicator] = INDICATORS.values()
) -> list[Rate]:
    """Every rate, whole and by each split (`dimensions.SPLITS`), in one pass over the notices."""
    asked = list(indicators)
    together = Tally({each.id: each.asked for each in asked if isinstance(each, PerNotice)}, splits)
    apart = {each.id: each.measure(splits) for each in asked if not isinstance(each, PerNotice)}
    for notice in notices:
        together.add(notice)
        for measurement in apart.values():
            measurement.add(notice)
    return together.rates() + [rate for measurement in apart.values() for rate in measurement.rates()]
