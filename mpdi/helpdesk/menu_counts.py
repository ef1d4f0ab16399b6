"""How much waits for somebody who answers, for the menu."""

from sqlalchemy import func, select

from mpdi.helpdesk.models import ExpertRequest
from mpdi.services import services


def questions_to(user_id: int) -> int:
    """Return how many questions to an expert are open."""
    query = select(func.count(ExpertRequest.id)).where(
        ExpertRequest.expert_id == user_id, ExpertRequest.answered_at.is_(None)
    )
    with services().database.reading() as session:
        return session.scalar(query) or 0
