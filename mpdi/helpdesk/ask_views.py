"""The page on which one asks: the question, and what may answer it at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts.authorities import register
from mpdi.accounts.current import current_user
from mpdi.accounts.roles import Role
from mpdi.clause_library.core.answer_values import clean_text
from mpdi.helpdesk import operations
from mpdi.helpdesk.asker_forms import LONGEST_SUBJECT, AskForm
from mpdi.helpdesk.asker_views import questions, say_file_is_not_kept
from mpdi.helpdesk.attachments import SPECIFICATION_TYPES
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.file_routing import route_of_file
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import NewQuestion
from mpdi.helpdesk.receipts import receipt
from mpdi.helpdesk.routing import understood
from mpdi.helpdesk.suggestion_count_pages import count_help, count_shown, note_sent
from mpdi.helpdesk.suggestion_pages import Suggestion, suggestions_for
from mpdi.helpdesk.ticket_pages import REFUSALS, in_words, store, taken_files
from mpdi.helpdesk.vocabulary import DOORS, AskerKind, Route, TicketKind
from mpdi.i18n import content_language
from mpdi.references import ReferenceKind
from mpdi.services import public_url, services


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
    if door not in DOORS or kind not in tuple(TicketKind):
        abort(404)
    return AskPage(AskerKind.FIRM if _is_firm() else AskerKind(door), TicketKind(kind))


def _is_firm() -> bool:
    """Whether who is signed in asks as a firm, whichever door was taken: a firm's account that is no buyer's too."""
    user = current_user()
    roles = {grant.role for grant in user.person.grants} if user else set()
    return Role.FIRM in roles and Role.BUYER not in roles


@questions.get("/new")
def new() -> str:
    """Show the form: the question first."""
    user, language = current_user(), content_language()
    about = clean_text(request.args.get("about", "")[:LONGEST_SUBJECT], LONGEST_SUBJECT)
    form = AskForm(language=language, email=user.email if user else "", name=user.name if user else "", about=about)
    return _form_page(_asked_page(), form)


def _say_as_firm(form: AskForm) -> None:
    """A firm is not asked what it buys."""
    form.question.description = _(
        "In your own words. Say what you offer or which contract it is about, where you stand, and what you would like to know."
    )


def _form_page(page: AskPage, form: AskForm, suggestions: Sequence[Suggestion] | None = None) -> str:
    if page.door is AskerKind.FIRM:
        _say_as_firm(form)
    form.offer_obstacles(page.door)
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
    form.offer_obstacles(page.door)
    action = request.form.get("action", "send")
    if action == "keep":
        say_file_is_not_kept()
        return make_response(_form_page(page, form))
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
    return make_response(_form_page(page, form, _suggestions(form.whole_question)))


def _opened(page: AskPage, form: AskForm) -> str:
    only = SPECIFICATION_TYPES if page.kind is TicketKind.REREAD else None
    files, user = taken_files(form.file.data, only), current_user()
    question, language = form.whole_question, form.language.data
    found = understood(services().suggestions, question, language, page.door)
    told = route_of_file(store().read(files[0].digest)) if page.kind is TicketKind.REREAD and files else None
    authority = register().named(form.authority.data)
    asked = NewQuestion(
        body=question,
        language=language,
        route=told.route if told else found.route if found else Route.UNKNOWN,
        asker_kind=page.door,
        kind=page.kind,
        email=form.email.data,
        name=form.name.data,
        authority_id=authority.id if authority else None,
        authority_name=form.authority.data,
        tender_deadline=form.deadline,
        files=files,
        question_nature=found.question_nature if found else None,
        obstacles=form.stated_obstacles,
        guessed_obstacles=found.obstacles if found else (),
        is_guessed=True,
        category=told.category if told else found.category if found else None,
    )
    with services().database.writing() as database_session:
        ticket, token = operations.open_ticket(database_session, asked, Actor(user.user_id if user else None))
        _confirm(database_session, ticket, token)
        note_sent(database_session)
    return token


def _confirm(database_session: Session, ticket: Ticket, token: str) -> None:
    """Send the private link to the address given, in the language of the answer."""
    _subject, body = receipt(ticket, public_url("questions.conversation", key=token))
    with force_locale(ticket.language):
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
