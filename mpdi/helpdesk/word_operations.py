"""Keeping the words of tickets in step with what is written: after every flush that wrote something of them."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, event, insert, inspect, select, text
from sqlalchemy.orm import Session

from mpdi.clause_library.core.search.language import WORD, words
from mpdi.helpdesk.models import Message, Ticket
from mpdi.helpdesk.word_models import LONGEST_WORD, TicketWords

_MOST_BYTES = 500_000
"""PostgreSQL takes a megabyte of different words in a row; no mail that a person reads has as many."""


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the different words of texts, folded and cut as the index keeps them, in order."""
    return sorted({word for text in texts for word in cut(text)})


def cut(text: str) -> list[str]:
    """Return the words of a text: letters and digits only, whatever folding made of them."""
    return [part[:LONGEST_WORD] for word in words(text) for part in WORD.findall(word)]


def note_words(session: Session, ticket_ids: Collection[int]) -> None:
    """Write the words of these tickets anew, from what the database holds of them."""
    said: dict[int, list[str]] = {}
    facts = select(Ticket.id, *(getattr(Ticket, name) for name in _SAYING[Ticket])).where(Ticket.id.in_(ticket_ids))
    for ticket_id, *texts in session.execute(facts):
        said[ticket_id] = texts
    for ticket_id, body in session.execute(select(Message.ticket_id, Message.body).where(Message.ticket_id.in_(said))):
        said[ticket_id].append(body)
    session.execute(delete(TicketWords).where(TicketWords.ticket_id.in_(ticket_ids)), **_AS_IT_IS)
    rows = [{"ticket_id": ticket_id, "words": _line(texts)} for ticket_id, texts in sorted(said.items())]
    if rows:
        session.execute(insert(TicketWords), rows)


def forget_deleted_words(session: Session) -> None:
    """Write the index anew without the words that are gone: SQLite's keeps them, marked as deleted, until then."""
    session.flush()
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO ticket_words_fts(ticket_words_fts) VALUES ('optimize')"))


_AS_IT_IS: dict[str, Any] = {"execution_options": {"synchronize_session": False}}


def _line(texts: Iterable[str]) -> str:
    line = " ".join(words_of(texts))
    if len(line) <= _MOST_BYTES // 4 or len(line.encode()) <= _MOST_BYTES:
        return line
    return line.encode()[:_MOST_BYTES].decode("utf-8", "ignore").rpartition(" ")[0]


_SAYING = {
    Ticket: ("subject", "number", "authority_name", "asker_name", "asker_email"),
    Message: ("body", "ticket_id"),
}


def _after_flush(session: Session, _context: object) -> None:
    touched = {_ticket_id(item) for item in session.new if type(item) in _SAYING}
    touched |= {_ticket_id(item) for item in session.dirty if _says_other_words(item)}
    touched |= {item.ticket_id for item in session.deleted if isinstance(item, Message)}
    if touched:
        note_words(session, touched)


def _ticket_id(item: Ticket | Message) -> int:
    return item.id if isinstance(item, Ticket) else item.ticket_id


def _says_other_words(item: object) -> bool:
    names = _SAYING.get(type(item), ())
    state = inspect(item)
    return any(state.attrs[name].history.has_changes() for name in names)


event.listen(Session, "after_flush", _after_flush)
