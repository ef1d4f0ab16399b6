"""What somebody who asked is told at once: the number, who answers and by when, and which file was not taken. Pure."""

import datetime
import re
from collections.abc import Sequence
from typing import Protocol

from babel.dates import format_date

from mpdi import clock
from mpdi.helpdesk.incoming_operations import FileLeftOut, NotKept
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.routing import body_name

_REASONS: dict[str, dict[NotKept, str]] = {
    "fr": {
        NotKept.MACROS: (
            "Nous n’avons pas repris le fichier « {name} » : il contient des macros (de petits programmes), ou son nom le "
            "dit. Renvoyez-le sans macros, en .docx, .xlsx, .pptx ou PDF."
        ),
        NotKept.PROGRAM: (
            "Nous n’avons pas repris le fichier « {name} » : c’est un programme, quel que soit son nom. Envoyez le "
            "document lui-même, en .docx, .odt, .xlsx ou PDF."
        ),
        NotKept.TOO_LARGE: (
            "Nous n’avons pas repris le fichier « {name} » : il dépasse 30 Mo. Envoyez-en une partie, ou un fichier plus léger."
        ),
    },
    "nl": {
        NotKept.MACROS: (
            "Het bestand “{name}” hebben wij niet overgenomen: het bevat macro’s (kleine programma’s), of zijn naam zegt "
            "dat. Stuur het opnieuw zonder macro’s, als .docx, .xlsx, .pptx of pdf."
        ),
        NotKept.PROGRAM: (
            "Het bestand “{name}” hebben wij niet overgenomen: het is een programma, wat zijn naam ook zegt. Stuur het "
            "document zelf, als .docx, .odt, .xlsx of pdf."
        ),
        NotKept.TOO_LARGE: (
            "Het bestand “{name}” hebben wij niet overgenomen: het is groter dan 30 MB. Stuur een deel ervan, of een "
            "lichter bestand."
        ),
    },
}
_MOST_NAMED = 10


class Asked(Protocol):
    """What a receipt says of a ticket."""

    number: str
    subject: str
    language: str
    route: str
    answer_due: datetime.datetime | None


def receipt(ticket: Asked, link: str, left_out: Sequence[FileLeftOut] = ()) -> tuple[str, str]:
    """Return subject and body of the mail that a question has come in, in the asker's language."""
    language = language_of_reader(ticket.language)
    name = body_name(ticket.route, language)
    subject, body = mail_text(
        "received",
        language,
        subject=ticket.subject,
        number=ticket.number,
        link=link,
        answers=_promise(name, ticket.answer_due, language),
        left_out=words_of(left_out, language),
    )
    return subject, re.sub(r"\n{3,}", "\n\n", body)


def files_not_taken(ticket: Asked, left_out: Sequence[FileLeftOut]) -> tuple[str, str]:
    """Return subject and body of the mail that tells of files left out of a message to a ticket there was."""
    language = language_of_reader(ticket.language)
    words = words_of(left_out, language)
    return mail_text("files_not_taken", language, subject=ticket.subject, number=ticket.number, left_out=words)


def words_of(left_out: Sequence[FileLeftOut], language: str) -> str:
    """Say of each file why it was not taken, and what to send instead."""
    sentences = [_REASONS[language][item.because].format(name=item.name) for item in left_out[:_MOST_NAMED]]
    return " ".join(sentences)


def _promise(name: str, due: datetime.datetime | None, language: str) -> str:
    start = f"{name[:1].upper()}{name[1:]}"
    if due is None:
        return f"{start} y répond." if language == "fr" else f"{start} beantwoordt ze."
    day = format_date(clock.aware(due).astimezone(clock.BRUSSELS).date(), "d MMMM y", locale=f"{language}_BE")
    if language == "fr":
        return f"{start} vous répond, au plus tard le {day}."
    return f"{start} antwoordt u, uiterlijk op {day}."
