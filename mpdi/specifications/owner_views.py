"""Drafts of an account: claiming one begun without account, the list of one's own."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts.current import require, require_user
from mpdi.accounts.roles import Action, Subject
from mpdi.services import services
from mpdi.specifications import operations, queries
from mpdi.specifications.draft_pages import name_of, open_page, specifications
from mpdi.specifications.models import SpecificationDraft
from mpdi.specifications.operations import ClaimedByAnotherError

my_drafts = Blueprint("my_drafts", __name__, url_prefix="/my")
my_drafts.before_request(security.keep_private)


@specifications.post("/<token>/claim")
def claim(token: str) -> Response:
    """Make the draft one of the account that is signed in."""
    user = require_user()
    page = open_page(token)
    require(Action.CLAIM_DRAFT, Subject(is_held_by_link=True))
    try:
        with services().database.writing() as session:
            operations.claim_draft(session, operations.find_draft(session, page.token), user.user_id)
    except ClaimedByAnotherError:
        flash(_("This draft belongs to another account already."), "error")
    else:
        flash(_("The draft is among the drafts of your account."))
    return redirect(url_for("specifications.summary", token=token), 303)


@my_drafts.get("/drafts")
def drafts() -> str:
    """List one's own drafts."""
    user = require_user()
    with services().database.reading() as session:
        found = queries.list_drafts_of(session, user.user_id)
    return render_template("specifications/my_drafts.html", drafts=[(each, name_of(each.answers)) for each in found])


@my_drafts.post("/drafts/<int:draft_id>/open")
def open_draft(draft_id: int) -> Response:
    """Go to one of one's own drafts by the owner's own link."""
    user = require_user()
    with services().database.writing() as session:
        draft = session.get(SpecificationDraft, draft_id)
        if draft is None or draft.owner_id != user.user_id:
            abort(404)
        token = operations.owner_token(session, draft, services().settings.secret_key)
    return redirect(url_for("specifications.summary", token=token), 303)
