"""Stating what a ticket is about, and what it points at."""

from functools import partial

from flask import make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.accounts.roles import Action
from mpdi.helpdesk import fact_operations
from mpdi.helpdesk.ticket_change_views import change, refused
from mpdi.helpdesk.ticket_forms import SHOWN, FactError, read_facts, read_reference
from mpdi.helpdesk.ticket_pages import fact_words, helpdesk


@helpdesk.post("/tickets/<number>/facts")
def set_facts(number: str) -> Response:
    """Store the facts: what was changed of those that the page showed, or all of them where it does not say what it showed."""
    words = _("The facts are stored.")
    if SHOWN in request.form:
        return change(number, Action.WORK_ON_TICKET, lambda *_: None, words, confirms_facts=True)
    try:
        facts = read_facts(request.form)
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)
    verb = partial(fact_operations.set_facts, facts=facts)
    return change(
        number,
        Action.WORK_ON_TICKET,
        lambda session, ticket, by, expected: verb(session, ticket, by, expected=expected),
        words,
    )


@helpdesk.post("/tickets/<number>/references")
def change_references(number: str) -> Response:
    """Point the ticket at a record, or take a reference out."""
    is_removal = "remove" in request.form
    is_typed = not is_removal and "point" not in request.form
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
        sent="reference" if is_typed else None,
    )
