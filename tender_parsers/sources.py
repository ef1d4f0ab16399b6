"""Notices from files, folders and archives, streamed: one at a time, and at the end what was left out and why."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tender_parsers.archives import members
from tender_parsers.detect import find_reader
from tender_parsers.exceptions import NotANotice, NoticeError, SeveralNotices, Unreadable
from tender_parsers.limits import DEFAULT_LIMITS, Limits
from tender_parsers.notice import Notice
from tender_parsers.reader import Reader
from tender_parsers.reading import Source

Readable = str | os.PathLike[str] | bytes | BinaryIO


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file, or the rest of one, that gave no notice."""

    name: str
    kind: str
    """Class of the refusal: `DoctypeRefused`, `NotANotice`, …"""
    message: str
    offset: int | None = None

    @classmethod
    def of(cls, error: NoticeError) -> "LeftOut":
        """What to keep of an error: nothing that holds memory."""
        return cls(error.name, type(error).__name__, str(error), error.offset)


class Batch:
    """An iterator over notices. Once it has ended, `left_out` tells what was refused; `files` and `notices` count.

    One bad file never stops it. Memory stays flat: a notice is forgotten when the next one is asked for.
    """

    def __init__(self, sources: Callable[["Batch"], Iterator[Source]], table_reader: Reader | None = None) -> None:
        self.left_out: list[LeftOut] = []
        self.files = 0
        self.notices = 0
        self._tables = table_reader
        self._notices = self._read(sources(self))

    def __iter__(self) -> Iterator[Notice]:
        return self._notices

    def __next__(self) -> Notice:
        return next(self._notices)

    def refuse(self, error: NoticeError) -> None:
        """Take note of what is left out."""
        self.left_out.append(LeftOut.of(error))

    def _read(self, sources: Iterator[Source]) -> Iterator[Notice]:
        for source in sources:
            self.files += 1
            try:
                for notice in reader_for(source, self._tables).read(source):
                    self.notices += 1
                    yield notice
            except NoticeError as error:
                self.refuse(error)


def reader_for(source: Source, table_reader: Reader | None = None) -> Reader:
    """The reader of a source by its content; a table that no format claims goes to `table_reader`, if there is one."""
    try:
        return find_reader(source)
    except NotANotice:
        if table_reader is None:
            raise
        return table_reader


def iter_notices(
    path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, table_reader: Reader | None = None
) -> Batch:
    """Every notice of a file, a folder (with its folders) or an archive (zip, tar, gzip, nested), any mixture of formats.

    Files of a folder come in the order of their names. Never raises for what it meets on the way, a missing `path`
    included: see `Batch.left_out`. `table_reader` reads CSV and XLSX by a mapping (`tender_parsers.mapped`).
    """
    return Batch(lambda batch: sources_of(path, limits, batch.refuse), table_reader)


def parse_notice(source: Readable, *, limits: Limits = DEFAULT_LIMITS, name: str = "") -> Notice:
    """The one notice of a path, of bytes or of an open binary file.

    Raises a `NoticeError` that names the reason: `NotANotice` where there is none, `SeveralNotices` where a package or
    a table holds more than one (`iter_notices` reads those).
    """
    if isinstance(source, bytes):
        return _only(Source(name or "(bytes)", [source], limits))
    if isinstance(source, str | os.PathLike):
        with _opened(source) as stream:
            return _only(Source.of_stream(name or os.fspath(source), stream, limits))
    return _only(Source.of_stream(name or str(getattr(source, "name", "(stream)")), source, limits))


def _only(source: Source) -> Notice:
    notices = find_reader(source).read(source)
    first = next(notices, None)
    if first is None:
        raise NotANotice(source.name, "the container is empty")
    if next(notices, None) is not None:
        raise SeveralNotices(source.name)
    return first


def sources_of(path: str | os.PathLike[str], limits: Limits, refuse: Callable[[NoticeError], None]) -> Iterator[Source]:
    """The sources of a file, a folder or an archive, one at a time: each must be read before the next is asked for.

    A source is named after the path as given.
    """
    if Path(path).is_dir():
        for file in _files(path, refuse):
            yield from _of_file(file, limits, refuse)
    else:
        yield from _of_file(os.fspath(path), limits, refuse)


def _of_file(path: str, limits: Limits, refuse: Callable[[NoticeError], None]) -> Iterator[Source]:
    try:
        with _opened(path) as stream:
            yield from members(Source.of_stream(path, stream, limits), refuse)
    except NoticeError as error:
        refuse(error)


def _files(folder: str | os.PathLike[str], refuse: Callable[[NoticeError], None]) -> Iterator[str]:
    """Files below a folder in the order of their names; links to folders are not followed, so that none is read twice."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        refuse(Unreadable(os.fspath(folder), error.strerror or ""))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, refuse)
        elif entry.is_file():
            yield entry.path
        elif entry.is_symlink() and not entry.is_dir():
            refuse(Unreadable(entry.path, "a link that leads to no file"))


def _opened(path: str | os.PathLike[str]) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise Unreadable(str(path), getattr(error, "strerror", None) or str(error)) from error
