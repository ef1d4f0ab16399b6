"""How much waits for somebody who answers, for the menu: questions to an expert, articles to re-read."""

from sqlalchemy import func, select

from mpdi.helpdesk.models import ArticleReading, ExpertRequest
from mpdi.page import MENU_COUNTS
from mpdi.services import services


def questions_to(user_id: int) -> int:
    """Return how many questions to an expert are open."""
    query = select(func.count(ExpertRequest.id)).where(
        ExpertRequest.expert_id == user_id, ExpertRequest.answered_at.is_(None)
    )
    with services().database.reading() as session:
        return session.scalar(query) or 0


def articles_to_reread(user_id: int) -> int:
    """Return how many articles somebody is asked by name to re-read."""
    query = select(func.count(ArticleReading.id)).where(
        ArticleReading.asked_of_id == user_id, ArticleReading.reread_at.is_(None)
    )
    with services().database.reading() as session:
        return session.scalar(query) or 0


MENU_COUNTS.update({"helpdesk.requests": questions_to, "articles.desk": articles_to_reread})
