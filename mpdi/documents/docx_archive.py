"""Opens a Word file that a stranger may have made: limits first, then only the parts asked for."""

import re
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.errors import (
    DamagedPartError,
    DoctypeRefusedError,
    DocumentTooLargeError,
    MacrosRefusedError,
    NotAWordDocumentError,
    NotAZipError,
    UnreadableFileError,
    UnsafePathError,
    ZipBombError,
)

LARGEST_FILE = 40 * 2**20
LARGEST_UNPACKED = 400 * 2**20
LARGEST_PART = 60 * 2**20
MOST_ENTRIES = 2000
GREATEST_RATIO = 150  # Word's own XML packs about 10 to 30 times
_SMALL = 2**20  # below this, a ratio says nothing
_PROLOG = re.compile(rb"<[A-Za-z_]")
_MEGABYTE = 2**20
_AGAIN = "Open it in a word processor, save it as Word document (.docx) and try again."


def file_bytes(source: bytes | Path) -> bytes:
    """The bytes of ``source``, refused when there are too many."""
    if isinstance(source, Path):
        try:
            size = source.stat().st_size
            data = source.read_bytes() if size <= LARGEST_FILE else b""
        except OSError as error:
            reason = error.strerror or error
            raise UnreadableFileError(f"{source} cannot be read ({reason}). Check the path and its rights.") from error
    else:
        data, size = source, len(source)
    if size > LARGEST_FILE:
        raise DocumentTooLargeError(
            f"The file has {size // _MEGABYTE} MB; at most {LARGEST_FILE // _MEGABYTE} MB are read. "
            "Compress or remove its pictures and save it again."
        )
    return data


class Package:
    """A checked archive. Parts are unpacked one by one, each within its limit."""

    def __init__(self, data: bytes) -> None:
        self._archive = _opened(data)
        entries = self._archive.infolist()
        _check_count(entries)
        for entry in entries:
            _check_path(entry)
            _check_size(entry)
        self.names = frozenset(entry.filename for entry in entries)
        if len({name.casefold() for name in self.names}) != len(entries):
            raise UnsafePathError(f"The archive holds an entry twice, so that it can be read in two ways. {_AGAIN}")

    def part(self, name: str) -> bytes:
        """The bytes of a part that is there."""
        try:
            with self._archive.open(name) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
            raise DamagedPartError(f"The part {name} cannot be unpacked ({error}). {_AGAIN}") from error
        if len(data) > LARGEST_PART:
            raise ZipBombError(f"The part {name} unpacks to more than {LARGEST_PART // _MEGABYTE} MB. {_AGAIN}")
        return data

    def xml(self, name: str) -> _Element:
        """The root of an XML part that is there."""
        return parsed(self.part(name), name)


def parsed(data: bytes, name: str) -> _Element:
    """The root of an XML part: no DOCTYPE, no entities, no network, libxml2's own limits on."""
    if _declares_doctype(data):
        raise DoctypeRefusedError(f"The part {name} declares a DOCTYPE, which no word processor writes. {_AGAIN}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedPartError(f"The part {name} is not well-formed XML ({error}). {_AGAIN}") from error
    if getattr(element.getroottree().docinfo, "doctype", ""):
        raise DoctypeRefusedError(f"The part {name} declares a DOCTYPE, which no word processor writes. {_AGAIN}")
    return element


def refuse_macros(names: frozenset[str], content_types: bytes) -> None:
    """Raises ``MacrosRefusedError`` for a document or template with macros."""
    carries = any(name.casefold().rsplit("/", 1)[-1].startswith("vbaproject") for name in names)
    if carries or b"macroenabled" in content_types.lower():
        raise MacrosRefusedError(
            "The document carries macros (.docm), which are not read. Save it as Word document without macros (.docx)."
        )


def _opened(data: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise NotAZipError(f"{_what_it_is(data)} {_AGAIN}") from error


def _what_it_is(data: bytes) -> str:
    if not data:
        return "The file is empty."
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "The file is an old Word document (.doc) or is protected by a password."
    if data.startswith(b"%PDF"):
        return "The file is a PDF, not a Word document (.docx)."
    if data.startswith(b"PK"):
        return "The file begins like a .docx but is damaged or cut off: it may not have been copied to its end."
    return "The file is not a Word document (.docx)."


def _check_count(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ZipBombError(f"The archive holds {len(entries)} entries; at most {MOST_ENTRIES} are read. {_AGAIN}")
    total = sum(entry.file_size for entry in entries)
    if total > LARGEST_UNPACKED:
        raise ZipBombError(
            f"The archive unpacks to {total // _MEGABYTE} MB; at most {LARGEST_UNPACKED // _MEGABYTE} MB are read. "
            "Remove pictures or embedded files and save it again."
        )


def _check_path(entry: ZipInfo) -> None:
    name = entry.orig_filename
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts or set(name) & set("\\:\0"):
        raise UnsafePathError(f"The archive holds the path {name!r}, which points outside it. {_AGAIN}")
    if entry.flag_bits & 1:
        raise UnsafePathError(f"The entry {name} is encrypted. Remove the password and save the document again.")


def _check_size(entry: ZipInfo) -> None:
    if entry.file_size > _SMALL and entry.file_size > GREATEST_RATIO * max(entry.compress_size, 1):
        raise ZipBombError(
            f"The entry {entry.filename} unpacks to {entry.file_size // _MEGABYTE} MB from "
            f"{entry.compress_size} bytes, more than {GREATEST_RATIO} times. {_AGAIN}"
        )


def _declares_doctype(data: bytes) -> bool:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        data = data.replace(b"\0", b"")  # UTF-16 and UTF-32, near enough to find five ASCII letters
    first = _PROLOG.search(data)
    return b"<!DOCTYPE" in data[: first.start() if first else len(data)].upper()


def main_part(package: Package) -> str:
    """Name of the part that holds the document's body."""
    if "[Content_Types].xml" not in package.names or "_rels/.rels" not in package.names:
        raise NotAWordDocumentError(f"The file is a zip archive but no Word document (.docx). {_AGAIN}")
    refuse_macros(package.names, package.part("[Content_Types].xml"))
    for relation in package.xml("_rels/.rels"):
        target = str(relation.get("Target", "")).lstrip("/")
        if str(relation.get("Type", "")).endswith("/officeDocument") and target in package.names:
            return target
    raise NotAWordDocumentError(f"The archive names no main document. {_AGAIN}")
