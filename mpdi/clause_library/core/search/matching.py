"""Which clauses a query means, and how well: identifiers first, then words with their synonyms, then near spellings."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.query.compound import Or
from whoosh.query.positional import Phrase

from mpdi.clause_library.core.search.language import stem
from mpdi.clause_library.core.search.postings import Array, Postings, as_text
from mpdi.clause_library.core.search.query_text import QueryText
from mpdi.clause_library.core.search.schema import FACETS
from mpdi.clause_library.core.search.synonyms import FoundSynonym, Synonyms
from mpdi.clause_library.core.vocabulary import LANGUAGES

Term = tuple[str, str, float]
"""Field, stem, and how much it counts."""
Filters = Mapping[str, str | Collection[str]]
OTHER_LANGUAGE = 0.7
SYNONYM = 0.8
NEAR_SPELLING = 0.5
ONE_LETTER_OFF = 0.3
"""How much a word counts that is one letter from a word nobody wrote, where the other words are found."""
IDENTIFIER_SCORE, FAMILY_SCORE = 1000.0, 500.0
_SHORTEST_PART = 4
_SHORTEST_MISSPELT = 6
_UNITS_KEPT = 1_000
"""Words of which the scores are known: some 1 kB each."""


@dataclass
class Match:
    """Documents with their scores (0 is no match), and the stems that excerpts show."""

    scores: Array
    stems: dict[str, set[str]] = field(default_factory=lambda: {language: set() for language in LANGUAGES})
    is_fuzzy: bool = False


class Matcher:
    """Scores the documents of one reader."""

    def __init__(self, searcher: Any, postings: Postings, synonyms: Synonyms) -> None:
        self._searcher = searcher
        self._postings = postings
        self._synonyms = synonyms
        self._unit = lru_cache(_UNITS_KEPT)(self._scored_unit)

    def _scored_unit(
        self, alternatives: Callable[[str, str], list[Term]], word: str, language: str
    ) -> tuple[list[Term], Array]:
        """Return the terms of a word and their scores by document; a question is searched whole and by sentence."""
        terms = alternatives(word, language)
        return terms, self._postings.best(terms)

    def match(self, query: QueryText, language: str, filters: Filters | None) -> Match:
        """Score every document; near spellings only where nothing else is found and no phrase is quoted."""
        allowed = self.allowed(filters)
        if query.is_empty:
            return Match(np.where(allowed, np.float32(1), np.float32(0)))
        match = self._by_words(query, language, self._alternatives)
        self._keep_phrases(match, query.phrases)
        self._add_identifiers(match, query.identifiers)
        if not match.scores.any() and not query.phrases:
            match = self._by_words(query, language, self._near)
            match.is_fuzzy = bool(match.scores.any())
        match.scores[~allowed] = 0
        return match

    def allowed(self, filters: Filters | None) -> Array:
        """Return for each document whether it is alive and passes the filters."""
        result = np.zeros(self._postings.size, bool)
        result[self._postings.live] = True
        for name, value in (filters or {}).items():
            values = [value] if isinstance(value, str) else list(value)
            if values:
                result &= self._with_any(name, values)
        return result

    def _with_any(self, name: str, values: Sequence[str]) -> Array:
        result = np.zeros(self._postings.size, bool)
        for value in values:
            result[self._postings.scored(name, str(value))[0]] = True
        return result

    def _by_words(self, query: QueryText, language: str, alternatives: Callable[[str, str], list[Term]]) -> Match:
        match = Match(np.zeros(self._postings.size, np.float32))
        units = []
        for word in query.words:
            terms, scores = self._unit(alternatives, word, language)
            self._noted(match, terms)
            units.append(scores)
        for found in self._synonyms.find_in(query.words):
            self._add_synonym(units, match, found, language)
        if units:
            table = np.stack(units)
            match.scores = (table.sum(axis=0) * _share(table)).astype(np.float32)
        return match

    @staticmethod
    def _noted(match: Match, terms: list[Term]) -> list[Term]:
        for language, term, _ in terms:
            match.stems[language].add(term)
        return terms

    def _alternatives(self, word: str, language: str) -> list[Term]:
        terms: list[Term] = [(each, stem(word, each), _factor(each, language)) for each in LANGUAGES]
        if any(self._postings.has_term(name, term) for name, term, _ in terms):
            return terms
        parts: list[Term] = [(name, part, NEAR_SPELLING) for name, part in self._compound(word)]
        return parts or (self._within(word, 1, ONE_LETTER_OFF) if len(word) >= _SHORTEST_MISSPELT else [])

    def _compound(self, word: str) -> list[tuple[str, str]]:
        """Return the parts of a Dutch compound of which both are known."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first = word[:cut].removesuffix("s") if cut > _SHORTEST_PART else word[:cut]
            parts = [stem(first, "nl"), stem(word[cut:], "nl")]
            if all(self._postings.has_term("nl", part) for part in parts):
                return [("nl", part) for part in parts]
        return []

    def _near(self, word: str, _language: str) -> list[Term]:
        distance = 0 if len(word) < _SHORTEST_PART else 1 if len(word) < 8 else 2
        return self._within(word, distance, NEAR_SPELLING) if distance else []

    def _within(self, word: str, distance: int, factor: float) -> list[Term]:
        return [
            (each, str(term), factor)
            for each in LANGUAGES
            for term in self._postings.within(each, stem(word, each), distance)
        ]

    def _add_synonym(self, units: list[Array], match: Match, found: FoundSynonym, language: str) -> None:
        """Give the words of the phrase found the score of what it means, where that is better."""
        best = np.zeros(self._postings.size, np.float32)
        for each, phrases in found.group.means.items():
            factor = SYNONYM * _factor(each, language)
            for phrase in phrases:
                parts = [stem(word, each) for word in phrase.split()]
                self._noted(match, [(each, part, factor) for part in parts])
                scores = [self._postings.best([(each, part, factor)]) for part in parts]
                complete = np.min(np.stack(scores), axis=0) > 0
                best = np.maximum(best, np.where(complete, np.mean(np.stack(scores), axis=0), 0))
        for unit in range(found.start, min(found.end, len(units))):
            units[unit] = np.maximum(units[unit], best)

    def _keep_phrases(self, match: Match, phrases: Sequence[Sequence[str]]) -> None:
        for phrase in phrases:
            query = Or([Phrase(each, [stem(word, each) for word in phrase]) for each in LANGUAGES])
            has_phrase = np.zeros(self._postings.size, bool)
            has_phrase[list(self._searcher.docs_for_query(query))] = True
            match.scores[~has_phrase] = 0

    def _add_identifiers(self, match: Match, identifiers: Sequence[str]) -> None:
        for identifier in identifiers:
            if not identifier.endswith("-"):
                match.scores[self._postings.documents("id", identifier)] += IDENTIFIER_SCORE
                continue
            for term in self._postings.reader.expand_prefix("id", identifier):
                match.scores[self._postings.documents("id", as_text(term))] += FAMILY_SCORE


def _share(table: Array) -> Array:
    """Return for each document the share of the query that it has; a rare word is a larger part than a common one."""
    weights = table.max(axis=1)
    share: Array = (weights @ (table > 0)) / max(float(weights.sum()), 1e-6)
    return share


def _factor(language: str, own: str) -> float:
    return 1.0 if language == own else OTHER_LANGUAGE


def check_filters(filters: Filters | None) -> None:
    """Raise `ValueError` on a field that is no facet."""
    for name in filters or {}:
        if name not in FACETS:
            raise ValueError(f"no filter {name!r}: {', '.join(FACETS)}")
