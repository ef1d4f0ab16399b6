"""What pages show while a question is typed or read: clauses and answers that may help, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.helpdesk import article_queries, labels, similar_queries
from mpdi.helpdesk.article_queries import UnknownArticleError
from mpdi.helpdesk.core.service import Suggestion as Suggested
from mpdi.helpdesk.routing import understood
from mpdi.helpdesk.vocabulary import Route
from mpdi.references import Reference, ReferenceKind
from mpdi.services import services

_SHORTEST_QUERY = 8
_SURE = 0.9
"""Certainty of the body that answers from which articles of other bodies are not suggested."""


@dataclass(frozen=True)
class Suggestion:
    """One record that may help: its title in `language`, and why it is suggested."""

    reference: Reference
    title: str
    summary: str
    language: str
    address: str
    kind_label: str


def suggestions_for(
    session: Session, text: str, language: str, limit: int = 5, asker_id: int | None = None
) -> Sequence[Suggestion]:
    """Return what may answer a question, answers first; nothing for a few letters, or where the index is not built.

    `asker_id`: whose own earlier questions are shown too; nobody else's ever are.
    """
    return suggestions_of(session, seen_in(text, language), text, language, limit, asker_id)


def seen_in(text: str, language: str) -> Suggested | None:
    """Return what the rules see in a question; None for a few letters, or where the index is not built."""
    return None if len(text.strip()) < _SHORTEST_QUERY else understood(services().suggestions, text, language)


def suggestions_of(
    session: Session,
    found: Suggested | None,
    text: str,
    language: str,
    limit: int = 5,
    asker_id: int | None = None,
) -> Sequence[Suggestion]:
    """Return what may help, from what the rules saw in a question (`seen_in`)."""
    if found is None:
        return []
    library = services().library.library(session)
    return [
        *_articles(session, found, language, 3),
        *(_own_questions(session, asker_id, text) if asker_id is not None else ()),
        *_clauses(library, found, language, limit),
    ]


def _articles(session: Session, found: Suggested, language: str, limit: int) -> Iterator[Suggestion]:
    for slug, why in found.articles[:limit]:
        try:
            article = article_queries.article_by_slug(session, slug)
        except UnknownArticleError:
            continue
        if found.certainty >= _SURE and article.route not in (found.route, Route.UNKNOWN):
            continue
        version = article_queries.last_published(article)
        title = (version.title_nl if language == "nl" else version.title_fr) if version else ""
        if title:
            address = url_for("answers.article", slug=slug)
            yield Suggestion(
                Reference(ReferenceKind.ARTICLE, slug),
                title,
                "" if why.strip() == title.strip() else why,
                language,
                address,
                _("Published answer"),
            )


def _own_questions(session: Session, asker_id: int, text: str) -> Iterator[Suggestion]:
    for row in similar_queries.own_alike(session, asker_id, text):
        yield Suggestion(
            Reference(ReferenceKind.TICKET, row.number),
            row.subject,
            labels.state(row.state),
            row.language,
            url_for("questions.conversation", key=row.number),
            _("Your earlier question"),
        )


def _clauses(library: ClauseLibrary, found: Suggested, language: str, limit: int) -> Iterator[Suggestion]:
    known, day = frozenset(library.identifiers), clock.today()
    for identifier, _why in found.clauses[:limit]:
        if identifier in known:
            version = library.latest(identifier, day)
            yield Suggestion(
                Reference(ReferenceKind.CLAUSE, identifier),
                version.title[language],
                version.summary[language],
                language,
                url_for("clauses.clause", identifier=identifier),
                _("Clause"),
            )
