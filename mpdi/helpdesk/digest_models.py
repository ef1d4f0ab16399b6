"""The obstacles published, in the database."""

import datetime

from sqlalchemy import JSON, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mpdi.database import Base


class ObstacleDigest(Base):
    """Obstacles named in questions over whole quarters, counted, for everybody to read; small counts are not in it."""

    __tablename__ = "obstacle_digest"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[datetime.date] = mapped_column(unique=True)
    last_day: Mapped[datetime.date]
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    stated: Mapped[int | None]
    """Questions in which somebody stated an obstacle; unknown for what was published before it was counted."""
    total: Mapped[int | None]
    """All questions asked in the period."""
    published_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
