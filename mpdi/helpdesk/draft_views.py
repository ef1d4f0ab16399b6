"""Keeping what is typed into a ticket, and putting ready words into it, without sending anything."""

from flask import make_response, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.current import require_user
from mpdi.accounts.roles import Action, may, may_somewhere
from mpdi.helpdesk import draft_operations, fact_operations
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.ticket_change_views import change, refused
from mpdi.helpdesk.ticket_forms import FactError, read_reference
from mpdi.helpdesk.ticket_pages import fact_words, helpdesk, staff_subject
from mpdi.helpdesk.ticket_views import open_ticket
from mpdi.services import services

_LONGEST_INSERTION = 20_000


@helpdesk.post("/tickets/<number>/keep")
def keep(number: str) -> Response:
    """Keep what is typed, unsent, with the ready words pressed; facts or a reference that a facilitator typed are stored.

    It is the form's first button, so what Enter in a field of facts presses.
    """
    try:
        typed_reference = request.form.get("reference", "")
        reference = read_reference(typed_reference) if typed_reference.strip() else None
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)

    def verb(session: Session, ticket: Ticket, by: Actor, _expected: int) -> None:
        is_allowed = may(require_user().person, Action.WORK_ON_TICKET, staff_subject(session, ticket))
        if reference is not None and is_allowed:
            fact_operations.add_reference(session, ticket, by, reference, None)

    typed = request.form.to_dict()
    insertion = typed.pop("insert", "")[:_LONGEST_INSERTION].strip()
    if insertion:
        typed["body"] = "\n\n".join(filter(None, (typed.get("body", "").rstrip(), insertion)))
    words = _("Put into the answer; not sent yet.") if insertion else _("Kept; nothing is sent.")
    answer = change(number, Action.SEE_INTERNAL_NOTE, verb, words, typed=typed, sent="reference")
    return redirect(_list_of_reader(), 303) if _is_to_leave(answer) else answer


def _is_to_leave(answer: Response) -> bool:
    return answer.status_code == 303 and request.form.get("then") == "list"


def _list_of_reader() -> str:
    """Return the list from which the reader opened the ticket: the queue, else the questions to an expert."""
    has_queue = may_somewhere(require_user().person, Action.SEE_QUEUE)
    return url_for("helpdesk.queue" if has_queue else "helpdesk.requests")


@helpdesk.post("/tickets/<number>/typed")
def keep_typed(number: str) -> Response:
    """Keep what is typed, and nothing else: the page sends it while one writes and when it is left by a link."""
    user = require_user()
    with services().database.writing() as session:
        ticket = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        draft_operations.keep_left(session, ticket.id, user.user_id, request.form)
    return make_response("", 204)
