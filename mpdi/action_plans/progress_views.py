"""The progress of a plan: what was counted, what will be missed, states of actions, figures by hand, the Word report."""

from collections.abc import Callable, Mapping

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.accounts.current import require, require_user
from mpdi.accounts.roles import Action, Subject
from mpdi.action_plans import operations, queries
from mpdi.action_plans.core.profile import PlanLanguage, PlanProfile
from mpdi.action_plans.files.progress_document import write_progress
from mpdi.action_plans.operations import PlanChangedMeanwhileError, PlanMergedAwayError, PlanNothingToUndoError
from mpdi.action_plans.progress_form import (
    FIGURE,
    FIGURE_REMOVED,
    STATES,
    FigureForm,
    StatesForm,
    without_figure,
)
from mpdi.action_plans.progress_pages import ProgressPage, open_page, plan_progress, posted_number, show
from mpdi.action_plans.wish_operations import (
    NotTheOwnerError,
    UnknownReminderError,
    choose_wishes,
    find_reminded,
    stop_reminders,
)
from mpdi.services import services

LANGUAGES: Mapping[str, PlanLanguage] = {"fr": "fr", "nl": "nl", "fr-nl": "fr+nl"}
"""How addresses write the languages of a report."""
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Change = Callable[[PlanProfile], PlanProfile]


@plan_progress.get("/<token>/progress")
def progress(token: str) -> Response:
    """Show how far the plan has come."""
    page = open_page(token, request.args.get("day", ""))
    index = request.args.get("correct", "")
    number = int(index) if index.isdecimal() and len(index) <= 4 else None
    return show(page, figure=FigureForm.of(page.plan.profile.noted, number, page.today))


@plan_progress.get("/<token>/progress/report-<language>.docx")
def report(token: str, language: str) -> Response:
    """Return the progress report of a day as a Word file."""
    if language not in LANGUAGES:
        abort(404)
    page = open_page(token, request.args.get("day", ""), LANGUAGES[language])
    response = make_response(write_progress(page.report))
    response.mimetype = _WORD
    name = f"mpdi-plan-progress-{page.day:%Y-%m-%d}-{language}.docx"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@plan_progress.post("/<token>/progress/actions")
def set_states(token: str) -> Response:
    """Store states and comments of actions as one revision."""
    page = _page_to_change(token)
    form = StatesForm.typed(page.report.plan.actions, request.form)
    if form.errors:
        return show(page, 422, states=form)
    if not any(row.is_changed for row in form.rows.values()):
        flash(_("Nothing was changed."))
        return _back(token)
    return _stored(page, STATES, form.changed, _("Saved: the states of the actions."), states=form)


@plan_progress.post("/<token>/progress/figures")
def note_figure(token: str) -> Response:
    """Add a figure by hand, or correct one."""
    page = _page_to_change(token)
    keys = [each.key for each in page.by_hand]
    form = FigureForm.typed(request.form, keys, page.plan.profile.noted, page.today)
    if form.errors:
        return show(page, 422, figure=form)
    return _stored(page, FIGURE, form.changed, _("Noted, with its evidence."), figure=form)


@plan_progress.post("/<token>/progress/figures/remove")
def remove_figure(token: str) -> Response:
    """Remove a figure noted by hand; undo brings it back."""
    page, index = _page_to_change(token), posted_number("index")
    return _stored(
        page, FIGURE_REMOVED, lambda profile: without_figure(profile, index), _("Removed. Undo brings it back.")
    )


@plan_progress.post("/<token>/progress/undo")
def undo(token: str) -> Response:
    """Return to the plan before the last change."""
    page, expected = _page_to_change(token), posted_number("revision")
    try:
        with services().database.writing() as session:
            operations.undo_plan(session, queries.plan_by_token(session, page.token), expected)
    except (PlanChangedMeanwhileError, PlanNothingToUndoError, PlanMergedAwayError):
        flash(_("The plan was changed meanwhile: nothing was undone. Look at it again first."), "error")
    else:
        flash(_("Undone."))
    return _back(token)


def _page_to_change(token: str) -> ProgressPage:
    require(Action.WRITE_PLAN, Subject(is_held_by_link=True))
    return open_page(token)


def _back(token: str) -> Response:
    return redirect(url_for("plan_progress.progress", token=token), 303)


def _stored(page: ProgressPage, what: str, change: Change, said: str, **typed: StatesForm | FigureForm) -> Response:
    """Store a change of the revision that the form was made from; what cannot be joined is shown beside what was typed."""
    expected = posted_number("revision")
    try:
        with services().database.writing() as session:
            plan = queries.plan_by_token(session, page.token)
            base = operations.profile_at(session, plan, expected)
            if base is None:
                raise PlanChangedMeanwhileError("The revision that the page was made from is gone.")
            operations.change_plan(session, plan, expected, change(base), what)
    except PlanChangedMeanwhileError:
        return show(page, 409, is_changed_meanwhile=True, **typed)
    except PlanMergedAwayError:
        flash(_("This plan was taken over by another: change that one."), "error")
        return _back(page.token)
    flash(said)
    return _back(page.token)


@plan_progress.post("/<token>/progress/wishes")
def choose(token: str) -> Response:
    """Ask for reminders, and for being told of in the regional view, or no more."""
    user = require_user()
    page = open_page(token)
    try:
        with services().database.writing() as session:
            choose_wishes(
                session,
                queries.plan_by_token(session, page.token),
                user.user_id,
                is_shown="is_shown" in request.form,
                is_reminded="is_reminded" in request.form,
            )
    except NotTheOwnerError:
        abort(403)
    flash(_("Saved."))
    return _back(token)


@plan_progress.get("/reminders/<stop>")
def reminders(stop: str) -> Response:
    """Ask before the reminders of a plan end: programs that look at links in mails end nothing."""
    return make_response(render_template("action_plans/pages/reminders.html", stop=stop, is_on=_is_reminded(stop)))


@plan_progress.post("/reminders/<stop>")
def end_reminders(stop: str) -> Response:
    """End the reminders of a plan."""
    _is_reminded(stop)
    with services().database.writing() as session:
        stop_reminders(session, stop)
    return redirect(url_for("plan_progress.reminders", stop=stop), 303)


def _is_reminded(stop: str) -> bool:
    try:
        with services().database.reading() as session:
            return find_reminded(session, stop).is_reminded
    except UnknownReminderError:
        abort(404)
