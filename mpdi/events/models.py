"""Events of the agenda."""

import datetime

from sqlalchemy import DateTime, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class AgendaEvent(Base):
    """A training, a meet-your-buyer, an information meeting; published by the coordinator."""

    __tablename__ = "agenda_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    """`training`, `change_training`, `meet_your_buyer`, `information`, `consultation`."""
    audience: Mapped[str] = mapped_column(String(8))
    """`buyers`, `firms`, `both`."""
    title_fr: Mapped[str] = mapped_column(String(160))
    title_nl: Mapped[str] = mapped_column(String(160))
    description_fr: Mapped[str] = mapped_column(Text, default="")
    description_nl: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[str] = mapped_column(String(10), default="fr")
    starts_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True), index=True)
    ends_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    registration: Mapped[str] = mapped_column(String(300), default="")
    is_published: Mapped[bool] = mapped_column(default=False, index=True)
    changed_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
