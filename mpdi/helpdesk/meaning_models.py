"""What a ticket means, as a vector: kept with the ticket, deleted with it and when its people are forgotten."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class TicketMeaning(Base):
    """The vector of a question, as 16-bit floats, by the encoder named; one of another encoder is made again."""

    __tablename__ = "ticket_meaning"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    encoder: Mapped[str] = mapped_column(String(20))
    vector: Mapped[bytes] = mapped_column(LargeBinary)
