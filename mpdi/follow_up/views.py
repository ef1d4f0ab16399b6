"""Pages of a log: what is due, one check, the contract's facts."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.follow_up import (
    begin_views,
    counting_views,
    file_views,
    operations,
    owner_views,
    procedure_views,
    several_views,
    visit_views,
)
from mpdi.follow_up.forms import CheckForm, FactsForm, LogForm, day_of
from mpdi.follow_up.log_pages import LogPage, follow_up, open_page, save, show
from mpdi.follow_up.operations import LogChangedElsewhereError, NewEntry, NothingToTakeBackError
from mpdi.follow_up.state import CheckState
from mpdi.follow_up.vocabulary import PROCEDURE
from mpdi.services import services
from mpdi.specifications.typed_values import write_date

my_logs = owner_views.my_logs
__all__ = [
    "begin_views",
    "counting_views",
    "file_views",
    "follow_up",
    "my_logs",
    "procedure_views",
    "several_views",
    "visit_views",
]


@follow_up.get("/<token>/")
def log(token: str) -> Response:
    """Show what is due, late, soon and done."""
    return show("log", open_page(token))


@follow_up.get("/<token>/checks/<key>")
def check(token: str, key: str) -> Response:
    """Show one check, what was noted about it, and the form."""
    page = open_page(token)
    state = page.check(key)
    ends = state.due_on(clock.today())
    form = CheckForm(
        formdata=None,
        revision=str(state.revision),
        day=write_date(clock.today()),
        due=ends.isoformat() if ends else None,
    )
    return _check(page, state, form)


@follow_up.post("/<token>/checks/<key>")
def note(token: str, key: str) -> Response:
    """Note what was found."""
    page = open_page(token)
    state, form = page.check(key), CheckForm()
    form.offer(state.open_until(clock.today()), state.open_shortcoming is not None)
    if not form.validate_on_submit():
        return _check(page, state, form, 422)
    day = day_of(form.day) or clock.today()
    try:
        save(page, form.expected, NewEntry(key, form.kind, day, form.words()))
    except LogChangedElsewhereError:
        return _check(page, state, form, 409)
    flash(_("Noted: %(clause)s.", clause=state.check.clause_id))
    return redirect(url_for("follow_up.log", token=token), 303)


def _check(page: LogPage, state: CheckState, form: CheckForm, status: int = 200) -> Response:
    form.offer(state.open_until(clock.today()), state.open_shortcoming is not None)
    form.revision.data = str(state.revision)
    has_procedure = any(each.kind in PROCEDURE for each in state.effective)
    return show(
        "check",
        page,
        status,
        state=state,
        form=form,
        has_procedure=has_procedure,
        is_changed_elsewhere=status == 409,
    )


@follow_up.post("/<token>/checks/<key>/undo")
def undo(token: str, key: str) -> Response:
    """Take back the last thing noted about a check."""
    page, form = open_page(token), LogForm()
    page.check(key)
    try:
        with services().database.writing() as session:
            operations.take_back(session, operations.find_log(session, token), form.expected, key)
    except LogChangedElsewhereError:
        flash(_("Something else was noted meanwhile: nothing was taken back. It is in the history below."), "error")
    except NothingToTakeBackError:
        flash(_("There is nothing to take back."), "error")
    else:
        flash(_("Taken back. The history keeps both."))
    return redirect(url_for("follow_up.check", token=token, key=key), 303)


@follow_up.get("/<token>/facts")
def facts(token: str) -> Response:
    """Show contractor and start."""
    page = open_page(token)
    start = write_date(page.log.start) if page.log.start else ""
    form = FactsForm(formdata=None, revision=_facts_revision(page), contractor=page.log.contractor, start=start)
    return show("facts", page, form=form, is_changed_elsewhere=False)


@follow_up.post("/<token>/facts")
def change_facts(token: str) -> Response:
    """Change contractor and start: the days of the checks follow."""
    page, form = open_page(token), FactsForm()
    if not form.validate_on_submit():
        return show("facts", page, 422, form=form, is_changed_elsewhere=False)
    contractor, start = form.facts()
    try:
        with services().database.writing() as session:
            found = operations.find_log(session, token)
            operations.change_facts(session, found, form.expected, contractor, start)
    except LogChangedElsewhereError:
        form.revision.data = _facts_revision(page)
        return show("facts", page, 409, form=form, is_changed_elsewhere=True)
    flash(_("Saved. The days of the checks follow the start."))
    return redirect(url_for("follow_up.log", token=token), 303)


def _facts_revision(page: LogPage) -> str:
    return str(max((each.number for each in page.log.entries if not each.check_key), default=0))


@follow_up.get("/<token>/delete")
def delete(token: str) -> Response:
    """Ask before deleting."""
    return show("delete", open_page(token))


@follow_up.post("/<token>/delete")
def delete_confirmed(token: str) -> Response:
    """Delete the log and everything in it."""
    open_page(token)
    with services().database.writing() as session:
        operations.delete_log(session, operations.find_log(session, token))
    flash(_("The log is deleted, with everything noted in it."))
    return redirect(url_for("follow_up.new"), 303)
