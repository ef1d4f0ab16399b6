"""The status of legal instruments as an installation knows it, beside the register that it came with."""

import datetime

from sqlalchemy import Date, DateTime, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class InstrumentStatusRecord(Base):
    """One change of an instrument's status; the newest one counts, the others are its history."""

    __tablename__ = "instrument_status"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument: Mapped[str] = mapped_column(String(40), index=True)
    status: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime.date] = mapped_column(Date)
    """The day from which the act has this status."""
    reason: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    """None: by a command."""
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
