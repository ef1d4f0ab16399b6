"""Stating what a ticket is about, and what it points at."""

from functools import partial

from flask import abort, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.accounts.roles import Action
from mpdi.helpdesk import fact_operations
from mpdi.helpdesk.ticket_change_views import change, refused
from mpdi.helpdesk.ticket_forms import FactError, read_facts, read_reference
from mpdi.helpdesk.ticket_pages import helpdesk


@helpdesk.post("/tickets/<number>/facts")
def set_facts(number: str) -> Response:
    """Store the facts."""
    try:
        facts = read_facts(request.form)
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)
    verb = partial(fact_operations.set_facts, facts=facts)
    return change(
        number,
        Action.WORK_ON_TICKET,
        lambda session, ticket, by, expected: verb(session, ticket, by, expected=expected),
        _("The facts are stored."),
    )


def fact_words(name: str) -> str:
    """Say how a fact is written."""
    words = {
        "cpv": _("CPV codes have eight digits, at most twenty codes with spaces between."),
        "tender_deadline": _("Write the date as day/month/year, for instance 15/01/2027."),
        "reference": _("Write a clause (ENV-CLEAN-001), a ticket (MPDI-2026-00001) or kind:identifier."),
    }
    return words.get(name) or abort(400)


@helpdesk.post("/tickets/<number>/references")
def change_references(number: str) -> Response:
    """Point the ticket at a record, or take a reference out."""
    is_removal = "remove" in request.form
    try:
        pressed = request.form.get("remove") or request.form.get("point") or request.form.get("reference", "")
        reference = read_reference(pressed)
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)
    verb = fact_operations.remove_reference if is_removal else fact_operations.add_reference
    return change(
        number,
        Action.WORK_ON_TICKET,
        lambda session, ticket, by, expected: verb(session, ticket, by, reference, expected),
        _("Done."),
    )
