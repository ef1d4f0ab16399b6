"""The blueprints of the helpdesk's tickets, with all their pages."""

from mpdi.helpdesk import (
    ask_views,
    draft_views,
    fact_views,
    law_count_views,
    queue_views,
    ready_answer_views,
    reread_views,
    ticket_change_views,
    ticket_views,
)
from mpdi.helpdesk.asker_views import questions
from mpdi.helpdesk.ticket_pages import helpdesk

__all__ = [
    "ask_views",
    "draft_views",
    "fact_views",
    "helpdesk",
    "law_count_views",
    "questions",
    "queue_views",
    "ready_answer_views",
    "reread_views",
    "ticket_change_views",
    "ticket_views",
]
