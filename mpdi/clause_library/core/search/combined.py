"""The search of the portal: ranks by words and by meaning put together; identifiers first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.matching import IDENTIFIER_SCORE, Filters
from mpdi.clause_library.core.search.meaning import MeaningIndex, NearClause, Watched
from mpdi.clause_library.core.search.query_text import MAX_QUERY, read_query
from mpdi.clause_library.core.search.synonyms import shipped_synonyms
from mpdi.clause_library.core.search.words import ClauseIndex, Hit

RANK_CONSTANT = 3
WORDS_WEIGHT, MEANING_WEIGHT = 1.3, 1.0
POOL = 40
"""Ranks of each kind that are put together."""
NEAR_ENOUGH = 0.15
"""Cosine under which a clause is not near to a question at all."""
MAX_GROUPS = 4
"""Groups of synonyms that reach meaning; a pasted page names dozens."""


@dataclass(frozen=True)
class FoundClause:
    """One clause found, by words, by meaning, or by both."""

    hit: Hit
    by_words: bool
    by_meaning: bool


@dataclass(frozen=True)
class SearchResult:
    """What a search found. `is_by_meaning` says whether meaning took part; without it, words alone."""

    found: tuple[FoundClause, ...]
    is_by_meaning: bool

    @property
    def hits(self) -> list[Hit]:
        """The clauses alone, best first."""
        return [each.hit for each in self.found]


class ClauseSearch:
    """Words and meaning over one library. All it keeps can be rebuilt from the versions."""

    def __init__(self, index_folder: Path, cache_folder: Path) -> None:
        self.words = ClauseIndex(index_folder)
        self.meaning = MeaningIndex(cache_folder)

    def rebuild(self, versions: Iterable[ClauseVersion], watched: Watched = iter) -> None:
        """Index these versions and nothing else; vectors only of those that have none yet (the slow part)."""
        known = list(versions)
        self.words.rebuild(known)
        self.meaning.build(known, watched)

    def update(self, version: ClauseVersion) -> None:
        """Put one version in the place of the one of the same clause."""
        self.words.update(version)
        self.meaning.update(version)

    def remove(self, identifier: str) -> None:
        """Take a clause out."""
        self.words.remove(identifier)
        self.meaning.remove(identifier)

    def facets(self, query: str, language: str, filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """Count the clauses found by words, by each value of each facet."""
        return self.words.facets(query, language, filters)

    def search(
        self,
        query: str,
        language: str,
        filters: Filters | None = None,
        limit: int = 20,
        with_excerpts: bool = True,
    ) -> SearchResult:
        """Return the best clauses; by words alone for identifiers, quoted phrases and an empty query."""
        by_words = self.words.search(query, language, filters, max(limit, POOL), with_excerpts)
        if not self._asks_meaning(query, by_words):
            found = tuple(FoundClause(hit, by_words=True, by_meaning=False) for hit in by_words[:limit])
            return SearchResult(found, is_by_meaning=False)
        allowed = self.words.identifiers(filters)
        nearest = self.meaning.search(query, language, POOL, allowed, _library_words(query, language))
        near = [each for each in nearest if each.similarity >= NEAR_ENOUGH]
        return SearchResult(self._fused(by_words, near, with_excerpts)[:limit], is_by_meaning=True)

    def _asks_meaning(self, query: str, by_words: list[Hit]) -> bool:
        read = read_query(query)
        is_exact = bool(read.phrases or (read.identifiers and by_words and by_words[0].score >= IDENTIFIER_SCORE / 2))
        return not read.is_empty and not is_exact and self.meaning.is_ready

    def _fused(self, by_words: list[Hit], near: list[NearClause], with_excerpts: bool) -> tuple[FoundClause, ...]:
        scores: dict[str, float] = defaultdict(float)
        for rank, hit in enumerate(by_words):
            scores[hit.id] += WORDS_WEIGHT / (RANK_CONSTANT + rank)
        for rank, each in enumerate(near):
            scores[each.id] += MEANING_WEIGHT / (RANK_CONSTANT + rank)
        worded = {hit.id: hit for hit in by_words}
        meant = {each.id: each for each in near}
        best = sorted(scores, key=lambda key: (-scores[key], key))
        hits = [self._hit(key, scores[key], worded, meant, with_excerpts) for key in best]
        return tuple(FoundClause(hit, hit.id in worded, hit.id in meant) for hit in hits)

    def _hit(
        self,
        identifier: str,
        score: float,
        worded: dict[str, Hit],
        meant: dict[str, NearClause],
        with_excerpts: bool,
    ) -> Hit:
        if identifier in worded:
            return replace(worded[identifier], score=score)
        version, title = self.words.record(identifier)
        pieces = ((meant[identifier].sentence, False),) if with_excerpts else ()
        return Hit(identifier, version, title, score, pieces)


def _library_words(query: str, language: str) -> list[str]:
    """Return what the library calls what the buyer's words name."""
    own = "nl" if language == "nl" else "fr"
    groups = [found.group for found in shipped_synonyms().find(query[:MAX_QUERY])[:MAX_GROUPS]]
    return [phrase for group in groups for phrase in group.means.get(own, ())]
