"""A ticket for those who work on it: the conversation, its facts, and everything one can do with it."""

from collections.abc import Callable
from functools import partial

from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.authorities import register
from mpdi.accounts.current import require_user
from mpdi.accounts.models import User
from mpdi.accounts.roles import Action, Role, may
from mpdi.clause_library import labels as clause_labels
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk import fact_operations, labels, operations, queries, team_operations
from mpdi.helpdesk.change_operations import Actor, TicketChangedElsewhereError, UnknownTicketError
from mpdi.helpdesk.fact_operations import facts_of
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.queue_views import pressing
from mpdi.helpdesk.states import Mover, TicketAction, allows
from mpdi.helpdesk.suggestion_pages import suggestions_for
from mpdi.helpdesk.ticket_forms import FactError, read_facts, read_reference
from mpdi.helpdesk.ticket_pages import (
    REFUSALS,
    actor_of,
    given_file,
    helpdesk,
    in_words,
    posted_revision,
    staff_subject,
    taken_files,
)
from mpdi.helpdesk.vocabulary import Direction, Obstacle, QuestionNature, Route, Stage, TicketState
from mpdi.references import Reference
from mpdi.services import services

Verb = Callable[[Session, Ticket, Actor, int], object]
_STATE_VERBS = {
    "wait": (operations.wait, TicketAction.WAIT), "resolve": (operations.resolve, TicketAction.RESOLVE),
    "reopen": (operations.reopen, TicketAction.REOPEN), "close": (operations.close, TicketAction.CLOSE),
}
_LANGUAGES = ("fr", "nl")


def open_ticket(session: Session, number: str, action: Action) -> Ticket:
    """Return a ticket for somebody who may do an action on it; to anybody else signed in there is none.

    Those who answer as experts see the ticket they were asked about; what only facilitators do stays closed to them.
    """
    person = require_user().person
    try:
        ticket = queries.ticket_whole(session, number)
    except UnknownTicketError:
        abort(404)
    subject = staff_subject(session, ticket)
    if not (may(person, Action.WORK_ON_TICKET, subject) or may(person, Action.ANSWER_AS_EXPERT, subject)):
        abort(404)
    if not may(person, action, subject):
        abort(403)
    return ticket


@helpdesk.get("/tickets/<number>")
def ticket(number: str) -> str:
    """Show a ticket, and remember who has it open."""
    user = require_user()
    with services().database.writing() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        team_operations.note_presence(session, found.id, user.user_id)
    return ticket_page(number)


def ticket_page(number: str, typed: dict[str, str] | None = None) -> str:
    """Render a ticket; `typed` stands in the form of the answer."""
    user = require_user()
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        subject = staff_subject(session, found)
        question = next((item.body for item in found.messages if item.direction == Direction.INCOMING.value), "")
        return render_template(
            "helpdesk/ticket.html", ticket=found, facts=facts_of(found), typed=typed or {},
            can=_can(found), may_work=may(user.person, Action.WORK_ON_TICKET, subject),
            suggestions=suggestions_for(session, f"{found.subject}\n{question}", found.language),
            similar=queries.similar(session, user.person, found),
            others=team_operations.others_present(session, found.id, user.user_id), user=user,
            history=queries.history(session, found), requests=queries.expert_requests(session, found),
            mails=queries.mail_states(session, found), ready=queries.ready_answers(session, Route(found.route)),
            people=queries.names_with(session, Role.FACILITATOR, Role.COORDINATOR),
            experts=queries.names_with(session, Role.EXPERT, Role.LEGAL_REVIEWER),
            siblings=queries.others_of_asker(session, found), pressing=pressing(found), references=reference_links(found),
            into=session.get(Ticket, found.merged_into_id) if found.merged_into_id else None, **_lists(),
        )


def _can(ticket: Ticket) -> dict[str, bool]:
    state = TicketState(ticket.state)
    return {action.value: allows(state, action, Mover.FACILITATOR) for action in TicketAction}


def _lists() -> dict[str, object]:
    return {
        "routes": Route, "natures": QuestionNature, "stages": Stage, "obstacles": Obstacle,
        "categories": [(code.value, clause_labels.category(code)) for code in Category],
        "authorities": register().listed("fr"),
    }


def reference_links(ticket: Ticket) -> list[tuple[str, str, str | None]]:
    """Return what a ticket points at: reference, identifier, and its address where it has a page."""
    made = []
    for item in ticket.references:
        reference = Reference.parse(item.reference)
        made.append((item.reference, reference.identifier, _address(reference)))
    return made


def _address(reference: Reference) -> str | None:
    match reference.kind:
        case "clause":
            return url_for("clauses.clause", identifier=reference.identifier)
        case "clause_version":
            return url_for("clauses.clause", identifier=reference.identifier.partition("@")[0])
        case "ticket":
            return url_for("helpdesk.ticket", number=reference.identifier)
    return None


def change(number: str, action: Action, verb: Verb, done: str) -> Response:
    """Do one thing to a ticket and come back to it; where it has moved on, what was typed is kept on a page."""
    by = actor_of(require_user())
    try:
        with services().database.writing() as session:
            verb(session, open_ticket(session, number, action), by, posted_revision())
    except TicketChangedElsewhereError:
        return _changed_elsewhere(number)
    except REFUSALS as error:
        return make_response(_refused(number, in_words(error)), 422)
    flash(done)
    return redirect(url_for("helpdesk.ticket", number=number), 303)


def _refused(number: str, words: str) -> str:
    flash(words, "error")
    return ticket_page(number, dict(request.form.items()))


def _changed_elsewhere(number: str) -> Response:
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        kept = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "revision")]
        words = render_template(
            "helpdesk/changed_elsewhere.html", ticket=found, kept=kept, other=request.path,
            history=queries.history(session, found)[:5], messages=found.messages[-3:],
            had_file=bool(request.files.get("file")),
        )
    return make_response(words, 409)


@helpdesk.post("/tickets/<number>/answer")
def answer(number: str) -> Response:
    """Answer the asker; the same button may wait or resolve."""
    then = {"wait": TicketAction.WAIT, "resolve": TicketAction.RESOLVE}.get(request.form.get("then", ""))

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        reply = Reply(request.form.get("body", ""), _language(), then, taken_files(request.files.get("file")))
        return operations.answer(session, ticket, by, reply, expected)

    return change(number, Action.WORK_ON_TICKET, verb, _("Your answer is sent."))


@helpdesk.post("/tickets/<number>/note")
def note(number: str) -> Response:
    """Write an internal note."""

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        files = taken_files(request.files.get("file"))
        return operations.write_note(session, ticket, by, request.form.get("body", ""), _language(), expected, files)

    return change(number, Action.WRITE_INTERNAL_NOTE, verb, _("The note is written; the asker does not see it."))


def _language() -> str:
    language = request.form.get("language", "")
    return language if language in _LANGUAGES else abort(400)


@helpdesk.post("/tickets/<number>/state/<name>")
def change_state(number: str, name: str) -> Response:
    """Wait, resolve, reopen or close."""
    if name not in _STATE_VERBS:
        abort(404)
    return change(number, Action.WORK_ON_TICKET, _STATE_VERBS[name][0], _("Done."))


@helpdesk.post("/tickets/<number>/assign")
def assign(number: str) -> Response:
    """Give the ticket to somebody, or to nobody; with a note it is handed over."""
    text, note_text = request.form.get("assignee", ""), request.form.get("body", "").strip()

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> None:
        person = _worker(session, text, Role.FACILITATOR, Role.COORDINATOR) if text else None
        if note_text and person is not None:
            team_operations.hand_over(session, ticket, by, person, note_text, expected)
        else:
            team_operations.assign(session, ticket, by, person, expected)

    return change(number, Action.WORK_ON_TICKET, verb, _("Assigned."))


def _worker(session: Session, text: str, *roles: Role) -> User:
    if text == "me":
        text = str(require_user().user_id)
    known = queries.holder(session, int(text), *roles) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return known or abort(400)


@helpdesk.post("/tickets/<number>/route")
def reroute(number: str) -> Response:
    """Send the ticket to another body: one click."""
    if request.form.get("route") not in tuple(Route):
        abort(400)
    verb = partial(team_operations.reroute, route=Route(request.form["route"]))
    done = _("Sent to: %(body)s.", body=labels.route(request.form["route"]))
    answer = change(number, Action.REROUTE_TICKET, lambda session, ticket, by, expected: verb(session, ticket, by, expected=expected), done)
    return _or_to_queue(number, answer)


def _or_to_queue(number: str, answer: Response) -> Response:
    """Go to the queue where the ticket is no longer one's own to see: its new body has it."""
    if answer.status_code != 303:
        return answer
    with services().database.reading() as session:
        found = queries.ticket_whole(session, number)
        if may(require_user().person, Action.WORK_ON_TICKET, staff_subject(session, found)):
            return answer
    return redirect(url_for("helpdesk.queue"), 303)


@helpdesk.post("/tickets/<number>/facts")
def set_facts(number: str) -> Response:
    """Store the facts."""
    try:
        facts = read_facts(request.form)
    except FactError as error:
        return make_response(_refused(number, _fact_words(error.field)), 422)
    verb = partial(fact_operations.set_facts, facts=facts)
    return change(number, Action.WORK_ON_TICKET, lambda session, ticket, by, expected: verb(session, ticket, by, expected=expected), _("The facts are stored."))


def _fact_words(name: str) -> str:
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
        reference = read_reference(request.form.get("remove" if is_removal else "reference", ""))
    except FactError as error:
        return make_response(_refused(number, _fact_words(error.field)), 422)
    verb = fact_operations.remove_reference if is_removal else fact_operations.add_reference
    return change(number, Action.WORK_ON_TICKET, lambda session, ticket, by, expected: verb(session, ticket, by, reference, expected), _("Done."))


@helpdesk.post("/tickets/<number>/expert")
def ask_expert(number: str) -> Response:
    """Ask an expert, who is told by mail."""

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> None:
        expert = _worker(session, request.form.get("expert", ""), Role.EXPERT, Role.LEGAL_REVIEWER)
        team_operations.ask_expert(session, ticket, by, expert, request.form.get("body", ""), expected)
        link = url_for("helpdesk.ticket", number=ticket.number, _external=True)
        words = _("You are asked about ticket %(number)s:\n\n%(question)s\n\n%(link)s", number=ticket.number, question=request.form.get("body", ""), link=link)
        want(session, expert.email, _("A question to you: %(number)s", number=ticket.number), words, expert.language)

    return change(number, Action.WORK_ON_TICKET, verb, _("The expert is asked."))


@helpdesk.post("/tickets/<number>/expert-answer")
def answer_as_expert(number: str) -> Response:
    """Answer what one was asked."""

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        return team_operations.answer_as_expert(session, ticket, by, request.form.get("body", ""), _language(), expected)

    return change(number, Action.ANSWER_AS_EXPERT, verb, _("Thank you: the facilitator sees your answer."))


@helpdesk.post("/tickets/<number>/merge")
def merge(number: str) -> Response:
    """Merge the ticket into another of the same asker."""
    target = request.form.get("into", "")

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        return team_operations.merge(session, ticket, by, open_ticket(session, target, Action.MERGE_TICKETS), expected)

    answer = change(number, Action.MERGE_TICKETS, verb, _("Merged: this is the ticket that took it in."))
    return redirect(url_for("helpdesk.ticket", number=target), 303) if answer.status_code == 303 else answer


@helpdesk.post("/tickets/<number>/presence")
def presence(number: str) -> Response:
    """Say that the ticket is still open here; answer who else has it open, and the revision it stands at."""
    user = require_user()
    with services().database.writing() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        team_operations.note_presence(session, found.id, user.user_id)
        others = [each.name or _("Somebody") for each in team_operations.others_present(session, found.id, user.user_id)]
        return jsonify(others=others, revision=found.revision)


@helpdesk.get("/tickets/<number>/files/<int:file_id>")
def ticket_file(number: str, file_id: int) -> Response:
    """Give a file of the ticket, those of notes included."""
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        try:
            item, _message = queries.file_of(session, found, file_id)
        except UnknownTicketError:
            abort(404)
        return given_file(item)
