"""Searching the clause library by words and by meaning, and the CPV table by what buyers type."""

from mpdi.clause_library.core.search.errors import IndexBusyError, SearchIndexError
from mpdi.clause_library.core.search.words import ClauseIndex, Hit

__all__ = ["ClauseIndex", "Hit", "IndexBusyError", "SearchIndexError"]
