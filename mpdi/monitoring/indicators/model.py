"""What indicators read and give: facts of the notices of a procedure, and rates with the bounds that missing data allow.

`None` is "not stated", never "no".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class Theme(StrEnum):
    """What a purchase may further; the themes of the clause library."""

    ENVIRONMENTAL = "environmental"
    SOCIAL = "social"
    ETHICAL = "ethical"
    ANTI_DUMPING = "anti_dumping"
    SME = "sme"
    INNOVATION = "innovation"


class Reading(StrEnum):
    """How it is known: what is declared and what the text says are never added up."""

    STRICT = "strict"
    """The field made for it: BT-06, for small firms BT-726."""
    DETAILED = "detailed"
    """A field of detail: a specific code of BT-774, 775, 776; BT-805; BT-754."""
    CONTRADICTORY = "contradictory"
    """The field made for it says no, and detail or text say yes; or it says yes and no at once."""
    DETECTED = "detected"
    """The words of the notice."""


class Counted(StrEnum):
    """What is counted. Values stand one rate a currency: currencies are never added up."""

    PROCEDURES = "procedures"
    LOTS = "lots"
    VALUE = "value"


class Stage(StrEnum):
    """Which notices of a procedure are told of together."""

    CALL = "call"
    """They ask for tenders."""
    RESULT = "result"
    """They say what came of it."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a lot says of one theme, by each way of knowing it."""

    strict: bool | None = None
    detailed: bool | None = None
    detected: bool | None = None
    """`None`: its texts are in none of the languages that are searched, or were not searched."""
    denies_itself: bool = False
    """BT-06 says `none` beside an aim."""

    @property
    def contradictory(self) -> bool | None:
        """Whether the strict field says no and detail or text yes; `None` where there is nothing to compare.

        A text that says nothing contradicts no field: what is asked need not be named. Nor does the detail "no criteria
        of green procurement": an aim may be pursued without them.
        """
        if self.denies_itself:
            return True
        if self.strict is None or (self.detailed is None and self.detected is None):
            return None
        return not self.strict and bool(self.detailed or self.detected)

    def by(self, reading: Reading) -> bool | None:
        """What this way of knowing says."""
        if reading is Reading.CONTRADICTORY:
            return self.contradictory
        if reading is Reading.STRICT:
            return self.strict
        return self.detailed if reading is Reading.DETAILED else self.detected


_SAYS_NOTHING = Declaration()


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What is known of one lot. A procedure that is not divided has one."""

    record: int
    """Number of the notice that has the last word on it: where the words that prove it stand."""
    id: str | None = None
    title: str | None = None
    category: str | None = None
    """Market category of the clause library, from the CPV; `None` where no CPV is stated."""
    cpv: str | None = None
    """Eight digits."""
    nature: str | None = None
    """`works`, `supplies`, `services`."""
    place: str | None = None
    """NUTS of performance, else of the buyer."""
    value: Decimal | None = None
    """Estimated; for a result without estimate the awarded one."""
    currency: str | None = None
    themes: Mapping[Theme, Declaration] = field(default_factory=dict)
    framework: bool | None = None
    price_weight: Decimal | None = None
    """Per cent of the award that price or cost decide, from 0 to 100."""
    price_only: bool | None = None
    """Whether nothing but price or cost decides."""
    turnover: Decimal | None = None
    """Yearly turnover demanded of tenderers, in `turnover_currency`."""
    turnover_currency: str | None = None
    turnover_asked: bool | None = None
    """`None`: the notice says nothing about selection."""
    payment_stated: bool | None = None
    """Whether the notice says how it is paid (BT-77); `None`: a format without a place for it."""
    advance_stated: bool | None = None
    """Whether its words promise an advance; `None` as for `Declaration.detected`."""
    tenders: int | None = None
    tenders_of_smes: int | None = None
    winner_sizes: tuple[str | None, ...] = ()
    """BT-165 of each winner; `None` in it: not stated."""
    awarded: bool | None = None
    """Whether a winner was chosen (BT-142); `None`: not stated, or still open."""
    awarded_value: Decimal | None = None
    """What it was awarded for, in `awarded_currency`; `None`: not stated, or no result."""
    awarded_currency: str | None = None
    no_tender_said: bool = False
    """BT-144 gives as the reason that no tender came."""

    @property
    def division(self) -> str | None:
        """The first two digits of the CPV."""
        return self.cpv[:2] if self.cpv else None

    def of(self, theme: Theme) -> Declaration:
        """What it says of a theme."""
        return self.themes.get(theme, _SAYS_NOTHING)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What the notices of one stage of one procedure say together, each lot once, by the last notice that tells of it."""

    procedure: str
    """`NoticeRecord.procedure_key`."""
    stage: Stage
    is_uptake: bool
    """Whether its procedure is counted by these notices: the call, or where there is none the result."""
    records: tuple[int, ...]
    """Numbers of the notices, in the order of their days."""
    day: date | None
    """Of the first of them."""
    buyer: str | None
    """The authority of the register where it is recognised, else the normal form of the name: who buys."""
    authority: str | None = None
    """Identifier in the register of authorities."""
    authority_name: str | None = None
    level: str | None = None
    """`local`, `regional`, `federal`, … of the register; `None`: not in it."""
    country: str | None = None
    """Three letters."""
    procedure_type: str | None = None
    """BT-105."""
    format: str = ""
    is_central: bool | None = None
    """Whether a central purchasing body buys, or buyers together."""
    lots: tuple[LotFacts, ...] = ()

    @property
    def year(self) -> str | None:
        """`2026`."""
        return None if self.day is None else f"{self.day.year}"

    @property
    def quarter(self) -> str | None:
        """`2026-Q1`."""
        return None if self.day is None else f"{self.day.year}-Q{(self.day.month + 2) // 3}"


Dimension = Mapping[str, str]
"""What a rate is of: `counted`, `reading` and `currency` where it has them, and at most one split such as `category`."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, or a mean, with what it rests on.

    `rate` = `numerator` / `denominator`; the denominator counts only where it is stated. `lower` and `upper` are the
    rates if everything that is not stated were "no", or "yes"; for a mean the least and the most it could be. `None`:
    there is nothing to divide, or no bound (a mean of counts has no upper one).
    """

    indicator: str
    dimension: Dimension
    numerator: Decimal
    denominator: Decimal
    population: Decimal
    """Stated or not: `denominator` = `population` × `coverage`."""
    lower: Decimal | None
    upper: Decimal | None
    stated_units: int | None = None
    """Of a share of value: how many purchases stand behind the denominator. `None`: the denominator counts them."""
    units: int | None = None
    """The same of the population."""

    def is_few(self, few: int) -> bool:
        """Whether fewer purchases than that say anything: then the count stands alone."""
        return (self.denominator if self.stated_units is None else self.stated_units) < few

    def is_of_few(self, few: int) -> bool:
        """Whether fewer purchases than that are counted at all."""
        return (self.population if self.units is None else self.units) < few

    @property
    def rate(self) -> Decimal | None:
        """Numerator by denominator."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def coverage(self) -> Decimal | None:
        """Share of the population for which it is stated."""
        return self.denominator / self.population if self.population else None


class Measurement(Protocol):
    """An indicator at work: it is shown every notice once, in any order, and then asked."""

    def add(self, notice: NoticeFacts) -> None:
        """Take a notice into account."""

    def rates(self) -> list[Rate]:
        """Everything found so far; first without a split, then by each split in order of its values."""


class Indicator(Protocol):
    """One thing that is measured; each has a module, a page of `docs/uptake/indicators` and a fixture of its name."""

    @property
    def id(self) -> str:
        """Name of its module."""

    @property
    def population(self) -> str:
        """Of what it is a share, or a mean: one sentence."""

    def measure(self, splits: Sequence[str] = ()) -> Measurement:
        """Begin; `splits`: names of `dimensions.SPLITS` by which it is told apart too."""


def measured(indicator: Indicator, notices: Iterable[NoticeFacts], splits: Sequence[str] = ()) -> list[Rate]:
    """The rates of one indicator over notices."""
    begun = indicator.measure(splits)
    for notice in notices:
        begun.add(notice)
    return begun.rates()
