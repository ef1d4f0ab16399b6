"""Answers of notices added up to rates, in one pass and in memory that grows with the splits, not with the notices."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    return _PLAIN[said] if weight is _ONE else _answer(said, weight)


def _answer(said: bool | None, weight: Decimal) -> Answer:
    return Answer(None if said is None else weight * said, weight, Decimal(0), weight)


_PLAIN = {said: _answer(said, _ONE) for said in (True, False, None)}
"""Most answers are of one of many units that weigh the same."""


@dataclass(slots=True)
class _Sum:
    amount: Decimal = Decimal(0)
    stated: Decimal = Decimal(0)
    population: Decimal = Decimal(0)
    least: Decimal = Decimal(0)
    most: Decimal | None = Decimal(0)
    units: int = 0
    stated_units: int = 0

    def add(self, answer: Answer) -> None:
        self.population += answer.weight
        self.units += 1
        if answer.amount is not None:
            self.amount += answer.amount
            self.stated += answer.weight
            self.stated_units += 1
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
            stated_units=self.stated_units,
            units=self.units,
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


_ORDER = {value: place for place, value in enumerate((*Counted, *Reading))}


def _place(about: Kind) -> tuple[tuple[int, str], ...]:
    """Procedures, lots, value; strict, detailed, …; the currencies in the order of the alphabet."""
    return tuple((_ORDER.get(value, len(_ORDER)), value) for _, value in about)


class Tally:
    """Adds the answers to one question or several up, whole and by each split."""

    def __init__(self, asked: Mapping[str, Asked], splits: Sequence[str] = ()) -> None:
        """`asked`: by the name of the indicator."""
        self._asked, self._splits = asked, splits
        self._sums: dict[str, dict[tuple[str, str], dict[Kind, _Sum]]] = {name: {} for name in asked}

    def add(self, notice: NoticeFacts) -> None:
        """Take the notice's answers."""
        parts = {split: _parted(split, notice) for split in self._splits}
        for name, asked in self._asked.items():
            whole = list(asked(notice, notice.lots))
            if not whole:
                continue
            sums = self._sums[name]
            _take(sums.setdefault(("", ""), {}), whole)
            for split, by_value in parts.items():
                for value, lots in by_value.items():
                    # most notices stand in one place of a split: what they answer is asked once
                    answers = whole if len(by_value) == 1 else asked(notice, lots)
                    _take(sums.setdefault((split, value), {}), answers)

    def rates(self) -> list[Rate]:
        """What was found, an indicator after the other, each without a split first."""
        places = {"": -1, **{name: place for place, name in enumerate(self._splits)}}
        return [
            sums[about].rate(name, dict(about) | ({split: value} if split else {}))
            for name, found in self._sums.items()
            for (split, value), sums in sorted(found.items(), key=lambda each: (places[each[0][0]], each[0][1]))
            for about in sorted(sums, key=_place)
        ]


def _take(sums: dict[Kind, _Sum], answers: Iterable[tuple[Kind, Answer]]) -> None:
    for about, answer in answers:
        found = sums.get(about)
        if found is None:
            found = sums[about] = _Sum()
        found.add(answer)


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
        return Tally({self.id: self.asked}, splits)


def any_of(said: Iterable[bool | None]) -> bool | None:
    """Yes where one says yes; else not stated where one does not say; else no."""
    answers = set(said)
    if True in answers:
        return True
    return None if None in answers or not answers else False
