"""Logs of an account: claiming one begun without account, the list of one's own."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts.current import require, require_user
from mpdi.accounts.roles import Action, Subject
from mpdi.follow_up import operations, queries
from mpdi.follow_up.log_pages import follow_up, open_page
from mpdi.follow_up.models import FollowUpLog
from mpdi.follow_up.operations import LogClaimedByAnotherError
from mpdi.services import services

my_logs = Blueprint("my_logs", __name__, url_prefix="/my/follow-up")
my_logs.before_request(security.keep_private)


@follow_up.post("/<token>/claim")
def claim(token: str) -> Response:
    """Make the log one of the account that is signed in."""
    user = require_user()
    page = open_page(token)
    require(Action.CLAIM_DRAFT, Subject(is_held_by_link=True))
    try:
        with services().database.writing() as session:
            operations.claim_log(session, operations.find_log(session, page.token), user.user_id)
    except LogClaimedByAnotherError:
        flash(_("This log belongs to another account already."), "error")
    else:
        flash(_("The log is among the contracts of your account."))
    return redirect(url_for("follow_up.log", token=token), 303)


@my_logs.get("")
def logs() -> str:
    """List one's own logs."""
    user = require_user()
    with services().database.reading() as session:
        found = queries.list_logs_of(session, user.user_id)
    return render_template("follow_up/my_logs.html", logs=found)


@my_logs.post("/<int:log_id>/open")
def open_one(log_id: int) -> Response:
    """Go to one of one's own logs by the owner's own link."""
    user = require_user()
    with services().database.writing() as session:
        log = session.get(FollowUpLog, log_id)
        if log is None or log.owner_id != user.user_id:
            abort(404)
        token = operations.owner_token(session, log, services().settings.secret_key)
    return redirect(url_for("follow_up.log", token=token), 303)
