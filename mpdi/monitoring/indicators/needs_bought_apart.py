"""Needs that many authorities buy apart: groups of the CPV bought by at least so many, without central purchasing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mpdi.monitoring.indicators.declared import POPULATION
from mpdi.monitoring.indicators.model import NoticeFacts, Rate

MANY = 5
"""Authorities that buy the same apart; a default of the project, to be chosen anew for each question."""
GROUP = 3
"""Digits of the CPV that make a need: its group; an assumption of ours."""


@dataclass(frozen=True, slots=True)
class Need:
    """One group of the CPV: who bought it apart, and how often."""

    group: str
    """Three digits."""
    buyers: tuple[str, ...]
    procedures: int
    values: Mapping[str, Decimal] = field(default_factory=dict)
    """Of the lots that state one, by currency."""


@dataclass(slots=True)
class _Bought:
    buyers: set[str] = field(default_factory=set)
    apart: int = 0
    values: dict[str, Decimal] = field(default_factory=dict)


@dataclass
class NeedsMeasurement:
    """Gathers groups; memory grows with groups and buyers, not with notices."""

    many: int = MANY
    _groups: dict[str, _Bought] = field(default_factory=dict)
    _procedures: int = 0
    _known: int = 0
    """Procedures that state both a CPV and a buyer."""

    def add(self, notice: NoticeFacts) -> None:
        """Take a purchase that no central purchasing body makes."""
        if not notice.is_uptake or notice.is_central:
            return
        self._procedures += 1
        groups = {lot.cpv[:GROUP] for lot in notice.lots if lot.cpv}
        if not groups or notice.buyer is None:
            return
        self._known += 1
        for group in groups:
            bought = self._groups.setdefault(group, _Bought())
            bought.buyers.add(notice.buyer)
            bought.apart += 1
        for lot in notice.lots:
            if lot.cpv and lot.value and lot.currency:
                values = self._groups[lot.cpv[:GROUP]].values
                values[lot.currency] = values.get(lot.currency, Decimal(0)) + lot.value

    def needs(self) -> list[Need]:
        """Groups that at least so many bought apart; most buyers first."""
        found = [
            Need(group, tuple(sorted(bought.buyers)), bought.apart, dict(sorted(bought.values.items())))
            for group, bought in self._groups.items()
            if len(bought.buyers) >= self.many
        ]
        return sorted(found, key=lambda need: (-len(need.buyers), -need.procedures, need.group))

    def rates(self) -> list[Rate]:
        """The share of groups that many bought apart; then, of each such group, its share of the procedures."""
        needs = self.needs()
        about = {"counted": "cpv_groups", "buyers_at_least": str(self.many)}
        groups, many = Decimal(len(self._groups)), Decimal(len(needs))
        share = many / groups if groups else None
        whole = [Rate(INDICATOR.id, about, many, groups, groups, share, share)] if groups else []
        return whole + [self._of(need) for need in needs]

    def _of(self, need: Need) -> Rate:
        bought, known, population = Decimal(need.procedures), Decimal(self._known), Decimal(self._procedures)
        about = {"counted": "procedures", "cpv_group": need.group, "buyers": str(len(need.buyers))}
        upper = (bought + population - known) / population
        return Rate(INDICATOR.id, about, bought, known, population, bought / population, upper)


@dataclass(frozen=True, slots=True)
class NeedsIndicator:
    """`many`: from how many buyers on a need counts."""

    id: str = "needs_bought_apart"
    population: str = POPULATION + " Without those of central purchasing bodies."
    many: int = MANY

    def measure(self, splits: Sequence[str] = ()) -> NeedsMeasurement:  # noqa: ARG002 (a need is of many by its nature)
        """Begin."""
        return NeedsMeasurement(self.many)


INDICATOR = NeedsIndicator()
