"""From a row of the outbox to the bytes of a mail."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mpdi.exceptions import MpdiError
from mpdi.helpdesk.mail.outbox_operations import Claimed
from mpdi.helpdesk.mail.settings import MailSettings
from mpdi.helpdesk.mail.threading import reply_address, tagged_subject

_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_REFUSED_HEADERS = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "mime-version", "reply-to"}


class UnsendableMailError(MpdiError):
    """A mail has a recipient that no server can take."""


def recipient_address(recipient: str) -> str:
    """Return the recipient as servers take it, its domain in ASCII; `UnsendableMailError` where that cannot be."""
    local, _at, domain = recipient.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    if not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(ascii_domain):
        raise UnsendableMailError("The recipient is not an address that mail can be sent to.")
    return f"{local}@{ascii_domain}"


def compose(mail: Claimed, settings: MailSettings) -> bytes:
    """Return the mail as it goes over the line, the ticket's tag in its subject; lines end with CR LF."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.sender_name, addr_spec=settings.sender_address)
    message["To"] = Address(addr_spec=recipient_address(mail.recipient))
    subject = " ".join(mail.subject.split())
    if mail.ticket_number:
        subject = tagged_subject(subject, mail.ticket_number, settings.secret_key)
        if settings.takes_plus_addresses:
            message["Reply-To"] = reply_address(settings.sender_address, mail.ticket_number, settings.secret_key)
    message["Subject"] = subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.mail_id
    for name, value in mail.headers.items():
        if name.lower() not in _REFUSED_HEADERS:
            message[name] = " ".join(value.split())
    message.set_content(mail.body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = mail.language
    return message.as_bytes()
