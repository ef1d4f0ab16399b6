"""Questions to the lots of notices that say what came of a procedure."""

from collections.abc import Callable, Iterator, Sequence

from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts, Stage
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind, yes_or_no

POPULATION = "Lots of which a notice says what came of them."


def has_outcome(lot: LotFacts) -> bool:
    """Whether anything is said of what came of the lot: a decision, a winner, a count of tenders."""
    return lot.awarded is not None or bool(lot.winner_sizes) or lot.tenders is not None or lot.no_tender_said


def of_outcomes(indicator: str, answer: Callable[[LotFacts], Answer], population: str = POPULATION) -> PerNotice:
    """An indicator that asks each lot with an outcome."""

    def asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
        if notice.stage is Stage.RESULT:
            for lot in filter(has_outcome, lots):
                yield kind(Counted.LOTS), answer(lot)

    return PerNotice(indicator, population, asked)


def share_of_outcomes(indicator: str, said: Callable[[LotFacts], bool | None]) -> PerNotice:
    """The share of lots with an outcome of which something holds."""
    return of_outcomes(indicator, lambda lot: yes_or_no(said(lot)))


def tenders_received(lot: LotFacts) -> int | None:
    """How many tenders came: the count, or none where the notice gives that as the reason of no award."""
    if lot.tenders is not None:
        return lot.tenders
    return 0 if lot.no_tender_said else None
