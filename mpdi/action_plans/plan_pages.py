"""What every page of a plan needs: the plan behind the link, saving over a known revision, two people at odds."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import current_person, current_user
from mpdi.accounts.roles import Action, Subject, may
from mpdi.action_plans import operations, queries
from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.completeness import OpenPoint, open_points, step_states
from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.vocabulary import PlanStep, StepState
from mpdi.action_plans.kept_drafts import EXTENSION, DraftedPlans
from mpdi.action_plans.operations import (
    Changed,
    PlanChangedMeanwhileError,
    PlanMergedAwayError,
    UnknownPlanError,
)
from mpdi.action_plans.page_charts import ChartWithTable
from mpdi.action_plans.page_words import change_label, step_label
from mpdi.action_plans.queries import OpenPlan, RevisionLine, Version
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.vocabulary import Language
from mpdi.i18n import content_language
from mpdi.services import services

plans = Blueprint("plans", __name__, url_prefix="/plans")
plans.before_request(security.keep_private)

Lines = Sequence[tuple[str, str]]
"""Labels and what stands beside them, for two sides to be compared."""


@plans.before_request
def _keep_answers_to_forms() -> None:
    if request.method == "POST":
        security.keep_for_going_back()


@dataclass(frozen=True)
class PlanPage:
    """A plan opened for one request, with its history, its versions and the library."""

    token: str
    plan: OpenPlan
    revisions: Sequence[RevisionLine]
    versions: Sequence[Version]
    library: ClauseLibrary

    @property
    def profile(self) -> PlanProfile:
        """The profile of the revision shown."""
        return self.plan.profile

    @cached_property
    def canevas(self) -> Canevas:
        """The version of the canevas that the plan is on."""
        return edition_canevas(self.profile.canevas)

    @cached_property
    def document(self) -> ActionPlanDocument:
        """The plan drafted."""
        return drafted_plans().document(self.plan.id, self.profile, self.canevas, self.library)

    def charts(self, language: Language) -> tuple[ChartWithTable, ...]:
        """The charts of its first page; none where nothing is bought yet."""
        return drafted_plans().charts(self.plan.id, self.profile, self.canevas, self.library, language)

    @cached_property
    def points(self) -> tuple[OpenPoint, ...]:
        """Everything that is open today."""
        return open_points(self.document, clock.today(), was_adopted=bool(self.versions))

    @cached_property
    def states(self) -> Mapping[PlanStep, StepState]:
        """How far each step is."""
        return step_states(self.document)

    @property
    def name(self) -> str:
        """What the plan is called on its pages: the authority."""
        text = self.profile.authority.name[content_language()]
        return text if len(text) <= 80 else text[:79] + "…"

    @property
    def latest(self) -> Version | None:
        """The version decided on last."""
        return self.versions[-1] if self.versions else None

    @cached_property
    def is_changed_since(self) -> bool:
        """Whether the draft differs from the version decided on last."""
        return self.latest is not None and self.latest.profile != self.profile

    @property
    def is_merged_away(self) -> bool:
        """Whether another plan took this one over: it can be read, not changed."""
        return self.plan.merged_into_id is not None

    @property
    def can_be_claimed(self) -> bool:
        """Whether somebody signed in may make it a plan of the account."""
        return self.plan.owner_id is None and may(current_person(), Action.CLAIM_DRAFT, Subject(is_held_by_link=True))

    @property
    def is_mine(self) -> bool:
        """Whether it stands among the plans of the account that is signed in."""
        user = current_user()
        return user is not None and self.plan.owner_id == user.user_id

    @property
    def may_be_deleted(self) -> bool:
        """Whether who asks may delete it: its owner; whoever holds the link where it has none."""
        owners = frozenset() if self.plan.owner_id is None else frozenset({self.plan.owner_id})
        return may(current_person(), Action.DELETE_PLAN, Subject(owners, is_held_by_link=self.plan.owner_id is None))

    @property
    def to_undo(self) -> str | None:
        """What undo would change, in words."""
        earlier = [each for each in self.revisions if each.number <= self.plan.revision]
        return change_label(earlier[-1].what) if len(earlier) > 1 and not self.is_merged_away else None

    @property
    def to_redo(self) -> str | None:
        """What redo would change, in words."""
        later = [each for each in self.revisions if each.number > self.plan.revision]
        return change_label(later[0].what) if later and not self.is_merged_away else None


def drafted_plans() -> DraftedPlans:
    """Return the plans that this application drafted lately."""
    kept: DraftedPlans = current_app.extensions.setdefault(EXTENSION, DraftedPlans())
    return kept


def open_page(token: str) -> PlanPage:
    """Open a plan with three statements; a page that says nothing where the link leads nowhere."""
    with services().database.reading() as session:
        try:
            plan = queries.open_plan(session, token)
        except UnknownPlanError:
            abort(404)
        return PlanPage(
            token,
            plan,
            queries.revisions_of(session, plan.id),
            queries.versions_of(session, plan.id),
            services().library.library(session),
        )


def open_to_change(token: str) -> PlanPage:
    """Open a plan for a page that changes it; where it was merged away, the overview says so instead."""
    page = open_page(token)
    if page.is_merged_away:
        flash(_("This plan was taken over by another: change that one."), "error")
        abort(redirect(to_overview(page), 303))
    return page


def show(template: str, page: PlanPage, step: str = "", status: int = 200, **values: Any) -> Response:
    """Render a page of a plan, `templates/action_plans/pages/{template}.html`; `step`: which of the steps it is."""
    steps = [(str(each), step_label(each), page.states[each], step_address(page.token, each)) for each in PlanStep]
    words = render_template(
        f"action_plans/pages/{template}.html", page=page, steps=steps, step=step, today=clock.today(), **values
    )
    return make_response(words, status)


def step_address(token: str, step: str) -> str:
    """Return the address of a step of a plan."""
    return f"{url_for('plans.overview', token=token)}/{step}"


def to_overview(page: PlanPage) -> str:
    """Return the address of the plan's first page."""
    return url_for("plans.overview", token=page.token)


def posted_revision() -> int:
    """Return the revision that the form was made from; a request without one is refused."""
    text = request.form.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


def save(page: PlanPage, profile: PlanProfile, what: str) -> Changed:
    """Store a profile over the revision the form was made from.

    `PlanChangedMeanwhileError` where somebody changed the same thing since; changes of other things are joined, and
    the reader is told. The profile must be made from that of `page`: where the form is older, what it leaves as it was
    on the page is told apart by the revision that the form names.
    """
    expected = posted_revision()
    if expected == page.plan.revision and replace(profile, day=page.profile.day) == page.profile:
        return Changed(page.plan.revision)
    with services().database.writing() as session:
        plan = queries.plan_by_token(session, page.token)
        changed = operations.change_plan(session, plan, expected, profile, what)
    if changed.was_joined:
        flash(_("Somebody else changed other parts of this plan meanwhile; both changes are kept."))
    return changed


def save_or_ask(page: PlanPage, profile: PlanProfile, what: str, stored: Lines, typed: Lines, then: str) -> Response:
    """Store and go on to `then`; where somebody was quicker on the same thing, ask which of the two is meant."""
    try:
        save(page, profile, what)
    except PlanMergedAwayError:
        flash(_("This plan was taken over by another: change that one."), "error")
        return redirect(to_overview(page), 303)
    except PlanChangedMeanwhileError:
        kept = [
            (name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "revision")
        ]
        return show("changed_meanwhile", page, what, 409, stored=stored, typed=typed, kept=kept, other=request.path)
    return redirect(then, 303)


def download_of(content: bytes, name: str, kind: str) -> Response:
    """Return a file to download; no cache may answer in its place."""
    response = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
