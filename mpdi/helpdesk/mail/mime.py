"""From bytes to parts and decoded headers, whatever the bytes are: bounded work, and only our own errors."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from mpdi.helpdesk.mail.errors import MailTooLargeError

MAX_BYTES = 50 * 1024 * 1024
MAX_PARTS = 500
"""Leaves looked at; what is beyond stays in the raw mail."""
_MAX_HEADER = 4_000
_MAX_LINE_VISITS = 20_000_000
"""The parser asks every line of every open multipart: lines × multiparts is what it costs."""
_CONTAINER = re.compile(rb"content-type:\s*multipart/", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LIBRARY_ERRORS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)
"""What the standard library's e-mail package lets out on hostile bytes (UnicodeError is a ValueError)."""
_CHARSETS = {"x-unknown": "", "unknown-8bit": "", "us-ascii": "", "ascii": "", "default": "", "_iso-2022-jp$esc": ""}


class FlatMessage(Message):
    """A part in which an attached mail is a leaf: its bytes are an attachment, and it cannot nest without end."""

    def get_content_type(self) -> str:
        """Return the media type; `message/…` under a name that the parser does not open."""
        found: str = super().get_content_type()
        return found.replace("message/", "x-message/", 1) if found.startswith("message/") else found


@dataclass(frozen=True)
class Leaf:
    """A part without parts: where it stands in an alternative, and what it holds."""

    part: Message
    alternative: int | None
    """The number of the multipart/alternative it is one version of."""

    @property
    def media_type(self) -> str:
        """The media type that the sender states."""
        return self.part.get_content_type().replace("x-message/", "message/", 1)

    @property
    def content(self) -> bytes:
        """The bytes, transfer encoding taken off; empty where that cannot be done."""
        try:
            payload = self.part.get_payload(decode=True)
        except _LIBRARY_ERRORS:
            return b""
        return payload if isinstance(payload, bytes) else b""

    @property
    def charset(self) -> str:
        """The charset that the sender states, perhaps one that does not exist."""
        try:
            return str(self.part.get_content_charset() or "")
        except _LIBRARY_ERRORS:
            return ""

    @property
    def file_name(self) -> str:
        """The name that the sender gives, not safe yet; empty where there is none."""
        try:
            return decoded(self.part.get_filename() or "")
        except _LIBRARY_ERRORS:
            return ""

    @property
    def is_attachment(self) -> bool:
        """Whether the sender calls it an attachment."""
        return header(self.part, "Content-Disposition").lower().startswith("attachment")


def parse(raw: bytes) -> tuple[Message, bool]:
    """Return the mail, and whether its structure is damaged: then it is headers and one raw body."""
    if len(raw) > MAX_BYTES:
        raise MailTooLargeError(f"The mail has {len(raw):,} bytes; at most {MAX_BYTES:,} are read.")
    containers = len(_CONTAINER.findall(raw))
    if raw.count(b"\n") * (1 + containers) > _MAX_LINE_VISITS:
        return _headers_only(raw), True
    try:
        return message_from_bytes(raw, _class=FlatMessage), False
    except _LIBRARY_ERRORS:
        return _headers_only(raw), True


def _headers_only(raw: bytes) -> Message:
    """Read the lines `Name: value` up to the first blank one; the rest is the body, as it is."""
    head, _blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message = FlatMessage()
    for line in re.sub(rb"\n[ \t]+", b" ", head[:200_000]).split(b"\n")[:500]:
        name, colon, value = line.partition(b":")
        kept = name.decode("ascii", "ignore").strip()
        if colon and kept and not kept.lower().startswith(("content-", "mime-")):
            message.add_header(kept, value.decode("utf-8", "replace").strip())
    message.set_payload(body.decode("ascii", "surrogateescape"))
    return message


def leaves(message: Message) -> Iterator[Leaf]:
    """Yield the parts that hold something, in order, at most `MAX_PARTS`; no recursion."""
    stack: list[tuple[Message, int | None]] = [(message, None)]
    alternatives = given = 0
    while stack and given < MAX_PARTS:
        part, alternative = stack.pop()
        payload = part.get_payload() if part.is_multipart() else None
        if not isinstance(payload, list):
            given += 1
            yield Leaf(part, alternative)
            continue
        if part.get_content_type() == "multipart/alternative" and alternative is None:
            alternatives += 1
            alternative = alternatives
        stack.extend((item, alternative) for item in reversed(payload) if isinstance(item, Message))


def header(message: Message, name: str) -> str:
    """Return a header decoded, on one line, at most 4,000 characters; empty where there is none."""
    return next(iter(headers(message, name)), "")


def headers(message: Message, name: str) -> list[str]:
    """Return all headers of that name, decoded, at most 20."""
    # Not `get_all`: it turns bytes that are not ASCII into question marks.
    found = [value for key, value in message.raw_items() if key.lower() == name.lower()]
    return [decoded(str(value)) for value in found[:20]]


def decoded(text: str) -> str:
    """Return a header's text with encoded words read and raw bytes guessed; broken ones stay as they are."""
    short = text[:_MAX_HEADER]
    try:
        pieces = decode_header(short)
    except _LIBRARY_ERRORS:
        pieces = [(short, None)]
    joined = "".join(
        piece if isinstance(piece, str) else decode_text(piece, charset or "") for piece, charset in pieces
    )
    return one_line(decode_text(joined.encode("utf-8", "surrogateescape"), "") if _has_raw_bytes(joined) else joined)


def _has_raw_bytes(text: str) -> bool:
    # Halves of characters that are no raw bytes cannot be written back: they are cleaned away.
    return any("\udc80" <= letter <= "\udcff" for letter in text) and not any(
        "\ud800" <= letter < "\udc80" or "\udcff" < letter <= "\udfff" for letter in text
    )


def decode_text(content: bytes, charset: str) -> str:
    """Return bytes as text: UTF-8 where they are, else the charset stated, else Windows-1252 (it reads everything)."""
    try:
        return clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    name = _CHARSETS.get(charset.lower(), charset) or "cp1252"
    try:
        return clean(content.decode("cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1") else name))
    except (LookupError, ValueError, TypeError, AssertionError):
        return clean(content.decode("cp1252", "replace"))


def clean(text: str) -> str:
    """Return text composed (NFC), lines ended by `\\n`, without what cannot be printed or stored."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines))


def one_line(text: str) -> str:
    """Return the text on one line, white space collapsed."""
    return " ".join(clean(text).split())
