"""Keeping what is typed into a ticket, and putting ready words into it, without sending anything."""

from flask import make_response, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.current import require_user
from mpdi.accounts.roles import Action, may
from mpdi.helpdesk import fact_operations
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.ticket_change_views import change, refused
from mpdi.helpdesk.ticket_forms import FactError, read_reference
from mpdi.helpdesk.ticket_pages import fact_words, helpdesk, staff_subject

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
    return change(number, Action.SEE_INTERNAL_NOTE, verb, words, typed=typed, sent="reference")
