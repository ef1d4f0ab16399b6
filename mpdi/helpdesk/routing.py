"""What the rules of the core say, in the form that the portal and the mail ask for it."""

from collections.abc import Callable, Sequence

from mpdi.clause_library.core.search.errors import SearchIndexError
from mpdi.helpdesk.article_search import ArticleSearch, article_search
from mpdi.helpdesk.core.rules import shipped_rules
from mpdi.helpdesk.core.service import Suggestion, SuggestionService
from mpdi.helpdesk.incoming_operations import Understood
from mpdi.helpdesk.vocabulary import AskerKind, Route

_COORDINATION = {"fr": "la coordination du helpdesk", "nl": "de coördinatie van de helpdesk"}
LONGEST_TEXT = 4_000
"""How much of a text is read: what is asked stands in its first pages."""


def understood(
    service: SuggestionService, text: str, language: str, door: AskerKind | None = None
) -> Suggestion | None:
    """Return what the rules see in a question; None where the search index is not built yet."""
    try:
        return service.suggest(text[:LONGEST_TEXT], language, door)
    except SearchIndexError:
        return None


def body_name(route: str, language: str) -> str:
    """Return the name of the body that answers, in a language: the coordination where nothing told which."""
    body = shipped_rules().bodies.get(Route(route))
    return body.name[language] if body else _COORDINATION[language]


def understanding_by(service: SuggestionService) -> Callable[[str, str], Understood]:
    """Return what sees in a text what it is about; its route is `unknown` where nothing can be told."""

    def understand(text: str, language: str) -> Understood:
        found = understood(service, text, language)
        if found is None:
            return Understood(Route.UNKNOWN)
        return Understood(found.route, found.question_nature, found.category, found.obstacles)

    return understand


def articles_of(search: ArticleSearch) -> Callable[[str, str], Sequence[tuple[str, str]]]:
    """Return what finds articles for a text: slug and why, best first."""
    return lambda text, language: [(slug, why) for slug, _title, why in article_search(search, text, language)]
