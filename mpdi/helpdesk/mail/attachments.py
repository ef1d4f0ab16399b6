"""Attachments: a name that is safe to store and to show, and a media type seen in the bytes."""

import re
import unicodedata
from collections.abc import Iterable

from mpdi.helpdesk.mail.mime import Leaf, one_line
from mpdi.helpdesk.mail.parsed import ParsedAttachment

MAX_ATTACHMENTS = 100
_MAX_NAME = 120
_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Separators of folders, what Windows forbids, and marks that turn the direction of writing (`exe.fdp` read as pdf)."""
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/document.xml", _OFFICE + "wordprocessingml.document"),
    (b"xl/workbook.", _OFFICE + "spreadsheetml.sheet"),
    (b"ppt/presentation.xml", _OFFICE + "presentationml.presentation"),
)
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{3,20})")
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "message/rfc822": ".eml",
    "application/zip": ".zip",
    _OFFICE + "wordprocessingml.document": ".docx",
    _OFFICE + "spreadsheetml.sheet": ".xlsx",
}
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|svg|iframe|meta)\b", re.IGNORECASE)


def sniff(content: bytes) -> str:
    """Return the media type that the bytes have, whatever the sender says; `application/octet-stream` when unknown."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _in_zip(content)
    return _text_type(content[:4096])


def _in_zip(content: bytes) -> str:
    found = _OPEN_DOCUMENT.search(content[:200])
    if found:
        return found.group(1).decode("ascii").removesuffix("PK")
    return next((media_type for name, media_type in _IN_ZIP if name in content), "application/zip")


def _text_type(start: bytes) -> str:
    if _HTML.search(start):
        return "text/html"
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", start):
        return "application/octet-stream"
    return "text/plain"


def safe_name(name: str, media_type: str, number: int) -> str:
    """Return a file name without folders, controls or tricks, at most 120 characters, its extension kept."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", one_line(name)))[-1]
    kept = _NOT_IN_NAMES.sub("", last).strip(" .")
    if not kept:
        return f"attachment-{number}{_EXTENSIONS.get(media_type, '')}"
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    stem, dot, extension = kept.rpartition(".")
    if not dot or len(extension) > 10:
        return kept[:_MAX_NAME]
    return f"{stem[: _MAX_NAME - len(extension) - 1]}.{extension}"


def collect(found: Iterable[Leaf]) -> tuple[tuple[ParsedAttachment, ...], int]:
    """Return the attachments, each under a name of its own, and how many were left out; empty ones are none."""
    kept: list[ParsedAttachment] = []
    names: set[str] = set()
    left_out = 0
    for leaf in found:
        if len(kept) >= MAX_ATTACHMENTS:
            left_out += 1
            continue
        content = leaf.content
        if not content:
            continue
        is_mail = leaf.media_type == "message/rfc822"
        media_type = "message/rfc822" if is_mail else sniff(content)
        name = _unused(safe_name(leaf.file_name, media_type, len(kept) + 1), names)
        is_inline = not leaf.is_attachment and "Content-ID" in leaf.part
        kept.append(ParsedAttachment(name, media_type, content, is_inline))
    return tuple(kept), left_out


def _unused(name: str, names: set[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    candidate, number = name, 2
    while candidate.casefold() in names:
        candidate = f"{stem} ({number}).{extension}" if dot else f"{name} ({number})"
        number += 1
    names.add(candidate.casefold())
    return candidate
