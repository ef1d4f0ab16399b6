"""The site visit: one page of large ticks, saved in one post."""

import datetime
from collections.abc import Iterator

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from mpdi import clock
from mpdi.follow_up.forms import SHORT, LogForm, Within, day_of, is_past_day, words_of
from mpdi.follow_up.labels import SEEN
from mpdi.follow_up.log_pages import LogPage, follow_up, open_page, save, show
from mpdi.follow_up.operations import LogChangedElsewhereError, NewEntry
from mpdi.follow_up.visit_lines import MOST_LINES, Line, asked_for, figures_on_line, typed_lines
from mpdi.follow_up.vocabulary import EntryKind
from mpdi.specifications.typed_values import write_date


class VisitForm(LogForm):
    """When, where and by whom the site was visited; the lines are read one by one."""

    day = StringField(_l("Day"), [InputRequired(_l("Write the day.")), is_past_day], description=_l("Day/month/year."))
    place = StringField(_l("Place"), [InputRequired(_l("Say where the visit was.")), Within(SHORT)])
    by = StringField(
        _l("Checked by (function)"),
        [Within(SHORT)],
        description=_l("The function, no name of a person: for instance building manager."),
    )


@follow_up.get("/<token>/visit")
def visit(token: str) -> Response:
    """Show the checklist: the lines that were chosen, or those proposed."""
    page = open_page(token)
    lines = [Line(each) for each in asked_for(page, request.args.getlist("line"))]
    if len(lines) > MOST_LINES:
        return _choose(page, {each.state.check.key for each in lines}, 422)
    form = VisitForm(formdata=None, revision=str(page.log.last_number), day=write_date(clock.today()))
    return _show(page, form, lines)


def _show(page: LogPage, form: VisitForm, lines: list[Line], status: int = 200) -> Response:
    said = {"form": form, "lines": lines, "figures_on_line": figures_on_line}
    return show("visit", page, status, **said, is_changed_elsewhere=status == 409)


@follow_up.get("/<token>/visit/choose")
def choose_lines(token: str) -> Response:
    """Show everything that can be seen on site, to choose the lines of one page."""
    page = open_page(token)
    return _choose(page, {each.check.key for each in asked_for(page, request.args.getlist("line"))})


def _choose(page: LogPage, chosen: set[str], status: int = 200) -> Response:
    return show("visit_choose", page, status, chosen=chosen, most=MOST_LINES)


@follow_up.post("/<token>/visit")
def save_visit(token: str) -> Response:
    """Note every line that was ticked, and the visit itself."""
    page, form = open_page(token), VisitForm()
    lines = list(typed_lines(page, request.form.getlist("line"), request.form))
    is_valid = form.validate_on_submit()
    seen = [line for line in lines if line.seen in ("done", "shortcoming")]
    if not seen and lines:
        lines[0].error = _("Nothing is ticked. Tick at least one line, then save.")
    if not is_valid or any(line.error for line in lines):
        return _show(page, form, lines, 422)
    try:
        save(page, form.expected, *_entries(form, lines))
    except LogChangedElsewhereError:
        form.revision.data = str(page.log.last_number)
        return _show(page, form, lines, 409)
    flash(ngettext("The visit is noted: %(num)s check.", "The visit is noted: %(num)s checks.", len(seen)))
    return redirect(url_for("follow_up.log", token=token), 303)


def _entries(form: VisitForm, lines: list[Line]) -> Iterator[NewEntry]:
    day = day_of(form.day) or clock.today()
    about = {"place": words_of(form.place, SHORT), "by": words_of(form.by, SHORT)}
    about = {name: words for name, words in about.items() if words}
    kept = [line for line in lines if line.seen or line.remark.strip()]
    counts = {each: sum(line.seen == each for line in kept) for each in SEEN}
    yield NewEntry("", EntryKind.VISIT, day, {**about, **counts})
    for line in kept:
        yield NewEntry(line.state.check.key, *_of_line(line, about, day))


def _of_line(line: Line, about: dict[str, str], day: datetime.date) -> tuple[EntryKind, datetime.date, dict[str, str]]:
    remark = " ".join(line.remark.split())
    ends = line.state.due_on(day) if line.seen in ("done", "shortcoming") else None
    due = {"due": ends.isoformat()} if ends else {}
    if line.seen == "shortcoming":
        return EntryKind.SHORTCOMING, day, {**about, **due, "shortcoming": remark}
    words = {"remark": remark} if remark else {}
    if line.seen == "done":
        return EntryKind.DONE, day, {**about, **due, **words}
    return EntryKind.REMARK, day, {**about, **words, **({"seen": "not_seen"} if line.seen else {})}
