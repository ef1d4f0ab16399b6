"""How many lots received no tender at all."""

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import share_of_outcomes, tenders_received


def has_none(lot: LotFacts) -> bool | None:
    """Whether none came. An award without a count has had at least one."""
    received = tenders_received(lot)
    if received is None:
        return False if lot.awarded or lot.winner_sizes else None
    return received == 0


INDICATOR = share_of_outcomes("lots_without_tender", has_none)
