"""Samples of notices, what readers said of each, and what was settled."""

import datetime

from sqlalchemy import JSON, Date, DateTime, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.database import Base

Labels = dict[str, bool | None]
"""By label: yes, no, or `None` where the reader doubts."""


class CodingSample(Base):
    """Notices of a period, drawn by chance."""

    __tablename__ = "coding_sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    begins: Mapped[datetime.date] = mapped_column(Date)
    ends: Mapped[datetime.date] = mapped_column(Date)
    seed: Mapped[int]
    """The same seed draws the same notices from the same database."""
    detected: Mapped[int]
    """Notices of the period in which detection found something, when the sample was drawn."""
    others: Mapped[int]
    drawn_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    items: Mapped[list["CodingItem"]] = relationship(order_by="CodingItem.number", cascade="all, delete-orphan")


class CodingItem(Base):
    """A notice of a sample."""

    __tablename__ = "coding_item"
    __table_args__ = (UniqueConstraint("sample_id", "identity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("coding_sample.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """By chance, so that it tells nothing of what was detected."""
    identity: Mapped[str] = mapped_column(String(64))
    """Of the notice (`NoticeRecord.identity`): its row is another when it is read again."""
    is_detected: Mapped[bool]
    """Whether detection found something when the sample was drawn: its stratum."""
    settled: Mapped[Labels] = mapped_column(JSON)
    """What the coordinator decided where the readers differ or doubt."""
    readings: Mapped[list["CodingReading"]] = relationship(order_by="CodingReading.slot", cascade="all, delete-orphan")


class CodingReading(Base):
    """What one reader says of a notice."""

    __tablename__ = "coding_reading"
    __table_args__ = (
        UniqueConstraint("item_id", "slot", name="uq_coding_reading_slot"),
        UniqueConstraint("item_id", "reader_id", name="uq_coding_reading_reader"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("coding_item.id", ondelete="CASCADE"))
    slot: Mapped[int]
    """1 or 2: who read it first and second."""
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"), index=True)
    labels: Mapped[Labels] = mapped_column(JSON)
    read_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
