"""What pages show while a question is typed or read: clauses that may answer it, and the body it is sent to."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.clause_library.core.search.errors import SearchIndexError
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route
from mpdi.references import Reference, ReferenceKind
from mpdi.services import services

_LONGEST_QUERY = 1_000
_SHORTEST_QUERY = 8


@dataclass(frozen=True)
class Suggestion:
    """One record that may help, in a language its reader chose."""

    reference: Reference
    title: str
    summary: str
    language: str
    address: str
    kind_label: str


def suggestions_for(session: Session, text: str, language: str, limit: int = 5) -> Sequence[Suggestion]:
    """Return what may answer a question, best first; nothing for a few letters, or where the index is not built."""
    words = " ".join(text.split())[:_LONGEST_QUERY]
    if len(words) < _SHORTEST_QUERY:
        return []
    library, day = services().library.library(session), clock.today()
    try:
        hits = services().search.search(words, language, limit=limit, with_excerpts=False).hits
    except SearchIndexError:
        return []
    known = frozenset(library.identifiers)
    versions = [library.latest(hit.id, day) for hit in hits if hit.id in known]
    return [
        Suggestion(
            Reference(ReferenceKind.CLAUSE, version.id), version.title[language], version.summary[language], language,
            url_for("clauses.clause", identifier=version.id), _("Clause"),
        )
        for version in versions
    ]


def route_and_facts(
    _text: str, _language: str, _door: AskerKind
) -> tuple[Route, QuestionNature | None, tuple[Obstacle, ...]]:
    """Return the body that should answer, the nature and the obstacles that a question shows."""
    return Route.MPD, None, ()
