"""Take in notices: many processes read, one writes, portion by portion; what a killed run wrote is not read again."""

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from mpdi.database import Database
from mpdi.exceptions import MpdiError
from mpdi.monitoring.documents import (
    Document,
    ReadDocument,
    ReadingPlan,
    chunks,
    document_of,
    documents,
    documents_named,
    read_documents,
    rows_of,
)
from mpdi.monitoring.ingest_operations import Written, add_portion, begin_large, end_large, write_documents
from mpdi.monitoring.queries import KnownFile, documents_known, files_to_read_again
from mpdi.monitoring.versions import Versions, parser_version, rules_version
from tender_parsers import NoticeError
from tender_parsers.reading import Source
from tender_parsers.sources import LeftOut

_NAMED = 1_000
"""How many faults a report names; it counts all of them."""
_PORTION = 200
"""Notices of a large document in one transaction."""


class ReaderDiedError(MpdiError):
    """A process that read was ended by the system; what was written stays, and the next run goes on from there."""


@dataclass
class IngestReport:
    """What a run did. Documents that had been read before by the same parser and rules are `skipped`."""

    documents: int = 0
    skipped: int = 0
    notices: Written = field(default_factory=Written)
    left_out: list[LeftOut] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def refuse(self, faults: Iterable[LeftOut]) -> None:
        """Count what gave no notice, and name the first thousand."""
        for fault in faults:
            self.faults[fault.kind] += 1
            if len(self.left_out) < _NAMED:
                self.left_out.append(fault)


Watch = Callable[[IngestReport], None]
"""Is told how far it is after each portion."""


def ingest(
    database: Database, paths: Sequence[str], plan: ReadingPlan, processes: int, watch: Watch = lambda _: None
) -> IngestReport:
    """Take in every notice of files, folders and archives; a document read before by this parser and rules is skipped.

    Raises `ReaderDiedError`.
    """
    return _Run(database, plan, processes, watch).over(_found(paths, plan))


def ingest_download(database: Database, name: str, file: Path, plan: ReadingPlan, processes: int) -> IngestReport:
    """Take in the notices of a file that was fetched, under the address it came from. Raises `ReaderDiedError`."""
    refused: list[LeftOut] = []
    found = ((document, _taken(refused)) for document in documents_named(name, file, plan, refused))
    report = _Run(database, plan, processes, lambda _: None).over(found)
    report.refuse(refused)
    return report


def _taken(refused: list[LeftOut]) -> list[LeftOut]:
    so_far = refused[:]
    refused.clear()
    return so_far


def ingest_again(database: Database, plan: ReadingPlan, processes: int, watch: Watch = lambda _: None) -> IngestReport:
    """Read the kept originals again that an older parser or older rules read, and write the new reading in their place."""
    return _Run(database, plan, processes, watch).over(_kept(database, plan))


Found = Iterator[tuple[Document | None, list[LeftOut]]]
"""A document, or `None` at the end, and what could not be opened before it."""


def _found(paths: Sequence[str], plan: ReadingPlan) -> Found:
    plan.store.remove_drafts()
    for path in paths:
        refused: list[LeftOut] = []
        for document in documents(path, plan, refused):
            yield document, refused[:]
            refused.clear()
        yield None, refused


def _kept(database: Database, plan: ReadingPlan) -> Found:
    last = 0
    versions = _versions(plan)
    while True:
        with database.reading() as session:
            files = files_to_read_again(session, versions.parser, versions.rules, last)
        if not files:
            return
        for last, name, digest, pack in files:  # noqa: B007 (the last one is where the next question begins)
            yield _original(name, digest, pack, plan)


def _original(name: str, digest: str, pack: str | None, plan: ReadingPlan) -> tuple[Document | None, list[LeftOut]]:
    try:
        with plan.store.open(digest, pack) as stream:
            return document_of(Source.of_stream(name, stream, plan.limits), plan.store), []
    except FileNotFoundError:
        return None, [LeftOut(name, "OriginalGone", f"{name}: its kept original is gone or spoilt. Ingest it again.")]
    except NoticeError as error:
        return None, [LeftOut.of(error)]


def _versions(plan: ReadingPlan) -> Versions:
    return Versions(parser_version(), rules_version() if plan.with_detection else "")


def _with_original(document: Document, known: KnownFile | None) -> Document:
    return document if known is None else replace(document, is_new=False, pack=known.pack)


class _Run:
    def __init__(self, database: Database, plan: ReadingPlan, processes: int, watch: Watch) -> None:
        self._database, self._plan, self._processes, self._watch = database, plan, processes, watch
        self._versions = _versions(plan)
        self.report = IngestReport()

    def over(self, found: Found) -> IngestReport:
        """Read and write everything that is found."""
        portions = chunks(self._documents(found))
        first = list(islice(portions, 2))
        portions = chain(first, portions)
        if self._processes < 2 or len(first) < 2:  # to start a process takes longer than to read one portion
            for chunk in portions:
                if fresh := self._fresh(chunk):
                    self._write(read_documents(fresh, self._plan))
            return self.report
        try:
            self._in_processes(portions)
        except BrokenProcessPool as error:
            raise ReaderDiedError(
                "A process that reads was ended by the system, perhaps for want of memory. What was written stays: "
                "run the command again, with fewer --processes."
            ) from error
        return self.report

    def _in_processes(self, portions: Iterator[list[Document]]) -> None:
        """Read ahead by no more than two portions a process: memory stays flat however many notices there are."""
        context = multiprocessing.get_context("spawn")
        waiting: deque[Future[list[ReadDocument]]] = deque()
        with ProcessPoolExecutor(self._processes, context) as pool:
            for chunk in portions:
                if fresh := self._fresh(chunk):
                    waiting.append(pool.submit(read_documents, fresh, self._plan))
                while len(waiting) > 2 * self._processes or (waiting and waiting[0].done()):
                    self._write(waiting.popleft().result())
            while waiting:
                self._write(waiting.popleft().result())

    def _documents(self, found: Found) -> Iterator[Document]:
        for document, refused in found:
            self.report.refuse(refused)
            if document is not None:
                self.report.documents += 1
                yield document

    def _fresh(self, chunk: Sequence[Document]) -> list[Document]:
        """Those of a portion that are still to be read; a large document is read here, at once."""
        with self._database.reading() as session:
            digests = [each.digest for each in chunk]
            known = documents_known(session, digests)
        done = {digest: file for digest, file in known.items() if file.versions == self._versions}
        fresh = [_with_original(each, known.get(each.digest)) for each in chunk if each.digest not in done]
        self.report.skipped += len(chunk) - len(fresh)
        for each in chunk:
            if each.digest in done:
                self.report.refuse(LeftOut(each.name, **fault) for fault in done[each.digest].left_out)
        for large in (each for each in fresh if each.data is None):
            self._read_large(large)
        self._watch(self.report)
        return [each for each in fresh if each.data is not None]

    def _write(self, read: list[ReadDocument]) -> None:
        with self._database.writing() as session:
            written = write_documents(session, read, self._versions)
        self.report.notices.add(written)
        for document in read:
            self.report.refuse(document.left_out)
        self._watch(self.report)

    def _read_large(self, document: Document) -> None:
        left_out: list[LeftOut] = []
        with self._database.writing() as session:
            file_id, before = begin_large(session, document.name, document.digest, document.size)
        count = 0
        with self._plan.store.open(document.digest) as stream:
            source = Source.of_stream(document.name, stream, self._plan.limits)
            rows = rows_of(source, document.digest, self._plan, left_out)
            while portion := list(islice(rows, _PORTION)):
                with self._database.writing() as session:
                    written = add_portion(session, file_id, portion, self._versions)
                again = min(before, written.new)
                before -= again
                count += len(portion)
                self.report.notices.add(Written(written.new - again, written.known, again))
                self._watch(self.report)
        with self._database.writing() as session:
            end_large(session, file_id, self._versions, count, left_out)
        self.report.refuse(left_out)
        if not count:
            self._plan.store.forget(document.digest)
