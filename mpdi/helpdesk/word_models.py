"""The words of each ticket, folded, for the queue's search: one row a ticket, an index of each database over it.

SQLite keeps a line of words and searches it by an FTS5 table that triggers keep in step; PostgreSQL keeps a `tsvector`
with a GIN index. Both are given words that were cut and folded in Python and cut them nowhere else: both find the same.
"""

from typing import Any

from sqlalchemy import DDL, ColumnElement, Dialect, ForeignKey, Index, Text, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from mpdi.database import Base

FTS_TABLE = "ticket_words_fts"
LONGEST_WORD = 40
"""Longer words are cut: those of the index, and those searched for."""

_SQLITE_MAKES = (
    # The tokenizer `ascii` takes every character beyond ASCII as part of a word: words end at our spaces only.
    "CREATE VIRTUAL TABLE ticket_words_fts USING fts5(words, content='ticket_words', content_rowid='ticket_id', "
    "tokenize='ascii', detail='none', columnsize=0, prefix='2 3')",
    "CREATE TRIGGER ticket_words_inserted AFTER INSERT ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.ticket_id, new.words); END",
    "CREATE TRIGGER ticket_words_deleted AFTER DELETE ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) VALUES ('delete', old.ticket_id, old.words); END",
    "CREATE TRIGGER ticket_words_updated AFTER UPDATE ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) VALUES ('delete', old.ticket_id, old.words); "
    "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.ticket_id, new.words); END",
)


class _Kept(FunctionElement[str]):
    """A line of words as the database keeps it."""

    inherit_cache = True


@compiles(_Kept)
def _as_line(element: _Kept, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_Kept, "postgresql")
def _as_vector(element: _Kept, compiler: SQLCompiler, **options: Any) -> str:
    # Not `to_tsvector`: it would cut the words anew, and otherwise.
    return f"array_to_tsvector(string_to_array(CAST({compiler.process(element.clauses, **options)} AS text), ' '))"


class WordLine(TypeDecorator[str]):
    """Words with one space between: text in SQLite, a `tsvector` without positions in PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column's type."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def bind_expression(self, bindvalue: Any) -> ColumnElement[Any]:
        """Store a line as the database keeps it."""
        return _Kept(bindvalue)


class TicketWords(Base):
    """The different words of a ticket: subject, number, authority, who asked, and messages."""

    __tablename__ = "ticket_words"
    __table_args__ = (Index("ix_ticket_words_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str] = mapped_column(WordLine)


for _statement in _SQLITE_MAKES:
    event.listen(TicketWords.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite"))
_DROP = DDL(f"DROP TABLE IF EXISTS {FTS_TABLE}")
event.listen(TicketWords.__table__, "before_drop", _DROP.execute_if(dialect="sqlite"))
