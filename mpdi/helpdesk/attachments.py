"""Files that people send: read within limits, kept under their digest, given back only as a download.

A file lies at `MPDI_HOME/attachments/<first two>/<digest>`; the same bytes are kept once.
"""

import hashlib
import lzma
import mmap
import os
import re
import secrets
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.exceptions import MpdiError
from mpdi.helpdesk.models import Attachment

MEGABYTE = 1024 * 1024
LARGEST_FILE = 25 * MEGABYTE
LARGEST_REQUEST = 26 * MEGABYTE
"""The largest request with a file: the file and the other fields of the form."""
NAME_LENGTH = 120
_CHUNK = 256 * 1024
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"
_OLD_OFFICE = "application/x-ole-storage"
_PROGRAMS = (
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",  # Mach-O, of 32 and 64 bits, in either order, and for several processors
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
"""What a program begins with; one of Windows begins with MZ, which a text may too."""
_OPEN_DOCUMENT = tuple(f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (_OLE, _OLD_OFFICE),
)
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_MACRO_NAMES = (".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm", ".ppam")
_OLE_MACROS = re.compile(re.escape("_VBA_PROJECT".encode("utf-16-le")), re.IGNORECASE)
"""The folder of macros in an Office file from before 2007, as the list of its parts writes the name, in any case."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,  # bz2 says so that a stream is damaged, a file that it has no such place
    EOFError,
    ValueError,
    RuntimeError,  # an entry under a password; NotImplementedError is one too
    struct.error,
    MemoryError,  # an LZMA stream may ask for 4 GB
)
"""What the standard library lets out where a zip archive is damaged, or packed as no Office program packs."""
DOCX = _OFFICE["word/"]
SPECIFICATION_TYPES = frozenset(
    (DOCX, _OFFICE["xl/"], *_OPEN_DOCUMENT[:2], "application/pdf", "application/rtf", _OLD_OFFICE)
)
"""What a specification to read again may be: a text document, a PDF or a spreadsheet, by its bytes."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
UNKNOWN_TYPE = "application/octet-stream"


class FileTooLargeError(MpdiError):
    """A file is larger than the helpdesk takes."""


class MacroFileError(MpdiError):
    """The file holds macros: programs that run on the reader's machine."""


class ProgramFileError(MacroFileError):
    """The file is itself a program or a script, whatever its name says."""


class NotASpecificationError(MpdiError):
    """A file to be read again is no text document, PDF or spreadsheet."""


class EmptyFileError(MpdiError):
    """A file without a byte was sent."""


class AttachmentStorageError(MpdiError):
    """The attachment folder cannot take or give the file: the disk is full, or the folder is not ours."""


class AttachmentLostError(MpdiError):
    """The database knows a file whose bytes are no longer in the folder."""


@dataclass(frozen=True)
class StoredFile:
    """A file whose bytes are safe on disk."""

    file_name: str
    media_type: str
    size: int
    digest: str


class AttachmentStore:
    """The folder of all attachments of an installation."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "attachments"

    def path(self, digest: str) -> Path:
        """Return where the bytes of a digest lie."""
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise AttachmentLostError("This is no digest of an attachment.")
        return self._folder / digest[:2] / digest

    def store(
        self, stream: BinaryIO, name: str, largest: int = LARGEST_FILE, only: Collection[str] | None = None
    ) -> StoredFile:
        """Keep a file; stop reading as soon as it is too large. Nothing is left behind where it cannot be kept.

        `only`: the media types taken, all where none are given; what the bytes show counts, not the name.
        """
        partial = self._folder / f"incoming-{secrets.token_hex(8)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                size, digest, head = _copied(stream, partial, largest)
                final = self.path(digest)
                final.parent.mkdir(exist_ok=True)
                media_type = _sniffed(head, partial)
                _refuse_programs(head)
                _refuse_macros(head, partial, name)
                if only is not None and media_type not in only:
                    raise NotASpecificationError(f"The file is none of these: {', '.join(sorted(only))}.")
                partial.replace(final)
            finally:
                partial.unlink(missing_ok=True)
        except OSError as error:
            raise AttachmentStorageError(
                f"The file could not be kept ({error.strerror}). Nothing else is lost: send the form without the file, "
                "or try again later."
            ) from error
        return StoredFile(clean_name(name), media_type, size, digest)

    def read(self, digest: str) -> bytes:
        """Return the bytes of a file; `AttachmentLostError` where they are gone."""
        try:
            return self.path(digest).read_bytes()
        except OSError as error:
            message = "The bytes of this file are gone from the disk. Restore them from a backup."
            raise AttachmentLostError(message) from error

    def forget(self, session: Session, digest: str) -> None:
        """Delete the bytes of a file that no message holds any more."""
        if session.scalar(select(Attachment.id).where(Attachment.digest == digest).limit(1)) is None:
            self.path(digest).unlink(missing_ok=True)


def _copied(stream: BinaryIO, target: Path, largest: int) -> tuple[int, str, bytes]:
    size, digest, head = 0, hashlib.sha256(), b""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > largest:
                raise FileTooLargeError(f"The file is larger than {largest // MEGABYTE} MB. Send a smaller one.")
            head = head or chunk
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise EmptyFileError("The file is empty. Check that it was saved, then choose it again.")
    return size, digest.hexdigest(), head


def _sniffed(head: bytes, path: Path) -> str:
    """Return the media type that the bytes show, never the one that was claimed; nothing a browser would run."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(path)
    try:
        head[:4096].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head[:4096]) - 4:
            return UNKNOWN_TYPE
    return UNKNOWN_TYPE if b"\0" in head[:4096] else "text/plain"


def _refuse_programs(head: bytes) -> None:
    """Refuse what an operating system would run."""
    if head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\0" in head[:1024]):
        raise ProgramFileError("The file is a program, whatever its name says. Send the document itself.")


def _refuse_macros(head: bytes, path: Path, name: str) -> None:
    """Refuse an Office file with macros, old or new, whatever its name says; and one whose name says it may hold some."""
    if name.lower().endswith(_MACRO_NAMES) or _holds_macros(head, path):
        raise MacroFileError(
            "The file holds macros or may hold some. Save it without them (as .docx, .xlsx, .pptx or PDF)."
        )


def _holds_macros(head: bytes, path: Path) -> bool:
    if head.startswith(_OLE):
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _OLE_MACROS.search(content) is not None
    if not head.startswith(b"PK"):
        return False
    names = [name.lower() for name in _zip_names(path)]
    return any(name.endswith("vbaproject.bin") for name in names) or b"macroenabled" in _content_types(path).lower()


def _zip_names(path: Path) -> list[str]:
    """Return the names of the parts of an archive; none where it cannot be read: then it is no Office file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except _UNREADABLE:
        return []


def _content_types(path: Path) -> bytes:
    """Return what an Office file says of its parts; nothing where that cannot be read: no Office program opens it."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {item.filename.lower(): item for item in archive.infolist()}
            types = parts.get("[content_types].xml")
            return archive.read(types) if types is not None and types.file_size <= MEGABYTE else b""
    except _UNREADABLE:
        return b""


def _zip_type(path: Path) -> str:
    names = _zip_names(path)
    if not names:
        return UNKNOWN_TYPE
    if "[Content_Types].xml" in names:
        found = (kind for start, kind in _OFFICE.items() if any(name.startswith(start) for name in names))
        return next(found, "application/zip")
    return _open_document(path) if names[0] == "mimetype" else "application/zip"


def _open_document(path: Path) -> str:
    """Return which OpenDocument an archive says it is in its first part; no other word of it is believed."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("mimetype") as file:
            told = file.read(100).decode("ascii", "replace").strip()
    except _UNREADABLE:
        return "application/zip"
    return told if told in _OPEN_DOCUMENT else "application/zip"


def clean_name(name: str) -> str:
    """Return a file name safe to show and to save anywhere: no path, no hidden character, not too long."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(each for each in last if unicodedata.category(each) not in _INVISIBLE)
    plain = " ".join(_UNSAFE.sub("_", visible).split()).strip(". ")
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, suffix = plain.rpartition(".")
    if not stem or len(suffix) > 10:
        stem, dot, suffix = plain, "", ""
    return (stem[:NAME_LENGTH].rstrip() + dot + suffix) or "file"


def stored_bytes(store: AttachmentStore, data: bytes, name: str, largest: int = LARGEST_FILE) -> StoredFile:
    """Keep bytes that are already in memory, such as a part of a mail."""
    return store.store(BytesIO(data), name, largest)
