"""Beginning a log: from a draft specification, or from the buyer's own Word file."""

import datetime
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask import session as browser_session
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.accounts.current import current_user
from mpdi.clause_library.core.answers import AnswersError
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.errors import ReadDocumentError
from mpdi.exceptions import MpdiError
from mpdi.follow_up import operations
from mpdi.follow_up.forms import FactsForm, FileForm
from mpdi.follow_up.frozen import freeze
from mpdi.follow_up.log_pages import follow_up
from mpdi.services import services
from mpdi.specifications import queries as draft_queries
from mpdi.specifications.operations import UnknownDraftError, purchase_of
from mpdi.specifications.planned_start import kept_start
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.verification import plan_verification
from mpdi.specifications.writing import prepare

_MOST_BYTES = 2 * 1024 * 1024


class NoPlanInFileError(MpdiError):
    """The file holds nothing from which a log can be begun; the message says why and what to do."""


@follow_up.get("/new")
def new() -> str:
    """Say how a log is begun."""
    return _new(FileForm(formdata=None))


def _new(form: FileForm) -> str:
    return render_template("follow_up/new.html", form=form)


@follow_up.post("/new")
def upload() -> Response | tuple[str, int]:
    """Begin a log from the buyer's own Word file."""
    form = FileForm()
    if not form.validate_on_submit():
        return _new(form), 422
    try:
        with services().database.reading() as session:
            library = services().library.library(session)
        purchase = _purchase_in(form.file.data, clock.today())
        plan = _frozen(purchase, library)
    except NoPlanInFileError as error:
        form.file.errors = [str(error)]
        return _new(form), 422
    return _begin(plan, form)


@follow_up.get("/from-draft/<token>")
def from_draft(token: str) -> str:
    """Ask for the facts that the draft does not hold."""
    start = kept_start(browser_session, token)
    form = FactsForm(formdata=None, start=write_date(start) if start else "")
    return _from_draft(token, _purchase_of_draft(token)[0], form)


def _from_draft(token: str, purchase: Purchase, form: FactsForm) -> str:
    return render_template("follow_up/from_draft.html", token=token, purchase=purchase, form=form)


@follow_up.post("/from-draft/<token>")
def begin(token: str) -> Response | tuple[str, int]:
    """Begin a log from a draft specification: its checks as they stand now."""
    purchase, library = _purchase_of_draft(token)
    form = FactsForm()
    if not form.validate_on_submit():
        return _from_draft(token, purchase, form), 422
    return _begin(_frozen(purchase, library), form)


def _purchase_of_draft(token: str) -> tuple[Purchase, ClauseLibrary]:
    with services().database.reading() as session:
        try:
            draft = draft_queries.open_draft(session, token)
            return purchase_of(draft.answers, clock.today()), services().library.library(session)
        except (UnknownDraftError, AnswersError):
            abort(404)


def _purchase_in(file: FileStorage | None, today: datetime.date) -> Purchase:
    if file is None or not file.filename:
        raise NoPlanInFileError(_("No file was chosen. Choose the file that the portal wrote for you."))
    try:
        manifest = read_specification(file.read(_MOST_BYTES)).manifest
    except ReadDocumentError as error:
        raise NoPlanInFileError(
            _("This file cannot be read as a Word document (.docx). Choose the file as it was downloaded here.")
        ) from error
    answers = (manifest or {}).get("answers")
    if not isinstance(answers, Mapping):
        raise NoPlanInFileError(
            _("This file does not hold the answers of the purchase. Choose “Your own file”, which stands beside the specifications on the download page, or begin from the draft.")
        )  # fmt: skip
    try:
        return purchase_of(answers, today)
    except AnswersError as error:
        raise NoPlanInFileError(
            _("The answers in this file cannot be read by this version any more. Begin from the draft.")
        ) from error


def _frozen(purchase: Purchase, library: ClauseLibrary) -> dict[str, Any]:
    return freeze(plan_verification(purchase, prepare(purchase, library).selection, library))


def _begin(plan: dict[str, Any], form: FactsForm) -> Response:
    contractor, start = form.facts()
    user = current_user()
    with services().database.writing() as session:
        log, token = operations.begin_log(session, plan, start, contractor)
        if user is not None:
            operations.claim_log(session, log, user.user_id)
    flash(_("The follow-up has begun. Keep the address of this page: it is the only way back."))
    return redirect(url_for("follow_up.log", token=token), 303)
