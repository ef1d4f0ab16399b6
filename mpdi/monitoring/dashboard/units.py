"""What a figure counts, one by one: the procedures or lots behind a numerator, and those that say no or nothing. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.monitoring.indicators.dimensions import split_value
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts, Reading
from mpdi.monitoring.indicators.needs_bought_apart import GROUP
from mpdi.monitoring.indicators.tally import Answer, Kind, PerNotice, kind


@dataclass(frozen=True, slots=True)
class Figure:
    """Which figure is asked about: an indicator, how it is counted, and at most one value of a split."""

    indicator: PerNotice
    counted: Counted
    reading: Reading | None = None
    currency: str | None = None
    split: str = ""
    value: str = ""

    @property
    def about(self) -> Kind:
        """What its answers are marked with."""
        return kind(self.counted, self.reading, self.currency if self.counted is Counted.VALUE else None)


@dataclass(frozen=True, slots=True)
class Unit:
    """One procedure or lot that a figure counts, and what it answers."""

    notice: NoticeFacts
    lot: LotFacts | None
    """`None`: the procedure as a whole."""
    answer: str
    """`yes`, `no`, `not_stated`; of a mean `yes` is stated."""
    amount: Decimal | None
    record: int
    """Number of the notice to read: of a procedure that says yes, one that says it."""


def units(facts: Iterable[NoticeFacts], figure: Figure, is_mean: bool = False) -> Iterator[Unit]:
    """Everything that the figure counts, in the order of the facts."""
    for notice in facts:
        lots = [
            lot for lot in notice.lots if not figure.split or split_value(figure.split, notice, lot) == figure.value
        ]
        if not lots:
            continue
        if figure.counted is Counted.PROCEDURES:
            yield from (_unit(notice, None, each, figure, lots, is_mean) for each in _answers(figure, notice, lots))
        else:
            for lot in lots:
                yield from (_unit(notice, lot, each, figure, lots, is_mean) for each in _answers(figure, notice, [lot]))


def _answers(figure: Figure, notice: NoticeFacts, lots: Sequence[LotFacts]) -> list[Answer]:
    return [answer for about, answer in figure.indicator.asked(notice, lots) if about == figure.about]


def _unit(
    notice: NoticeFacts, lot: LotFacts | None, answer: Answer, figure: Figure, lots: Sequence[LotFacts], is_mean: bool
) -> Unit:
    said = _said(answer, is_mean)
    if lot is not None:
        return Unit(notice, lot, said, answer.amount, lot.record)
    telling = [each for each in lots if said == "yes" and not is_mean and _says_yes(figure, notice, each)]
    return Unit(notice, None, said, answer.amount, telling[0].record if telling else notice.records[-1])


def _says_yes(figure: Figure, notice: NoticeFacts, lot: LotFacts) -> bool:
    return any(answer.amount for answer in _answers(figure, notice, [lot]))


def _said(answer: Answer, is_mean: bool) -> str:
    if answer.amount is None:
        return "not_stated"
    return "yes" if is_mean or answer.amount else "no"


def bought_apart(facts: Iterable[NoticeFacts], group: str) -> Iterator[Unit]:
    """The procedures that buy from one group of the CPV apart, as `needs_bought_apart` counts them."""
    for notice in facts:
        if not notice.is_uptake or notice.is_central or notice.buyer is None:
            continue
        lot = next((each for each in notice.lots if each.cpv and each.cpv[:GROUP] == group), None)
        if lot is not None:
            yield Unit(notice, None, "yes", None, lot.record)
