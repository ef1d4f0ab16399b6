"""Drafts of specifications: answers saved under an unguessable link, with every revision kept for undo."""

import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.accounts.models import User
from mpdi.database import Base


class SpecificationDraft(Base):
    """One purchase being described. The link's token is known only to who holds it: the database keeps its hash."""

    __tablename__ = "specification_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    """The revision shown; undo and redo move it."""
    last_number: Mapped[int] = mapped_column(default=1)
    """The highest number ever given: a number is never used again, so that a stale page cannot pass for a fresh one."""
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """Who claimed the draft and finds it again in the account."""
    owner_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the owner's own link, beside the one the draft began with."""
    owner: Mapped[User | None] = relationship()
    revisions: Mapped[list["SpecificationRevision"]] = relationship(
        back_populates="draft",
        cascade="all, delete-orphan",
        order_by="SpecificationRevision.number",
        lazy="select",
    )


class SpecificationRevision(Base):
    """The answers as they stood after one change."""

    __tablename__ = "specification_revision"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("specification_draft.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(60))
    """The question or step that was changed."""
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    written_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    draft: Mapped[SpecificationDraft] = relationship(back_populates="revisions")
