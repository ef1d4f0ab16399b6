"""What pages of tickets share: files taken in and given back, who acts, rights on a ticket, errors in words."""

import datetime
import io
from collections.abc import Collection
from dataclasses import replace

from babel.dates import format_datetime
from flask import Blueprint, abort, request, send_file
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import SignedIn, current_user
from mpdi.accounts.roles import Subject
from mpdi.error_pages import ErrorPage, error_answer
from mpdi.exceptions import MpdiError
from mpdi.helpdesk import labels, operations, queries, team_operations
from mpdi.helpdesk.attachments import (
    LARGEST_REQUEST,
    AttachmentStorageError,
    AttachmentStore,
    EmptyFileError,
    FileTooLargeError,
    MacroFileError,
    NotASpecificationError,
    ProgramFileError,
    StoredFile,
)
from mpdi.helpdesk.change_operations import Actor, EmptyMessageError
from mpdi.helpdesk.models import Attachment, Ticket
from mpdi.helpdesk.states import MoveNotAllowedError
from mpdi.helpdesk.text_blocks import blocks
from mpdi.i18n import interface_language
from mpdi.services import services
from mpdi.specifications.field_values import date_refused
from mpdi.specifications.typed_values import NotADateError

helpdesk = Blueprint("helpdesk", __name__, url_prefix="/helpdesk")
"""Pages of those who answer."""


def allow_files(_endpoint: str | None = None, _values: dict[str, object] | None = None) -> None:
    """Let requests of a blueprint carry a file; one that is too large is refused before it is read."""
    if (request.content_length or 0) > LARGEST_REQUEST:
        abort(error_answer(413, page=_too_large()))
    request.max_content_length = LARGEST_REQUEST


helpdesk.url_value_preprocessor(allow_files)
helpdesk.before_request(security.keep_private)


def moment(at: datetime.datetime | None) -> str:
    """Write a moment as the clock in Brussels has it: “24/11/26 10:30” in the language of the page; a dash for none."""
    if at is None:
        return "–"
    locale = {"fr": "fr_BE", "nl": "nl_BE"}.get(interface_language(), "en_GB")
    return format_datetime(clock.aware(at).astimezone(clock.BRUSSELS), "short", locale=locale)


def page_words() -> dict[str, object]:
    """Give templates of tickets their labels and moments."""
    return {
        "moment": moment,
        "labels_": labels,
        "blocks": blocks,
        "sends_mail": services().settings.sends_mail,
    }


helpdesk.context_processor(page_words)


def _too_large() -> ErrorPage:
    return ErrorPage(
        _("That file is too large"),
        _("Files of at most 25 MB can be sent here. Nothing was stored."),
        _("Go back: what you typed is still in the form. Send a smaller file, or part of it."),
    )


def store() -> AttachmentStore:
    """Return the attachment folder of this portal."""
    return AttachmentStore(services().settings.home)


def taken_files(upload: FileStorage | None, only: Collection[str] | None = None) -> tuple[StoredFile, ...]:
    """Keep the file of a form, of the media types in `only` where they are given; nothing where none was chosen."""
    if upload is None or not upload.filename:
        return ()
    return (store().store(upload.stream, upload.filename, only=only),)


def given_file(item: Attachment) -> Response:
    """Give a file as a download and in no other way: nothing that a stranger sent runs in the portal."""
    answer = send_file(
        io.BytesIO(store().read(item.digest)),
        mimetype=item.media_type,
        as_attachment=True,
        download_name=item.file_name,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def actor_of(user: SignedIn) -> Actor:
    """Return somebody signed in as one who makes changes."""
    return Actor(user.user_id, user.shown_name)


def asker_of(ticket: Ticket) -> Actor:
    """Return who writes as the asker: the account that is signed in where it asked, else who holds the link."""
    user = current_user()
    name = ticket.asker_name or _("The asker")
    return Actor(user.user_id, user.shown_name) if user and user.user_id == ticket.asker_id else Actor(None, name)


def staff_subject(session: Session, ticket: Ticket) -> Subject:
    """Return a ticket as those see it who work on it: that one asked it oneself opens no internal note."""
    return replace(queries.subject_of_rights(session, ticket), owner_ids=frozenset())


def posted_revision() -> int:
    """Return the revision that the form was made from; a request without one is refused."""
    text = request.form.get("revision", "")
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


REFUSALS: tuple[type[MpdiError], ...] = (
    MoveNotAllowedError,
    EmptyMessageError,
    FileTooLargeError,
    EmptyFileError,
    MacroFileError,
    NotASpecificationError,
    AttachmentStorageError,
    team_operations.DifferentAskersError,
    team_operations.MergeIntoItselfError,
    team_operations.TicketMergedError,
    team_operations.NotAskedError,
    team_operations.MergeNotConfirmedError,
    operations.ReasonNeededError,
)
"""What a page of a ticket answers with a sentence beside the ticket, and not with an error page."""


def in_words(error: MpdiError) -> str:
    """Say a refusal in the language of the reader."""
    words = {
        MoveNotAllowedError: _("The state of the ticket does not allow this any more. Look at it again."),
        EmptyMessageError: _("The message is empty: nothing was stored."),
        FileTooLargeError: _("The file is larger than 25 MB. Choose a smaller one."),
        EmptyFileError: _("The file is empty. Check that it was saved, then choose it again."),
        MacroFileError: _(
            "The file holds macros (small programs), or its name says so: the helpdesk does not take it. Save it without macros, as .docx, .xlsx, .pptx or PDF."
        ),
        ProgramFileError: _(
            "The file is a program, whatever its name says: the helpdesk does not take it. Send the document itself, as .docx, .odt, .xlsx or PDF."
        ),
        NotASpecificationError: _(
            "A specification is read again from a Word, OpenDocument, PDF or spreadsheet file: what this file holds is something else. Save it as .docx, .odt, .xlsx or PDF."
        ),
        AttachmentStorageError: _(
            "The file could not be stored: there may be no room left. What you typed is still here: send it without the file, or try again later."
        ),
        team_operations.DifferentAskersError: _(
            "These tickets have different askers, so they cannot be merged: each would read the other's messages."
        ),
        team_operations.MergeIntoItselfError: _("Choose another ticket, one that is not merged itself."),
        team_operations.TicketMergedError: _(
            "This ticket was merged into another: nobody is given it and it goes to no other body. Open the one that took it in."
        ),
        team_operations.NotAskedError: _(
            "No question to you is open on this ticket; it may have been answered already."
        ),
        team_operations.MergeNotConfirmedError: _(
            "Merging cannot be undone: tick that you know it, then merge. Nothing was changed."
        ),
        operations.ReasonNeededError: _(
            "This question was never answered. Write why you close it: the asker is told. Nothing was changed."
        ),
    }
    return str(words[type(error)])


def fact_words(name: str) -> str:
    """Say how a fact is written."""
    words = {
        "cpv": _("CPV codes have eight digits, at most twenty codes with spaces between."),
        "tender_deadline": date_refused(NotADateError(exists=True)),
        "no_such_day": date_refused(NotADateError(exists=False)),
        "reference": _("Write a clause (ENV-CLEAN-001), a ticket (MPDI-2026-00001) or kind:identifier."),
    }
    return words.get(name) or abort(400)
