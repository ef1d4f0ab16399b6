"""What every page of a draft needs: the draft behind the link, saving over a known revision, two windows at odds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import current_person, current_user
from mpdi.accounts.roles import Action, Subject, may
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.services import services
from mpdi.specifications import operations, queries
from mpdi.specifications.choices import two_texts
from mpdi.specifications.forms import Answers
from mpdi.specifications.operations import DraftChangedElsewhereError, UnknownDraftError, purchase_of
from mpdi.specifications.queries import History, OpenDraft
from mpdi.specifications.steps import STEPS, change_label
from mpdi.specifications.writing import PreparedSpecification, prepare

specifications = Blueprint("specifications", __name__, url_prefix="/specifications")
specifications.before_request(security.keep_private)


@specifications.before_request
def _keep_answers_to_forms() -> None:
    if request.method == "POST":
        security.keep_for_going_back()


Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class DraftPage:
    """A draft opened for one request, with the library and what can be undone."""

    token: str
    draft: OpenDraft
    history: History
    library: ClauseLibrary

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers as they stand."""
        return self.draft.answers

    @cached_property
    def purchase(self) -> Purchase:
        """The answers as a purchase; `AnswersError` where they cannot be read any more."""
        return purchase_of(self.answers, clock.today())

    @cached_property
    def prepared(self) -> PreparedSpecification:
        """The purchase decided and checked."""
        return prepare(self.purchase, self.library, services().cost_annex_writer)

    @property
    def name(self) -> str:
        """What the draft is called on its pages: the object, or that it has none yet."""
        return name_of(self.answers)

    @property
    def can_be_claimed(self) -> bool:
        """Whether somebody signed in may make it a draft of the account."""
        return self.draft.owner_id is None and may(current_person(), Action.CLAIM_DRAFT, Subject(is_held_by_link=True))

    @property
    def is_mine(self) -> bool:
        """Whether it stands among the drafts of the account that is signed in."""
        user = current_user()
        return user is not None and self.draft.owner_id == user.user_id

    @property
    def to_undo(self) -> str | None:
        """What undo would change, in words."""
        return change_label(self.history.to_undo) if self.history.to_undo else None

    @property
    def to_redo(self) -> str | None:
        """What redo would change, in words."""
        return change_label(self.history.to_redo) if self.history.to_redo else None


def name_of(answers: Mapping[str, Any]) -> str:
    """Return what a draft is called: the object, the reference, or that it has no name yet."""
    text = two_texts(answers.get("object") or answers.get("reference") or _("Purchase without a name yet"))
    return text if len(text) <= 80 else text[:79] + "…"


def open_page(token: str) -> DraftPage:
    """Open a draft with three SQL statements; a page that says nothing where the link leads nowhere."""
    with services().database.reading() as session:
        try:
            draft = queries.open_draft(session, token)
        except UnknownDraftError:
            abort(404)
        return DraftPage(token, draft, queries.history(session, draft), services().library.library(session))


def show(template: str, page: DraftPage, step: str, status: int = 200, **values: Any) -> Response:
    """Render a page of a draft."""
    words = render_template(f"specifications/{template}.html", page=page, steps=STEPS, step=step, **values)
    return make_response(words, status)


def posted_revision() -> int:
    """Return the revision that the form was made from; a request without one is refused."""
    text = request.form.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


def save(page: DraftPage, what: str, answers: Answers) -> None:
    """Store new answers over the revision the form was made from; `DraftChangedElsewhereError` when it has moved on."""
    expected = posted_revision()
    if expected == page.draft.revision and dict(answers) == dict(page.answers):
        return
    with services().database.writing() as session:
        operations.change_answers(session, operations.find_draft(session, page.token), expected, what, answers)


def save_or_ask(page: DraftPage, what: str, answers: Answers, stored: Lines, typed: Lines, then: str) -> Response:
    """Store and go on to `then`; where another window was quicker, ask which of the two answers is meant."""
    try:
        save(page, what, answers)
    except DraftChangedElsewhereError:
        kept = [
            (name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "revision")
        ]
        return show(
            "changed_elsewhere", page, "summary", 409, stored=stored, typed=typed, kept=kept, other=request.path
        )
    return redirect(then, 303)


def to_step(page: DraftPage, step: str, **values: Any) -> str:
    """Return the address of a step of this draft."""
    return url_for(f"specifications.{step}", token=page.token, **values)
