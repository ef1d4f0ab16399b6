"""An organ decides: the page on which its decision is noted, and why it cannot be yet."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.action_plans import queries
from mpdi.action_plans.adoption_operations import Decision, DecisionError, PlanNotReadyError, adopt_plan
from mpdi.action_plans.core.completeness import WHILE_IT_RUNS, OpenKind
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.operations import PlanChangedMeanwhileError, PlanMergedAwayError
from mpdi.action_plans.page_words import kind_label, point_words, step_label
from mpdi.action_plans.plan_pages import (
    PlanPage,
    open_to_change,
    plans,
    posted_revision,
    show,
    step_address,
    to_overview,
)
from mpdi.action_plans.steps.typed import TypedValueError, words
from mpdi.services import services
from mpdi.specifications.typed_values import NotADateError, read_date, write_date

LONGEST_ORGAN, LONGEST_NOTE = 200, 2_000


@dataclass
class DecisionForm:
    """What was typed of a decision, and what is wrong with it."""

    typed: Mapping[str, str]
    kinds: tuple[VersionKind, ...]
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.typed.get(name, "").strip()

    def decision(self) -> Decision | None:
        """Return the decision; None with everything wrong noted."""
        day = self._day()
        organ, note = self._words("organ", LONGEST_ORGAN), self._words("note", LONGEST_NOTE)
        if not organ and "organ" not in self.errors:
            self.errors["organ"] = _("Name the organ that decided, such as the college or the board.")
        kind = self.kinds[0] if len(self.kinds) == 1 else next((e for e in self.kinds if e == self.text("kind")), None)
        if kind is None:
            self.errors["kind"] = _("Choose whether it is an amendment or a review.")
        return None if self.errors or day is None or kind is None else Decision(kind, day, organ, note)

    def _day(self) -> datetime.date | None:
        try:
            day = read_date(self.text("decided_on"))
        except NotADateError:
            self.errors["decided_on"] = _("Write the day of the decision, as day/month/year.")
            return None
        if day > clock.today():
            self.errors["decided_on"] = _("This day is to come: note the decision once it is taken.")
        elif day.year < 1990:
            self.errors["decided_on"] = _("Check the year.")
        return day

    def _words(self, name: str, longest: int) -> str:
        try:
            return words(self.text(name), longest) if self.text(name) else ""
        except TypedValueError as error:
            self.errors[name] = str(error)
            return ""


def _kinds(page: PlanPage) -> tuple[VersionKind, ...]:
    return (VersionKind.AMENDMENT, VersionKind.REVIEW) if page.versions else (VersionKind.ADOPTION,)


@plans.get("/<token>/adopt")
def adopt(token: str) -> Response:
    """Say whether the plan can be adopted; if so, ask for the decision."""
    page = open_to_change(token)
    form = DecisionForm({"decided_on": write_date(clock.today())}, _kinds(page))
    return _show(page, form)


def _show(page: PlanPage, form: DecisionForm, status: int = 200) -> Response:
    said = [
        (point_words(each), step_label(each.step), step_address(page.token, each.step), each) for each in page.points
    ]
    return show(
        "adopt",
        page,
        "adopt",
        status,
        form=form,
        compulsory=[each for each in said if each[3].is_compulsory],
        only_days=all(each[3].kind in WHILE_IT_RUNS for each in said if each[3].is_compulsory),
        targets=next((each for each in said if each[3].kind is OpenKind.TARGETS_OPEN), None),
        kinds=[(str(each), kind_label(each)) for each in form.kinds],
        is_unchanged=page.latest is not None and not page.is_changed_since,
    )


@plans.post("/<token>/adopt")
def note_decision(token: str) -> Response:
    """Write the version that the organ decided on."""
    page, expected = open_to_change(token), posted_revision()
    form = DecisionForm(request.form, _kinds(page))
    decision = form.decision()
    if decision is None:
        return _show(page, form, 422)
    try:
        with services().database.writing() as session:
            plan = queries.plan_by_token(session, token)
            version = adopt_plan(session, plan, expected, decision, page.library)
    except PlanNotReadyError:
        return _show(page, form, 409)
    except PlanChangedMeanwhileError:
        form.errors["plan"] = _(
            "The plan was changed since you opened this page: check that it is what was decided on."
        )
        return _show(page, form, 409)
    except (DecisionError, PlanMergedAwayError):
        flash(_("Somebody was quicker: look at the plan as it stands now."), "error")
        return redirect(to_overview(page), 303)
    flash(_("Version %(number)s is kept: it never changes. Download the document below.", number=version.number))
    return redirect(to_overview(page), 303)
