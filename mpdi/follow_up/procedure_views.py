"""The penalty procedure of one check: report, answer, decision, amount, each with its day."""

from decimal import Decimal
from functools import cache

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.clause_library.core.law_numbers import LawNumbers, read_law_numbers
from mpdi.follow_up import labels
from mpdi.follow_up.binding_words import about_report
from mpdi.follow_up.forms import day_of
from mpdi.follow_up.log_pages import LogPage, follow_up, open_page, save, show
from mpdi.follow_up.operations import LogChangedElsewhereError, NewEntry
from mpdi.follow_up.procedure import Procedure, procedure_of
from mpdi.follow_up.procedure_form import StepForm, refuse
from mpdi.follow_up.state import CheckState
from mpdi.follow_up.vocabulary import Decided, EntryKind
from mpdi.resources import folder
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.verification_clause import Cap


@follow_up.get("/<token>/checks/<key>/procedure")
def procedure(token: str, key: str) -> Response:
    """Show how far the procedure is, and the form of the next step."""
    page = open_page(token)
    state = page.check(key)
    form = StepForm(formdata=None, day=write_date(clock.today()))
    found = _procedure(state)
    asked = request.args.get("step", "")
    if found.next is not None:
        form.begin(next((each for each in found.possible if each == asked), found.next), _cap(state))
    return _show(page, state, found, form)


@follow_up.post("/<token>/checks/<key>/procedure")
def take_step(token: str, key: str) -> Response:
    """Note one step; one that does not follow from the others is refused."""
    page, form = open_page(token), StepForm()
    state = page.check(key)
    found = _procedure(state)
    if form.step.data not in found.possible:
        if found.next is not None:
            form.begin(found.next, _cap(state))
        return _show(page, state, found, form, 409)
    form.begin(form.kind, _cap(state))
    if not form.validate_on_submit() or not _is_in_order(form, found):
        return _show(page, state, found, form, 422)
    day = day_of(form.day) or clock.today()
    try:
        save(page, form.expected, NewEntry(key, form.kind, day, form.words()))
    except LogChangedElsewhereError:
        return _show(page, state, found, form, 409)
    flash(_("Noted: %(what)s.", what=labels.entry_kind(form.kind)))
    return redirect(url_for("follow_up.procedure", token=token, key=key), 303)


def _is_in_order(form: StepForm, found: Procedure) -> bool:
    """Refuse a day before what it follows from, and a penalty decided on silence while the time to answer runs."""
    day, last = day_of(form.day), max((each.day for each in found.steps.values()), default=None)
    if day is None:
        return True
    if last is not None and day < last:
        return refuse(form.day, _("This day is before the step that came first, of %(day)s.", day=write_date(last)))
    if found.found_on is not None and day < found.found_on:
        words = _("This day is before the shortcoming was found, on %(day)s.", day=write_date(found.found_on))
        return refuse(form.day, words)
    if _is_punished(form) and found.last_day_to_answer is not None and found.is_too_early_to_punish(day):
        words = _(
            "No answer is noted, and the contractor may answer until %(day)s. Note the answer first, or decide after that day.",
            day=write_date(found.last_day_to_answer),
        )
        return refuse(form.day, words)
    return True


def _is_punished(form: StepForm) -> bool:
    return form.kind is EntryKind.DECISION and form.decision.data == Decided.PENALTY


def _procedure(state: CheckState) -> Procedure:
    return procedure_of(state.effective, _numbers(), clock.today())


def _cap(state: CheckState) -> Cap | None:
    return None if state.check.penalty is None else state.check.penalty.cap


def _applied(page: LogPage, state: CheckState) -> Decimal:
    """What this log already holds as penalties of the same clause, in EUR."""
    checks = [each for each in page.checks if each.check.clause_id == state.check.clause_id]
    return sum(
        (Decimal(entry.data["amount"]) for each in checks for entry in each.of_kind(EntryKind.PENALTY)), Decimal()
    )


@cache
def _numbers() -> LawNumbers:
    """The numbers of law alone: a page about one step needs none of the clauses."""
    return read_law_numbers(folder("clauses") / "law" / "numbers.yaml")


def _show(page: LogPage, state: CheckState, found: Procedure, form: StepForm, status: int = 200) -> Response:
    form.revision.data = str(state.revision)
    return show(
        "procedure",
        page,
        status,
        state=state,
        procedure=found,
        form=form,
        applied=_applied(page, state),
        about_report=about_report,
        is_changed_elsewhere=status == 409,
    )
