"""Follow-up logs of contracts: what is to be checked, frozen, and what was noted, entry by entry."""

import datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.accounts.models import User
from mpdi.database import Base


class FollowUpLog(Base):
    """One contract being followed. The link's token is known only to who holds it: the database keeps its hash."""

    __tablename__ = "follow_up_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    last_number: Mapped[int] = mapped_column(default=0)
    """The number of the last entry: what a page was made from."""
    contractor: Mapped[str] = mapped_column(String(200), default="")
    """Who carries the contract out, as the buyer wrote it; empty where nobody did."""
    start: Mapped[datetime.date | None] = mapped_column(Date)
    """First day of the execution."""
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Reference, object, duration and checks as they stood when the log was begun (`frozen.FrozenPlan`)."""
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    owner_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the owner's own link, beside the one the log began with."""
    owner: Mapped[User | None] = relationship()
    entries: Mapped[list["FollowUpEntry"]] = relationship(
        back_populates="log", cascade="all, delete-orphan", order_by="FollowUpEntry.number", lazy="select"
    )


class FollowUpEntry(Base):
    """One thing noted. Entries are added and never changed: an undone one stays, and the entry that undid it too."""

    __tablename__ = "follow_up_entry"
    __table_args__ = (UniqueConstraint("log_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    log_id: Mapped[int] = mapped_column(ForeignKey("follow_up_log.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    check_key: Mapped[str] = mapped_column(String(80))
    """The check; empty for what concerns the contract as a whole."""
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[datetime.date] = mapped_column(Date)
    """The day on which it happened, as whoever noted it says."""
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    log: Mapped[FollowUpLog] = relationship(back_populates="entries")
