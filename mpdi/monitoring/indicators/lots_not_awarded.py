"""How many lots ended without a winner."""

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import share_of_outcomes


def _is_not_awarded(lot: LotFacts) -> bool | None:
    if lot.awarded is None:
        return False if lot.winner_sizes else None
    return not lot.awarded


INDICATOR = share_of_outcomes("lots_not_awarded", _is_not_awarded)
