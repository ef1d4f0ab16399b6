"""Into how many lots purchases are divided: the mean, and the share that is divided at all."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.is_uptake and lots:
        yield kind(Counted.PROCEDURES), Answer(Decimal(len(lots)), most=None)


INDICATOR = PerNotice("lots_per_procedure", POPULATION, _asked)
