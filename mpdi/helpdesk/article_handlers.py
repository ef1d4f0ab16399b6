"""What the articles do when something happened: follow publications into the search, and clauses into the flags."""

from mpdi import clock
from mpdi.clause_library.queries import LibraryCache
from mpdi.database import Database
from mpdi.helpdesk.article_operations import flag_articles
from mpdi.helpdesk.article_queries import all_published
from mpdi.helpdesk.article_search import ArticleSearch, IndexedArticle
from mpdi.helpdesk.models import Article, ArticleVersion
from mpdi.jobs.events import ClausePublished, DomainEvent


class ArticleIndexer:
    """Makes the article index of what is published now: repeated, it changes nothing."""

    def __init__(self, database: Database, search: ArticleSearch) -> None:
        self._database = database
        self._search = search

    def __call__(self, _event: DomainEvent | None = None) -> None:
        """Index every published article; sentences known are not encoded again."""
        with self._database.reading() as session:
            articles = [indexed(article, version) for article, version in all_published(session)]
        self._search.rebuild(articles)


class ArticleFlagger:
    """Flags every article that rests on an older version of a clause that changed."""

    def __init__(self, database: Database, library: LibraryCache) -> None:
        self._database = database
        self._library = library

    def __call__(self, event: DomainEvent) -> None:
        """Flag at once: the event is handled right after the transaction that published the clause."""
        assert isinstance(event, ClausePublished)
        with self._database.writing() as session:
            flag_articles(session, self._library.library(session), clock.today(), event.clause_id)


def indexed(article: Article, version: ArticleVersion) -> IndexedArticle:
    """Return what the index keeps of an article."""
    return IndexedArticle(
        article.id, article.slug, (version.title_fr, version.title_nl), (version.question_fr, version.question_nl),
        (version.answer_fr, version.answer_nl),
    )
