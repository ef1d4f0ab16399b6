"""Tickets like another, by the words of their subjects and by meaning; only those that somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from mpdi.accounts.roles import Person
from mpdi.clause_library.core.search.encoder import MODEL, load_encoder
from mpdi.helpdesk.meaning_models import TicketMeaning
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.queue_queries import visible_to
from mpdi.helpdesk.vocabulary import Direction, TicketState
from mpdi.helpdesk.word_operations import cut
from mpdi.helpdesk.word_queries import saying_any

NEAR_ENOUGH = 0.45
"""Cosine under which two questions are not about the same."""
MOST_COMPARED = 2_000
"""The newest tickets that are compared by meaning: two megabytes, a few milliseconds."""
_RANK_CONSTANT = 3
_TELLING, _MOST_TELLING = 5, 6
_MOST_BY_WORDS = 500
_LONGEST = 600
_COLUMNS = (Ticket.id, Ticket.number, Ticket.subject, Ticket.state, Ticket.language)


def question_of(ticket: Ticket) -> str:
    """Return what a ticket asks, as its meaning is taken from it: the subject and the first words."""
    asked = next((item.body for item in ticket.messages if item.direction == Direction.INCOMING.value), "")
    return f"{ticket.subject}\n{asked}"[:_LONGEST].strip()


def meaning_of(text: str) -> bytes | None:
    """Return the vector of a text as it is kept; None where no encoder is installed or there is no text."""
    encoder = load_encoder()
    if encoder is None or not text.strip():
        return None
    return encoder.encode([text[:_LONGEST]])[0].astype(np.float16).tobytes()


def kept_meaning(session: Session, ticket: Ticket) -> bytes | None:
    """Return the vector kept of a ticket; None where there is none of this encoder."""
    return session.scalar(
        select(TicketMeaning.vector).where(TicketMeaning.ticket_id == ticket.id, TicketMeaning.encoder == MODEL)
    )


def similar(
    session: Session, person: Person, ticket: Ticket, meaning: bytes | None, limit: int = 5
) -> Sequence[Row[Any]]:
    """Return the tickets of the queue of somebody that are like one and its meaning, most alike first."""
    seen = (visible_to(person), Ticket.id != ticket.id)
    return _alike(session, seen, ticket.subject, meaning, limit)


def own_alike(session: Session, user_id: int, text: str, limit: int = 2) -> Sequence[Row[Any]]:
    """Return the questions of somebody's own that are like a text, most alike first; the text is encoded only for those."""
    own = Ticket.asker_id == user_id
    if session.scalar(select(Ticket.id).where(own).limit(1)) is None:
        return []
    return _alike(session, (own,), text, meaning_of(text), limit)


def _alike(
    session: Session, seen: Iterable[ColumnElement[bool]], text: str, meaning: bytes | None, limit: int
) -> Sequence[Row[Any]]:
    conditions = (*seen, Ticket.state != TicketState.MERGED.value, Ticket.anonymised_at.is_(None))
    by_words = _by_words(session, conditions, text)
    by_meaning = _by_meaning(session, conditions, meaning) if meaning else []
    scores: dict[int, float] = defaultdict(float)
    for ranked in ([row.id for row in by_words], by_meaning):
        for rank, ticket_id in enumerate(ranked):
            scores[ticket_id] += 1 / (_RANK_CONSTANT + rank)
    best = sorted(scores, key=lambda each: (-scores[each], -each))[:limit]
    rows = {row.id: row for row in session.execute(select(*_COLUMNS).where(Ticket.id.in_(best)))}
    return [rows[each] for each in best]


def _by_words(session: Session, conditions: Iterable[ColumnElement[bool]], text: str) -> list[Row[Any]]:
    """Return tickets whose subject says the same words, most words first: two at least, where there are two.

    Words are folded as the index of words has them, which hands over those that say them anywhere.
    """
    telling = {word for word in cut(text) if len(word) >= _TELLING}
    words = sorted(telling, key=lambda each: (len(each), each))[-_MOST_TELLING:]
    if not words:
        return []
    least = min(2, len(words))
    said = saying_any(session, words, least)
    query = select(*_COLUMNS).where(*conditions, said).order_by(Ticket.id.desc()).limit(_MOST_BY_WORDS)
    shared = [(_count_said(words, row.subject), row) for row in session.execute(query)]
    return [row for count, row in sorted(shared, key=lambda pair: -pair[0]) if count >= least]


def _count_said(words: Iterable[str], text: str) -> int:
    said = cut(text)
    return sum(any(each.startswith(word) for each in said) for word in words)


def _by_meaning(session: Session, conditions: Iterable[ColumnElement[bool]], meaning: bytes) -> list[int]:
    """Return the numbers of tickets near in meaning, nearest first."""
    rows = session.execute(
        select(TicketMeaning.ticket_id, TicketMeaning.vector)
        .join(Ticket, Ticket.id == TicketMeaning.ticket_id)
        .where(*conditions, TicketMeaning.encoder == MODEL)
        .order_by(Ticket.id.desc())
        .limit(MOST_COMPARED)
    ).all()
    if not rows:
        return []
    vectors = np.frombuffer(b"".join(row.vector for row in rows), np.float16).reshape(len(rows), -1)
    near = vectors.astype(np.float32) @ np.frombuffer(meaning, np.float16).astype(np.float32)
    order = np.argsort(-near, kind="stable").tolist()
    return [rows[place].ticket_id for place in order if near[place] >= NEAR_ENOUGH][:20]
