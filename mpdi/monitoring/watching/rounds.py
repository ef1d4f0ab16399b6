"""One round over what is watched: what is due is looked at, one after another, and what it gives is taken in."""

import datetime
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from mpdi.config import Settings
from mpdi.database import Database
from mpdi.exceptions import MpdiError
from mpdi.monitoring import buyer_operations
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import IngestReport, ReaderDiedError, ingest, ingest_download
from mpdi.monitoring.watching import operations
from mpdi.monitoring.watching.download import Marks, download
from mpdi.monitoring.watching.errors import DownloadError, FolderGoneError, ServerBusyError
from mpdi.monitoring.watching.models import WatchedKind, WatchedSource, WatchOutcome
from mpdi.monitoring.watching.operations import Look
from mpdi.monitoring.watching.quarantine import Quarantine
from mpdi.monitoring.watching.settings import WatchSettings, load_watch_settings

_BETWEEN_SECONDS = 1.0
"""Between two questions to one server."""
_READING = datetime.timedelta(hours=6)
"""A run that does not end within the time of a download and this was killed."""
_SETTLED_SECONDS = 5
"""A file changed since then may still be being written: the folder is read by the next look."""
_LOOK_SECONDS = 60
"""Between two rounds beside the server; each source has its own hour."""
_log = logging.getLogger(__name__)


@dataclass
class WatchRounds:
    """What a round needs."""

    database: Database
    home: Path
    settings: WatchSettings
    processes: int = 1
    _asked: dict[str, float] = field(default_factory=dict)

    def round(self, is_forced: bool = False) -> list[WatchedSource]:
        """Look at all that is due (`is_forced`: at all), each once; return the sources as they stand now."""
        with self.database.writing() as session:
            operations.follow_settings(session, self.settings.folders, self.settings.addresses)
        looked: list[WatchedSource] = []
        while (source := self._next([each.id for each in looked], is_forced)) is not None:
            look = self._look(source)
            with self.database.writing() as session:
                noted = operations.note(session, source.id, look, self.settings.every)
            looked.append(noted or source)
        if any(each.notices_new for each in looked):
            with self.database.writing() as session:
                buyer_operations.recognise_buyers(session)
        return looked

    def go_on(self) -> None:
        """Look at what is due, every minute, without end; what fails is logged and tried again."""
        while True:
            words = self.tried()
            if words:
                _log.info(words)
            time.sleep(_LOOK_SECONDS)

    def tried(self) -> str:
        """One round; say what it took in, or why it could not go on. Empty where nothing was due."""
        try:
            looked = self.round()
        except (MpdiError, OSError) as error:
            return f"Watching: {error}"
        except SQLAlchemyError as error:
            return f"Watching: the database refused ({type(error).__name__})."
        new, failed = sum(each.notices_new for each in looked), sum(bool(each.failures) for each in looked)
        return f"Watching: {len(looked)} looked at, {new} new notices, {failed} failed." if looked else ""

    def _next(self, looked_at: list[int], is_forced: bool) -> WatchedSource | None:
        span = datetime.timedelta(seconds=self.settings.limits.seconds) + _READING
        with self.database.writing() as session:
            return operations.hold_next(session, span, looked_at, is_forced)

    def _look(self, source: WatchedSource) -> Look:
        try:
            return self._folder(source) if source.kind == WatchedKind.FOLDER.value else self._address(source)
        except ServerBusyError as error:
            return Look(WatchOutcome.BUSY, str(error), retry_after=error.retry_after)
        except (DownloadError, FolderGoneError, ReaderDiedError) as error:
            return Look(WatchOutcome.FAILED, str(error))
        except OSError as error:
            return Look(WatchOutcome.FAILED, f"The disk refuses ({error.strerror or error}).")

    def _folder(self, source: WatchedSource) -> Look:
        state = _state_of(Path(source.address))
        if state is None:
            return Look(WatchOutcome.UNCHANGED, "A file is still being written: it is read by the next look.")
        if state == source.etag:
            return Look(WatchOutcome.UNCHANGED)
        report = ingest(self.database, [source.address], ReadingPlan(self.home), self.processes)
        return _look_of(report, Marks(state))

    def _address(self, source: WatchedSource) -> Look:
        self._wait(source.address)
        quarantine = Quarantine(self.home)
        with quarantine.incoming() as path:
            got = download(source.address, path, Marks(source.etag, source.last_modified), self.settings.limits)
            if not got.is_changed:
                return Look(WatchOutcome.UNCHANGED)
            report = ingest_download(self.database, source.address, path, ReadingPlan(self.home), self.processes)
            look = _look_of(report, got.marks, got.size)
            if look.outcome is WatchOutcome.EMPTY:
                quarantine.keep(path)
        return look

    def _wait(self, address: str) -> None:
        """Give a server a moment between two questions."""
        host = urlsplit(address).netloc
        wait = self._asked.get(host, -_BETWEEN_SECONDS) + _BETWEEN_SECONDS - time.monotonic()
        if host in self._asked and wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()


def _look_of(report: IngestReport, marks: Marks, size: int | None = None) -> Look:
    counted, faults = report.notices, sum(report.faults.values())
    found = counted.new + counted.again + counted.known + report.skipped
    some = WatchOutcome.PARTLY if found else WatchOutcome.EMPTY
    outcome = some if faults else WatchOutcome.TAKEN
    message = report.left_out[0].message if report.left_out else None
    return Look(outcome, message, marks, size, counted.new, counted.known + counted.again, faults)


def _state_of(folder: Path) -> str | None:
    """A digest of what lies in a folder, by names, sizes and dates; `None` while a file is still being written."""
    told, now = hashlib.sha256(), time.time()
    try:
        for path, status in _files(folder):
            told.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
            if abs(now - status.st_mtime) < _SETTLED_SECONDS:
                return None
    except OSError as error:
        raise FolderGoneError(f"{folder}: cannot be read ({error.strerror}).") from error
    return told.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file():
            yield entry.path, entry.stat()


def watch_rounds(settings: Settings, database: Database, processes: int = 1) -> WatchRounds:
    """Return the rounds of this installation; raises `WatchSettingsError`."""
    return WatchRounds(database, settings.home, load_watch_settings(), processes)
