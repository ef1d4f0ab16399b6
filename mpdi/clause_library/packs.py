"""Clauses as a pack: what a contract of one market category takes along at one level of ambition."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Ambition, Category, ClauseKind

ByKind = Mapping[ClauseKind, Sequence[ClauseVersion]]


@dataclass(frozen=True)
class Pack:
    """The clauses in force of a category up to a level, its own apart from those that go with any contract."""

    category: Category
    level: Ambition
    own: ByKind
    general: ByKind


@dataclass(frozen=True)
class PackSummary:
    """A category, and how many clauses of its own it has up to each level."""

    category: Category
    counts: Mapping[Ambition, int]


@dataclass(frozen=True)
class LevelStep:
    """What is in two levels of one category alike, and what only the higher one adds, by kind."""

    category: Category
    lower: Ambition
    higher: Ambition
    rows: Sequence[tuple[ClauseKind, Sequence[ClauseVersion], Sequence[ClauseVersion]]]


def pack_summaries(library: ClauseLibrary, day: datetime.date) -> list[PackSummary]:
    """Return the categories that have clauses in force, the general one first, as the closed list has them."""
    current = library.all_in_force(day)
    summaries = []
    for category in Category:
        own = [clause for clause in current if category in clause.categories]
        counts = {level: sum(clause.ambition.rank <= level.rank for clause in own) for level in Ambition}
        if own:
            summaries.append(PackSummary(category, counts))
    return summaries


def pack(library: ClauseLibrary, day: datetime.date, category: Category, level: Ambition) -> Pack:
    """Return the pack of a category at a level: `core` is the basic one, the others take it along."""
    fitting = [clause for clause in library.all_in_force(day) if clause.ambition.rank <= level.rank]
    own = [clause for clause in fitting if category in clause.categories]
    general = [
        clause for clause in fitting if Category.GENERAL in clause.categories and category not in clause.categories
    ]
    return Pack(category, level, _by_kind(own), _by_kind(general))


def level_step(
    library: ClauseLibrary, day: datetime.date, category: Category, lower: Ambition, higher: Ambition
) -> LevelStep:
    """Compare two levels of a category, its own clauses only."""
    below, above = (pack(library, day, category, level).own for level in (lower, higher))
    rows = []
    for kind in ClauseKind:
        shared = list(below.get(kind, ()))
        added = [clause for clause in above.get(kind, ()) if clause not in shared]
        if shared or added:
            rows.append((kind, shared, added))
    return LevelStep(category, lower, higher, rows)


def _by_kind(clauses: Sequence[ClauseVersion]) -> ByKind:
    groups = {kind: [clause for clause in clauses if clause.kind is kind] for kind in ClauseKind}
    return {kind: some for kind, some in groups.items() if some}
