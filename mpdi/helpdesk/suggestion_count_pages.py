"""What is counted of suggestions while somebody asks: shown, said to help, sent all the same. What was counted stands in a cookie."""

import hashlib
from collections.abc import Sequence

from flask import abort, session
from sqlalchemy.orm import Session

from mpdi.helpdesk import operations
from mpdi.references import Reference, ReferenceKind
from mpdi.services import services

_HELPED = "helped_suggestions"
_MOST_HELPED = 20
_SHOWN = "shown_suggestions"
_MOST_SHOWN = 60


def count_help(text: str) -> None:
    """Count a suggestion that somebody says helped; a made-up one is refused, and an earlier question is nobody's to count."""
    try:
        reference = Reference.parse(text[:120])
    except ValueError:
        abort(400)
    if reference.kind is ReferenceKind.TICKET:
        return
    kept: list[int] = session.get(_HELPED, [])
    if len(kept) < _MOST_HELPED:
        with services().database.writing() as database_session:
            session[_HELPED] = [*kept, operations.note_helped(database_session, str(reference))]


def count_shown(slugs: Sequence[str]) -> None:
    """Count each article once for each question, however long it is typed; what was counted stands in the cookie."""
    known: list[str] = session.get(_SHOWN, [])
    new = [slug for slug in slugs if _mark(slug) not in known]
    if new and len(known) < _MOST_SHOWN:
        session[_SHOWN] = [*known, *map(_mark, new)]
        with services().database.writing() as database_session:
            operations.note_shown(database_session, new)


def _mark(slug: str) -> str:
    """A few signs that stand for an article in the cookie: its address may be long."""
    return hashlib.sha256(slug.encode()).hexdigest()[:8]


def note_sent(database_session: Session) -> None:
    """Note that the question was sent although suggestions helped; the next question is counted anew."""
    session.pop(_SHOWN, None)
    if kept := session.pop(_HELPED, []):
        operations.note_sent_all_the_same(database_session, kept)
