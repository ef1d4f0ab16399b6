"""What the portal, the mailbox and the command ask: a text in, a suggestion out; never raises on a text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mpdi.clause_library.core.search import ClauseSearch
from mpdi.clause_library.core.search.encoder import load_encoder
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.core.clause_suggestions import ClauseSuggester
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.knowledge import Knowledge, shipped_knowledge
from mpdi.helpdesk.core.question_text import QuestionText, read_question
from mpdi.helpdesk.core.relevance import is_known, is_likely, is_sure, next_route, worth_showing
from mpdi.helpdesk.core.wording import clause_reason, decision_reason, probable_reason
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route

Found = tuple[str, str]
"""An identifier, and why, in the language of the question."""
ArticleSearch = Callable[[str, str], Sequence[Found]]
"""From a text and its language to articles, best first: (slug, why)."""
MAX_ARTICLES = 5


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
    """Share of the chances that the route has, 0 to 1; 0 where nothing tells the route."""
    is_by_meaning: bool
    reasons: Mapping[str, str] = field(default_factory=dict)
    second_route: Route | None = None
    """The route that comes next, where it has a share of the chances worth naming."""

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
        knowledge: Knowledge | None = None, is_by_words_only: bool = False,
    ) -> None:
        self._cache_folder = cache_folder
        self._search = search
        self._article_search = article_search
        self._given = knowledge
        self._is_by_words_only = is_by_words_only

    def suggest(self, text: str, language: str, asker: AskerKind | None = None) -> Suggestion:
        """Suggest route, nature, obstacles, clauses and articles; `asker` where the door is known.

        A missing or damaged index of the library is a `SearchIndexError`.
        """
        rules = self._knowledge.rules
        question = read_question(text, language, rules.short_forms["nl" if language == "nl" else "fr"])
        if question.is_empty:
            return self._nothing(question, asker)
        vectors = self._knowledge.encoded(question)
        near = self._knowledge.near(question, vectors)
        decisions = self._knowledge.decide(question, vectors, near, asker)
        if not is_known(decisions, near, vectors is not None):
            return self._nothing(question, asker)
        ranked = worth_showing(self._clauses.suggest(question, vectors, near, decisions), vectors is not None)
        clauses = tuple((key, clause_reason(each, rules, question.language)) for key, each in ranked)
        return self._suggestion(question, decisions, clauses, is_sure(decisions, near, vectors is not None))

    def warm(self) -> None:
        """Read the rules and encode the situations, so that the first question does not wait (some five seconds)."""
        self.suggest("Bonjour, comment acheter durable ?", "fr")
        self.suggest("Hoe kopen we duurzaam aan?", "nl")

    @property
    def is_by_meaning(self) -> bool:
        """Whether meaning takes part; by words alone where the encoder is not installed."""
        if self._given is not None:
            return self._given.encoder is not None
        return not self._is_by_words_only and load_encoder() is not None

    def _suggestion(
        self, question: QuestionText, decisions: Decisions, clauses: tuple[Found, ...], is_sure: bool,
    ) -> Suggestion:
        articles = self._article_search(question.whole, question.language) if self._article_search else ()
        reasons = {
            str(key): decision_reason(reason, self._knowledge.rules, question.language)
            for key, reason in decisions.reasons.items() if is_sure or key != decisions.route
        }
        route, certainty = decisions.route, decisions.route_chances[decisions.route]
        if not is_sure:
            route, certainty = Route.UNKNOWN, 0.0
            reasons[str(route)] = decision_reason(None, self._knowledge.rules, question.language)
        second = next_route(decisions) if is_sure else None
        if second is not None and not is_likely(decisions):
            reasons[str(route)] = probable_reason(reasons[str(route)], self._knowledge.rules.bodies[second], question.language)
        return Suggestion(
            question.language, route, decisions.nature, decisions.obstacles, clauses,
            tuple(articles[:MAX_ARTICLES]), decisions.asker, next(iter(decisions.categories), None),
            certainty, self.is_by_meaning, reasons, second)

    def _nothing(self, question: QuestionText, asker: AskerKind | None) -> Suggestion:
        """Return what is said of a text that is empty or about something else: people sort it."""
        reasons = {str(Route.UNKNOWN): decision_reason(None, self._knowledge.rules, question.language)}
        return Suggestion(
            question.language, Route.UNKNOWN, QuestionNature.TECHNICAL, (), (), (), asker or AskerKind.BUYER, None, 0.0,
            self.is_by_meaning, reasons)

    @cached_property
    def _knowledge(self) -> Knowledge:
        return self._given or shipped_knowledge(self._cache_folder, self._is_by_words_only)

    @cached_property
    def _clauses(self) -> ClauseSuggester:
        return ClauseSuggester(self._search, self._knowledge.rules)
