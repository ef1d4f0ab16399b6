"""Clauses for a question: the library searched by its parts, near situations, what the route and the market make likely."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from mpdi.clause_library.core.search import ClauseSearch, NearClause
from mpdi.clause_library.core.search.encoder import Vectors
from mpdi.clause_library.core.vocabulary import Category, Theme
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.question_text import QuestionText
from mpdi.helpdesk.core.rules import Rules
from mpdi.helpdesk.core.situation_index import Array
from mpdi.helpdesk.vocabulary import Route

MOST = 5
POOL = 24
"""Clauses looked at for each piece: enough that those of the right theme are among them in a library of hundreds."""
RANK_CONSTANT = 2
WHOLE, SENTENCE, CONTENT = 1.0, 0.5, 0.7
BY_WORDS, BY_MEANING = 1.0, 1.5
SITUATION, SITUATIONS, NEXT_CLAUSE = 4.0, 8, 0.7
"""Weight of a near situation; how many count; what its next clause counts beside the one before."""
TAUGHT = 8.0
"""Weight of what all situations together taught of a clause, about 0 to 1: it sees further than the eight nearest."""
NEAR_ENOUGH = 0.25
"""Nearness under which a situation says nothing."""
NO_THEME = 0.4
"""What is left of a clause whose themes no likely route has."""
OTHER_MARKET = 0.7
"""What is left of a clause for a market that the question does not name."""
OTHER_ROUTE = 0.6
"""What is left of the nearness of a situation whose route is surely not that of the question."""
MAX_SEARCHED = 4
MAX_LETTERS = 300


@dataclass
class Candidate:
    """A clause with its score and what spoke for it."""

    score: float = 0.0
    nearest: NearClause | None = None
    situation: int | None = None
    words: list[str] = field(default_factory=list)
    has_words: bool = False
    """Whether the words that carry meaning found it."""
    best_meaning: float = -1.0
    best_situation: float = 0.0


class ClauseSuggester:
    """Finds clauses in one search of the library."""

    def __init__(self, search: ClauseSearch, rules: Rules) -> None:
        self._search = search
        self._rules = rules

    def suggest(
        self, question: QuestionText, vectors: Vectors | None, near: Array, decisions: Decisions,
    ) -> list[tuple[str, Candidate]]:
        """Return the best clauses, at most five, best first."""
        candidates: dict[str, Candidate] = defaultdict(Candidate)
        self._by_words(question, candidates)
        if vectors is not None:
            self._by_meaning(question, vectors, candidates)
        self._by_situation(near * self._agreement(decisions), candidates)
        for key, share in decisions.clauses.items():
            candidates[key].score += TAUGHT * max(share, 0.0)
        factors = self._factors(decisions)
        scored = {key: each for key, each in candidates.items() if key in factors}
        for key, each in scored.items():
            each.score *= factors[key]
        best = sorted(scored.items(), key=lambda item: (-item[1].score, item[0]))[:MOST]
        self._add_words(question, best)
        self._add_situations(near, best)
        return best

    def _by_words(self, question: QuestionText, candidates: dict[str, Candidate]) -> None:
        parts = [(_content(question), CONTENT)]
        parts += [(sentence, SENTENCE) for sentence in question.sentences[:MAX_SEARCHED]]
        for part, weight in parts:
            hits = self._search.words.search(part, question.language, limit=POOL, with_excerpts=False)
            for rank, hit in enumerate(hits):
                candidate = candidates[hit.id]
                candidate.score += BY_WORDS * weight / (RANK_CONSTANT + rank)
                candidate.has_words |= weight == CONTENT

    def _add_words(self, question: QuestionText, best: list[tuple[str, Candidate]]) -> None:
        """Add to those that are shown the words they were found by: of all others nobody reads them."""
        found = {key: each for key, each in best if each.has_words}
        for key, pieces in self._search.words.excerpts(_content(question), question.language, found).items():
            found[key].words += [text for text, is_match in pieces if is_match]

    def _add_situations(self, near: Array, best: list[tuple[str, Candidate]]) -> None:
        """Add the nearest situation with the clause to those that only what all situations taught has found."""
        for key, each in best:
            if not each.words and each.situation is None and each.nearest is None:
                known = enumerate(self._rules.situations)
                naming = [number for number, situation in known if situation.is_bilingual and key in situation.clauses]
                each.situation = max(naming, key=near.__getitem__, default=None)

    def _by_meaning(self, question: QuestionText, vectors: Vectors, candidates: dict[str, Candidate]) -> None:
        found = self._search.meaning.nearest_to_each(vectors[:1 + MAX_SEARCHED], question.language, POOL)
        for number, nearest in enumerate(found):
            weight = WHOLE if number == 0 else SENTENCE
            for rank, each in enumerate(nearest):
                candidate = candidates[each.id]
                candidate.score += BY_MEANING * weight / (RANK_CONSTANT + rank)
                if each.similarity > candidate.best_meaning:
                    candidate.best_meaning, candidate.nearest = each.similarity, each

    def _by_situation(self, near: Array, candidates: dict[str, Candidate]) -> None:
        for number in near.argsort()[::-1][:SITUATIONS].tolist():
            if near[number] < NEAR_ENOUGH:
                break
            weight = SITUATION * float(near[number]) ** 2
            situation = self._rules.situations[number]
            for place, identifier in enumerate(situation.clauses):
                candidate = candidates[identifier]
                candidate.score += weight * NEXT_CLAUSE ** place
                if situation.is_bilingual and weight > candidate.best_situation:
                    candidate.best_situation, candidate.situation = weight, number

    def _agreement(self, decisions: Decisions) -> Array:
        """Return for each situation how far its route is that of the question."""
        chances = [decisions.route_chances[situation.route] for situation in self._rules.situations]
        result: Array = OTHER_ROUTE + (1 - OTHER_ROUTE) * np.array(chances, np.float32)
        return result

    def _factors(self, decisions: Decisions) -> Mapping[str, float]:
        """Return for each clause of the index how likely the route and the market make it."""
        markets = [Category.GENERAL, *decisions.categories]
        fitting = self._search.words.identifiers({"categories": markets})
        factors = {key: (NO_THEME if key in fitting else NO_THEME * OTHER_MARKET) for key in self._search.words.identifiers()}
        for theme, chance in self._themes(decisions.route_chances).items():
            for key in self._search.words.identifiers({"themes": [theme]}):
                factors[key] += (1 - NO_THEME) * chance * (1 if key in fitting else OTHER_MARKET)
        return factors

    def _themes(self, chances: Mapping[str, float]) -> Mapping[Theme, float]:
        likely: dict[Theme, float] = defaultdict(float)
        for route, chance in chances.items():
            for theme in self._rules.bodies[Route(route)].themes or tuple(Theme):
                likely[theme] += chance
        return likely


def _content(question: QuestionText) -> str:
    return question.content[:MAX_LETTERS]
