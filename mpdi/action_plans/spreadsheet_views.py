"""A list of invoices or contracts fills what is bought: sent, its columns confirmed, counted, taken over."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath

from flask import Blueprint, abort, current_app, flash, make_response, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.action_plans.core.label_reading import MOST_LABELS
from mpdi.action_plans.core.line_counting import count_lines
from mpdi.action_plans.core.line_counts import SpendingCount
from mpdi.action_plans.core.spending_notes import spreadsheet_note
from mpdi.action_plans.core.spreadsheet import open_spreadsheet
from mpdi.action_plans.core.spreadsheet_cells import LARGEST_FILE, Spreadsheet
from mpdi.action_plans.core.spreadsheet_columns import Guess, guess_columns
from mpdi.action_plans.core.spreadsheet_errors import SpreadsheetRefusedError
from mpdi.action_plans.plan_pages import PlanPage, open_to_change, save_or_ask, show, step_address
from mpdi.action_plans.source_words import decimal_choices, reason_words, refused_words
from mpdi.action_plans.spreadsheet_form import SHOWN_LABELS, SpreadsheetForm
from mpdi.action_plans.steps.step_pages import categories, category_name
from mpdi.action_plans.upload_shelf import UploadGoneError, UploadNotKeptError, UploadShelf
from mpdi.csv_text import csv_text
from mpdi.error_pages import error_answer
from mpdi.i18n import translate as _
from mpdi.services import services

plan_sources = Blueprint("plan_sources", __name__, url_prefix="/plans")
_LARGEST_REQUEST = LARGEST_FILE + 1_000_000
_LARGEST_FIELDS = 1_000_000
_PATIENCE = 20
"""Seconds that a count waits for another to end."""
_SHOWN_LINES = 200
_TURN = "mpdi_spreadsheet_turn"
IMPORT = "import"
"""What the history says was changed."""


@plan_sources.url_value_preprocessor
def _allow_files(_endpoint: str | None = None, _values: dict[str, object] | None = None) -> None:
    """Let a request carry a spreadsheet; one that is too large is refused before it is read."""
    if (request.content_length or 0) > _LARGEST_REQUEST:
        abort(error_answer(413))
    request.max_content_length = _LARGEST_REQUEST
    request.max_form_memory_size = _LARGEST_FIELDS


plan_sources.before_request(security.keep_private)


@plan_sources.before_request
def _keep_typed() -> None:
    if request.method == "POST":
        security.keep_for_going_back()


@dataclass(frozen=True)
class _Waiting:
    """A file that waits: its key, its name as it was sent, the sheet asked for."""

    token: str
    key: str
    name: str
    sheet: str = ""

    @contextmanager
    def opened(self) -> Iterator[Spreadsheet]:
        """Open it; `UploadGoneError`, `SpreadsheetRefusedError`."""
        with _shelf().path(self.token, self.key, self.name).open("rb") as stream:
            yield open_spreadsheet(self.name, stream)


def _shelf() -> UploadShelf:
    return UploadShelf(services().settings.home)


@plan_sources.get("/<token>/buying/spreadsheet")
def spreadsheet(token: str) -> Response:
    """Ask for a spreadsheet; once it was sent, show its columns as they are guessed."""
    page = open_to_change(token)
    if "file" not in request.args:
        return _ask(page)
    waiting = _Waiting(token, request.args["file"], _name(request.args.get("name")), request.args.get("sheet", ""))
    try:
        with waiting.opened() as opened:
            guess = guess_columns(opened, waiting.sheet)
            return _columns(page, waiting, opened, guess, SpreadsheetForm.guessed(guess))
    except (SpreadsheetRefusedError, UploadGoneError) as error:
        return _ask(page, _said(error), 422)


@plan_sources.post("/<token>/buying/spreadsheet")
def upload(token: str) -> Response:
    """Keep a spreadsheet and go on to its columns; a file that cannot be read is told at once."""
    page = open_to_change(token)
    file: FileStorage | None = request.files.get("file")
    if file is None or not file.filename:
        return _ask(page, _("Choose a file first."), 422)
    name = _name(file.filename)
    try:
        open_spreadsheet(name, file.stream)
        file.stream.seek(0)
        key = _shelf().put(token, name, file.stream)
    except (SpreadsheetRefusedError, UploadNotKeptError) as error:
        return _ask(page, _said(error), 422)
    return redirect(url_for(".spreadsheet", token=token, file=key, name=name), 303)


@plan_sources.post("/<token>/buying/spreadsheet/count")
def count(token: str) -> Response:
    """Count with the columns as confirmed: show what comes of it, or take it over."""
    page = open_to_change(token)
    waiting = _posted(token)
    try:
        with waiting.opened() as opened:
            guess, form = _typed(opened, waiting)
            if form.errors:
                return _columns(page, waiting, opened, guess, form, status=422)
            counted = _counted(opened, form, page)
            if request.form.get("action") == "take" and counted.spending:
                return _take(page, waiting, form, counted)
            return _columns(page, waiting, opened, guess, form, counted)
    except (SpreadsheetRefusedError, UploadGoneError) as error:
        return _ask(page, _said(error), 422)


@plan_sources.post("/<token>/buying/spreadsheet/left.csv")
def left_lines(token: str) -> Response:
    """Give every line that is not counted."""
    page = open_to_change(token)
    waiting = _posted(token)
    try:
        with waiting.opened() as opened:
            _guess, form = _typed(opened, waiting)
            counted = None if form.errors else _counted(opened, form, page)
    except (SpreadsheetRefusedError, UploadGoneError) as error:
        return _ask(page, _said(error), 422)
    lines = counted.left if counted else ()
    head = (_("Row"), _("Why"), _("Amount"), _("Currency"), _("Line"))
    rows = (
        (
            each.row,
            reason_words(each.reason),
            None if each.amount is None else float(each.amount),
            each.currency,
            each.said,
        )
        for each in lines
    )
    answer = make_response(csv_text([head, *rows]))
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = 'attachment; filename="left.csv"'
    return answer


def _posted(token: str) -> _Waiting:
    form = request.form
    return _Waiting(token, form.get("file", ""), _name(form.get("name")), form.get("sheet", ""))


def _name(text: str | None) -> str:
    """The name of a file without its folders, short enough to be shown."""
    return PurePath((text or "").replace("\\", "/")).name[-100:]


def _typed(opened: Spreadsheet, waiting: _Waiting) -> tuple[Guess, SpreadsheetForm]:
    guess = guess_columns(opened, waiting.sheet)
    labels = list(zip(request.form.getlist("label"), request.form.getlist("label_category"), strict=False))
    beginning = " ".join(request.form.get("beginning", "").split()).rstrip("*")
    if beginning:
        labels.append((f"{beginning}*", request.form.get("beginning_category", "")))
    return guess, SpreadsheetForm.typed(guess.columns.sheet, request.form, labels)


def _counted(opened: Spreadsheet, form: SpreadsheetForm, page: PlanPage) -> SpendingCount:
    """Count, one file at a time: a large one computes for seconds, and other pages want their turn."""
    turn: threading.Lock = current_app.extensions.setdefault(_TURN, threading.Lock())
    if not turn.acquire(timeout=_PATIENCE):
        abort(503)
    try:
        labels = {**page.profile.spending_labels, **form.labels}
        return count_lines(opened.rows(form.columns.sheet), form.columns, labels)
    finally:
        turn.release()


def _take(page: PlanPage, waiting: _Waiting, form: SpreadsheetForm, counted: SpendingCount) -> Response:
    """Replace what is bought; the labels that were given a category are kept for the next file."""
    profile = page.profile
    labels = dict(list({**profile.spending_labels, **form.labels}.items())[-MOST_LABELS:])
    note = spreadsheet_note(waiting.name, counted, profile.language)
    changed = replace(profile, spending=counted.spending, spending_note=note, spending_labels=labels)
    stored, typed = (
        [(category_name(each.category), f"{each.amount} EUR") for each in some.spending] for some in (profile, changed)
    )
    answer = save_or_ask(page, changed, IMPORT, stored, typed, step_address(page.token, "buying"))
    if answer.status_code == 303:
        _shelf().drop(waiting.token, waiting.key, waiting.name)
        flash(_("Taken over: %(lines)s lines. The file is deleted here.", lines=counted.lines))
    return answer


def _ask(page: PlanPage, problem: str = "", status: int = 200) -> Response:
    return show("spreadsheet", page, "buying", status, problem=problem)


def _said(error: Exception) -> str:
    if isinstance(error, SpreadsheetRefusedError):
        return refused_words(error)
    if isinstance(error, UploadGoneError):
        return _("This file is not kept any more: it waits for two hours at most. Send it again.")
    return _("The file could not be kept: there may be no room left. Try again later.")


def _columns(
    page: PlanPage,
    waiting: _Waiting,
    opened: Spreadsheet,
    guess: Guess,
    form: SpreadsheetForm,
    counted: SpendingCount | None = None,
    status: int = 200,
) -> Response:
    return show(
        "spreadsheet_columns",
        page,
        "buying",
        status,
        waiting=waiting,
        sheets=opened.sheets,
        guess=guess,
        named=[(str(place), name) for place, name in guess.named.items()],
        form=form,
        counted=counted,
        decimals=decimal_choices(),
        categories=categories(),
        category_name=category_name,
        reason_words=reason_words,
        shown_lines=_SHOWN_LINES,
        shown_labels=SHOWN_LABELS,
    )
