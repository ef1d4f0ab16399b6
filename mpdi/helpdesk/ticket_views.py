"""A ticket for those who work on it: the conversation, its facts, and everything one can do with it."""

from flask import Response as FlaskResponse
from flask import abort, jsonify, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.authorities import register
from mpdi.accounts.current import require_user
from mpdi.accounts.roles import Action, Role, may
from mpdi.clause_library import labels as clause_labels
from mpdi.clause_library.core.vocabulary import Category
from mpdi.error_pages import ErrorPage, error_answer
from mpdi.helpdesk import (
    draft_operations,
    meaning_operations,
    queries,
    queue_queries,
    similar_queries,
    team_operations,
)
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.fact_operations import facts_of
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.queue_views import pressing
from mpdi.helpdesk.states import Mover, TicketAction, allows
from mpdi.helpdesk.suggestion_pages import seen_in, suggestions_of
from mpdi.helpdesk.ticket_forms import SHOWN, Typed, fact_values, shown_facts
from mpdi.helpdesk.ticket_pages import (
    given_file,
    helpdesk,
    staff_subject,
)
from mpdi.helpdesk.vocabulary import BODIES, AskerKind, Direction, Obstacle, QuestionNature, Route, Stage, TicketState
from mpdi.references import Reference
from mpdi.services import services


def open_ticket(session: Session, number: str, action: Action) -> Ticket:
    """Return a ticket for somebody who may do an action on it; to anybody else signed in there is none.

    Those who answer as experts see the ticket they were asked about; what only facilitators do stays closed to them.
    """
    person = require_user().person
    try:
        ticket = queries.ticket_whole(session, number)
    except UnknownTicketError:
        abort(_not_yours())
    subject = staff_subject(session, ticket)
    if not (may(person, Action.WORK_ON_TICKET, subject) or may(person, Action.ANSWER_AS_EXPERT, subject)):
        abort(_not_yours())
    if not may(person, action, subject):
        abort(403)
    return ticket


def _not_yours() -> FlaskResponse:
    """The same answer for a ticket of another body and for a number that nobody ever had: nothing is told of either."""
    page = ErrorPage(
        _("No ticket of yours has this number"),
        _(
            "It may be mistyped, or the ticket belongs to another body: each body sees the tickets that were sent to it, experts those they were asked about."
        ),
        _("Look for it in your queue. If a colleague gave you the number, ask for it to be sent to your body."),
    )
    return error_answer(404, page=page)


@helpdesk.get("/tickets/<number>")
def ticket(number: str) -> str:
    """Show a ticket, and remember who has it open; what it means is kept when it is opened first."""
    user = require_user()
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        kept = similar_queries.kept_meaning(session, found)
        meaning = kept or similar_queries.meaning_of(similar_queries.question_of(found))
        page, ticket_id = _page(session, found, meaning), found.id
    with services().database.writing() as session:
        team_operations.note_presence(session, ticket_id, user.user_id)
        if meaning is not None and kept is None:
            meaning_operations.keep_meaning(session, ticket_id, meaning)
    return page


def ticket_page(number: str, typed: dict[str, str] | None = None, form: Typed | None = None) -> str:
    """Render a ticket; `typed` stands in its form, before what its reader kept unsent, and the facts of `form` too."""
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        return _page(session, found, similar_queries.kept_meaning(session, found), typed, form)


def _page(
    session: Session,
    found: Ticket,
    meaning: bytes | None,
    typed: dict[str, str] | None = None,
    form: Typed | None = None,
) -> str:
    user = require_user()
    subject = staff_subject(session, found)
    question = next((item.body for item in found.messages if item.direction == Direction.INCOMING.value), "")
    text = f"{found.subject}\n{question}"
    seen = seen_in(text, found.language)
    kept = draft_operations.kept_texts(session, found.id, user.user_id)
    has_typed_facts = form is not None and SHOWN in form
    return render_template(
        "helpdesk/ticket.html",
        ticket=found,
        facts=form if has_typed_facts else fact_values(facts_of(found)),
        has_typed_facts=has_typed_facts,
        facts_shown=form[SHOWN] if has_typed_facts else shown_facts(facts_of(found)),
        typed=kept | (typed or {}),
        is_kept=bool(kept),
        kept_fields=draft_operations.FIELDS,
        can=_can(found),
        may_work=may(user.person, Action.WORK_ON_TICKET, subject),
        suggestions=suggestions_of(session, seen, text, found.language),
        next_body=seen.second_route if seen is not None and seen.route == found.route else None,
        similar=similar_queries.similar(session, user.person, found, meaning),
        others=team_operations.others_present(session, found.id, user.user_id),
        user=user,
        history=queries.history(session, found),
        requests=queries.expert_requests(session, found),
        mails=queries.mail_states(session, found),
        expert_parts=queries.expert_parts(session, found) | queries.closing_parts(session, found),
        ready=queries.ready_answers(session, Route(found.route)),
        people=queries.names_with(session, Role.FACILITATOR, Role.COORDINATOR),
        experts=queries.names_with(session, Role.EXPERT, Role.LEGAL_REVIEWER),
        others_of_person=queue_queries.others_of_person(session, user.person, found),
        pressing=pressing(found),
        references=reference_links(found),
        into=session.get(Ticket, found.merged_into_id) if found.merged_into_id else None,
        **_lists(),
    )


def _can(ticket: Ticket) -> dict[str, bool]:
    state = TicketState(ticket.state)
    return {action.value: allows(state, action, Mover.FACILITATOR) for action in TicketAction}


def _lists() -> dict[str, object]:
    return {
        "askers": AskerKind,
        "routes": BODIES,
        "natures": QuestionNature,
        "stages": Stage,
        "obstacles": Obstacle,
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


@helpdesk.post("/tickets/<number>/presence")
def presence(number: str) -> Response:
    """Say that the ticket is still open here; answer who else has it open, and the revision it stands at."""
    user = require_user()
    with services().database.writing() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        team_operations.note_presence(session, found.id, user.user_id)
        others = [
            each.name or _("Somebody") for each in team_operations.others_present(session, found.id, user.user_id)
        ]
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
