"""An authority beside those like it: of the same kind, else of the same level; a distribution, never a rank. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.accounts.authorities import ContractingAuthority
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.model import Counted, NoticeFacts, Rate, Reading
from mpdi.monitoring.uptake_figures import Figures
from mpdi.monitoring.uptake_words import FEW

BESIDE = 3
"""Other authorities with enough procedures, from which on they are told of: of fewer one could tell which is which. An
assumption of ours."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Which authorities it stands beside."""

    identifiers: frozenset[str]
    is_same_kind: bool
    """Else only of the same level."""
    enough: int
    """Of them those with at least `FEW` procedures that say something on the theme told of first."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One theme: the authority's rate, and how the shares of the others lie."""

    theme: str
    own: Rate | None
    others: int
    """With at least `FEW` procedures that say something."""
    least: Decimal | None = None
    median: Decimal | None = None
    most: Decimal | None = None

    @property
    def is_few(self) -> bool:
        """Whether the authority has too few procedures to be compared."""
        return self.own is None or self.own.denominator < FEW


def peers_of(authority: ContractingAuthority, every: Iterable[ContractingAuthority], active: Iterable[str]) -> Peers:
    """Those of the same kind where at least `BESIDE` of them bought something, else those of the same level."""
    others = [each for each in every if each.id != authority.id and each.id in set(active)]
    same = frozenset(each.id for each in others if each.kind == authority.kind)
    if len(same) >= BESIDE:
        return Peers(same, True, len(same))
    level = frozenset(each.id for each in others if each.level == authority.level)
    return Peers(level, False, len(level))


def beside(
    facts: Sequence[NoticeFacts], authority: str, peers: Peers, themes: Sequence[str], reading: Reading
) -> list[Beside]:
    """Each theme: own figure, and the distribution of the others'."""
    wanted = [notice for notice in facts if notice.authority == authority or notice.authority in peers.identifiers]
    figures = Figures(rates_of(wanted, ("authority",), [INDICATORS[theme] for theme in themes]))
    made = []
    for theme in themes:
        found = {each: figures.of(theme, Counted.PROCEDURES, reading, authority=each) for each in peers.identifiers}
        made.append(_beside(theme, figures.of(theme, Counted.PROCEDURES, reading, authority=authority), found))
    return made


def _beside(theme: str, own: Rate | None, others: Mapping[str, Rate | None]) -> Beside:
    shares = sorted(
        rate.rate for rate in others.values() if rate is not None and rate.rate is not None and rate.denominator >= FEW
    )
    if len(shares) < BESIDE:
        return Beside(theme, own, len(shares))
    middle = len(shares) // 2
    median = shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2
    return Beside(theme, own, len(shares), shares[0], median, shares[-1])
