"""The originals of notices, kept to be read again: one compressed file a document, named by the digest of its bytes."""

import gzip
import hashlib
import os
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

_DAY = 86_400
_LEVEL = 1
"""Of compression: a notice of XML shrinks to a sixth; the best level would take five times as long for a fifth less."""


class OriginalStore:
    """Originals in the state folder. What is there is whole: it is written beside and then given its name."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "notices" / "originals"

    def path(self, digest: str) -> Path:
        """Where the original of a digest lies, or would."""
        return self.folder / digest[:2] / f"{digest}.gz"

    def keep(self, digest: str, data: bytes) -> None:
        """Keep a document that is in memory; one that is kept already stays as it is."""
        path = self.path(digest)
        if path.exists():
            return
        draft = self.folder / f"{digest}.{os.getpid()}.part"
        packed = gzip.compress(data, _LEVEL, mtime=0)
        try:
            draft.write_bytes(packed)
            draft.replace(path)
        except FileNotFoundError:  # to ask for the folder first would cost each of many documents a call
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(packed)
            draft.replace(path)

    def keep_blocks(self, blocks: Iterable[bytes]) -> tuple[str, int]:
        """Keep a document of any length; return its digest and its bytes. Errors of the blocks are passed on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        told, size = hashlib.sha256(), 0
        descriptor, name = tempfile.mkstemp(suffix=".part", dir=self.folder)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, 0) as packed:
                for block in blocks:
                    told.update(block)
                    size += len(block)
                    packed.write(block)
            path = self.path(told.hexdigest())
            path.parent.mkdir(exist_ok=True)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return told.hexdigest(), size

    def open(self, digest: str) -> BinaryIO:
        """Open an original, unpacked, to be read in portions. Raises `FileNotFoundError` where it is gone."""
        return cast(BinaryIO, gzip.open(self.path(digest), "rb"))

    def forget(self, digest: str) -> None:
        """Let an original go."""
        self.path(digest).unlink(missing_ok=True)

    def remove_drafts(self) -> None:
        """Remove what a run that was killed left half written: a day old, so that no other run still writes it."""
        for draft in self.folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if draft.stat().st_mtime < time.time() - _DAY:
                    draft.unlink()
