"""Clauses that notices were found to hold."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.monitoring.clause_models import NoticeClause


def clauses_in(session: Session, record_id: int) -> Sequence[NoticeClause]:
    """What a notice holds, in the order of its texts; empty too where it was never searched."""
    found = select(NoticeClause).where(NoticeClause.record_id == record_id)
    return session.scalars(found.order_by(NoticeClause.place, NoticeClause.clause_id, NoticeClause.language)).all()


def notices_with(session: Session, clause_id: str) -> Sequence[NoticeClause]:
    """Where a clause was found, the most whole first."""
    found = select(NoticeClause).where(NoticeClause.clause_id == clause_id)
    return session.scalars(found.order_by(NoticeClause.share.desc(), NoticeClause.record_id)).all()
