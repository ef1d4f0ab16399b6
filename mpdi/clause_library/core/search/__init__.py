"""Searching the clause library by words and by meaning, and the CPV table by what buyers type."""

from mpdi.clause_library.core.search.combined import ClauseSearch, FoundClause, SearchResult
from mpdi.clause_library.core.search.cpv_finder import CpvFinder, CpvHit
from mpdi.clause_library.core.search.errors import IndexBusyError, SearchIndexError, SynonymFileError
from mpdi.clause_library.core.search.meaning import MeaningIndex, NearClause
from mpdi.clause_library.core.search.words import ClauseIndex, Hit

__all__ = [
    "ClauseIndex",
    "ClauseSearch",
    "CpvFinder",
    "CpvHit",
    "FoundClause",
    "Hit",
    "IndexBusyError",
    "MeaningIndex",
    "NearClause",
    "SearchIndexError",
    "SearchResult",
    "SynonymFileError",
]
