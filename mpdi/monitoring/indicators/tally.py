"""Answers of notices added up to rates, in one pass and in memory that grows with the splits, not with the notices."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from mpdi.monitoring.indicators.dimensions import split_value
from mpdi.monitoring.indicators.model import Counted, Dimension, LotFacts, NoticeFacts, Rate, Reading

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit of the population says: `amount` of `weight`, or nothing (`None`).

    A share: amount 0 or `weight`. A mean: any amount, weight 1. `least` and `most`: what the amount can be where it is
    not stated; `most` is `None` where nothing limits it.
    """

    amount: Decimal | None
    weight: Decimal = _ONE
    least: Decimal = Decimal(0)
    most: Decimal | None = _ONE


def yes_or_no(said: bool | None, weight: Decimal = _ONE) -> Answer:
    """The answer of a unit to a question of yes or no; a value as weight makes it a share of the value."""
    return Answer(None if said is None else weight * said, weight, Decimal(0), weight)


@dataclass(slots=True)
class _Sum:
    amount: Decimal = Decimal(0)
    stated: Decimal = Decimal(0)
    population: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    most: Decimal | None = Decimal(0)

    def add(self, answer: Answer) -> None:
        self.population += answer.weight
        if answer.amount is not None:
            self.amount += answer.amount
            self.stated += answer.weight
            return
        self.least += answer.least
        self.most = None if self.most is None or answer.most is None else self.most + answer.most

    def rate(self, indicator: str, dimension: Dimension) -> Rate:
        least, most = self.amount + self.least, None if self.most is None else self.amount + self.most
        whole = self.population
        return Rate(
            indicator=indicator,
            dimension=dimension,
            numerator=self.amount,
            denominator=self.stated,
            population=whole,
            lower=least / whole if whole else None,
            upper=most / whole if whole and most is not None else None,
        )


Kind = tuple[tuple[str, str], ...]
"""`counted`, `reading` and `currency` as pairs."""


@cache
def kind(counted: Counted, reading: Reading | None = None, currency: str | None = None) -> Kind:
    """What an answer is about."""
    pairs = (("counted", counted.value), ("reading", reading.value if reading else ""), ("currency", currency or ""))
    return tuple(pair for pair in pairs if pair[1])


Asked = Callable[[NoticeFacts, Sequence[LotFacts]], Iterable[tuple[Kind, Answer]]]
"""Answers of some lots of a notice, those of one value of a split: what is asked of the whole is asked of them."""


@dataclass
class Tally:
    """Adds the answers up, whole and by each split."""

    indicator: str
    asked: Asked
    splits: Sequence[str] = ()
    _sums: dict[tuple[str, str], dict[Kind, _Sum]] = field(default_factory=dict)

    def add(self, notice: NoticeFacts) -> None:
        """Take the notice's answers."""
        whole = list(self.asked(notice, notice.lots))
        if not whole:
            return
        self._take("", "", whole)
        for name in self.splits:
            parts = _parted(name, notice)
            for value, lots in parts.items():
                # most notices stand in one place of a split: what they answer is asked once
                self._take(name, value, whole if len(parts) == 1 else self.asked(notice, lots))

    def _take(self, split: str, value: str, answers: Iterable[tuple[Kind, Answer]]) -> None:
        sums = self._sums.setdefault((split, value), {})
        for about, answer in answers:
            found = sums.get(about)
            if found is None:
                found = sums[about] = _Sum()
            found.add(answer)

    def rates(self) -> list[Rate]:
        """What was found, without a split first."""
        places = {"": -1, **{name: place for place, name in enumerate(self.splits)}}
        return [
            sums[about].rate(self.indicator, dict(about) | ({split: value} if split else {}))
            for (split, value), sums in sorted(self._sums.items(), key=lambda each: (places[each[0][0]], each[0][1]))
            for about in sorted(sums)
        ]


def _parted(name: str, notice: NoticeFacts) -> dict[str, list[LotFacts]]:
    """The lots of a notice by their value in a split."""
    by_value: dict[str, list[LotFacts]] = {}
    for lot in notice.lots:
        by_value.setdefault(split_value(name, notice, lot), []).append(lot)
    return by_value


@dataclass(frozen=True, slots=True)
class PerNotice:
    """An indicator whose answers each notice gives by itself."""

    id: str
    population: str
    asked: Asked

    def measure(self, splits: Sequence[str] = ()) -> Tally:
        """Begin."""
        return Tally(self.id, self.asked, splits)


def any_of(said: Iterable[bool | None]) -> bool | None:
    """Yes where one says yes; else not stated where one does not say; else no."""
    answers = set(said)
    if True in answers:
        return True
    return None if None in answers or not answers else False
