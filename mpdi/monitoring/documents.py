"""Documents taken out of files, folders and archives, and read into rows: the part of ingestion that several processes do."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mpdi.monitoring.detection import DetectionRules, detect, read_detection_rules
from mpdi.monitoring.originals import OriginalStore
from mpdi.monitoring.rows import NoticeRows, notice_rows
from tender_parsers import Limits, NoticeError
from tender_parsers.archives import members
from tender_parsers.limits import DEFAULT_LIMITS, MEBIBYTE
from tender_parsers.reading import Source
from tender_parsers.sources import LeftOut, reader_for, sources_of

LARGE = 8 * MEBIBYTE
"""Bytes from which a document is read in portions, straight from its kept original; the largest real notice has 2.8 MB."""
CHUNK_BYTES, CHUNK_DOCUMENTS = 4 * MEBIBYTE, 32
"""How much is handed to a process, and written, at once."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document in memory, or (`data` is `None`) one so large that only its kept original is read."""

    name: str
    digest: str
    size: int
    data: bytes | None
    is_new: bool = True
    """Whether it was never entered: no original of it is looked for."""
    pack: str | None = None
    """Where its original is kept with others."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a document gave."""

    name: str
    digest: str
    size: int
    notices: list[NoticeRows]
    left_out: list[LeftOut]
    pack: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """What a process must know to read."""

    home: Path
    with_detection: bool = True
    limits: Limits = DEFAULT_LIMITS

    @property
    def store(self) -> OriginalStore:
        """Where originals are kept."""
        return OriginalStore(self.home)

    @property
    def rules(self) -> DetectionRules | None:
        """The rules of detection, read once a process; `None` where texts are not searched."""
        return _rules() if self.with_detection else None


@lru_cache(maxsize=1)
def _rules() -> DetectionRules:
    return read_detection_rules()


def documents(path: str, plan: ReadingPlan, left_out: list[LeftOut]) -> Iterator[Document]:
    """Every document of a file, a folder or an archive, in order; what cannot be opened is added to `left_out`."""

    def refuse(error: NoticeError) -> None:
        left_out.append(LeftOut.of(error))

    return _documents(sources_of(path, plan.limits, refuse), plan, refuse)


def documents_named(name: str, file: Path, plan: ReadingPlan, left_out: list[LeftOut]) -> Iterator[Document]:
    """Every document of a file that bears another name than its own: that of where it was fetched."""

    def refuse(error: NoticeError) -> None:
        left_out.append(LeftOut.of(error))

    try:
        with file.open("rb") as stream:
            yield from _documents(members(Source.of_stream(name, stream, plan.limits), refuse), plan, refuse)
    except NoticeError as error:
        refuse(error)


def _documents(
    sources: Iterator[Source], plan: ReadingPlan, refuse: Callable[[NoticeError], None]
) -> Iterator[Document]:
    for source in sources:
        try:
            yield document_of(source, plan.store)
        except NoticeError as error:
            refuse(error)


def document_of(source: Source, store: OriginalStore) -> Document:
    """A source as a document; a large one is put into the store. Raises the `NoticeError` that its bytes meet."""
    parts: list[bytes] = []
    size = 0
    blocks = source.blocks()
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size > LARGE:
            digest, size = store.keep_blocks(_both(parts, blocks))
            return Document(source.name, digest, size, None)
    data = b"".join(parts)
    return Document(source.name, hashlib.sha256(data).hexdigest(), size, data)


def _both(first: list[bytes], rest: Iterable[bytes]) -> Iterator[bytes]:
    while first:
        yield first.pop(0)
    yield from rest


def chunks(found: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in portions that are worth handing over; a large one stands alone."""
    chunk: list[Document] = []
    size = 0
    for document in found:
        if document.data is None:
            yield [document]
            continue
        chunk.append(document)
        size += document.size
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_DOCUMENTS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def read_documents(given: Sequence[Document], plan: ReadingPlan) -> list[ReadDocument]:
    """Read documents that are in memory, keep the originals of those that gave notices; what a process does."""
    read = [_read(document, plan) for document in given]
    store = plan.store
    unkept = {
        document.digest: document.data or b""
        for document, found in zip(given, read, strict=True)
        if found.notices and document.pack is None and (document.is_new or not store.is_kept(document.digest))
    }
    if not unkept:
        return read
    pack = store.keep(unkept)
    return [replace(each, pack=pack) if each.digest in unkept else each for each in read]


def _read(document: Document, plan: ReadingPlan) -> ReadDocument:
    left_out: list[LeftOut] = []
    source = Source(document.name, [document.data or b""], plan.limits)
    notices = list(rows_of(source, document.digest, plan, left_out))
    return ReadDocument(document.name, document.digest, document.size, notices, left_out, document.pack)


def rows_of(source: Source, digest: str, plan: ReadingPlan, left_out: list[LeftOut]) -> Iterator[NoticeRows]:
    """The rows of every notice of a source, one at a time; a fault ends it and is added to `left_out`."""
    rules = plan.rules
    try:
        for position, notice in enumerate(reader_for(source).read(source)):
            observations = detect(notice, rules) if rules else None
            try:
                yield notice_rows(notice, observations, digest, position)
            except NoticeError as error:
                left_out.append(LeftOut.of(error))
    except NoticeError as error:
        left_out.append(LeftOut.of(error))
