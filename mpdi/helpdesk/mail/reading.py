"""Reading a mail: bytes of anybody's making → `ParsedMail`. Pure, bounded; raises only `MailTooLargeError`."""

import datetime
import re
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from mpdi.helpdesk.mail.attachments import collect
from mpdi.helpdesk.mail.automatic import is_automatic, is_our_own, read_bounce
from mpdi.helpdesk.mail.errors import MailTooLargeError
from mpdi.helpdesk.mail.html_text import html_to_text
from mpdi.helpdesk.mail.identifiers import digest_of, mail_ids
from mpdi.helpdesk.mail.mail_language import guess_language
from mpdi.helpdesk.mail.mime import Leaf, decode_text, header, headers, leaves, one_line, parse
from mpdi.helpdesk.mail.parsed import ParsedMail
from mpdi.helpdesk.mail.quoting import split_quoted

MAX_TEXT = 200_000
MAX_SUBJECT = 200
_MAX_BODY_BYTES = 1_000_000
_ADDRESS = re.compile(r"^[^@\s<>\"(),:;\\\[\]]{1,64}@[^@\s<>\"(),:;\\\[\]]{1,189}$")
_LOOSE_ADDRESS = re.compile(r"[\w.+%'&=~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_LIBRARY_ERRORS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)


def read_mail(raw: bytes, our_address: str) -> ParsedMail:
    """Read one mail; `our_address` is what tells our own mail come back. `MailTooLargeError` above 50 MB."""
    message, is_damaged = parse(raw)
    found = list(leaves(message))
    body, files = _sort(found)
    text, quoted = split_quoted(_body_text(body))
    subject = header(message, "Subject")[:MAX_SUBJECT]
    from_name, from_address = _sender(message)
    attachments, left_out = collect(files)
    return ParsedMail(
        mail_id=next(iter(mail_ids(header(message, "Message-ID"))), digest_of(raw)),
        from_name=from_name,
        from_address=from_address,
        to=_recipients(message),
        subject=subject,
        sent_at=_sent_at(message),
        language=guess_language(f"{subject}\n{text}", guess_language(quoted)),
        text=text,
        quoted=quoted,
        in_reply_to=mail_ids(header(message, "In-Reply-To")),
        references=mail_ids(header(message, "References")),
        attachments=attachments,
        left_out=left_out,
        is_auto_reply=is_automatic(message, subject),
        is_loop=is_our_own(message, from_address, our_address),
        bounce=read_bounce(message, found, from_address),
        is_damaged=is_damaged,
    )


def sender_of(raw: bytes) -> str:
    """Return only the address that wrote a mail, from its head; empty where it names none."""
    return _sender(parse(_head(raw))[0])[1]


def envelope_of(raw: bytes) -> tuple[str, str]:
    """Return who wrote a mail and its subject, from its head: what a list of mails shows. Empty where it names none."""
    message = parse(_head(raw))[0]
    name, address = _sender(message)
    return f"{name} <{address}>" if name and address else name or address, header(message, "Subject")[:MAX_SUBJECT]


def words_of(raw: bytes) -> dict[str, str]:
    """Return subject and text of a mail, the text that it quotes left out: what its sender wrote."""
    try:
        mail = read_mail(raw, "")
    except MailTooLargeError:
        return {"subject": envelope_of(raw)[1], "text": ""}
    return {"subject": mail.subject, "text": mail.text}


def _head(raw: bytes) -> bytes:
    return raw[:200_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"


def _sort(found: list[Leaf]) -> tuple[list[Leaf], list[Leaf]]:
    """Tell the parts that are the text from the files. HTML is left aside where the same is there as plain text."""
    body: list[Leaf] = []
    files: list[Leaf] = []
    for leaf in found:
        is_text = leaf.media_type in ("text/plain", "text/html") and not leaf.is_attachment and not leaf.file_name
        (body if is_text else files).append(leaf)
    with_plain = {
        leaf.alternative
        for leaf in body
        if leaf.alternative is not None and leaf.media_type == "text/plain" and leaf.content[:5_000].strip()
    }
    return [leaf for leaf in body if leaf.media_type == "text/plain" or leaf.alternative not in with_plain], files


def _body_text(body: list[Leaf]) -> str:
    pieces: list[str] = []
    size = 0
    for leaf in body:
        content = decode_text(leaf.content[:_MAX_BODY_BYTES], leaf.charset)
        piece = (html_to_text(content) if leaf.media_type == "text/html" else content).strip()
        if piece and size < MAX_TEXT:
            pieces.append(piece[: MAX_TEXT - size])
            size += len(piece)
    return re.sub(r"\n{4,}", "\n\n\n", "\n\n".join(pieces).expandtabs(4))[:MAX_TEXT]


def _sender(message: Message) -> tuple[str, str]:
    """Return name and address of who wrote; an address that is none is empty."""
    text = header(message, "From")
    name, address = _parse_address(text)
    if not _ADDRESS.match(address):
        loose = _LOOSE_ADDRESS.search(text[:1_000])
        address = loose.group() if loose else ""
    return one_line(name)[:120], address.lower()


def _parse_address(text: str) -> tuple[str, str]:
    try:
        return parseaddr(text)
    except _LIBRARY_ERRORS:
        return "", ""


def _recipients(message: Message) -> tuple[str, ...]:
    """Return the addresses it was sent to, the first 50: To, Cc and what servers add."""
    texts = [
        text for name in ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To") for text in headers(message, name)
    ]
    try:
        pairs = getaddresses(texts)
    except _LIBRARY_ERRORS:
        pairs = []
    return tuple(dict.fromkeys(address.lower() for _name, address in pairs if _ADDRESS.match(address)))[:50]


def _sent_at(message: Message) -> datetime.datetime | None:
    """Return the date that the sender states, in UTC; one without a zone is taken as UTC."""
    try:
        stated = parsedate_to_datetime(header(message, "Date"))
        if stated.tzinfo is None:
            stated = stated.replace(tzinfo=datetime.UTC)
        return stated.astimezone(datetime.UTC)
    except _LIBRARY_ERRORS:
        return None
