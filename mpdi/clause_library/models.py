"""The library in the database: the truth of a running installation."""

import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class ClauseVersionRecord(Base):
    """One version of a clause: its text and its register entry as canonical JSON.

    The text is JSON as the digest sees it, decimals as strings, so that it comes out with the same digest.
    """

    __tablename__ = "clause_version"
    __table_args__ = (UniqueConstraint("clause_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    text: Mapped[str]
    """YAML of the text file, to the letter."""
    register: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(12))
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)
