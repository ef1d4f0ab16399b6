"""Which ticket a mail belongs to: by a token that cannot be guessed, else by the mail it answers."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.helpdesk.mail.parsed import ParsedMail, Thread, ThreadBy
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail, Ticket

_NUMBER = re.compile(r"\bMPDI-(\d{4})-(\d{1,9})(?:-([a-z2-7]{8}))?\b", re.IGNORECASE)
_TAG = re.compile(r"\s*\[MPDI-\d{4}-\d{1,9}(?:-[a-z2-7]{8})?\]", re.IGNORECASE)
_ANY_TAG = re.compile(r"\s*\[MPDI-\d{4}-\d{1,9}[^\[\]]{0,40}\]\s*", re.IGNORECASE)
_REPLY_MARKS = re.compile(r"(?:\s*(?:re|aw|tr|rv|fw|fwd|antw|doorst)\s*:)+\s*", re.IGNORECASE)
_MOST_NUMBERS = 10


def token_of(number: str, secret_key: str) -> str:
    """Return the token of a ticket's number: 40 bits that only this installation can make."""
    digest = hmac.new(secret_key.encode(), f"ticket by mail:{number}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:5]).decode("ascii").lower()


def tagged_subject(subject: str, number: str, secret_key: str) -> str:
    """Return the subject with the ticket's tag at its end, once: `… [MPDI-2026-00042-k7f3m2qa]`."""
    return f"{_TAG.sub('', subject).strip()} [{number}-{token_of(number, secret_key)}]".strip()


def untagged_subject(subject: str) -> str:
    """Return the subject of a mail that opens a new ticket: no tag of another one in it, right, forged or mistyped.

    Where only the marks of a reply are left it says nothing, and the question itself is asked for a subject.
    """
    if not _ANY_TAG.search(subject):
        return subject
    words = _ANY_TAG.sub(" ", subject).strip()
    return "" if _REPLY_MARKS.fullmatch(words) else words


def reply_address(address: str, number: str, secret_key: str) -> str:
    """Return the address whose plus part names the ticket."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{number.lower()}-{token_of(number, secret_key)}@{domain}"


def find_thread(session: Session, mail: ParsedMail, secret_key: str) -> Thread:
    """Return the ticket that a mail belongs to.

    A number with the right token wins. Then the mail it answers: identifiers of our mail cannot be guessed. A number
    with a wrong token or none is only a mention: a new ticket that refers to it.
    """
    rightful, mentioned = _numbers((*mail.to, mail.subject), secret_key)
    ticket_id = _ticket_of_number(session, rightful)
    if ticket_id is not None:
        return Thread(ticket_id, by=ThreadBy.TOKEN)
    ticket_id = _ticket_of_mail(session, (*mail.in_reply_to, *reversed(mail.references)))
    if ticket_id is not None:
        return Thread(ticket_id, by=ThreadBy.HEADERS)
    return Thread(mentioned_ticket_id=_ticket_of_number(session, mentioned))


def _numbers(texts: Iterable[str], secret_key: str) -> tuple[list[str], list[str]]:
    """Return the numbers with their right token, and the others."""
    rightful: list[str] = []
    mentioned: list[str] = []
    for match in _NUMBER.finditer(" ".join(texts)[:20_000]):
        number = f"MPDI-{match.group(1)}-{match.group(2)}"
        is_right = hmac.compare_digest((match.group(3) or "").lower(), token_of(number, secret_key))
        (rightful if is_right else mentioned).append(number)
    return rightful[:_MOST_NUMBERS], mentioned[:_MOST_NUMBERS]


def _ticket_of_number(session: Session, numbers: list[str]) -> int | None:
    if not numbers:
        return None
    found = {
        row.number: row.id
        for row in session.execute(select(Ticket.number, Ticket.id).where(Ticket.number.in_(numbers)))
    }
    return next((found[number] for number in numbers if number in found), None)


def _ticket_of_mail(session: Session, mail_ids: tuple[str, ...]) -> int | None:
    """Return the ticket of the first of these mails that we know: sent, received, or filed as a message."""
    if not mail_ids:
        return None
    by_message = select(Message.mail_id, Message.ticket_id).where(Message.mail_id.in_(mail_ids))
    by_sent = (
        select(OutgoingMail.mail_id, Message.ticket_id)
        .join(Message, Message.id == OutgoingMail.message_id)
        .where(OutgoingMail.mail_id.in_(mail_ids))
    )
    by_received = select(IncomingMail.mail_id, IncomingMail.ticket_id).where(
        IncomingMail.mail_id.in_(mail_ids), IncomingMail.ticket_id.is_not(None)
    )
    found: dict[str, int] = {}
    for mail_id, ticket_id in session.execute(by_message.union_all(by_sent, by_received)):
        if mail_id is not None:
            found.setdefault(mail_id, ticket_id)
    return next((found[mail_id] for mail_id in mail_ids if mail_id in found), None)
