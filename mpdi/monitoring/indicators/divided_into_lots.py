"""How many purchases are divided into lots."""

from collections.abc import Iterator, Sequence

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind, yes_or_no


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.is_uptake and lots:
        yield kind(Counted.PROCEDURES), yes_or_no(len(notice.lots) > 1)


INDICATOR = PerNotice("divided_into_lots", POPULATION, _asked)
