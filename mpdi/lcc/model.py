"""What the engine works on: a case, its alternatives, their flows, the conventions; and what comes out of it.

Signs: a cost is positive, a residual value or a revenue negative. Years: 0 is the day of purchase, 1 … n the years
of the study. Rates are fractions (0.03 is three per cent). Money is `Decimal`, never rounded before it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ONE = Decimal(1)
ZERO = Decimal(0)


class Timing(StrEnum):
    """Where in its year a flow of year t ≥ 1 falls; a flow of year 0 is never discounted."""

    END = "end"
    """The last day: (1+d)^-t."""
    MID = "mid"
    """The middle: (1+d)^-(t-0.5)."""
    CONTINUOUS = "continuous"
    """Evenly over the year: the mean of (1+d)^-s for s from t-1 to t."""


class MoneyBasis(StrEnum):
    """Whether rates and growths leave inflation out (`real`) or hold it (`nominal`)."""

    REAL = "real"
    NOMINAL = "nominal"


class Vat(StrEnum):
    """Whether the amounts of a case hold value added tax; one case says one thing."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


class ExternalCosts(StrEnum):
    """What becomes of monetised externalities: shown apart (default) or counted in the ranking, never in the LCC."""

    APART = "apart"
    COUNTED = "counted"


class Category(StrEnum):
    """The components of a life-cycle cost. A case may use other words too; `ALIASES` gives those we know."""

    ACQUISITION = "acquisition"
    ENERGY = "energy"
    WATER = "water"
    CONSUMABLES = "consumables"
    MAINTENANCE = "maintenance"
    REPLACEMENT = "replacement"
    END_OF_LIFE = "end_of_life"
    RESIDUAL = "residual"
    REVENUE = "revenue"
    EXTERNALITY = "externality"


ALIASES: Mapping[str, Category] = {
    "invest": Category.ACQUISITION,
    "omr": Category.MAINTENANCE,
    "service": Category.MAINTENANCE,
    "eol": Category.END_OF_LIFE,
}
"""Words of the cash-flow language for our categories. A result keeps the word that the case used."""

_BY_WORD: Mapping[str, Category] = {**{str(each): each for each in Category}, **ALIASES}

INVESTMENT = frozenset({Category.ACQUISITION, Category.REPLACEMENT, Category.RESIDUAL})
"""The investment side of the savings-to-investment ratio; every other category is on the savings side."""


def category_of(word: str) -> Category | None:
    """Our category for a word of a case; None for a word of the case's own, which counts as a running cost."""
    return _BY_WORD.get(word)


@dataclass(frozen=True, slots=True)
class Growth:
    """How a price moves from its level of today. At most one of the three is given; none means it stands still.

    `rate`: each year by the same fraction; the price of year t is (1+rate)^(t-lag).
    `rates`: a fraction for each year, the first for year 1; the price of year t is the product of the first t-lag.
    `path`: a factor for each year, the first for year 1, counted from today (an index, not a rate).
    `lag`: 0, the price of year 1 has grown once; 1, the price of year 1 is that of today. A path knows no lag.
    """

    rate: Decimal = ZERO
    rates: tuple[Decimal, ...] = ()
    path: tuple[Decimal, ...] = ()
    lag: int = 0


STILL = Growth()


@dataclass(frozen=True, slots=True)
class Flow:
    """One line of cost: `amount` at the prices of today, in every year from `first` to `last` (both included).

    `currency`, `vat`, `money` only where the line differs from its case: the engine then converts or refuses.
    """

    name: str
    category: str
    amount: Decimal
    first: int
    last: int
    growth: Growth = STILL
    currency: str | None = None
    vat: Vat | None = None
    money: MoneyBasis | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """One offer, or one way of doing: its flows.

    `years`: its own horizon where it is not that of the case (unequal lives: compare by `annual`, the annual
    equivalent). `units_per_year`: what it delivers a year (pages, km, meals served), for the cost per unit.
    """

    name: str
    flows: tuple[Flow, ...]
    years: int | None = None
    units_per_year: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a case is counted; printed with every figure.

    `discount_rate` is real or nominal as `money` says; `inflation` is needed only to convert one into the other.
    `first_year_grown`: whether the price of year 1 has grown once (lag 0) where a line does not say.
    """

    years: int
    discount_rate: Decimal
    timing: Timing = Timing.END
    money: MoneyBasis = MoneyBasis.REAL
    inflation: Decimal | None = None
    currency: str = "EUR"
    vat: Vat = Vat.EXCLUDED
    first_year_grown: bool = True
    external_costs: ExternalCosts = ExternalCosts.APART


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared, and how. The first alternative is the base of every comparison. `unit`: what is counted."""

    conventions: Conventions
    alternatives: tuple[Alternative, ...]
    title: str = ""
    unit: str | None = None


class Caution(StrEnum):
    """What a reader must know before trusting a figure; the words for it are the business of whoever shows it."""

    TINY_INVESTMENT = "tiny_investment"
    """The alternative costs hardly more to buy than the base: the ratio (SIR) says nothing."""
    NO_EXTRA_INVESTMENT = "no_extra_investment"
    """The alternative costs no more to buy: SIR, AIRR and paybacks have no meaning."""
    LESS_INVESTED_OVER_STUDY = "less_invested_over_study"
    """Dearer in year 0, but with replacements and residual value less is invested over the study: no SIR, no AIRR."""
    PAYBACK_REVERSED = "payback_reversed"
    """After being earned back the extra cost is lost again in a later year."""
    UNEQUAL_LIVES = "unequal_lives"
    """The horizons differ: only the annual equivalents can be compared."""
    SMALL_LEAD = "small_lead"
    """The second is within one per cent of the first."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """An alternative against the base. None: it has no meaning here, or (a payback) it never comes.

    `net_savings`: LCC of the base less this one's. `sir`: savings to investment. `airr`: adjusted internal rate of
    return. Paybacks: first year > 0 where the cumulative difference is ≥ 0, undiscounted and discounted.
    `is_dearer`: whether more is laid out than for the base, in year 0 or, with equal years 0, later in the study;
    where not, there is nothing to pay back.
    """

    net_savings: Decimal | None
    sir: Decimal | None
    airr: Decimal | None
    simple_payback: int | None
    discounted_payback: int | None
    cautions: tuple[Caution, ...] = ()
    is_dearer: bool = True


@dataclass(frozen=True, slots=True)
class AlternativeResult:
    """The figures of one alternative; nothing is rounded.

    `cash`: by year 0 … n, undiscounted; `cash_by_category` the same split; `pv`: present value by category. The three
    and `lcc` are financial. `external_pv`: present value of the externalities, apart. `ranked`: what it is ranked on
    (the LCC, with the externalities where they are counted). `annual`: annual equivalent of the LCC. `per_unit`:
    `annual` by unit delivered. `comparison` is None for the base.
    """

    name: str
    years: int
    cash: tuple[Decimal, ...]
    cash_by_category: Mapping[str, tuple[Decimal, ...]]
    pv: Mapping[str, Decimal]
    lcc: Decimal
    annual: Decimal
    external_pv: Decimal
    external_cash: tuple[Decimal, ...]
    ranked: Decimal
    per_unit: Decimal | None
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a case, in the order of its alternatives. `ranking`: their places, cheapest first, ties in order."""

    conventions: Conventions
    alternatives: tuple[AlternativeResult, ...]
    ranking: tuple[int, ...]
    cautions: tuple[Caution, ...] = ()
    unit: str | None = None

    @property
    def winner(self) -> AlternativeResult:
        """The cheapest over its life."""
        return self.alternatives[self.ranking[0]]
