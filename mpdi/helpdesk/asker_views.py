"""Pages of those who ask: the question, what may answer it at once, and the conversation behind a private link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts.authorities import register
from mpdi.accounts.current import current_user, require_user
from mpdi.accounts.roles import VISITOR, Action, Person, Subject, may
from mpdi.helpdesk import operations, queries
from mpdi.helpdesk.asker_forms import AskForm, MessageForm
from mpdi.helpdesk.change_operations import Actor, UnknownTicketError
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import NewQuestion
from mpdi.helpdesk.routing import understood
from mpdi.helpdesk.states import Mover, TicketAction, allows
from mpdi.helpdesk.suggestion_count_pages import count_help, count_shown, note_sent
from mpdi.helpdesk.suggestion_pages import Suggestion, suggestions_for
from mpdi.helpdesk.ticket_pages import REFUSALS, allow_files, asker_of, given_file, in_words, page_words, taken_files
from mpdi.helpdesk.vocabulary import AskerKind, Direction, Route, TicketKind, TicketState
from mpdi.i18n import content_language
from mpdi.references import ReferenceKind
from mpdi.services import services

questions = Blueprint("questions", __name__, url_prefix="/questions")
questions.url_value_preprocessor(allow_files)
questions.before_request(security.keep_private)
questions.context_processor(page_words)

_NUMBER = re.compile(r"MPDI-\d{4}-\d{5,9}")


@dataclass(frozen=True)
class AskPage:
    """Which question is asked: by whom, and whether a specification is to be read again."""

    door: AskerKind
    kind: TicketKind

    @property
    def address(self) -> str:
        """The address of the form."""
        return url_for("questions.new", door=self.door, kind=None if self.kind is TicketKind.QUESTION else self.kind)


def _asked_page() -> AskPage:
    door, kind = request.args.get("door", "buyer"), request.args.get("kind", "question")
    if door not in tuple(AskerKind) or kind not in tuple(TicketKind):
        abort(404)
    return AskPage(AskerKind(door), TicketKind(kind))


@questions.get("/new")
def new() -> str:
    """Show the form: the question first."""
    user, language = current_user(), content_language()
    form = AskForm(language=language, email=user.email if user else "", name=user.name if user else "")
    return _form_page(_asked_page(), form)


def _form_page(page: AskPage, form: AskForm, suggestions: Sequence[Suggestion] | None = None) -> str:
    return render_template(
        "helpdesk/ask.html",
        page=page,
        form=form,
        suggestions=suggestions,
        authorities=register().listed(content_language()) if page.door is AskerKind.BUYER else (),
    )


@questions.post("/new")
def ask() -> Response:
    """Send the question; or show first what may answer it, or count a suggestion that did."""
    page, form = _asked_page(), AskForm()
    action = request.form.get("action", "send")
    if action != "send":
        return _before_sending(page, form, action)
    if not form.validate_on_submit():
        return make_response(_form_page(page, form), 422)
    if page.kind is TicketKind.REREAD and not (form.file.data and form.file.data.filename):
        form.file.errors = [_("Choose the file of your specification.")]
        return make_response(_form_page(page, form), 422)
    try:
        token = _opened(page, form)
    except REFUSALS as error:
        form.file.errors = [in_words(error)]
        return make_response(_form_page(page, form), 422)
    return redirect(url_for("questions.sent", key=token), 303)


def _before_sending(page: AskPage, form: AskForm, action: str) -> Response:
    reference = action.removeprefix("helped:")
    if reference != action:
        count_help(reference)
        flash(_("Thank you. If your question is answered, you need not send it."))
    return make_response(_form_page(page, form, _suggestions(form.question.data or "")))


def _opened(page: AskPage, form: AskForm) -> str:
    files, user = taken_files(form.file.data), current_user()
    question, language = form.question.data, form.language.data
    found = understood(services().suggestions, question, language, page.door)
    authority = register().named(form.authority.data)
    asked = NewQuestion(
        body=question,
        language=language,
        route=found.route if found else Route.UNKNOWN,
        asker_kind=page.door,
        kind=page.kind,
        email=form.email.data,
        name=form.name.data,
        authority_id=authority.id if authority else None,
        authority_name=form.authority.data,
        tender_deadline=form.deadline,
        files=files,
        question_nature=found.question_nature if found else None,
        obstacles=found.obstacles if found else (),
        category=found.category if found else None,
    )
    with services().database.writing() as database_session:
        ticket, token = operations.open_ticket(database_session, asked, Actor(user.user_id if user else None))
        _confirm(database_session, ticket, token)
        note_sent(database_session)
    return token


def _confirm(database_session: Session, ticket: Ticket, token: str) -> None:
    """Send the private link to the address given, in the language of the answer."""
    with force_locale(ticket.language):
        body = _(
            "We have received your question %(number)s.\n\nFollow it, add to it or say that it is answered here:\n%(link)s\n\nKeep this link to yourself: who has it can read the conversation.",
            number=ticket.number,
            link=url_for("questions.conversation", key=token, _external=True),
        )
        subject = _("Your question %(number)s", number=ticket.number)
    want_automatic(database_session, ticket.asker_email, subject, body, ticket.language, message=ticket.messages[0])


@questions.post("/suggestions")
def suggestions() -> Response:
    """Answer what may help while the question is typed. Posted, so that no question stands in a log."""
    found = _suggestions(request.form.get("question", "")[:4_000])
    return jsonify(
        [
            {
                "reference": str(item.reference),
                "title": item.title,
                "summary": item.summary,
                "language": item.language,
                "address": item.address,
                "kind": item.kind_label,
            }
            for item in found
        ]
    )


def _suggestions(text: str) -> Sequence[Suggestion]:
    user = current_user()
    with services().database.reading() as database_session:
        asker_id = user.user_id if user else None
        found = suggestions_for(database_session, text, content_language(), asker_id=asker_id)
    count_shown([item.reference.identifier for item in found if item.reference.kind is ReferenceKind.ARTICLE])
    return found


@questions.get("/<key>/sent")
def sent(key: str) -> str:
    """Say that the question has come in, and show its private link."""
    with services().database.reading() as database_session:
        ticket = _open(database_session, key)
        return render_template("helpdesk/sent.html", ticket=ticket, key=key)


@questions.get("/<key>")
def conversation(key: str) -> str:
    """Show the conversation, without internal notes."""
    return _conversation(key, MessageForm())


def _conversation(key: str, form: MessageForm) -> str:
    with services().database.reading() as database_session:
        ticket = _open(database_session, key)
        state = TicketState(ticket.state)
        can = {action: allows(state, action, Mover.ASKER) for action in (TicketAction.RESOLVE, TicketAction.REOPEN)}
        return render_template(
            "helpdesk/conversation.html",
            ticket=ticket,
            key=key,
            form=form,
            can=can,
            may_write=may(*_rights(ticket, key, Action.WRITE_MESSAGE))
            and allows(state, TicketAction.ASKER_WRITES, Mover.ASKER),
            messages=[item for item in ticket.messages if Direction(item.direction) is not Direction.NOTE],
        )


@questions.post("/<key>")
def write(key: str) -> Response:
    """Add a message."""
    form = MessageForm()
    if not form.validate_on_submit():
        return make_response(_conversation(key, form), 422)
    try:
        files = taken_files(form.file.data)
        with services().database.writing() as database_session:
            ticket = _open(database_session, key, Action.WRITE_MESSAGE)
            operations.add_message(database_session, ticket, asker_of(ticket), form.body.data, ticket.language, files)
    except REFUSALS as error:
        form.file.errors = [in_words(error)]
        return make_response(_conversation(key, form), 422)
    flash(_("Your message is sent."))
    return redirect(url_for("questions.conversation", key=key), 303)


@questions.post("/<key>/resolve")
def resolve(key: str) -> Response:
    """Say that the question is answered."""
    return _move(key, operations.resolve, _("Thank you: the question is marked as answered."))


@questions.post("/<key>/reopen")
def reopen(key: str) -> Response:
    """Say that it is not answered after all."""
    return _move(key, operations.reopen, _("The question is open again."))


def _move(key: str, verb: Any, words: str) -> Response:
    try:
        with services().database.writing() as database_session:
            ticket = _open(database_session, key, Action.WRITE_MESSAGE)
            verb(database_session, ticket, asker_of(ticket), None)
    except REFUSALS as error:
        flash(in_words(error), "error")
    else:
        flash(words)
    return redirect(url_for("questions.conversation", key=key), 303)


@questions.get("/<key>/files/<int:file_id>")
def file(key: str, file_id: int) -> Response:
    """Give a file of the conversation; one of an internal note is none of it."""
    with services().database.reading() as database_session:
        ticket = _open(database_session, key)
        try:
            item, message = queries.file_of(database_session, ticket, file_id)
        except UnknownTicketError:
            abort(404)
        if Direction(message.direction) is Direction.NOTE:
            abort(404)
        return given_file(item)


@questions.get("/mine")
def mine() -> str:
    """List the questions of the account that is signed in."""
    user = require_user()
    with services().database.reading() as database_session:
        return render_template("helpdesk/mine.html", tickets=queries.asked_by(database_session, user.user_id))


def _open(database_session: Session, key: str, action: Action = Action.SEE_TICKET) -> Ticket:
    """Return the ticket of a private link, or of a number for who may see it signed in; else nothing is said of it."""
    try:
        if _NUMBER.fullmatch(key):
            ticket = queries.ticket_whole(database_session, key)
        else:
            ticket = queries.ticket_behind(database_session, key, services().settings.secret_key)
    except UnknownTicketError:
        abort(404)
    if not may(*_rights(ticket, key, action)):
        abort(404)
    return ticket


def _rights(ticket: Ticket, key: str, action: Action) -> tuple[Person, Action, Subject]:
    """Who asks about what: with the link one is a visitor who holds it, with the number one is who is signed in."""
    if not _NUMBER.fullmatch(key):
        return VISITOR, action, Subject(is_held_by_link=True)
    user = current_user()
    owners = frozenset(filter(None, (ticket.asker_id,)))
    subject = Subject(owner_ids=owners, authority_id=ticket.authority_id)
    # As one who asks: a facilitator's right to the queue is not asked here.
    person = Person(user.user_id, user.person.grants) if user else VISITOR
    return person, action, subject
