"""Uptake of a theme, or of several together: the same question asked by each way of knowing it."""

from collections.abc import Iterator, Sequence

from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts, Reading, Theme
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, any_of, kind, yes_or_no

READINGS = {
    Theme.ENVIRONMENTAL: (Reading.STRICT, Reading.DETAILED, Reading.CONTRADICTORY, Reading.DETECTED),
    Theme.SOCIAL: (Reading.STRICT, Reading.DETAILED, Reading.CONTRADICTORY, Reading.DETECTED),
    Theme.INNOVATION: (Reading.STRICT, Reading.DETAILED, Reading.CONTRADICTORY, Reading.DETECTED),
    Theme.ETHICAL: (Reading.DETAILED, Reading.DETECTED),
    Theme.SME: (Reading.STRICT, Reading.CONTRADICTORY, Reading.DETECTED),
    Theme.ANTI_DUMPING: (Reading.DETECTED,),
}
"""By which each theme can be known: no field declares a measure against social dumping, none of BT-06 an ethical aim."""

POPULATION = (
    "Procedures, and their lots, by the notices that ask for tenders; where there is none, by those of the result."
)


def uptake(indicator: str, *themes: Theme) -> PerNotice:
    """An indicator of uptake: by procedures, lots and value, a rate for each reading that one of the themes has."""
    readings = {reading: [each for each in themes if reading in READINGS[each]] for reading in Reading}

    def asked(notice: NoticeFacts, lots: Sequence[LotFacts]) -> Iterator[tuple[Kind, Answer]]:
        if not notice.is_uptake or not lots:
            return
        for reading, known in readings.items():
            if known:
                said = [_said(lot, reading, known) for lot in lots]
                yield from _counted(reading, lots, said)

    return PerNotice(indicator, POPULATION, asked)


def _said(lot: LotFacts, reading: Reading, themes: Sequence[Theme]) -> bool | None:
    if len(themes) == 1:  # as of most indicators: what one theme says is what is said
        return lot.of(themes[0]).by(reading)
    return any_of([lot.of(theme).by(reading) for theme in themes])


def _counted(reading: Reading, lots: Sequence[LotFacts], said: Sequence[bool | None]) -> Iterator[tuple[Kind, Answer]]:
    yield kind(Counted.PROCEDURES, reading), yes_or_no(any_of(said))
    for lot, each in zip(lots, said, strict=True):
        yield kind(Counted.LOTS, reading), yes_or_no(each)
        if lot.value and lot.currency:
            yield kind(Counted.VALUE, reading, lot.currency), yes_or_no(each, lot.value)
