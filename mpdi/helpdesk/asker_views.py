"""Pages of those who asked: the conversation behind a private link, and all questions of an account."""

import re
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts.current import current_user, require_user
from mpdi.accounts.roles import VISITOR, Action, Person, Subject, may
from mpdi.error_pages import ErrorPage, error_answer
from mpdi.helpdesk import operations, queries
from mpdi.helpdesk.asker_forms import MessageForm
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.mail.mail_language import guess_language
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.states import Mover, TicketAction, allows
from mpdi.helpdesk.ticket_pages import REFUSALS, allow_files, asker_of, given_file, in_words, page_words, taken_files
from mpdi.helpdesk.vocabulary import Direction, TicketState
from mpdi.services import services

questions = Blueprint("questions", __name__, url_prefix="/questions")
questions.url_value_preprocessor(allow_files)
questions.before_request(security.keep_private)
questions.context_processor(page_words)

_NUMBER = re.compile(r"MPDI-\d{4}-\d{5,9}")


def say_file_is_not_kept() -> None:
    """Say that a chosen file is to be chosen again, where a form is shown again as it was typed."""
    if any(upload.filename for upload in request.files.values()):
        flash(_("Browsers do not keep a chosen file: choose it again."))


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
            parts=queries.closing_parts(database_session, ticket),
            joined=queries.joined_numbers(database_session, ticket),
        )


@questions.post("/<key>")
def write(key: str) -> Response:
    """Add a message."""
    form = MessageForm()
    if request.form.get("action") == "keep":
        say_file_is_not_kept()
        return make_response(_conversation(key, form))
    if not form.validate_on_submit():
        return make_response(_conversation(key, form), 422)
    try:
        files = taken_files(form.file.data)
        with services().database.writing() as database_session:
            ticket = _open(database_session, key, Action.WRITE_MESSAGE)
            body = form.body.data
            language = guess_language(body, ticket.language)  # of the words, not of the page nor of the question
            operations.add_message(database_session, ticket, asker_of(ticket), body, language, files)
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
    if request.form.get("body", "").strip():  # a message half written is shown again, not lost
        return make_response(_conversation(key, MessageForm()))
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
        abort(error_answer(404, page=_no_such_link()))
    if not may(*_rights(ticket, key, action)):
        abort(error_answer(404, page=_no_such_link()))
    return ticket


def _no_such_link() -> ErrorPage:
    """The same words for a link that never was, one that ended, and a number of somebody else's question."""
    return ErrorPage(
        _("This private link opens no question"),
        _(
            "It may be incomplete or mistyped: a mail program sometimes cuts a long link in two. Or the question was kept so long ago that its text has been deleted. Who asked with an account has to sign in first."
        ),
        _(
            "Copy the whole link from the confirmation you were sent, or answer that mail: your answer reaches the helpdesk. If you no longer have it, ask the question again and say that you asked before."
        ),
    )


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
