"""Mails to those who work on a ticket: what happened to it, and that an answer is due.

They carry no tag of the ticket, so that a reply to one is no word of the asker's; and no word of the asker's, which are
forgotten with the ticket and not with the mail.
"""

import datetime

from babel.dates import format_datetime
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.routing import body_name

_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def want_staff_mail(
    session: Session, ticket: Ticket, person: User, name: str, portal: str, key: str, by: User | None = None
) -> None:
    """Put a mail of this name (`templates/helpdesk/mails`) into the outbox, in the reader's language.

    `portal` is the public address, `key` what makes it the same mail when it is wanted again, `by` who did what it tells.
    """
    language, start = language_of_reader(person.language), portal.rstrip("/")
    subject, body = mail_text(
        name,
        language,
        number=ticket.number,
        body=body_name(ticket.route, language),
        by=(by.name or by.email) if by else "–",
        due=_written(ticket.answer_due, language),
        link=f"{start}/helpdesk/tickets/{ticket.number}",
        account=f"{start}/account",
    )
    want(session, person.email, subject, body, language, headers=_AUTOMATIC, key=key)


def _written(due: datetime.datetime | None, language: str) -> str:
    if due is None:
        return "–"
    return format_datetime(clock.aware(due).astimezone(clock.BRUSSELS), "d MMMM y, HH:mm", locale=f"{language}_BE")
