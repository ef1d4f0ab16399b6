"""Many checks noted at once: what was done before the log began, or does not apply, with one remark."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi import clock
from mpdi.follow_up.forms import LONG, SHORT, LogForm, Within, day_of, is_past_day, words_of
from mpdi.follow_up.log_pages import LogPage, follow_up, open_page, save, show
from mpdi.follow_up.operations import LogChangedElsewhereError, NewEntry
from mpdi.follow_up.state import CheckState
from mpdi.follow_up.vocabulary import EntryKind, Standing
from mpdi.specifications.typed_values import write_date

_RESULTS = (
    SelectChoice(EntryKind.DONE.value, _l("Checked, in order, for every date up to that day")),
    SelectChoice(EntryKind.NOT_APPLICABLE.value, _l("Does not apply to this contract")),
)


class SeveralForm(LogForm):
    """One result, day and remark for many checks."""

    result = RadioField(
        _l("Result"), [InputRequired(_l("Choose what was found."))], choices=_RESULTS, validate_choice=False
    )
    day = StringField(_l("Day"), [InputRequired(_l("Write the day.")), is_past_day], description=_l("Day/month/year."))
    by = StringField(
        _l("Checked by (function)"),
        [Within(SHORT)],
        description=_l("The function, no name of a person: for instance building manager."),
    )
    remark = TextAreaField(
        _l("Remark"),
        [InputRequired(_l("Write the remark: it stands at each of these checks.")), Within(LONG)],
        description=_l("Stands at each of these checks: for instance where the proof of the first months is kept."),
    )

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check each field, that the result is one of those offered, and that the remark is not blank."""
        is_valid = bool(super().validate(extra_validators))
        if self.result.data and self.result.data not in {each.value for each in _RESULTS}:
            self.result.errors = [*self.result.errors, _("Choose one of the results.")]
            return False
        if is_valid and not words_of(self.remark, LONG):
            self.remark.errors = [*self.remark.errors, _("Write the remark: it stands at each of these checks.")]
            return False
        return is_valid


@follow_up.get("/<token>/several")
def several(token: str) -> Response:
    """Show the checks that can be noted together."""
    page = open_page(token)
    form = SeveralForm(formdata=None, revision=str(page.log.last_number), day=write_date(clock.today()))
    return _show(page, form, set())


@follow_up.post("/<token>/several")
def note_several(token: str) -> Response:
    """Note the same about every check that was ticked, or whose whole group was."""
    page, form = open_page(token), SeveralForm()
    chosen = _chosen(page)
    is_valid = form.validate_on_submit()
    if not is_valid or not chosen:
        return _show(page, form, {each.check.key for each in chosen}, 422, lacks_checks=not chosen)
    try:
        save(page, form.expected, *_entries(form, chosen))
    except LogChangedElsewhereError:
        form.revision.data = str(page.log.last_number)
        return _show(page, form, {each.check.key for each in chosen}, 409)
    flash(ngettext("Noted: %(num)s check.", "Noted: %(num)s checks.", len(chosen)))
    return redirect(url_for("follow_up.log", token=token), 303)


def _chosen(page: LogPage) -> list[CheckState]:
    keys, groups = set(request.form.getlist("check")), set(request.form.getlist("group"))
    return [each for each in _offered(page) if each.check.key in keys or each.standing in groups]


def _offered(page: LogPage) -> list[CheckState]:
    """What falls short is mended one by one; what is done needs nothing."""
    return [each for each in page.checks if each.standing not in (Standing.SHORTCOMING, Standing.DONE)]


def _entries(form: SeveralForm, chosen: Sequence[CheckState]) -> Iterator[NewEntry]:
    day, kind = day_of(form.day) or clock.today(), EntryKind(form.result.data)
    words = {"by": words_of(form.by, SHORT), "remark": words_of(form.remark, LONG)}
    words = {name: text for name, text in words.items() if text}
    for state in chosen:
        covered = _covered(state, day) if kind is EntryKind.DONE else {}
        yield NewEntry(state.check.key, kind, day, {**covered, **words})


def _covered(state: CheckState, day: datetime.date) -> dict[str, str]:
    """The dates that a look noted on a day counts for: all open ones up to it, else that of its period."""
    past = [each for each in state.open_dates if each <= day]
    ends = state.due_on(day)
    days = past or ([ends] if ends else [])
    if not days:
        return {}
    return {"due": days[0].isoformat(), **({"until": days[-1].isoformat()} if len(days) > 1 else {})}


def _show(
    page: LogPage, form: SeveralForm, chosen: set[str], status: int = 200, *, lacks_checks: bool = False
) -> Response:
    groups = [(standing, [each for each in _offered(page) if each.standing is standing]) for standing in Standing]
    return show(
        "several",
        page,
        status,
        form=form,
        groups=[each for each in groups if each[1]],
        chosen=chosen,
        lacks_checks=lacks_checks,
        is_changed_elsewhere=status == 409,
    )
