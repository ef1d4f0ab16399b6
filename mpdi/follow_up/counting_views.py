"""For which day a look counts: a visit counts for its own period, and may be counted for an older one that is late."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.follow_up import operations
from mpdi.follow_up.forms import LogForm
from mpdi.follow_up.log_pages import follow_up, open_page
from mpdi.follow_up.operations import LogChangedElsewhereError
from mpdi.services import services
from mpdi.specifications.typed_values import write_date


@follow_up.post("/<token>/checks/<key>/count")
def count(token: str, key: str) -> Response:
    """Count one look for the other day that the page offered; the history keeps both."""
    page, form, typed = open_page(token), LogForm(), request.form.get("number", "")
    state = page.check(key)
    number = int(typed) if typed.isdecimal() and len(typed) <= 9 else 0
    offered = state.may_count_for(number)
    if offered is None or form.expected != state.revision:
        flash(_("Something else was noted meanwhile: nothing was changed. It is in the history below."), "error")
        return redirect(url_for("follow_up.check", token=token, key=key), 303)
    look, day = offered
    try:
        with services().database.writing() as session:
            operations.count_for(session, operations.find_log(session, token), form.expected, look, day)
    except LogChangedElsewhereError:
        flash(_("Something else was noted meanwhile: nothing was changed. It is in the history below."), "error")
    else:
        flash(
            _(
                "The look of %(day)s now counts for the check due on %(due)s. The history keeps both.",
                day=write_date(look.day),
                due=write_date(day),
            )
        )
    return redirect(url_for("follow_up.check", token=token, key=key), 303)
