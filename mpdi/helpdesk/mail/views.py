"""The page about the mail: what failed, what is uncertain, what waits, what was set aside; and the buttons."""

import datetime
from collections.abc import Callable

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import format_datetime
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from mpdi import security
from mpdi.accounts.current import require_somewhere
from mpdi.accounts.roles import Action, Person, may_somewhere
from mpdi.error_pages import STATUS_OF
from mpdi.helpdesk.mail import labels, operations, queries
from mpdi.helpdesk.mail.envelopes import envelopes
from mpdi.helpdesk.mail.errors import MailNotStoppedError, MailWordsGoneError, UnknownMailError
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, OutgoingMail
from mpdi.i18n import translate as _
from mpdi.services import services

mail_pages = Blueprint("mail", __name__, url_prefix="/helpdesk/mail")
mail_pages.before_request(security.keep_private)
STATUS_OF[UnknownMailError] = 404


@mail_pages.get("")
def state() -> str:
    """Show how the mail stands."""
    person = require_somewhere(Action.SEE_MAIL_STATE)
    sees_raw = may_somewhere(person, Action.SEE_QUEUE)
    with services().database.reading() as session:
        status = queries.mail_status(session, person)
        shown = [row.id for row in (*status.failed_rows, *status.ignored_rows)] if sees_raw else []
        found = envelopes(session, RawMailStore(services().settings.home), shown)
    return render_template(
        "helpdesk/mail.html",
        status=status,
        has_server=services().settings.sends_mail,
        moment=_moment,
        outgoing_words=labels.OUTGOING,
        outgoing_marks=labels.OUTGOING_MARKS,
        ignored_words=labels.IGNORED,
        may_resend=may_somewhere(person, Action.RESEND_MAIL),
        sees_raw=sees_raw,
        envelopes=found,
        sees_tickets=may_somewhere(person, Action.WORK_ON_TICKET),
    )


def _moment(moment: datetime.datetime) -> str:
    return str(format_datetime(moment, "short"))


@mail_pages.post("/outgoing/<int:identifier>/resend")
def resend(identifier: int) -> AnyResponse:
    """Send a stopped mail again."""
    return _change(OutgoingMail, operations.resend, identifier, _("The mail is sent again within a minute."))


@mail_pages.post("/outgoing/<int:identifier>/arrived")
def arrived(identifier: int) -> AnyResponse:
    """Settle an uncertain mail: it arrived."""
    return _change(OutgoingMail, operations.say_it_arrived, identifier, _("Noted: this mail has arrived."))


@mail_pages.post("/incoming/<int:identifier>/file")
def file_again(identifier: int) -> AnyResponse:
    """File a mail that failed or was set aside."""
    return _change(IncomingMail, operations.file_again, identifier, _("The mail is filed within a minute."))


def _change(
    kind: type[OutgoingMail] | type[IncomingMail],
    verb: Callable[[Session, int, Person], object],
    identifier: int,
    words: str,
) -> AnyResponse:
    person = require_somewhere(Action.RESEND_MAIL)
    try:
        with services().database.writing() as session:
            if not queries.may_see(session, person, kind, identifier):
                raise UnknownMailError("There is no such mail.")
            verb(session, identifier, person)
    except MailNotStoppedError:
        flash(_("Somebody else has dealt with this mail meanwhile. This page shows how it stands now."), "error")
    except MailWordsGoneError:
        flash(
            _("Its words were deleted when it was sent, for they may hold a link. Ask for it anew where it began."),
            "error",
        )
    else:
        flash(words)
    return redirect(url_for("mail.state"), 303)


@mail_pages.get("/incoming/<int:identifier>.eml")
def raw(identifier: int) -> Response:
    """Give a mail as it came, only as a download, to who may read questions."""
    person = require_somewhere(Action.SEE_MAIL_STATE)
    require_somewhere(Action.SEE_QUEUE)
    with services().database.reading() as session:
        is_seen = queries.may_see(session, person, IncomingMail, identifier)
        digest = queries.raw_digest(session, identifier) if is_seen else None
    if digest is None:
        abort(404)
    response = make_response(RawMailStore(services().settings.home).read(digest))
    response.headers["Content-Type"] = "message/rfc822"
    response.headers["Content-Disposition"] = f'attachment; filename="mail-{identifier}.eml"'
    return response
