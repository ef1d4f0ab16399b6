"""What the rules of the core say, in the form that the portal and the mail ask for it."""

from collections.abc import Callable, Sequence

from mpdi.helpdesk.article_search import ArticleSearch, article_search
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.helpdesk.vocabulary import Route


def route_by(service: SuggestionService) -> Callable[[str, str], Route]:
    """Return what tells the body that answers a text."""
    return lambda text, language: service.suggest(text, language).route


def articles_of(search: ArticleSearch) -> Callable[[str, str], Sequence[tuple[str, str]]]:
    """Return what finds articles for a text: slug and why, best first."""
    return lambda text, language: [(slug, why) for slug, _title, why in article_search(search, text, language)]
