"""How many lots received no tender of a small or medium firm."""

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import share_of_outcomes
from mpdi.monitoring.indicators.sme_tenders_per_lot import sme_tenders
from mpdi.monitoring.indicators.sme_winners import has_small_winner


def has_none(lot: LotFacts) -> bool | None:
    """Whether none came. A small or medium winner without a count has tendered."""
    counted = sme_tenders(lot)
    if counted is None:
        return False if has_small_winner(lot) else None
    return counted == 0


INDICATOR = share_of_outcomes("lots_without_sme_tender", has_none)
