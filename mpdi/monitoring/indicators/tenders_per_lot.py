"""How many tenders a lot receives: the mean."""

from decimal import Decimal

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import of_outcomes, tenders_received
from mpdi.monitoring.indicators.tally import Answer


def _answer(lot: LotFacts) -> Answer:
    received = tenders_received(lot)
    return Answer(None if received is None else Decimal(received), most=None)


INDICATOR = of_outcomes("tenders_per_lot", _answer)
