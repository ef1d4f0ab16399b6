"""Archives opened without unpacking to disk: zip, tar, gzip, one within another, each within limits."""

import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, Self

from tender_parsers.exceptions import (
    CompressionBomb,
    Encrypted,
    Malformed,
    NoticeError,
    TooDeep,
    TooLarge,
    TooManyMembers,
    Truncated,
    UnsafePath,
)
from tender_parsers.limits import Limits
from tender_parsers.reading import BLOCK, Source

Refuse = Callable[[NoticeError], None]
"""Takes note of a member that is left out; the archive goes on."""

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` lets through of a zip that is spoilt: its own error is only one of them."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_AT = 257
_LONGEST_END, _SHORTEST_ENTRY = 65_557 + 76, 46
_SPOOLED = 16 << 20
_SEPARATOR = "!"
_EXTENSIONS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_LONGEST_EXTENSION = 1 << 20


def members(source: Source, refuse: Refuse, level: int = 0) -> Iterator[Source]:
    """The files within a source, however deeply packed; the source itself where it is no archive."""
    head = source.head
    if head.startswith(_ZIP):
        opened = _zip_members
    elif head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        opened = _tar_members
    else:
        yield source
        return
    if level >= source.limits.nesting:
        refuse(TooDeep(source.name, f"more than {source.limits.nesting} archives in one another"))
        return
    try:
        for member in opened(source, refuse):
            if member.name == source.name:  # an office document is one file
                yield member
                continue
            try:
                yield from members(member, refuse, level + 1)
            except NoticeError as error:
                refuse(error)
    except NoticeError as error:
        refuse(error)


def unsafe(name: str) -> bool:
    """Whether a member's path would leave the folder it were unpacked in."""
    parts = name.replace("\\", "/").split("/")
    return not name or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name


def _zip_members(source: Source, refuse: Refuse) -> Iterator[Source]:
    with tempfile.SpooledTemporaryFile(max_size=_SPOOLED) as spool:
        for block in source.blocks():
            spool.write(block)
        size = spool.tell()
        spool.seek(max(size - _LONGEST_END, 0))
        entries = min(_directory_bytes(spool.read()), size) // _SHORTEST_ENTRY
        if entries > source.limits.members:  # `zipfile` makes an object of each before we are asked
            raise TooManyMembers(source.name, f"about {entries} members, at most {source.limits.members}")
        spool.seek(0)
        try:
            archive = zipfile.ZipFile(spool)
        except ZIP_ERRORS as error:
            raise Truncated(source.name, f"zip: {error}", size) from error
        with archive:
            yield from _of_zip(source, archive, size, refuse)


def _directory_bytes(tail: bytes) -> int:
    """The greatest length that any end of a directory in the last bytes of a zip states: which of them is its own is
    for `zipfile` to say."""
    most, at = 0, tail.find(b"PK\x05\x06")
    while at >= 0:
        most = max(most, int.from_bytes(tail[at + 12 : at + 16], "little"))
        if tail[max(at - 76, 0) : at].startswith(b"PK\x06\x06"):  # of a zip of more than 65,535 members
            most = max(most, int.from_bytes(tail[at - 36 : at - 28], "little"))
        at = tail.find(b"PK\x05\x06", at + 4)
    return most


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is an office document: one file, not many."""
    return "[Content_Types].xml" in archive.NameToInfo


def _of_zip(source: Source, archive: zipfile.ZipFile, size: int, refuse: Refuse) -> Iterator[Source]:
    entries = archive.infolist()
    limits = source.limits
    if len(entries) > limits.members:
        raise TooManyMembers(source.name, f"{len(entries)} members, at most {limits.members}")
    if is_workbook(archive):
        yield _workbook(source.name, archive, limits)
        return
    total = 0
    # Members may lie over one another: what several share is packed once.
    packed = min(size, sum({entry.header_offset: entry.compress_size for entry in entries}.values()))
    for entry in entries:
        if entry.filename.endswith("/"):
            continue
        name = f"{source.name}{_SEPARATOR}{entry.filename}"
        try:
            _check_entry(name, entry, limits)
            total += entry.file_size
            if total > limits.archive_bytes:
                raise TooLarge(source.name, f"members of more than {limits.archive_bytes} bytes", None)
            if total > limits.ratio_from and total > packed * limits.ratio:
                raise CompressionBomb(source.name, f"{packed} bytes promise {total}", entry.header_offset)
            with archive.open(entry) as opened:
                yield Source(name, _zip_blocks(name, opened, entry), limits)
        except ZIP_ERRORS as error:
            refuse(Malformed(name, f"zip: {error}", entry.header_offset))
        except NoticeError as error:
            refuse(error)
            if error.name == source.name:
                return


def _check_entry(name: str, entry: zipfile.ZipInfo, limits: Limits) -> None:
    if unsafe(entry.filename) or (entry.external_attr >> 28) == 0xA:  # a symbolic link
        raise UnsafePath(name, offset=entry.header_offset)
    if entry.flag_bits & 1:
        raise Encrypted(name, offset=entry.header_offset)
    if entry.file_size > limits.ratio_from and entry.file_size > entry.compress_size * limits.ratio:
        detail = f"{entry.compress_size} bytes promise {entry.file_size}"
        raise CompressionBomb(name, detail, entry.header_offset)


def _zip_blocks(name: str, opened: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        while block := opened.read(BLOCK):
            yield block
    except EOFError as error:
        raise Truncated(name, "zip member", entry.header_offset) from error
    except ZIP_ERRORS as error:
        raise Malformed(name, f"zip: {error}", entry.header_offset) from error


def _workbook(name: str, archive: zipfile.ZipFile, limits: Limits) -> Source:
    file = archive.fp
    if file is None:
        raise Malformed(name, "zip closed")
    file.seek(0)
    return Source(name, [file.read(limits.document_bytes + 1)], limits)


def _tar_members(source: Source, refuse: Refuse) -> Iterator[Source]:
    total = count = 0
    limits = source.limits
    with _open_tar(source.name, source.stream()) as archive:
        while (entry := _next(source.name, archive)) is not None:
            archive.members = []  # what was read is not kept: an archive may hold millions
            count += 1
            if count > limits.members:
                raise TooManyMembers(source.name, f"more than {limits.members} members")
            if entry.isdir():
                continue
            name = f"{source.name}{_SEPARATOR}{entry.name}"
            total += entry.size
            if total > limits.archive_bytes:
                raise TooLarge(source.name, f"members of more than {limits.archive_bytes} bytes")
            if unsafe(entry.name) or not entry.isreg():
                refuse(UnsafePath(name, offset=entry.offset))
                continue
            opened = archive.extractfile(entry)
            if opened is not None:
                try:
                    yield Source(name, _tar_blocks(name, opened), limits)
                except NoticeError as error:
                    refuse(error)


class _Entry(tarfile.TarInfo):
    """A header whose own extensions (long names, attributes) stay small: they are read into memory whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _EXTENSIONS and entry.size > _LONGEST_EXTENSION:
            raise tarfile.ReadError(f"an extended header of {entry.size} bytes")
        return entry


class _Streamed(tarfile.TarFile):
    tarinfo = _Entry
    members: list[tarfile.TarInfo]


def _open_tar(name: str, stream: BinaryIO) -> _Streamed:
    try:
        return _Streamed.open(fileobj=stream, mode="r|")
    except (tarfile.TarError, ValueError) as error:
        raise _tar_error(name, error, 0) from error


def _next(name: str, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        return archive.next()
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise _tar_error(name, error, archive.offset) from error


def _tar_error(name: str, error: Exception, offset: int) -> NoticeError:
    is_end = "end of data" in str(error) or "truncated" in str(error)
    return (Truncated if is_end else Malformed)(name, f"tar: {error}", offset)


def _tar_blocks(name: str, opened: IO[bytes]) -> Iterator[bytes]:
    try:
        while block := opened.read(BLOCK):
            yield block
    except (tarfile.TarError, OSError) as error:
        raise Truncated(name, f"tar: {error}") from error
