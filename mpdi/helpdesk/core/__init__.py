"""Suggestions for a question: pure (no Flask, no database), by words and by meaning, from data in `helpdesk/data`."""

from mpdi.helpdesk.core.errors import RoutingFileError
from mpdi.helpdesk.core.service import ArticleSearch, Suggestion, SuggestionService

__all__ = ["ArticleSearch", "RoutingFileError", "Suggestion", "SuggestionService"]
