"""A mail becomes a message: of the ticket it belongs to, else of a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.attachments import (
    AttachmentStore,
    EmptyFileError,
    FileTooLargeError,
    MacroFileError,
    ProgramFileError,
    StoredFile,
    clean_name,
    stored_bytes,
)
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.mail.parsed import ParsedMail
from mpdi.helpdesk.mail.threading import untagged_subject
from mpdi.helpdesk.models import Message, Ticket
from mpdi.helpdesk.operations import NewQuestion, add_message, open_ticket
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route, TicketState


@dataclass(frozen=True)
class Understood:
    """What the rules see in a text; all of it but the route is a guess until somebody confirms it."""

    route: Route
    question_nature: QuestionNature | None = None
    category: Category | None = None
    obstacles: tuple[Obstacle, ...] = ()


Understand = Callable[[str, str], Understood]
"""What sees in a text and its language what it is about, and which body answers."""
LARGEST_MAIL_FILE = 30 * 1024 * 1024
NO_TEXT = {"fr": "(Message sans texte)", "nl": "(Bericht zonder tekst)"}

LEFT_OUT = {
    "fr": "(Fichier non repris parce qu’il contient des macros ou est un programme : {name})",
    "nl": "(Bestand niet overgenomen omdat het macro’s bevat of een programma is: {name})",
}


class NotKept(StrEnum):
    """Why a file of a mail is not in the ticket."""

    MACROS = "macros"
    PROGRAM = "program"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class FileLeftOut:
    """A file of a mail that is not in the ticket: its clean name and why."""

    name: str
    because: NotKept


def nothing_understood(_text: str, _language: str) -> Understood:
    """See nothing: the body is the one that takes what no rule has sorted."""
    return Understood(Route.MPD)


@dataclass(frozen=True)
class Filed:
    """Where a mail went. `token`: of the private link of the ticket it opened; None where it went to one there was."""

    ticket: Ticket
    message: Message
    token: str | None = None
    left_out: tuple[FileLeftOut, ...] = ()


def file_incoming(
    session: Session,
    mail: ParsedMail,
    raw_digest: str,
    store: AttachmentStore,
    understand: Understand = nothing_understood,
) -> Filed:
    """File a mail; return its ticket and message, and the token of a new ticket's private link.

    A mail to a merged ticket goes to the one that took it in.

    The mail is not decided about here: bounces, auto-replies and loops are the caller's to leave out. `raw_digest` is
    kept as the message's mail identifier where the mail has none.
    """
    files, left_out = _kept(store, mail)
    ticket = _thread(session, mail)
    by, language = Actor(name=mail.from_name or mail.from_address), mail.language if mail.language in NO_TEXT else "fr"
    body, mail_id = mail.text.strip() or NO_TEXT[language], (mail.mail_id or raw_digest)[:250]
    running = [item.name for item in left_out if item.because in (NotKept.MACROS, NotKept.PROGRAM)]
    body += "".join(f"\n\n{LEFT_OUT[language].format(name=name)}" for name in running)
    if ticket is not None:
        by = Actor(name=_name_in(ticket, mail))
        message = add_message(session, ticket, by, body, language, files, quoted=mail.quoted, mail_id=mail_id)
        return Filed(ticket, message, left_out=left_out)
    found = understand(f"{mail.subject}\n{mail.text}", language)
    ticket, token = open_ticket(
        session,
        NewQuestion(
            body=body,
            language=language,
            route=found.route,
            asker_kind=AskerKind.UNKNOWN,
            question_nature=found.question_nature,
            category=found.category,
            guessed_obstacles=found.obstacles,
            is_guessed=True,
            subject=untagged_subject(mail.subject),
            email=mail.from_address,
            name=mail.from_name,
            quoted=mail.quoted,
            mail_id=mail_id,
            files=files,
        ),
        by,
    )
    return Filed(ticket, ticket.messages[0], token, left_out)


def _name_in(ticket: Ticket, mail: ParsedMail) -> str:
    """Return what the sender is called in a ticket: as on the portal where she is the one who asked it."""
    is_asker = mail.from_address.lower() == ticket.asker_email.lower()
    return (ticket.asker_name if is_asker else "") or mail.from_name or mail.from_address


def _thread(session: Session, mail: ParsedMail) -> Ticket | None:
    ticket = session.get(Ticket, mail.thread.ticket_id) if mail.thread.ticket_id is not None else None
    while ticket is not None and TicketState(ticket.state) is TicketState.MERGED:
        ticket = session.get(Ticket, ticket.merged_into_id) if ticket.merged_into_id is not None else None
    return None if ticket is None or ticket.anonymised_at is not None else ticket


def _kept(store: AttachmentStore, mail: ParsedMail) -> tuple[tuple[StoredFile, ...], tuple[FileLeftOut, ...]]:
    """Store the files of a mail; return them, and those left out with the reason that their sender is told.

    Those are left in the raw mail, which is kept too; one with macros, or that is itself a program, is named in the message.
    """
    kept, left_out = [], []
    for item in mail.attachments:
        try:
            kept.append(stored_bytes(store, item.content, item.file_name, LARGEST_MAIL_FILE))
        except EmptyFileError:
            continue
        except FileTooLargeError:
            left_out.append(FileLeftOut(clean_name(item.file_name), NotKept.TOO_LARGE))
        except ProgramFileError:
            left_out.append(FileLeftOut(clean_name(item.file_name), NotKept.PROGRAM))
        except MacroFileError:
            left_out.append(FileLeftOut(clean_name(item.file_name), NotKept.MACROS))
    return tuple(kept), tuple(left_out)
