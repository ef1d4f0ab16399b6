"""Users, the roles they hold, their sessions and single-use links, and the audit log."""

import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.accounts.roles import Grant, Person, Role
from mpdi.database import Base


class User(Base):
    """Somebody with an account. `email` is as written, `email_key` folded and unique; an erased user keeps only the number."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    is_told_of_tickets: Mapped[bool] = mapped_column(default=True)
    """Whether somebody who answers gets a mail on what happens to tickets."""
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    signed_in_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    erased_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
    roles: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin"
    )

    def as_person(self) -> Person:
        """Return who this is to the table of rights."""
        return Person(self.id, tuple(Grant(Role(item.role), item.authority_id, item.route) for item in self.roles))


class RoleGrant(Base):
    """A role of a user, in one body or for one route of the helpdesk, or everywhere."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "authority_id", "route"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    authority_id: Mapped[str | None] = mapped_column(String(80))
    route: Mapped[str | None] = mapped_column(String(20))
    granted_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    user: Mapped[User] = relationship(back_populates="roles")


class SignInSession(Base):
    """One browser in which somebody is signed in; the cookie holds a token of which this is the hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(String(120), default="")
    method: Mapped[str] = mapped_column(String(20), default="password")
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    seen_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    user: Mapped[User] = relationship(lazy="joined")


class SingleUseLink(Base):
    """A link sent by mail that works once: an invitation or a new password."""

    __tablename__ = "single_use_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))


class SignInAttempt(Base):
    """A failed sign-in, kept for an hour to slow guessing down: hashes only."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64), index=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    attempted_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)


class AuditEntry(Base):
    """Who changed what. Each entry holds the hash of the one before, so that none can be changed or taken out unseen."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    occurred_at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(40))
    """`user:12`, `visitor`, or the name of a command or job."""
    action: Mapped[str] = mapped_column(String(60))
    reference: Mapped[str] = mapped_column(String(120), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64), unique=True)
