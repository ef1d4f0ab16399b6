"""The list of clauses: words searched, facets chosen, what is found and how many each facet holds."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.combined import FoundClause
from mpdi.clause_library.core.vocabulary import Ambition, Category, ClauseKind, TaxonomyObjective, Theme
from mpdi.clause_library.plans import plans_of

FACETS: Mapping[str, tuple[str, ...]] = {
    "theme": tuple(Theme),
    "category": tuple(Category),
    "kind": tuple(ClauseKind),
    "ambition": tuple(Ambition),
    "objective": tuple(TaxonomyObjective),
}
"""The facets with a closed list of values, in the order shown."""
OPEN_FACETS = ("law", "label", "plan")
"""The facets whose values are whatever the clauses name: acts, labels, regional plans."""
_OPEN_VALUE = re.compile(r"[A-Za-z0-9_-]{1,60}")
MAX_OPEN = 20
"""Values of an open facet that one address may choose."""
MAX_WORDS = 300
PAGE_SIZE = 50
MAX_FOUND = 200
"""How many clauses a search by words and meaning returns at most."""


@dataclass(frozen=True)
class Query:
    """What a reader asks of the list: words, and the chosen values of each facet; no value chosen means all."""

    words: str
    chosen: Mapping[str, frozenset[str]]
    page: int

    @property
    def is_filtered(self) -> bool:
        """Whether any facet is chosen."""
        return any(self.chosen.values())

    def without(self, facet: str | None, code: str | None) -> dict[str, list[str]]:
        """Return the chosen values as arguments of an address, one of them left out."""
        return {
            name: sorted(value for value in values if (name, value) != (facet, code))
            for name, values in self.chosen.items()
        }

    def admits(self, clause: ClauseVersion, *, but: str | None = None) -> bool:
        """Whether the chosen facets let a clause through, one facet (`but`) left aside."""
        asked = ((facet, values) for facet, values in self.chosen.items() if values and facet != but)
        return all(values & facet_values(clause, facet) for facet, values in asked)


@dataclass(frozen=True)
class Found:
    """One clause of the list; where words were searched, what found it (`by`)."""

    clause: ClauseVersion
    by: FoundClause | None = None


@dataclass(frozen=True)
class FacetValue:
    """A value of a facet: how many clauses it would leave, and whether it is chosen."""

    code: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Catalogue:
    """A page of the list."""

    found: tuple[Found, ...]
    total: int
    pages: int
    facets: Mapping[str, tuple[FacetValue, ...]]


def read_query(arguments: MultiDict[str, str]) -> Query:
    """Read the query of an address; unknown values of facets are left out, words are cut at `MAX_WORDS` letters."""
    chosen = {facet: frozenset(arguments.getlist(facet)) & frozenset(values) for facet, values in FACETS.items()}
    for facet in OPEN_FACETS:
        chosen[facet] = frozenset(filter(_OPEN_VALUE.fullmatch, arguments.getlist(facet)[:MAX_OPEN]))
    page = arguments.get("page", 1, type=int)
    words = " ".join(arguments.get("words", "").split())[:MAX_WORDS]
    return Query(words, chosen, min(max(page, 1), 10_000))


def facet_values(clause: ClauseVersion, facet: str) -> frozenset[str]:
    """Return the values a clause has for a facet."""
    match facet:
        case "theme":
            return frozenset(clause.themes)
        case "category":
            return frozenset(clause.categories)
        case "kind":
            return frozenset((clause.kind,))
        case "objective":
            return frozenset(clause.taxonomy_objectives)
        case "law":
            return frozenset(basis.act for basis in clause.legal_basis)
        case "label":
            return frozenset(clause.labels)
        case "plan":
            return plans_of(clause)
        case _:
            return frozenset((clause.ambition,))


def all_clauses(library: ClauseLibrary, day: datetime.date) -> list[Found]:
    """Return every clause, in the version in force or else the newest, by identifier."""
    return [Found(library.latest(identifier, day)) for identifier in library.identifiers]


def found_by(library: ClauseLibrary, day: datetime.date, hits: Iterable[FoundClause]) -> list[Found]:
    """Return the clauses of a search, best first; what the index knows and the library no longer has is left out."""
    known = frozenset(library.identifiers)
    return [Found(library.latest(each.hit.id, day), each) for each in hits if each.hit.id in known]


def catalogue(candidates: Sequence[Found], query: Query) -> Catalogue:
    """Filter the candidates by the facets chosen, count each facet, and cut the page asked for."""
    found = [item for item in candidates if query.admits(item.clause)]
    first = (query.page - 1) * PAGE_SIZE
    facets = {facet: _facet(candidates, query, facet) for facet in (*FACETS, *OPEN_FACETS)}
    return Catalogue(tuple(found[first : first + PAGE_SIZE]), len(found), -(-len(found) // PAGE_SIZE), facets)


def _facet(candidates: Sequence[Found], query: Query, facet: str) -> tuple[FacetValue, ...]:
    counts: Counter[str] = Counter()
    for item in candidates:
        if query.admits(item.clause, but=facet):
            counts.update(facet_values(item.clause, facet))
    chosen = query.chosen[facet]
    codes = FACETS.get(facet) or sorted(counts.keys() | chosen, key=lambda code: (-counts[code], code))
    return tuple(FacetValue(code, counts[code], code in chosen) for code in codes if counts[code] or code in chosen)
