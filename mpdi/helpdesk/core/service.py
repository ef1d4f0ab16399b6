"""What the portal, the mailbox and the command ask: a text in, a suggestion out; never raises on a text."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from mpdi.clause_library.core.search import ClauseSearch
from mpdi.clause_library.core.search.encoder import Encoder, Vectors, load_encoder
from mpdi.clause_library.core.search.language import words
from mpdi.clause_library.core.vocabulary import LANGUAGES, Category
from mpdi.helpdesk.core.clause_suggestions import ClauseSuggester
from mpdi.helpdesk.core.decisions import DEFAULT_ROUTE, LABELS, PRIOR, Decider, Decisions, labels_of
from mpdi.helpdesk.core.learned import Learned
from mpdi.helpdesk.core.patterns import PatternIndex, Scores
from mpdi.helpdesk.core.question_text import QuestionText, read_question
from mpdi.helpdesk.core.rules import Rules, shipped_rules
from mpdi.helpdesk.core.situation_index import Array, SituationMeaning, SituationWords
from mpdi.helpdesk.core.spelling import Spelling
from mpdi.helpdesk.core.wording import clause_reason, decision_reason
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route

Found = tuple[str, str]
"""An identifier, and why, in the language of the question."""
ArticleSearch = Callable[[str, str], Sequence[Found]]
"""From a text and its language to articles, best first: (slug, why)."""
MAX_ARTICLES = 5
WORDS_SHARE, WHOLE_SHARE = 0.8, 0.5
"""What nearness by words adds to that by meaning; what the whole text counts beside its nearest sentence."""


@dataclass(frozen=True)
class Suggestion:
    """What is suggested for a question. `reasons` says why, by value (`sme`, `legal`, `O-E2`)."""

    language: str
    route: Route
    question_nature: QuestionNature
    obstacles: tuple[Obstacle, ...]
    clauses: tuple[Found, ...]
    articles: tuple[Found, ...]
    asker: AskerKind
    category: Category | None
    certainty: float
    """Share of the chances that the route has, 0 to 1."""
    is_by_meaning: bool
    reasons: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return what `mpdi helpdesk suggest --format json` prints."""
        return {
            "route": str(self.route), "question_nature": str(self.question_nature),
            "obstacles": [str(each) for each in self.obstacles],
            "clauses": [{"id": key, "why": why} for key, why in self.clauses],
            "articles": [{"id": key, "why": why} for key, why in self.articles],
        }


class SuggestionService:
    """Suggestions over one search of the library. What it keeps in the cache folder can always be made again."""

    def __init__(
        self, cache_folder: Path, search: ClauseSearch, article_search: ArticleSearch | None = None,
        encoder: Encoder | None = None, rules: Rules | None = None, is_by_words_only: bool = False,
    ) -> None:
        self._cache_folder = cache_folder
        self._article_search = article_search
        self._given = encoder
        self._given_rules = rules
        self._search = search
        self._is_by_words_only = is_by_words_only
        self._lock = threading.Lock()

    def suggest(self, text: str, language: str, asker: AskerKind | None = None) -> Suggestion:
        """Suggest route, nature, obstacles, clauses and articles; `asker` where the door is known."""
        question = read_question(text, language, self._rules.short_forms["nl" if language == "nl" else "fr"])
        if question.is_empty:
            return self._nothing(question, asker)
        vectors = self._encoded(question)
        by_words = self._situation_words.vectors(question.pieces, question.language)
        near = self._near(question, by_words, vectors)
        learned = self._taught(question, by_words, vectors)
        decisions = self._decider.decide(self._evidence(question), near, learned, asker)
        ranked = self._clauses.suggest(question, vectors, near, decisions)
        clauses = tuple((key, clause_reason(each, self._rules, question.language)) for key, each in ranked)
        return self._suggestion(question, decisions, clauses, vectors is not None)

    def warm(self) -> None:
        """Read the rules and encode the situations, so that the first question does not wait (about three seconds)."""
        self.suggest("Bonjour, comment acheter durable ?", "fr")
        self.suggest("Hoe kopen we duurzaam aan?", "nl")

    @property
    def is_by_meaning(self) -> bool:
        """Whether meaning takes part; by words alone where the encoder is not installed."""
        return self._encoder is not None

    def _suggestion(
        self, question: QuestionText, decisions: Decisions, clauses: tuple[Found, ...], is_by_meaning: bool,
    ) -> Suggestion:
        articles = self._article_search(question.whole, question.language) if self._article_search else ()
        reasons = {
            str(key): decision_reason(reason, self._rules, question.language) for key, reason in decisions.reasons.items()
        }
        return Suggestion(
            question.language, decisions.route, decisions.nature, decisions.obstacles, clauses,
            tuple(articles[:MAX_ARTICLES]), decisions.asker, next(iter(decisions.categories), None),
            decisions.route_chances[decisions.route], is_by_meaning, reasons)

    def _nothing(self, question: QuestionText, asker: AskerKind | None) -> Suggestion:
        reasons = {str(DEFAULT_ROUTE): decision_reason(None, self._rules, question.language)}
        return Suggestion(
            question.language, DEFAULT_ROUTE, QuestionNature.TECHNICAL, (), (), (), asker or AskerKind.BUYER, None, 0.0,
            self.is_by_meaning, reasons)

    def _encoded(self, question: QuestionText) -> Vectors | None:
        return self._encoder.encode(question.pieces) if self._encoder else None

    def _taught(self, question: QuestionText, by_words: Array, vectors: Vectors | None) -> Mapping[str, float]:
        """Return what the situations taught of each label: the whole text and the mean of its sentences."""
        table = self._learned.scores(LANGUAGES.index("nl" if question.language == "nl" else "fr"), by_words, vectors)
        scores = (table[0] + table[1:].mean(axis=0)) / 2 if len(table) > 1 else table[0]
        return dict(zip(LABELS, np.nan_to_num(scores).tolist(), strict=True))

    def _near(self, question: QuestionText, by_words: Array, vectors: Vectors | None) -> Array:
        table = WORDS_SHARE * self._situation_words.near(by_words, question.language)
        if vectors is not None and self._situations is not None:
            table = table + self._situations.near(vectors)
        sentences = table[1:].max(axis=0) if len(table) > 1 else table[0]
        result: Array = WHOLE_SHARE * table[0] + (1 - WHOLE_SHARE) * sentences
        return np.nan_to_num(result)

    def _evidence(self, question: QuestionText) -> Scores:
        index, spelling = self._word_rules[question.language]
        return index.scores(question.words, spelling)

    @cached_property
    def _rules(self) -> Rules:
        return self._given_rules or shipped_rules()

    @property
    def _encoder(self) -> Encoder | None:
        return None if self._is_by_words_only else self._given or load_encoder()

    @cached_property
    def _decider(self) -> Decider:
        return Decider(self._rules)

    @cached_property
    def _clauses(self) -> ClauseSuggester:
        return ClauseSuggester(self._search, self._rules)

    @cached_property
    def _word_rules(self) -> dict[str, tuple[PatternIndex, Spelling]]:
        return {each: (PatternIndex(self._rules.patterns[each], each), Spelling(self._known(each))) for each in LANGUAGES}

    def _known(self, language: str) -> set[str]:
        situations = " ".join(situation.text["nl" if language == "nl" else "fr"] for situation in self._rules.situations)
        patterns = (atom.strip("*") for pattern in self._rules.patterns[language] for atom in pattern.atoms)
        return {*words(situations), *patterns}

    @cached_property
    def _situation_words(self) -> SituationWords:
        return SituationWords(self._rules.situations)

    @cached_property
    def _learned(self) -> Learned:
        answers = np.tile(labels_of(self._rules.situations), (len(LANGUAGES), 1))
        return Learned(self._situation_words.tables, self._situations.table if self._situations else None, answers, PRIOR)

    @cached_property
    def _situations(self) -> SituationMeaning | None:
        with self._lock:
            return SituationMeaning(self._rules.situations, self._cache_folder, self._encoder) if self._encoder else None
