"""How often the yearly turnover demanded is above twice the estimated value of the lot (Directive 2014/24/EU, art. 58(3))."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind, yes_or_no

MOST_TIMES_VALUE = Decimal(2)
"""Directive 2014/24/EU, art. 58(3): twice the estimated value, except for justified special risks (verified); art. 67 of
the royal decree of 18 April 2017 (partly verified)."""


def is_above(lot: LotFacts) -> bool | None:
    """Whether more is demanded; `None` where no turnover, no value, or another currency is stated."""
    if lot.turnover_asked is False:
        return False
    if lot.turnover is None or not lot.value or lot.currency != lot.turnover_currency:
        return None
    return lot.turnover > MOST_TIMES_VALUE * lot.value


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.is_uptake:
        for lot in lots:
            yield kind(Counted.LOTS), yes_or_no(is_above(lot))


INDICATOR = PerNotice("turnover_demanded", POPULATION, _asked)
