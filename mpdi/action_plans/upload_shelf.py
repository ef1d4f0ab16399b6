"""Spreadsheets that wait between being sent and being taken over: on disk, for two hours, under the key of one plan only."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import BinaryIO

from mpdi.action_plans.core.spreadsheet_cells import LARGEST_FILE
from mpdi.action_plans.core.spreadsheet_errors import TooLargeSpreadsheetError
from mpdi.exceptions import MpdiError

KEPT_SECONDS = 2 * 3600
"""Invoices name suppliers, some of them people: long enough to check the columns, no longer. A choice of ours."""
_KEY = re.compile(r"[A-Za-z0-9_-]{16}")
_CHUNK = 1 << 18


class UploadGoneError(MpdiError):
    """The file was taken over, or waited too long, or never was there."""


class UploadNotKeptError(MpdiError):
    """There is no room for the file."""


class UploadShelf:
    """The folder of an installation where they wait."""

    def __init__(self, home: Path, now: Callable[[], float] = time.time) -> None:
        self._folder, self._now = home / "spreadsheets", now

    def put(self, plan: str, name: str, stream: BinaryIO) -> str:
        """Keep a file for the plan of a link; return its key. `TooLargeSpreadsheetError`, `UploadNotKeptError`."""
        self.sweep()
        key = secrets.token_urlsafe(12)
        partial = self._folder / f"incoming-{secrets.token_hex(8)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._copy(name, stream, partial)
                partial.replace(self._path(plan, key, name))
            finally:
                partial.unlink(missing_ok=True)
        except OSError as error:
            raise UploadNotKeptError(f"The file could not be kept ({error.strerror}). Try again later.") from error
        return key

    def path(self, plan: str, key: str, name: str) -> Path:
        """Return where a file waits; `UploadGoneError`."""
        path = self._path(plan, key, name)
        try:
            is_fresh = path.stat().st_mtime >= self._now() - KEPT_SECONDS
        except OSError:
            is_fresh = False
        if not is_fresh:
            raise UploadGoneError("This file is not kept any more: it waits for two hours at most. Send it again.")
        return path

    def drop(self, plan: str, key: str, name: str) -> None:
        """Delete a file that was taken over."""
        self._path(plan, key, name).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Delete what waited too long; return how many."""
        oldest, count = self._now() - KEPT_SECONDS, 0
        for path in self._folder.glob("*") if self._folder.is_dir() else ():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    count += 1
            except FileNotFoundError:
                continue  # another process was quicker
        return count

    def _path(self, plan: str, key: str, name: str) -> Path:
        if not _KEY.fullmatch(key):
            raise UploadGoneError("This is no key of a file.")
        # the ending says how it is read; name and link themselves are not kept
        ending = hashlib.sha256(PurePath(name).suffix.lower().encode()).hexdigest()[:8]
        return self._folder / f"{hashlib.sha256(f'{plan}/{key}'.encode()).hexdigest()}-{ending}"

    def _copy(self, name: str, stream: BinaryIO, partial: Path) -> None:
        size = 0
        with partial.open("wb") as target:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > LARGEST_FILE:
                    raise TooLargeSpreadsheetError(name)
                target.write(chunk)
