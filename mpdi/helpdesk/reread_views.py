"""“Read my specification again”: the file beside what inspection and lint say, and comments section by section."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.current import require_user
from mpdi.accounts.roles import Action
from mpdi.helpdesk import draft_operations, queries
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.models import Attachment, Ticket
from mpdi.helpdesk.rereading import NotReadAutomaticallyError, Rereading, composed, read_again
from mpdi.helpdesk.ticket_pages import helpdesk, store
from mpdi.helpdesk.ticket_views import open_ticket, ticket_page
from mpdi.services import services

_FREE_SECTIONS = 5
_MOST_SECTIONS = 400


@helpdesk.get("/tickets/<number>/files/<int:file_id>/reread")
def reread(number: str, file_id: int) -> str:
    """Show a file section by section; one not written here with empty sections to name."""
    with services().database.reading() as session:
        ticket, item = _file(session, number, file_id)
        library = services().library.library(session)
        reading, reason = None, ""
        try:
            reading = read_again(store().read(item.digest), library, clock.today())
        except NotReadAutomaticallyError as error:
            reason = str(error)
        return render_template(
            "helpdesk/reread.html",
            ticket=ticket,
            item=item,
            reading=reading,
            reason=reason,
            free=range(_free(reading)),
        )


def _free(reading: Rereading | None) -> int:
    return 1 if reading else _FREE_SECTIONS


@helpdesk.post("/tickets/<number>/files/<int:file_id>/reread")
def comment(number: str, file_id: int) -> str:
    """Put the comments together as an answer, which is read once more before it is sent."""
    with services().database.reading() as session:
        ticket, _item = _file(session, number, file_id)
        kept = draft_operations.kept_texts(session, ticket.id, require_user().user_id).get("body", "")
    sections, comments = (request.form.getlist(name)[:_MOST_SECTIONS] for name in ("section", "comment"))
    if len(sections) != len(comments):
        abort(400)
    return ticket_page(
        number,
        {
            "body": "\n\n".join(filter(None, (kept, composed(zip(sections, comments, strict=True))))),
            "notice": _("Read your comments once more, then send them."),
        },
    )


def _file(session: Session, number: str, file_id: int) -> tuple[Ticket, Attachment]:
    ticket = open_ticket(session, number, Action.SEE_INTERNAL_NOTE)
    try:
        return ticket, queries.file_of(session, ticket, file_id)[0]
    except UnknownTicketError:
        abort(404)
