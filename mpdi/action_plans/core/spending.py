"""What an authority spends by category, and how much of it each clause pack could reach: an upper bound, not a forecast."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.action_plans.core.profile import Spending
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Ambition, Category, Theme

READY = 1
"""Score of market readiness that says: widely on offer (`clauses/README.md`)."""


@dataclass(frozen=True)
class PackReach:
    """The clauses in force of one category: those of its own by level (cumulative), by theme, and the first to take."""

    category: Category
    by_level: Mapping[Ambition, int]
    by_theme: Mapping[Theme, int]
    core_by_theme: Mapping[Theme, int]
    ready_by_theme: Mapping[Theme, int]
    """Of the core ones, those that the library says are widely on offer."""
    first: tuple[ClauseVersion, ...]
    """Core clauses, themes in turn, of each theme the widest on offer first."""


@dataclass(frozen=True)
class SpendingRow:
    """One category: its yearly amount in EUR, the share of all that is known, and its pack."""

    category: Category
    amount: Decimal
    share: Decimal
    contracts: int | None
    pack: PackReach


@dataclass(frozen=True)
class ThemeReach:
    """A theme: in how many of the categories bought the pack has clauses of it, and what is spent there."""

    theme: Theme
    categories: int
    amount: Decimal
    share: Decimal


@dataclass(frozen=True)
class SpendingView:
    """All spending, the largest first, and what packs could reach of it."""

    rows: tuple[SpendingRow, ...]
    total: Decimal
    contracts: int | None
    """`None` where a category does not say."""
    themes: tuple[ThemeReach, ...]


def pack_reach(clauses: Iterable[ClauseVersion], category: Category) -> PackReach:
    """Count the clauses of one category, those of `general` for the general one."""
    own = [clause for clause in clauses if category in clause.categories]
    core = [clause for clause in own if clause.ambition is Ambition.CORE]
    ready = [clause for clause in core if clause.market_readiness.score <= READY]
    widest = sorted(
        core, key=lambda clause: (clause.market_readiness.score, clause.market_readiness.sme_risk, clause.id)
    )
    first = sorted(widest, key=lambda clause: _turn(clause, widest))
    return PackReach(
        category,
        {level: sum(clause.ambition.rank <= level.rank for clause in own) for level in Ambition},
        _by_theme(own),
        _by_theme(core),
        _by_theme(ready),
        tuple(first),
    )


def _turn(clause: ClauseVersion, ordered: Sequence[ClauseVersion]) -> tuple[int, int]:
    """Themes take turns: the first clause of each, then the second of each."""
    own = [each for each in ordered if each.themes[0] is clause.themes[0]]
    return own.index(clause), list(Theme).index(clause.themes[0])


def _by_theme(clauses: Sequence[ClauseVersion]) -> dict[Theme, int]:
    counts = {theme: sum(clause.themes[0] is theme for clause in clauses) for theme in Theme}
    return {theme: count for theme, count in counts.items() if count}


def spending_view(spending: Sequence[Spending], library: ClauseLibrary, day: datetime.date) -> SpendingView:
    """Return the spending with the packs in force on a day."""
    clauses = library.all_in_force(day)
    total = sum((each.amount for each in spending), Decimal(0))
    ordered = sorted(spending, key=lambda each: (-each.amount, list(Category).index(each.category)))
    rows = tuple(
        SpendingRow(
            each.category, each.amount, _share(each.amount, total), each.contracts, pack_reach(clauses, each.category)
        )
        for each in ordered
    )
    counts = [each.contracts for each in spending]
    known = [count for count in counts if count is not None]
    contracts = sum(known) if spending and len(known) == len(counts) else None
    return SpendingView(rows, total, contracts, tuple(_reach(theme, rows, total) for theme in Theme))


def _reach(theme: Theme, rows: Sequence[SpendingRow], total: Decimal) -> ThemeReach:
    reached = [row for row in rows if theme in row.pack.by_theme]
    amount = sum((row.amount for row in reached), Decimal(0))
    return ThemeReach(theme, len(reached), amount, _share(amount, total))


def _share(amount: Decimal, total: Decimal) -> Decimal:
    return amount / total if total else Decimal(0)
