"""Everything one can do with a ticket, one address each: all are held against the revision of the page."""

import os
from collections.abc import Callable, Mapping
from functools import partial

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.current import require_somewhere, require_user
from mpdi.accounts.models import User
from mpdi.accounts.roles import Action, Role, may
from mpdi.helpdesk import (
    draft_operations,
    fact_operations,
    labels,
    operations,
    queries,
    sent_on_operations,
    team_operations,
)
from mpdi.helpdesk.change_operations import Actor, TicketChangedElsewhereError
from mpdi.helpdesk.mail import outbox_operations
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail.settings import largest_files
from mpdi.helpdesk.mail_texts import mail_text
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.ticket_forms import (
    FACT_FIELDS,
    SHOWN,
    FactError,
    TypedFacts,
    fact_values,
    read_typed_facts,
    shown_facts,
)
from mpdi.helpdesk.ticket_pages import (
    REFUSALS,
    actor_of,
    fact_words,
    helpdesk,
    in_words,
    posted_revision,
    staff_subject,
    taken_files,
)
from mpdi.helpdesk.ticket_views import open_ticket, ticket_page
from mpdi.helpdesk.vocabulary import BODIES, Route
from mpdi.services import services

Verb = Callable[[Session, Ticket, Actor, int], object]


def _close(session: Session, ticket: Ticket, by: Actor, expected: int) -> None:
    operations.close(session, ticket, by, expected, request.form.get("close_reason", ""))


_STATE_VERBS = {
    "wait": (operations.wait, TicketAction.WAIT),
    "resolve": (operations.resolve, TicketAction.RESOLVE),
    "reopen": (operations.reopen, TicketAction.REOPEN),
    "close": (_close, TicketAction.CLOSE),
}
_LANGUAGES = ("fr", "nl")


def change(
    number: str,
    action: Action,
    verb: Verb,
    done: str | Callable[[], str],
    *,
    sent: str | None = None,
    typed: Mapping[str, str] | None = None,
    confirms_facts: bool = False,
) -> Response:
    """Do one thing to a ticket and come back to it; where it has moved on, what was typed is kept on a page.

    Whatever else was typed on the page is kept for its writer, but the field that this action has `sent`; facts that
    were changed on it are stored first.
    """
    user = require_user()
    kept = request.form if typed is None else typed
    try:
        facts = read_typed_facts(request.form)
        with services().database.writing() as session:
            ticket = open_ticket(session, number, action)
            expected = posted_revision() + store_facts(session, ticket, facts, confirms_facts)
            verb(session, ticket, actor_of(user), expected)
            draft_operations.keep_texts(session, ticket.id, user.user_id, kept, (sent,) if sent else ())
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)
    except TicketChangedElsewhereError:
        return changed_elsewhere(number, kept, facts)
    except REFUSALS as error:
        return make_response(refused(number, in_words(error)), 422)
    flash(done if isinstance(done, str) else done())
    return redirect(url_for("helpdesk.ticket", number=number), 303)


def store_facts(session: Session, ticket: Ticket, facts: TypedFacts | None, confirms: bool = False) -> bool:
    """Store the facts changed on a page, where who sent it may; return whether the ticket counts a change for it."""
    user = require_user()
    if facts is None or not may(user.person, Action.WORK_ON_TICKET, staff_subject(session, ticket)):
        return False
    return fact_operations.store_changes(session, ticket, actor_of(user), facts.shown, facts.typed, confirms)


def refused(number: str, words: str) -> str:
    """Say why nothing was stored, beside what was typed."""
    flash(words, "error")
    return ticket_page(number, dict(request.form.items()), request.form)


def changed_elsewhere(number: str, typed: Mapping[str, str], facts: TypedFacts | None) -> Response:
    """Show what happened beside what was typed, which is kept for its writer whatever is done with the page."""
    with services().database.writing() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        draft_operations.keep_texts(session, found.id, require_user().user_id, typed)
    with services().database.reading() as session:
        found = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
        kept = _sent_again(found, facts)
        is_written = any(value.strip() for name, value in kept if name in draft_operations.TEXTS)
        words = render_template(
            "helpdesk/changed_elsewhere.html",
            ticket=found,
            kept=[(name, value, name in draft_operations.TEXTS and bool(value.strip())) for name, value in kept],
            is_written=is_written,
            has_facts=facts is not None and bool(fact_operations.changed_names(facts.shown, facts.typed)),
            other=request.path,
            history=queries.history(session, found)[:5],
            messages=found.messages[-3:],
            expert_parts=queries.expert_parts(session, found) | queries.closing_parts(session, found),
            had_file=[name for name, upload in request.files.items() if upload.filename],
        )
    return make_response(words, 409)


def _sent_again(ticket: Ticket, facts: TypedFacts | None) -> list[tuple[str, str]]:
    """Return the fields of the form that was sent; of its facts those that were typed, the others as they stand now."""
    left_out = ("csrf_token", "revision") + ((SHOWN, *FACT_FIELDS) if facts else ())
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in left_out]
    if facts is None:
        return kept
    standing = fact_operations.facts_of(ticket)
    merged = fact_operations.with_changes(standing, facts.shown, facts.typed)
    return [*kept, *fact_values(merged).items(multi=True), (SHOWN, shown_facts(standing))]


@helpdesk.post("/tickets/<number>/answer")
def answer(number: str) -> Response:
    """Answer the asker; the same button may wait or resolve."""
    then = {"wait": TicketAction.WAIT, "resolve": TicketAction.RESOLVE}.get(request.form.get("then", ""))

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        reply = Reply(request.form.get("body", ""), _language(), then, taken_files(request.files.get("file")))
        return operations.answer(session, ticket, by, reply, expected)

    done = change(number, Action.WORK_ON_TICKET, verb, _answered_words, sent="body")
    if done.status_code == 303 and _is_too_large_for_mail():
        flash(_("The file is too large for a mail: the asker gets a private link to it instead."))
    return done


def _answered_words() -> str:
    """Say what became of an answer: without a server for mail it leaves later, and can be read on the portal now."""
    with services().database.reading() as session:
        waiting = outbox_operations.count_waiting(session)
        is_refused = outbox_operations.is_any_refused(session)
    if services().settings.sends_mail and is_refused:
        return str(_("Your answer is kept and leaves when the mail server takes it: it does not at the moment."))
    if services().settings.sends_mail:
        return str(_("Your answer is sent."))
    if not waiting:
        return str(_("Your answer is kept: the asker reads it behind the private link."))
    words = ngettext(
        "Your answer is kept; it leaves when a mail server is set (%(num)s mail waits).",
        "Your answer is kept; it leaves when a mail server is set (%(num)s mails wait).",
        waiting,
    )
    return str(words)


def _is_too_large_for_mail() -> bool:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return False
    return upload.stream.seek(0, os.SEEK_END) > largest_files()


@helpdesk.post("/tickets/<number>/note")
def note(number: str) -> Response:
    """Write an internal note."""

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        files = taken_files(request.files.get("note_file"))
        text, language = request.form.get("note", ""), _language("note_language")
        return operations.write_note(session, ticket, by, text, language, expected, files)

    words = _("The note is written; the asker does not see it.")
    return change(number, Action.WRITE_INTERNAL_NOTE, verb, words, sent="note")


def _language(name: str = "language") -> str:
    language = request.form.get(name, "")
    return language if language in _LANGUAGES else abort(400)


@helpdesk.post("/tickets/<number>/state/<name>")
def change_state(number: str, name: str) -> Response:
    """Wait, resolve, reopen or close."""
    if name not in _STATE_VERBS:
        abort(404)
    sent = "close_reason" if name == "close" else None
    return change(number, Action.WORK_ON_TICKET, _STATE_VERBS[name][0], _state_words(name), sent=sent)


def _state_words(name: str) -> str:
    words = {
        "wait": _("The question waits for the asker."),
        "resolve": _("The question is resolved. You can make an article of the answer."),
        "reopen": _("The question is open again."),
        "close": _("The question is closed."),
    }
    return words[name]


@helpdesk.post("/tickets/<number>/assign")
def assign(number: str) -> Response:
    """Give the ticket to somebody, or to nobody; with a note it is handed over."""
    is_to_me, name = "to_me" in request.form, "hand_over_note"
    text = "me" if is_to_me else request.form.get("assignee", "")
    note_text = "" if is_to_me else request.form.get(name, "").strip()

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> None:
        person = _worker(session, text, Role.FACILITATOR, Role.COORDINATOR) if text else None
        if note_text and person is not None:
            team_operations.hand_over(session, ticket, by, person, note_text, expected)
        else:
            team_operations.assign(session, ticket, by, person, expected)

    return change(number, Action.WORK_ON_TICKET, verb, _("Assigned."), sent=name if note_text and text else None)


def _worker(session: Session, text: str, *roles: Role) -> User:
    if text == "me":
        text = str(require_user().user_id)
    known = (
        queries.holder(session, int(text), *roles) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    )
    return known or abort(400)


@helpdesk.post("/tickets/<number>/route")
def reroute(number: str) -> Response:
    """Send the ticket to another body: one click, with what it must know where something was written."""
    if request.form.get("route") not in BODIES:
        abort(400)
    note_text = request.form.get("reroute_note", "")
    verb = partial(team_operations.reroute, route=Route(request.form["route"]), note=note_text)
    done = _("Sent to: %(body)s.", body=labels.route(request.form["route"]))
    answer = change(
        number,
        Action.REROUTE_TICKET,
        lambda session, ticket, by, expected: verb(session, ticket, by, expected=expected),
        done,
        sent="reroute_note",
    )
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


@helpdesk.post("/tickets/<number>/take-back")
def take_back(number: str) -> Response:
    """Undo sending a ticket to another body, while nobody there has worked on it."""
    person, user = require_somewhere(Action.REROUTE_TICKET), require_user()
    try:
        with services().database.writing() as session:
            sent_on_operations.take_back(session, number, person, actor_of(user))
    except sent_on_operations.NotToTakeBackError:
        flash(_("It cannot be taken back: somebody there has worked on it, or you did not send it."), "error")
        return redirect(url_for("helpdesk.queue"), 303)
    flash(_("Taken back: the question is with your body again."))
    return redirect(url_for("helpdesk.ticket", number=number), 303)


@helpdesk.post("/tickets/<number>/expert")
def ask_expert(number: str) -> Response:
    """Ask an expert, who is told by mail."""
    question = request.form.get("expert_question", "")

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> None:
        expert = _worker(session, request.form.get("expert", ""), Role.EXPERT, Role.LEGAL_REVIEWER)
        team_operations.ask_expert(session, ticket, by, expert, question, expected)
        # The mail says no word of the question: those are forgotten with the ticket, not with the mail.
        link = f"{services().settings.public_address}{url_for('helpdesk.ticket', number=ticket.number)}"
        subject, words = mail_text("expert_asked", expert.language, number=ticket.number, link=link)
        want(session, expert.email, subject, words, expert.language)

    return change(number, Action.WORK_ON_TICKET, verb, _("The expert is asked."), sent="expert_question")


@helpdesk.post("/tickets/<number>/expert-answer")
def answer_as_expert(number: str) -> Response:
    """Answer what one was asked."""

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        text, language = request.form.get("expert_answer", ""), _language("expert_language")
        return team_operations.answer_as_expert(session, ticket, by, text, language, expected)

    words = _("Thank you: the facilitator sees your answer.")
    return change(number, Action.ANSWER_AS_EXPERT, verb, words, sent="expert_answer")


@helpdesk.post("/tickets/<number>/merge")
def merge(number: str) -> Response:
    """Merge the ticket into another of the same asker."""
    target = request.form.get("into", "")

    def verb(session: Session, ticket: Ticket, by: Actor, expected: int) -> object:
        if "merge_confirmed" not in request.form:
            raise team_operations.MergeNotConfirmedError("Merging cannot be undone: confirm it.")
        return team_operations.merge(session, ticket, by, open_ticket(session, target, Action.MERGE_TICKETS), expected)

    answer = change(number, Action.MERGE_TICKETS, verb, _("Merged: this is the ticket that took it in."))
    return redirect(url_for("helpdesk.ticket", number=target), 303) if answer.status_code == 303 else answer
