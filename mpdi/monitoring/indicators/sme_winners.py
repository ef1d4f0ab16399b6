"""How many lots that were awarded go to a small or medium firm."""

from collections.abc import Iterator, Sequence

from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts, Stage
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind, yes_or_no

POPULATION = "Lots that were awarded, by the notices of the result."
SMALL = frozenset({"micro", "small", "medium", "sme"})
"""Codes of BT-165; `large` is the other."""


def has_small_winner(lot: LotFacts) -> bool | None:
    """Whether one of the winners is small or medium; `None` where a size is missing and none of those stated is."""
    sizes = set(lot.winner_sizes)
    if sizes & SMALL:
        return True
    return False if sizes == {"large"} else None


def _asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
    if notice.stage is Stage.RESULT:
        for lot in lots:
            if lot.awarded or lot.winner_sizes:
                yield kind(Counted.LOTS), yes_or_no(has_small_winner(lot))
                if lot.value and lot.currency:
                    yield kind(Counted.VALUE, currency=lot.currency), yes_or_no(has_small_winner(lot), lot.value)


INDICATOR = PerNotice("sme_winners", POPULATION, _asked)
