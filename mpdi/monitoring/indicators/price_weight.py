"""How much of the award price or cost decide: the mean of the stated weights, in per cent."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind

WHOLE = Decimal(100)


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.is_uptake:
        for lot in lots:
            yield kind(Counted.LOTS), Answer(lot.price_weight, most=WHOLE)


INDICATOR = PerNotice("price_weight", POPULATION, _asked)
