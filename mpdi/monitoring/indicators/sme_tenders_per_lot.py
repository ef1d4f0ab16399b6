"""How many tenders of small and medium firms a lot receives: the mean."""

from decimal import Decimal

from mpdi.monitoring.indicators.model import LotFacts
from mpdi.monitoring.indicators.outcomes import of_outcomes, tenders_received
from mpdi.monitoring.indicators.tally import Answer


def sme_tenders(lot: LotFacts) -> int | None:
    """Tenders of small and medium firms; none where no tender came. More than all tenders is a mistake: not stated."""
    received = tenders_received(lot)
    if received == 0:
        return 0
    counted = lot.tenders_of_smes
    return None if counted is not None and received is not None and counted > received else counted


def _answer(lot: LotFacts) -> Answer:
    counted, received = sme_tenders(lot), tenders_received(lot)
    most = None if received is None else Decimal(received)
    return Answer(None if counted is None else Decimal(counted), most=most)


INDICATOR = of_outcomes("sme_tenders_per_lot", _answer)
