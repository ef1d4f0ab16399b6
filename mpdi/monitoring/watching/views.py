"""The page that tells how each folder and address that is watched stands."""

from flask import Blueprint, render_template

from mpdi import security
from mpdi.accounts.current import require
from mpdi.accounts.roles import Action
from mpdi.i18n import translate as _
from mpdi.monitoring.watching.models import WatchOutcome
from mpdi.monitoring.watching.queries import watched
from mpdi.monitoring.watching.settings import load_watch_settings
from mpdi.services import services

watching = Blueprint("watching", __name__)
watching.before_request(security.keep_private)


@watching.get("/notices/watched")
def state() -> str:
    """Show every source, and what became of the last look."""
    require(Action.SEE_WATCHED)
    with services().database.reading() as session:
        return render_template(
            "monitoring/watched.html", sources=watched(session), is_on=load_watch_settings().is_on, outcomes=_outcomes()
        )


def _outcomes() -> dict[str, str]:
    return {
        WatchOutcome.WAITING.value: _("not looked at yet"),
        WatchOutcome.TAKEN.value: _("read"),
        WatchOutcome.PARTLY.value: _("read, not all of it"),
        WatchOutcome.UNCHANGED.value: _("unchanged"),
        WatchOutcome.EMPTY.value: _("nothing in it was a notice"),
        WatchOutcome.BUSY.value: _("asks to come back later"),
        WatchOutcome.FAILED.value: _("failed"),
    }
