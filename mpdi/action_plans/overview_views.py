"""First pages of plans: what they are, beginning one, the overview, undo and redo, the account, deletion."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import current_user, require, require_user
from mpdi.accounts.roles import Action, Subject
from mpdi.action_plans import operations, queries
from mpdi.action_plans.canevas_moves import newer_canevas
from mpdi.action_plans.core.completeness import OpenPoint
from mpdi.action_plans.core.profile import PLAN_LANGUAGES, PlanLanguage
from mpdi.action_plans.core.vocabulary import PlanStep, StepState
from mpdi.action_plans.file_names import plan_file_name
from mpdi.action_plans.models import ActionPlan
from mpdi.action_plans.new_plan_form import NewPlanForm
from mpdi.action_plans.operations import (
    PlanChangedMeanwhileError,
    PlanClaimedByAnotherError,
    PlanMergedAwayError,
    PlanMergerError,
    PlanNothingToUndoError,
)
from mpdi.action_plans.page_words import kind_label, point_words, state_label, step_about, step_label, type_label
from mpdi.action_plans.plan_pages import PlanPage, open_page, plans, posted_revision, show, step_address, to_overview
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.i18n import content_language, interface_language
from mpdi.services import services

my_plans = Blueprint("my_plans", __name__, url_prefix="/my/plans")
my_plans.before_request(security.keep_private)


@plans.get("")
def home() -> str:
    """Say what a plan is, and list one's own."""
    user = current_user()
    owned = []
    if user is not None:
        with services().database.reading() as session:
            owned = queries.plans_of(session, user.user_id)
    return render_template("action_plans/pages/home.html", owned=owned, user=user)


@plans.get("/new")
def new() -> str:
    """Ask whose plan it is."""
    return _new(NewPlanForm.empty(clock.today(), interface_language()))


def _new(form: NewPlanForm) -> str:
    types = [(str(each), type_label(each)) for each in AuthorityType]
    return render_template("action_plans/pages/new.html", form=form, types=types)


@plans.post("/new")
def begin() -> Response | tuple[str, int]:
    """Begin a plan; of an account where somebody is signed in."""
    form = NewPlanForm.sent(clock.today(), request.form)
    if not form.is_valid:
        return _new(form), 422
    user = current_user()
    with services().database.writing() as session:
        _plan, token = operations.begin_plan(session, form.profile(), user.user_id if user else None)
    return redirect(url_for("plans.overview", token=token), 303)


@plans.get("/<token>")
def overview(token: str) -> Response:
    """Show what is done, what is open, and what comes next."""
    page = open_page(token)
    following = _next_step(page)
    said = [(each, point_words(each), step_label(each.step), step_address(token, each.step)) for each in page.points]
    return show(
        "overview",
        page,
        "overview",
        compulsory=[each for each in said if each[0].is_compulsory],
        advised=[each for each in said if not each[0].is_compulsory],
        next_step=following,
        next_label=step_label(following) if following else "",
        next_address=step_address(token, following) if following else "",
        about=step_about,
        state_label=state_label,
        kind_label=kind_label,
        charts=page.charts(content_language()),
        files=_files(page),
        newer=newer_canevas(page.profile),
        progress=_progress(token),
    )


def _next_step(page: PlanPage) -> PlanStep | None:
    """The step to open next: one that the organ needs, else the first that is open; None where it can be adopted."""
    needed: OpenPoint | None = next((each for each in page.points if each.is_compulsory), None)
    if needed is not None:
        return needed.step
    return next((step for step, state in page.states.items() if state is not StepState.DONE), None)


def _progress(token: str) -> str | None:
    """The address of the page of progress; None where it is not built in."""
    is_there = "plan_progress.progress" in current_app.view_functions
    return url_for("plan_progress.progress", token=token) if is_there else None


def _files(page: PlanPage) -> list[tuple[str, list[tuple[PlanLanguage, str, str]]]]:
    """For each format the files in every language: language, address, name."""
    found = []
    for suffix in ("docx", "xlsx", "ics"):
        found.append(
            (
                suffix,
                [
                    (
                        each,
                        url_for("plans.file", token=page.token, language=each.replace("+", "-"), suffix=suffix),
                        plan_file_name(replace(page.profile, language=each), suffix),
                    )
                    for each in PLAN_LANGUAGES
                ],
            )
        )
    return found


@plans.post("/<token>/undo")
def undo(token: str) -> Response:
    """Return to the revision before."""
    return _move(token, operations.undo_plan)


@plans.post("/<token>/redo")
def redo(token: str) -> Response:
    """Return to the revision undone last."""
    return _move(token, operations.redo_plan)


def _move(token: str, move: Callable[[Session, ActionPlan, int], None]) -> Response:
    page, expected = open_page(token), posted_revision()
    try:
        with services().database.writing() as session:
            move(session, queries.plan_by_token(session, token), expected)
    except PlanNothingToUndoError:
        flash(_("There is nothing to undo or to redo."), "error")
    except PlanMergedAwayError:
        flash(_("This plan was taken over by another: change that one."), "error")
    except PlanMergerError:
        flash(_("The other plan is gone, or was merged into a third one: this cannot be done again."), "error")
    except PlanChangedMeanwhileError:
        flash(_("This plan was changed meanwhile: look at it first, nothing was undone."), "error")
    return redirect(_back(page), 303)


def _back(page: PlanPage) -> str:
    """The page of the plan that the form stood on."""
    step = request.form.get("step", "")
    return step_address(page.token, step) if step in list(PlanStep) or step == "history" else to_overview(page)


@plans.post("/<token>/claim")
def claim(token: str) -> Response:
    """Make the plan one of the account that is signed in."""
    user = require_user()
    page = open_page(token)
    require(Action.CLAIM_DRAFT, Subject(is_held_by_link=True))
    try:
        with services().database.writing() as session:
            operations.claim_plan(session, queries.plan_by_token(session, page.token), user.user_id)
    except PlanClaimedByAnotherError:
        flash(_("This plan belongs to another account already."), "error")
    else:
        flash(_("The plan is among those of your account."))
    return redirect(to_overview(page), 303)


@my_plans.post("/<int:plan_id>/open")
def open_one(plan_id: int) -> Response:
    """Go to one of one's own plans by the owner's own link."""
    user = require_user()
    with services().database.writing() as session:
        plan = session.get(ActionPlan, plan_id)
        if plan is None or plan.owner_id != user.user_id:
            abort(404)
        token = operations.owner_token(session, plan, services().settings.secret_key)
    return redirect(url_for("plans.overview", token=token), 303)


@plans.get("/<token>/delete")
def delete(token: str) -> Response:
    """Ask whether the plan is to be deleted."""
    page = open_page(token)
    return show("delete", page)


@plans.post("/<token>/delete")
def delete_confirmed(token: str) -> Response:
    """Delete the plan with all its revisions and versions."""
    page = open_page(token)
    if not page.may_be_deleted:
        return show("delete", page, status=403)
    if request.form.get("confirm") != "yes":
        return redirect(to_overview(page), 303)
    with services().database.writing() as session:
        operations.delete_plan(session, queries.plan_by_token(session, page.token))
    flash(_("The plan and everything kept of it are deleted."))
    return redirect(url_for("plans.home"), 303)
