"""How many lots promise an advance in the words of the notice."""

from collections.abc import Iterator, Sequence

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind, yes_or_no


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.is_uptake:
        for lot in lots:
            yield kind(Counted.LOTS), yes_or_no(lot.advance_stated)


INDICATOR = PerNotice("advance_stated", POPULATION, _asked)
