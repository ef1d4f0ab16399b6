"""Pages of the flow: beginning a draft, taking up an answers file, undo, copy, delete."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.accounts.current import current_person
from mpdi.accounts.roles import Action, Subject, may
from mpdi.clause_library.core.answers import AnswerProblem, AnswersError
from mpdi.i18n import interface_language
from mpdi.services import services
from mpdi.specifications import (
    answer_views,
    award_views,
    clause_views,
    document_views,
    number_views,
    operations,
    owner_views,
    verification_views,
)
from mpdi.specifications.answers_upload import UnreadableUploadError, read_upload
from mpdi.specifications.draft_pages import open_page, posted_revision, show, specifications
from mpdi.specifications.forms import Answers
from mpdi.specifications.operations import NothingToUndoError
from mpdi.specifications.questionnaire import QUESTIONS
from mpdi.specifications.steps import STEPS
from mpdi.specifications.told import told

my_drafts = owner_views.my_drafts
__all__ = [
    "answer_views",
    "award_views",
    "clause_views",
    "document_views",
    "my_drafts",
    "number_views",
    "specifications",
    "verification_views",
]


@specifications.get("/new")
def new() -> str:
    """Say what will happen."""
    return _new([])


def _new(problems: list[AnswerProblem]) -> str:
    return render_template("specifications/new.html", problems=problems)


@specifications.post("/new")
def begin() -> Response:
    """Begin an empty draft; the documents are in the language of the interface where it is one of theirs."""
    language = interface_language()
    flash(_("Your draft is begun. Keep the address of this page: it is the only way back."))
    return _begin({"language": language} if language in ("fr", "nl") else {}, QUESTIONS[0].key)


def _begin(answers: Answers, question: str | None) -> Response:
    with services().database.writing() as session:
        draft, token = operations.begin_draft(session, answers)
        person = current_person()
        if person.user_id is not None and may(person, Action.CLAIM_DRAFT, Subject(is_held_by_link=True)):
            operations.claim_draft(session, draft, person.user_id)
    target = (
        url_for("specifications.question", token=token, key=question)
        if question
        else url_for("specifications.summary", token=token)
    )
    return redirect(target, 303)


@specifications.post("/upload")
def upload() -> Response | tuple[str, int]:
    """Begin a draft with the answers of a file; every wrong answer is listed and nothing is stored."""
    with services().database.reading() as session:
        library = services().library.library(session)
    try:
        answers = read_upload(request.files.get("answers"), library)
    except UnreadableUploadError as error:
        return _refused([error.problem])
    except AnswersError as error:
        return _refused(told(error.problems))
    return _begin(answers, None)


def _refused(problems: list[AnswerProblem]) -> tuple[str, int]:
    return _new(problems), 422


@specifications.post("/<token>/undo")
def undo(token: str) -> Response:
    """Take back the last change."""
    return _move(token, is_undo=True)


@specifications.post("/<token>/redo")
def redo(token: str) -> Response:
    """Make the change taken back again."""
    return _move(token, is_undo=False)


def _move(token: str, is_undo: bool) -> Response:
    page = open_page(token)
    what = page.to_undo if is_undo else page.to_redo
    if posted_revision() != page.draft.revision:
        flash(_("The draft was changed in another window. Look at it again before you undo or redo."), "error")
        return _back(page.token)
    try:
        with services().database.writing() as session:
            (operations.undo if is_undo else operations.redo)(session, operations.find_draft(session, token))
    except NothingToUndoError:
        flash(_("There is nothing left to undo or redo."), "error")
        return _back(token)
    flash(_("Undone: %(what)s.", what=what) if is_undo else _("Done again: %(what)s.", what=what))
    return _back(token)


def _back(token: str) -> Response:
    step = request.form.get("step", "")
    known = step if step in {each.key for each in STEPS} else "summary"
    return redirect(url_for(f"specifications.{known}", token=token), 303)


@specifications.post("/<token>/copy")
def copy(token: str) -> Response:
    """Begin a new draft with the same answers, without reference and date."""
    page = open_page(token)
    kept = {key: value for key, value in page.answers.items() if key not in ("reference", "publication_date")}
    flash(_("This is a copy with a link of its own. Its reference and publication date are left open."))
    return _begin(kept, None)


@specifications.get("/<token>/delete")
def delete(token: str) -> Response:
    """Ask whether the draft is to be deleted."""
    return show("delete", open_page(token), "summary")


@specifications.post("/<token>/delete")
def delete_confirmed(token: str) -> Response:
    """Delete the draft with all its revisions."""
    page = open_page(token)
    if request.form.get("confirm") != "yes":
        abort(400)
    with services().database.writing() as session:
        operations.delete_draft(session, operations.find_draft(session, token))
    flash(_("The draft “%(name)s” and all its earlier answers are deleted.", name=page.name))
    return redirect(url_for("specifications.new"), 303)
