"""Action plans of authorities: drafts under an unguessable link, every revision kept, and what an organ adopted."""

import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.accounts.models import User
from mpdi.database import Base
from mpdi.monitoring.models import ExactDecimal


class ActionPlan(Base):
    """The plan of one authority. The link's token is known only to who holds it: the database keeps its hash.

    What stands of the authority, the period and the canevas repeats the profile of the revision shown, so that lists
    need not open profiles.
    """

    __tablename__ = "action_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    owner_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Of the owner's own link, beside the one the plan began with."""
    revision: Mapped[int] = mapped_column(default=1)
    """The revision shown; undo and redo move it."""
    last_number: Mapped[int] = mapped_column(default=1)
    """The highest number ever given: a number is never used again, so that a stale page cannot pass for a fresh one."""
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    """Who claimed the plan and finds it again in the account."""
    authority_id: Mapped[str] = mapped_column(String(80), default="", index=True)
    """In the register of authorities; empty where the authority was not found there."""
    authority_name: Mapped[str] = mapped_column(String(300))
    """As the profile has it; where it has two names, the French and the Dutch one with “ / ” between them."""
    authority_type: Mapped[str] = mapped_column(String(20))
    canevas: Mapped[str] = mapped_column(String(20))
    """The version of the canevas."""
    first_day: Mapped[datetime.date] = mapped_column(Date)
    last_day: Mapped[datetime.date] = mapped_column(Date, index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("action_plan.id", ondelete="SET NULL"), index=True)
    """The plan that took this one over when authorities merged."""
    owner: Mapped[User | None] = relationship()
    revisions: Mapped[list["PlanRevision"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="PlanRevision.number", lazy="select"
    )
    versions: Mapped[list["PlanVersion"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="PlanVersion.number", lazy="select"
    )


class PlanRevision(Base):
    """The profile as it stood after one change."""

    __tablename__ = "action_plan_revision"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(String(60))
    """The step that was changed, or what was done: `begin`, `workbook`, `canevas`, `merge`."""
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    """As `core.profile_json` writes it."""
    written_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    plan: Mapped[ActionPlan] = relationship(back_populates="revisions")


class PlanVersion(Base):
    """The plan as an organ decided on it. Versions are added and never changed."""

    __tablename__ = "action_plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plan.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    """`adoption`, `amendment` or `review` (`core.vocabulary.VersionKind`)."""
    decided_on: Mapped[datetime.date] = mapped_column(Date)
    organ: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(2000), default="")
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)
    profile_digest: Mapped[str] = mapped_column(String(64))
    canevas: Mapped[str] = mapped_column(String(20))
    written_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    plan: Mapped[ActionPlan] = relationship(back_populates="versions")
    objectives: Mapped[list["AdoptedObjective"]] = relationship(
        cascade="all, delete-orphan", order_by="AdoptedObjective.id", lazy="select"
    )
    actions: Mapped[list["AdoptedAction"]] = relationship(
        cascade="all, delete-orphan", order_by="AdoptedAction.id", lazy="select"
    )


class AdoptedObjective(Base):
    """An objective of a version, open ones too; values are shares, percentages or counts as the indicator's unit says."""

    __tablename__ = "adopted_objective"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_plan_version.id", ondelete="CASCADE"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    indicator: Mapped[str] = mapped_column(String(60))
    baseline: Mapped[Decimal | None] = mapped_column(ExactDecimal())
    target: Mapped[Decimal | None] = mapped_column(ExactDecimal())
    by: Mapped[datetime.date | None] = mapped_column(Date)


class AdoptedAction(Base):
    """An action of a version: its element of the canevas (`own` for the authority's own), deadline and state."""

    __tablename__ = "adopted_action"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("action_plan_version.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    element: Mapped[str] = mapped_column(String(60))
    deadline: Mapped[datetime.date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
