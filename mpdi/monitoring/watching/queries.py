"""How what is watched stands."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.monitoring.watching.models import WatchedSource


def watched(session: Session) -> Sequence[WatchedSource]:
    """Everything that is watched, folders first, by name."""
    return session.scalars(select(WatchedSource).order_by(WatchedSource.kind.desc(), WatchedSource.address)).all()
