"""The originals of notices, kept to be read again: those that were read together in one zip, a large one by itself.

Within a zip a document is named by the digest of its bytes, and a file of its own is: `unzip`, or an ingestion of the
folder, reads them without the database.
"""

import gzip
import hashlib
import os
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import BytesIO
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
        """Where the original of a digest lies, or would, if it has a file of its own."""
        return self.folder / digest[:2] / f"{digest}.gz"

    def pack_path(self, pack: str) -> Path:
        """Where a pack lies, or would."""
        return self.folder / pack[:2] / f"{pack}.zip"

    def is_kept(self, digest: str) -> bool:
        """Whether a document has a file of its own."""
        return self.path(digest).exists()

    def keep(self, documents: Mapping[str, bytes]) -> str:
        """Keep documents, by their digests, in one pack; return its name, which is that of what it holds.

        A file each would cost as much as reading half of the document. A run that was killed before it entered the
        documents leaves the pack behind whole: the next run makes the same one, and finds it there.
        """
        pack = hashlib.sha256("\n".join(documents).encode()).hexdigest()
        path = self.pack_path(pack)
        if path.exists():
            return pack
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.folder / f"{pack}.{os.getpid()}.part"
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
            for digest, data in documents.items():
                archive.writestr(zipfile.ZipInfo(digest), data, zipfile.ZIP_DEFLATED, _LEVEL)
        draft.replace(path)
        return pack

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

    def open(self, digest: str, pack: str | None = None) -> BinaryIO:
        """Open an original, unpacked, to be read in portions. Raises `FileNotFoundError` where it is gone or spoilt."""
        if pack is None:
            return cast(BinaryIO, gzip.open(self.path(digest), "rb"))
        path = self.pack_path(pack)
        try:
            with zipfile.ZipFile(path) as archive:
                return BytesIO(archive.read(digest))
        except (KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise FileNotFoundError(f"{digest} in {path}: {error}") from error

    def forget(self, digest: str) -> None:
        """Let an original go."""
        self.path(digest).unlink(missing_ok=True)

    def remove_drafts(self) -> None:
        """Remove what a run that was killed left half written: a day old, so that no other run still writes it."""
        for draft in self.folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if draft.stat().st_mtime < time.time() - _DAY:
                    draft.unlink()
