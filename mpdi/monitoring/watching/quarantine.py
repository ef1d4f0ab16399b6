"""Where downloads lie that nobody trusts yet, and the last few in which nothing was a notice, for a person to look at."""

import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tender_parsers.limits import MEBIBYTE

_KEPT = 20
_LARGEST_KEPT = 8 * MEBIBYTE
_DAY = 86_400


class Quarantine:
    """The folders `notices/incoming` and `notices/quarantine` of the state folder."""

    def __init__(self, home: Path) -> None:
        self._incoming = home / "notices" / "incoming"
        self.folder = home / "notices" / "quarantine"

    @contextmanager
    def incoming(self) -> Iterator[Path]:
        """A file to download into; it is gone afterwards, and so is what a killed run left there."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        for old in self._incoming.iterdir():
            with suppress(FileNotFoundError):
                if old.stat().st_mtime < time.time() - _DAY:
                    old.unlink()
        with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as made:
            path = Path(made.name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def keep(self, path: Path) -> None:
        """Keep what held no notice, under its digest; the oldest of more than twenty goes, a very large one is not kept."""
        if path.stat().st_size > _LARGEST_KEPT:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path.replace(self.folder / hashlib.sha256(path.read_bytes()).hexdigest())
        kept = sorted(self.folder.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink(missing_ok=True)
