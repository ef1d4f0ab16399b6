"""The site visit: one page of large ticks, saved in one post."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

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
from mpdi.follow_up.state import CheckState
from mpdi.follow_up.vocabulary import EntryKind
from mpdi.specifications.typed_values import write_date

_LONGEST_REMARK = 300


class VisitForm(LogForm):
    """When, where and by whom the site was visited; the lines are read one by one."""

    day = StringField(_l("Day"), [InputRequired(_l("Write the day.")), is_past_day], description=_l("Day/month/year."))
    place = StringField(_l("Place"), [InputRequired(_l("Say where the visit was.")), Within(SHORT)])
    by = StringField(
        _l("Checked by (function)"),
        [Within(SHORT)],
        description=_l("The function, no name of a person: for instance building manager."),
    )


@dataclass
class Line:
    """One line of the visit: its check, what was ticked (nothing: not looked at), the remark, and what is wrong."""

    state: CheckState
    seen: str = ""
    remark: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """What the fields of the line are called."""
        return self.state.check.key.replace(":", "-")


@follow_up.get("/<token>/visit")
def visit(token: str) -> Response:
    """Show the checklist."""
    page = open_page(token)
    form = VisitForm(formdata=None, revision=str(page.log.last_number), day=write_date(clock.today()))
    return show("visit", page, form=form, lines=[Line(each) for each in page.on_site], is_changed_elsewhere=False)


@follow_up.post("/<token>/visit")
def save_visit(token: str) -> Response:
    """Note every line that was ticked, and the visit itself."""
    page, form = open_page(token), VisitForm()
    lines = list(_typed(page))
    is_valid = form.validate_on_submit()
    seen = [line for line in lines if line.seen in ("done", "shortcoming")]
    if not seen and lines:
        lines[0].error = _("Nothing is ticked. Tick at least one line, then save.")
    if not is_valid or any(line.error for line in lines):
        return show("visit", page, 422, form=form, lines=lines, is_changed_elsewhere=False)
    try:
        save(page, form.expected, *_entries(form, lines))
    except LogChangedElsewhereError:
        form.revision.data = str(page.log.last_number)
        return show("visit", page, 409, form=form, lines=lines, is_changed_elsewhere=True)
    flash(ngettext("The visit is noted: %(num)s check.", "The visit is noted: %(num)s checks.", len(seen)))
    return redirect(url_for("follow_up.log", token=token), 303)


def _typed(page: LogPage) -> Iterator[Line]:
    for state in page.on_site:
        line = Line(state)
        line.seen = request.form.get(f"seen-{line.name}", "")
        line.remark = request.form.get(f"remark-{line.name}", "")
        if line.seen not in ("", *SEEN):
            line.seen = ""
        if len(line.remark.strip()) > _LONGEST_REMARK:
            line.error = _(
                "%(count)s characters were typed; at most %(limit)s fit here. Shorten it.",
                count=len(line.remark),
                limit=_LONGEST_REMARK,
            )
        elif line.seen == "shortcoming" and not line.remark.strip():
            line.error = _("Say in a few words what is not in order.")
        yield line


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
