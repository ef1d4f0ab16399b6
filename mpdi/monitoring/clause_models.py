"""Clauses of the library that notices were found to hold."""

import datetime

from sqlalchemy import DateTime, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base
from mpdi.monitoring.models import RECORD


class NoticeClause(Base):
    """A clause in the free texts of a notice (`found_clauses.FoundClause`)."""

    __tablename__ = "notice_clause"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(RECORD, ondelete="CASCADE"), index=True)
    clause_id: Mapped[str] = mapped_column(String(40), index=True)
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    how: Mapped[str] = mapped_column(String(8))
    share: Mapped[float] = mapped_column(Float)
    """Of the words of the clause's text, from 0 to 1."""
    words: Mapped[str] = mapped_column(Text)
    """Of the notice."""
    place: Mapped[int]
    """Number of the text among the different texts of the notice, from 1."""
    similarity: Mapped[float | None] = mapped_column(Float)
    """Cosine of the nearest pair of sentences, where found by meaning."""


class NoticeClauseSearch(Base):
    """That a notice was searched, with which library: it is not searched again with the same."""

    __tablename__ = "notice_clause_search"

    record_id: Mapped[int] = mapped_column(ForeignKey(RECORD, ondelete="CASCADE"), primary_key=True)
    edition: Mapped[str] = mapped_column(String(12))
    """Of the clauses' newest versions, and of the way of searching."""
    searched_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
