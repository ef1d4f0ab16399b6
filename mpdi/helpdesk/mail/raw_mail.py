"""Raw mail on disk: `MPDI_HOME/mail/<digest>.eml`, written whole or not at all."""

import os
import re
import tempfile
from pathlib import Path

from mpdi.helpdesk.mail.errors import MailStorageError
from mpdi.helpdesk.mail.identifiers import digest_of

_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEAD = 200_000
"""Bytes of a mail in which its head is looked for."""


class RawMailStore:
    """The folder of all mail as it came."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "mail"

    def path(self, digest: str) -> Path:
        """Return where the mail of a digest lies."""
        if not _DIGEST.fullmatch(digest):
            raise MailStorageError("This is no digest of a mail.")
        return self._folder / f"{digest}.eml"

    def store(self, raw: bytes) -> str:
        """Write a mail through to the disk and return its digest; `MailStorageError` when the disk takes it not."""
        digest = digest_of(raw)
        path = self.path(digest)
        try:
            if not path.exists():
                self._write(path, raw)
        except OSError as error:
            raise MailStorageError(
                f"{self._folder}: a mail of {len(raw):,} bytes cannot be written ({error.strerror}). "
                "It stays on the server. Make room, then run: mpdi mail fetch"
            ) from error
        return digest

    def _write(self, path: Path, raw: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
            _sync(self._folder)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def read(self, digest: str) -> bytes:
        """Return a mail as it came."""
        try:
            return self.path(digest).read_bytes()
        except OSError as error:
            raise MailStorageError(f"The raw mail {digest[:12]} cannot be read ({error.strerror}).") from error

    def head(self, digest: str) -> bytes:
        """Return the beginning of a mail, in which its head stands."""
        try:
            with self.path(digest).open("rb") as file:
                return file.read(_HEAD)
        except OSError as error:
            raise MailStorageError(f"The raw mail {digest[:12]} cannot be read ({error.strerror}).") from error

    def forget(self, digest: str) -> None:
        """Delete a mail's bytes; those already gone are gone."""
        self.path(digest).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Write the folder's entries through: a mail is marked as read on the server only once it cannot be lost here."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
