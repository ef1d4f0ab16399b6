"""What the progress page of a plan needs: the plan behind its link, its report on a day, rows ready to be shown."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, current_app, make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import current_user
from mpdi.action_plans import queries
from mpdi.action_plans.core.plan import PlanAction
from mpdi.action_plans.core.profile import HandFigure, PlanLanguage
from mpdi.action_plans.core.progress import Followed, ProgressReport, Verdict, action_kind
from mpdi.action_plans.files.progress_lists import KINDS, ordinance_counts
from mpdi.action_plans.files.progress_sections import (
    QUARTERS,
    brief_figures,
    counted,
    missed_lines,
    missing_word,
    next_step,
    quarter_names,
)
from mpdi.action_plans.files.progress_words import baseline, count, coverage, name_of, sure, target, verdict
from mpdi.action_plans.files.trend_chart import trend_chart
from mpdi.action_plans.files.voice import Voice
from mpdi.action_plans.operations import UnknownPlanError
from mpdi.action_plans.progress_form import OWN_CHANGES, FigureForm, StateRow, StatesForm
from mpdi.action_plans.progress_reporting import report_on
from mpdi.action_plans.queries import OpenPlan
from mpdi.action_plans.wish_operations import Wishes, wishes_of
from mpdi.documents.model import content_text
from mpdi.i18n import content_language
from mpdi.monitoring.dashboard.kept_facts import FactsStore, KeptFacts
from mpdi.services import services
from mpdi.svg import as_address

plan_progress = Blueprint("plan_progress", __name__, url_prefix="/plans")
plan_progress.before_request(security.keep_private)


@plan_progress.before_request
def _keep_typed() -> None:
    if request.method == "POST":
        security.keep_for_going_back()


FACTS = "mpdi_uptake_facts"
"""The application's extension that keeps the facts of notices: the dashboard of uptake has it too."""
SIGNS = {
    Verdict.REACHED: ("done", "✓"),
    Verdict.ON_COURSE: ("in", "↗"),
    Verdict.MISSED: ("warn", "!"),
    Verdict.OVERDUE: ("block", "✕"),
}
"""The mark of a verdict and its sign; the others say that nothing can be said."""
_MOST_CALLS = 50
"""Procedures of the ordinance's dashboard on the page; the Word file has all."""


@dataclass(frozen=True)
class FollowedRow:
    """One objective or indicator, ready to be shown."""

    name: str
    baseline: str
    target: str
    now: str
    coverage: str
    sure: str
    verdict: str
    next: str
    mark: str
    sign: str
    picture: str
    quarters: Sequence[str]


def kept_facts(session: Session) -> KeptFacts:
    """The facts of what is stored now, read again only where that has changed."""
    store: FactsStore = current_app.extensions.setdefault(FACTS, FactsStore())
    return store.kept(session)


@dataclass(frozen=True)
class ProgressPage:
    """A plan opened for one request, with its report on a day."""

    token: str
    plan: OpenPlan
    report: ProgressReport
    history: Sequence[str]
    """What the revision shown, and the one before it, changed."""
    wishes: Wishes
    today: datetime.date
    is_ignored: bool = False
    """Whether a day was asked for that cannot be."""

    @cached_property
    def voice(self) -> Voice:
        """The words of the report in the language in which clauses are read."""
        return Voice(self.report.plan, content_language())

    @property
    def name(self) -> str:
        """The authority."""
        return self.voice.of(self.plan.profile.authority.name)

    @property
    def day(self) -> datetime.date:
        """The day of the report."""
        return self.report.day

    @property
    def is_mine(self) -> bool:
        """Whether it is a plan of the account that is signed in."""
        user = current_user()
        return user is not None and self.plan.owner_id == user.user_id

    @property
    def can_undo(self) -> bool:
        """Whether the last change was made on this page."""
        return len(self.history) > 1 and self.history[-1] in OWN_CHANGES

    @property
    def missing(self) -> str:
        """Why nothing is counted; empty where something is."""
        key = missing_word(self.report)
        return self.voice.word(key) if key else ""

    @property
    def brief(self) -> list[tuple[str, str]]:
        """The figures told first."""
        return [(self.voice.word(key), said) for key, said in brief_figures(self.voice, self.report)]

    @property
    def missed(self) -> list[str]:
        """What will be missed, and what was."""
        return missed_lines(self.voice, self.report)

    @cached_property
    def quarters(self) -> list[str]:
        """The quarters shown, in order."""
        return quarter_names([*self.report.objectives, *self.report.others])[-QUARTERS:]

    @cached_property
    def objectives(self) -> list[FollowedRow]:
        """The objectives."""
        return [self._row(each) for each in self.report.objectives]

    @cached_property
    def others(self) -> list[FollowedRow]:
        """The indicators that belong to no objective."""
        return [self._row(each) for each in self.report.others]

    def _row(self, followed: Followed) -> FollowedRow:
        voice, name = self.voice, name_of(self.voice, followed)
        mark, sign = SIGNS.get(followed.verdict, ("out", "–"))
        picture = trend_chart(name, followed, self.quarters)
        return FollowedRow(
            name=name,
            baseline=content_text(baseline(voice, followed)),
            target=content_text(target(voice, followed)),
            now=count(voice, followed, followed.series.now),
            coverage=content_text(coverage(voice, followed)),
            sure=content_text(sure(voice, followed)),
            verdict=verdict(voice, followed),
            next=next_step(voice, followed),
            mark=mark,
            sign=sign,
            picture=as_address(picture) if picture else "",
            quarters=[counted(voice, followed.series.quarters.get(each)) for each in self.quarters],
        )

    @property
    def asked(self) -> list[tuple[str, str, str]]:
        """What the helpdesk and specifications hold: words, before the plan, now."""
        number = self.voice.number
        return [
            (
                self.voice.word(f"asked_{each.key}"),
                "–" if each.before is None else number(each.before),
                number(each.count) if each.of is None else f"{number(each.count)}/{number(each.of)}",
            )
            for each in self.report.facts.asked
        ]

    @property
    def ordinance(self) -> list[tuple[str, ...]]:
        """The counts of the ordinance's dashboard: words, number, value."""
        rows = ordinance_counts(self.voice, self.report.facts.found)
        return [tuple(content_text(cell) for cell in row) for row in rows]

    @property
    def calls(self) -> Sequence[tuple[str, ...]]:
        """The procedures of the year: day, title, environmental, ethical, social; the first of them."""
        said = {True: "said_yes", False: "said_no", None: "said_unknown"}
        return [
            (
                self.voice.short_day(each.day),
                each.title or self.voice.word("not_stated"),
                *(self.voice.word(said[one]) for one in (each.environmental, each.ethical, each.social)),
            )
            for each in self.report.facts.found[:_MOST_CALLS]
        ]

    def groups(self, form: StatesForm) -> list[tuple[str, list[StateRow]]]:
        """The actions by where they stand, those late first."""
        found: dict[str, list[StateRow]] = {kind: [] for kind in KINDS}
        for row in form.rows.values():
            found[action_kind(row.action, self.day)].append(row)
        return [(kind, rows) for kind, rows in found.items() if rows]

    def state(self, state: str) -> str:
        """A state in words."""
        return self.voice.of(self.report.plan.canevas.states[state])

    def action(self, key: str) -> PlanAction | None:
        """An action of the plan."""
        return next((each for each in self.report.plan.actions if each.key == key), None)

    @property
    def by_hand(self) -> list[PlanAction]:
        """The actions that nothing counts."""
        return [each.action for each in self.report.by_hand]

    @property
    def noted(self) -> list[tuple[int, HandFigure, PlanAction | None]]:
        """What was noted by hand, the newest first, with its place among all that was noted."""
        found = [(number, each, self.action(each.action)) for number, each in enumerate(self.plan.profile.noted)]
        return sorted(found, key=lambda each: (each[1].day, each[0]), reverse=True)


def open_page(token: str, asked: str = "", language: PlanLanguage | None = None) -> ProgressPage:
    """Open the progress of a plan on the day asked for, today where none is; a page that says nothing without a plan.

    `language`: of the report; `None`: that of the plan.
    """
    today = clock.today()
    with services().database.reading() as session:
        try:
            plan = queries.open_plan(session, token)
        except UnknownPlanError:
            abort(404)
        day = _day(asked, plan, today)
        library = services().library.library(session)
        profile = plan.profile if language is None else replace(plan.profile, language=language)
        report = report_on(session, profile, library, day or today, kept_facts(session))
        lines = {each.number: each.what for each in queries.revisions_of(session, plan.id)}
        earlier = [what for number, what in lines.items() if number <= plan.revision]
        return ProgressPage(
            token, plan, report, earlier[-2:], wishes_of(session, plan.id), today, bool(asked) and day is None
        )


def _day(text: str, plan: OpenPlan, today: datetime.date) -> datetime.date | None:
    """A day of the plan that is not to come."""
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return found if plan.profile.period.first <= found <= today else None


def show(page: ProgressPage, status: int = 200, **values: Any) -> Response:
    """Render the page, with what was typed where it was not taken."""
    values.setdefault("states", StatesForm.stored(page.report.plan.actions))
    values.setdefault("figure", FigureForm.of(page.plan.profile.noted, None, page.today))
    return make_response(render_template("action_plans/pages/progress.html", page=page, **values), status)


def posted_number(name: str) -> int:
    """Return a number that the form was sent with; a request without one is refused."""
    text = request.form.get(name, "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)
