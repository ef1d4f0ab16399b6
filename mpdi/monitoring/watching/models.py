"""What is watched, and what became of it the last time."""

import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class WatchedKind(StrEnum):
    """Where notices come from."""

    FOLDER = "folder"
    ADDRESS = "address"


class WatchOutcome(StrEnum):
    """What became of the last look."""

    WAITING = "waiting"
    """Not looked at yet."""
    TAKEN = "taken"
    """Read, and everything in it was a notice."""
    PARTLY = "partly"
    """Read; something in it gave no notice."""
    UNCHANGED = "unchanged"
    """As it was the last time."""
    EMPTY = "empty"
    """Nothing in it was a notice."""
    BUSY = "busy"
    """The server asks to come back later."""
    FAILED = "failed"
    """It could not be read."""


class WatchedSource(Base):
    """A folder or an address that is looked at again and again."""

    __tablename__ = "watched_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(2_000), unique=True)
    """On the web, or the path of the folder."""
    outcome: Mapped[str] = mapped_column(String(10))
    message: Mapped[str | None] = mapped_column(Text)
    """Why nothing came, or the first thing that gave no notice."""
    etag: Mapped[str | None] = mapped_column(String(500))
    """Given by the server, to be given back; of a folder the digest of names, sizes and dates."""
    last_modified: Mapped[str | None] = mapped_column(String(500))
    tried_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    succeeded_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was last read, or found unchanged."""
    next_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    held_until: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    """While a run looks at it; a run that was killed lets it go by this moment."""
    failures: Mapped[int] = mapped_column(default=0)
    """One after another, since it was last read."""
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes of the last download."""
    notices_new: Mapped[int] = mapped_column(default=0)
    """By the last look that read something."""
    notices_known: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
