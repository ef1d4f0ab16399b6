"""Opening what may be hostile: bytes by blocks within limits, gzip undone, XML and JSON parsed without any surprise."""

import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from lxml import etree

from tender_parsers.exceptions import (
    CompressionBomb,
    DoctypeRefused,
    EmptyInput,
    Malformed,
    NoticeError,
    TooDeep,
    TooLarge,
    Truncated,
    Unreadable,
    WrongEncoding,
)
from tender_parsers.limits import DEFAULT_LIMITS, Limits

BLOCK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"
_SPACE = b" \t\r\n\0"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

# Entities stay as they are, nothing is fetched, no DTD is loaded; libxml2's own bounds on depth and text stay on.
_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)
_ENCODING_ERRORS = {
    etree.ErrorTypes.ERR_INVALID_ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    etree.ErrorTypes.ERR_ENCODING_NAME,
    etree.ErrorTypes.I18N_CONV_FAILED,
    etree.ErrorTypes.I18N_NO_OUTPUT,
}
_END_ERRORS = {
    etree.ErrorTypes.ERR_DOCUMENT_END,
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
    etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED,
    etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
    etree.ErrorTypes.ERR_PI_NOT_FINISHED,
}


class Source:
    """One file, or one member of an archive, to be read once: `head` first, then all of it by `data`, `blocks` or `root`.

    `blocks` gives the raw bytes in any portions; a gzip wrapping is undone here. Every way of reading is bounded by
    `limits` and raises a `NoticeError` of the reason.
    """

    __slots__ = ("_head", "_rest", "_root", "limits", "name")

    def __init__(self, name: str, blocks: Iterable[bytes], limits: Limits = DEFAULT_LIMITS) -> None:
        self.name = name
        self.limits = limits
        self._root: etree._Element | None = None
        rest = iter(blocks)
        head = _first(rest)
        if head.startswith(GZIP_MAGIC):
            rest = _inflated(name, head, rest, limits)
            head = _first(rest)
        self._head = head
        self._rest = rest

    @classmethod
    def of_stream(cls, name: str, stream: BinaryIO, limits: Limits = DEFAULT_LIMITS) -> "Source":
        """A source over an open binary file; the caller closes it."""
        return cls(name, _read_blocks(name, stream), limits)

    @property
    def head(self) -> bytes:
        """The first bytes, at most some tens of thousands unless given whole; empty for an empty file."""
        return self._head

    def blocks(self) -> Iterator[bytes]:
        """All bytes in portions, up to `limits.stream_bytes`."""
        total = len(self._head)
        yield self._head
        for block in self._rest:
            total += len(block)
            if total > self.limits.stream_bytes:
                raise TooLarge(self.name, f"more than {self.limits.stream_bytes} bytes", self.limits.stream_bytes)
            yield block

    def stream(self) -> BinaryIO:
        """The same as a file object, for `csv` and the like."""
        return io.BufferedReader(_Blocks(self.blocks()), BLOCK)

    def data(self) -> bytes:
        """All bytes at once, up to `limits.document_bytes`; raises `EmptyInput` where there is nothing."""
        parts, total = [self._head], len(self._head)
        most = self.limits.document_bytes
        for block in self._rest:
            total += len(block)
            if total > most:
                raise TooLarge(self.name, f"more than {most} bytes", most)
            parts.append(block)
        if total > most:
            raise TooLarge(self.name, f"{total} bytes, at most {most}", most)
        self._head = b"".join(parts) if len(parts) > 1 else self._head
        if not self._head[:256].strip(_SPACE) and not self._head.strip(_SPACE):
            raise EmptyInput(self.name)
        return self._head

    def root(self) -> etree._Element:
        """The root element of an XML document, parsed once."""
        if self._root is None:
            self._root = parse_xml(self.name, self.data(), self.limits)
        return self._root

    def json(self) -> Any:
        """The value of a JSON document held in memory; numbers with a fraction are `Decimal`."""
        return parse_json(self.name, self.data(), limits=self.limits)


def _read_blocks(name: str, stream: BinaryIO) -> Iterator[bytes]:
    try:
        while block := stream.read(BLOCK):
            yield block
    except OSError as error:
        raise Unreadable(name, error.strerror or str(error)) from error


class _Blocks(io.RawIOBase):
    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = block
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def _first(blocks: Iterator[bytes]) -> bytes:
    """Enough bytes to tell a format by, however small the portions they come in."""
    parts, length = [], 0
    for block in blocks:
        parts.append(block)
        length += len(block)
        if length >= BLOCK:
            break
    return b"".join(parts)


def _inflated(name: str, head: bytes, rest: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """Undo gzip, member after member, and stop where it grows beyond all proportion."""
    packed = unpacked = 0
    machine = zlib.decompressobj(31)
    ended = False
    for given in _chain(head, rest):
        packed += len(given)
        block = given
        while block:
            if ended:
                if not block.startswith(GZIP_MAGIC):
                    return  # padding after the last member
                machine, ended = zlib.decompressobj(31), False
            try:
                out = machine.decompress(block, BLOCK * 16)
            except zlib.error as error:
                raise Malformed(name, f"gzip: {error}", packed - len(block)) from error
            unpacked += len(out)
            if unpacked > limits.ratio_from and unpacked > packed * limits.ratio:
                raise CompressionBomb(name, f"{packed} bytes gave more than {unpacked}", packed)
            if out:
                yield out
            ended = machine.eof
            block = machine.unused_data if ended else machine.unconsumed_tail
    if not ended:
        raise Truncated(name, "gzip without its end", packed)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def parse_xml(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> etree._Element:
    """Parse a document of at most `limits.document_bytes`; refuses any document type declaration before parsing."""
    if len(data) > limits.document_bytes:
        raise TooLarge(name, f"{len(data)} bytes", limits.document_bytes)
    _refuse_doctype(name, data)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise _xml_error(name, data, error) from error
    # A declaration in an encoding that the search above cannot see is met here.
    if root.getroottree().docinfo.internalDTD is not None:
        raise DoctypeRefused(name)
    return root


_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def _refuse_doctype(name: str, data: bytes) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        if b"\0<\0!\0D\0O\0C" in data or b"<\0!\0D\0O\0C\0" in data or b"<\0\0\0!\0\0\0D\0\0\0" in data:
            raise DoctypeRefused(name)
    else:
        # It can only stand before the root element: after white space, instructions and comments.
        found = _PROLOG.match(data, 3 if data.startswith(b"\xef\xbb\xbf") else 0)
        if found and data.startswith(b"<!DOCTYPE", found.end()):
            raise DoctypeRefused(name, offset=found.end())


def _xml_error(name: str, data: bytes, error: etree.XMLSyntaxError) -> NoticeError:
    code, said = getattr(error, "code", 0), error.msg or ""
    if not data.strip(_SPACE):
        return EmptyInput(name)
    offset = _offset(data, *error.position)
    if "depth" in said:
        return TooDeep(name, said, offset)
    if "huge" in said.lower() or "too big" in said or "too long" in said.lower():
        return TooLarge(name, said, offset)
    if code in _ENCODING_ERRORS or "encoding" in said:
        return WrongEncoding(name, said, offset)
    extra = code == etree.ErrorTypes.ERR_DOCUMENT_END and "Extra content" in said
    at_end = offset is not None and offset >= len(data.rstrip(_SPACE)) - 2
    if not extra and (code in _END_ERRORS or (at_end and "mismatch" not in said)):
        return Truncated(name, said, offset)
    return Malformed(name, said, offset)


def _offset(data: bytes, line: int, column: int) -> int | None:
    """The byte of a line and column of libxml2 (both from 1); `None` for encodings whose lines are not of single bytes."""
    if not line or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    start = 0
    for _ in range(line - 1):
        found = data.find(b"\n", start)
        if found < 0:
            break
        start = found + 1
    end = data.find(b"\n", start)
    # libxml2 counts characters, and each byte that is part of none as one.
    before = data[start : len(data) if end < 0 else end].decode("utf-8", "surrogateescape")[: max(column - 1, 0)]
    return start + len(before.encode("utf-8", "surrogateescape"))


def decode(name: str, data: bytes) -> str:
    """Text of a JSON or CSV file: UTF-8, with or without a byte order mark, or UTF-16 with one."""
    encoding = next((known for mark, known in _BOMS.items() if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(name, f"{error.reason} in {encoding}", error.start) from error


def parse_json(name: str, data: bytes, base: int = 0, limits: Limits = DEFAULT_LIMITS) -> Any:
    """The value of a JSON text; numbers with a fraction are `Decimal`. `base`: where in the file the text begins."""
    if len(data) > limits.document_bytes:
        raise TooLarge(name, f"{len(data)} bytes", base + limits.document_bytes)
    text = decode(name, data)
    if not text.strip():
        raise EmptyInput(name)
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        at = base + len(text[: error.pos].encode())
        kind = Truncated if error.pos >= len(text.rstrip()) or "Unterminated" in error.msg else Malformed
        raise kind(name, error.msg, at) from error
    except RecursionError as error:
        raise TooDeep(name, "JSON", base) from error
    except ValueError as error:  # NaN, or an integer of thousands of digits
        raise Malformed(name, str(error), base) from error
    return value


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")
