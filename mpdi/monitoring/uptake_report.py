"""The uptake report: rates of a period and a scope with what they rest on, as data that every format is written from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from mpdi.accounts.authorities import ContractingAuthority, register
from mpdi.exceptions import MpdiError
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import NoticeFacts, Rate, Stage, Theme
from mpdi.monitoring.indicators.needs_bought_apart import Need, NeedsIndicator, NeedsMeasurement
from mpdi.monitoring.report_provenance import Provenance, provenance
from mpdi.monitoring.report_queries import Scope, facts_of

LEVELS = ("local", "regional", "federal")


class NothingToReportError(MpdiError):
    """There is no notice to count."""


class UnknownAuthorityError(MpdiError):
    """No authority of the register has this identifier."""


class PeriodError(MpdiError):
    """The period ends before it begins."""


@dataclass(slots=True)
class Counts:
    """How much was counted."""

    procedures: int = 0
    with_result: int = 0
    """Procedures of which a notice in the period says what came of them."""
    lots: int = 0
    notices: int = 0
    in_register: int = 0
    """Procedures of an authority of the register."""
    searched: int = 0
    """Procedures whose words were searched."""
    buyers: int = 0
    levels: Counter[str] = field(default_factory=Counter)

    def watch(self, notices: Iterable[NoticeFacts]) -> Iterator[NoticeFacts]:
        """Pass the notices on, counting."""
        buyers: set[str] = set()
        for notice in notices:
            self.notices += len(notice.records)
            self.with_result += notice.stage is Stage.RESULT
            if notice.is_uptake:
                self.procedures += 1
                self.lots += len(notice.lots)
                self.in_register += notice.authority is not None
                self.levels[notice.level or ""] += 1
                self.searched += any(lot.of(Theme.ENVIRONMENTAL).detected is not None for lot in notice.lots)
                if notice.buyer is not None:
                    buyers.add(notice.buyer)
                    self.buyers = len(buyers)
            yield notice


@dataclass(frozen=True, slots=True)
class UptakeReport:
    """Everything a report says, before any language."""

    scope: Scope
    authority: ContractingAuthority | None
    counts: Counts
    rates: Sequence[Rate]
    needs: Sequence[Need]
    needs_from: int
    """Buyers from which on a need is told."""
    provenance: Provenance


def uptake_report(
    session: Session,
    scope: Scope,
    splits: Sequence[str] = SPLITS,
    many: int | None = None,
    facts: Iterable[NoticeFacts] | None = None,
) -> UptakeReport:
    """Count everything in scope. `many`: from how many buyers on a need is told; a default of the project without it.

    `facts`: those in scope, where they were read already.

    Raises `PeriodError`, `UnknownAuthorityError`, and `NothingToReportError` where there is no notice to count.
    """
    if scope.last < scope.first:
        raise PeriodError(f"The period ends before it begins: {scope.first} to {scope.last}.")
    authority = _authority(scope)
    held = provenance(session, scope)
    if not held.notices:
        raise NothingToReportError("No notice has been taken in yet: run mpdi notices ingest PATH… first.")
    counts = Counts()
    needs = NeedsIndicator() if many is None else NeedsIndicator(many=many)
    gathered = needs.measure()
    indicators = [each for name, each in INDICATORS.items() if name != needs.id]
    rates = rates_of(
        _shown(gathered, counts.watch(facts_of(session, scope) if facts is None else facts)), splits, indicators
    )
    if not counts.notices:
        raise NothingToReportError(_nothing(scope, held))
    return UptakeReport(scope, authority, counts, [*rates, *gathered.rates()], gathered.needs(), needs.many, held)


def _shown(gathered: NeedsMeasurement, notices: Iterable[NoticeFacts]) -> Iterator[NoticeFacts]:
    for notice in notices:
        gathered.add(notice)
        yield notice


def _authority(scope: Scope) -> ContractingAuthority | None:
    if scope.authority is None:
        return None
    found = register().get(scope.authority)
    if found is None:
        raise UnknownAuthorityError(f"No authority of the register has the identifier {scope.authority}.")
    return found


def _nothing(scope: Scope, held: Provenance) -> str:
    whose = f" of {scope.authority}" if scope.authority else f" of {scope.level} authorities" if scope.level else ""
    days = f"from {scope.first} to {scope.last}"
    if not held.in_period:
        return f"No notice of these days ({days}): {held.notices:,} are stored, {held.without_day:,} of them without a day."
    return (
        f"No call for tenders and no result{whose} {days}: {held.in_period:,} notices of these days are stored. "
        "A buyer is found by its name in the register: see mpdi notices buyers."
    )
