"""How many lots receive one tender and no more."""

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import share_of_outcomes, tenders_received


def _is_single(lot: LotFacts) -> bool | None:
    received = tenders_received(lot)
    return None if received is None else received == 1


INDICATOR = share_of_outcomes("single_bid_lots", _is_single)
