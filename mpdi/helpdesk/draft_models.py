"""What somebody typed into a ticket and has not sent yet: kept whatever else is pressed, deleted with the ticket."""

import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class ReplyDraft(Base):
    """The unsent words of one person in one ticket, by the name of their field."""

    __tablename__ = "reply_draft"
    __table_args__ = (UniqueConstraint("ticket_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    kept_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
