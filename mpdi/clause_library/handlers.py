"""What the clause library does when something happened."""

from mpdi import clock
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.core.search.errors import SearchIndexError
from mpdi.clause_library.queries import LibraryCache
from mpdi.database import Database
from mpdi.jobs.events import ClausePublished, DomainEvent


class SearchFollower:
    """Keeps the search index as the library is: a clause published is found; the index is built where there is none."""

    def __init__(self, database: Database, library: LibraryCache, search: ClauseSearch) -> None:
        self._database = database
        self._library = library
        self._search = search

    def __call__(self, event: DomainEvent) -> None:
        """Index the newest version of the clause that the event is about."""
        assert isinstance(event, ClausePublished)
        with self._database.reading() as session:
            library = self._library.library(session)
        day = clock.today()
        try:
            self._search.update(library.latest(event.clause_id, day))
        except SearchIndexError:
            self._search.rebuild([library.latest(identifier, day) for identifier in library.identifiers])
