"""From a row of the outbox to the bytes of a mail."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mpdi.exceptions import MpdiError
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail.outbox_operations import AnsweredTicket, Claimed, FileToSend
from mpdi.helpdesk.mail.settings import MailSettings
from mpdi.helpdesk.mail.threading import reply_address, tagged_subject
from mpdi.helpdesk.mail_texts import language_of_reader, mail_part
from mpdi.helpdesk.private_links import second_token
from mpdi.helpdesk.routing import body_name

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


def compose(mail: Claimed, settings: MailSettings, store: AttachmentStore | None) -> bytes:
    """Return the mail as it goes over the line, the ticket's tag in its subject; lines end with CR LF.

    The files of an answer go along; where they are too large together, the private link that leads to them instead.
    `AttachmentLostError` where the bytes of one are gone.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.sender_name, addr_spec=settings.sender_address)
    message["To"] = Address(addr_spec=recipient_address(mail.recipient))
    subject = " ".join(mail.subject.split())
    if mail.ticket:
        subject = tagged_subject(subject, mail.ticket.number, settings.secret_key)
        if settings.takes_plus_addresses:
            message["Reply-To"] = reply_address(settings.sender_address, mail.ticket.number, settings.secret_key)
    message["Subject"] = subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.mail_id
    for name, value in mail.headers.items():
        if name.lower() not in _REFUSED_HEADERS:
            message[name] = " ".join(value.split())
    attached = _attached(mail, settings, store)
    body = mail.body
    if len(attached) < len(mail.files):
        body = f"{body.rstrip()}\n\n{_files_behind_link(mail, settings)}"
    if mail.ticket and mail.ticket.is_answer:
        body = f"{body.rstrip()}\n\n{_signature(mail, mail.ticket, settings)}"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    message["Content-Language"] = mail.language
    for item, content in attached:
        main, _slash, sub = item.media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=item.file_name)
    return message.as_bytes()


def _attached(
    mail: Claimed, settings: MailSettings, store: AttachmentStore | None
) -> tuple[tuple[FileToSend, bytes], ...]:
    """Return the files that go along with their bytes: all, or none where they are too large together."""
    if store is None or sum(item.size for item in mail.files) > settings.largest_files:
        return ()
    return tuple((item, store.read(item.digest)) for item in mail.files)


def _signature(mail: Claimed, ticket: AnsweredTicket, settings: MailSettings) -> str:
    """Return who answers, and the private link that leads to the conversation."""
    language = language_of_reader(mail.language)
    body, link = body_name(ticket.route, language), _link(ticket, settings)
    return "-- \n" + mail_part("signature", language, body=body, number=ticket.number, link=link)


def _link(ticket: AnsweredTicket, settings: MailSettings) -> str:
    return f"{settings.portal}/questions/{second_token(ticket.id, ticket.token_hash, settings.secret_key)}"


def _files_behind_link(mail: Claimed, settings: MailSettings) -> str:
    names = "\n".join(f"- {item.file_name}" for item in mail.files)
    # Files belong to a message, and a message to a ticket.
    assert mail.ticket is not None
    return mail_part("files_behind_link", mail.language, names=names, link=_link(mail.ticket, settings))
