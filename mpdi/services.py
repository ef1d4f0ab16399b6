"""What the portal works with: built once for each application, reached through `services()`, never through globals."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.queries import LibraryCache
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.helpdesk.article_search import ArticleSearch
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.jobs.queue import JobQueue
from mpdi.specifications.cost_annex import CostAnnexWriter

EXTENSION = "mpdi"


@dataclass(frozen=True)
class Services:
    """The database, the library in memory, its search, the job queue, the search of articles, the suggestions and the writer of cost annexes of one application."""

    settings: Settings
    database: Database
    library: LibraryCache
    search: ClauseSearch
    jobs: JobQueue
    articles: ArticleSearch
    suggestions: SuggestionService
    cost_annex_writer: CostAnnexWriter


def services() -> Services:
    """Return the services of the application that handles the current request or command."""
    found: Services = current_app.extensions[EXTENSION]
    return found


def public_url(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page as it is reached from outside, whatever host a request names.

    For everything that leaves the page: mails, answers, feeds, calendars, links that are copied.
    """
    return services().settings.public_address + url_for(endpoint, **values)
