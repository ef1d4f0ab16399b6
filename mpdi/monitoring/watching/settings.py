"""What is watched, from the environment. Nothing, unless it is set."""

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass

from mpdi.monitoring.watching.addresses import parsed
from mpdi.monitoring.watching.errors import AddressRefusedError, WatchSettingsError
from tender_parsers.limits import MEBIBYTE

_MINUTES, _LEAST_MINUTES = 60, 5
_MEGABYTES, _SECONDS = 256, 600
_MOST_DIGITS = 5


@dataclass(frozen=True)
class DownloadLimits:
    """What a download may take."""

    size: int = _MEGABYTES * MEBIBYTE
    """Bytes, as sent and as unpacked on the way."""
    seconds: float = _SECONDS
    """Of the whole download, redirects included."""
    idle_seconds: float = 30
    """Without a byte from the server."""
    redirects: int = 5
    is_private_allowed: bool = False
    """Whether machines of one's own network may be asked."""


@dataclass(frozen=True)
class WatchSettings:
    """Folders and addresses that are watched, how often, within which limits."""

    folders: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    every: datetime.timedelta = datetime.timedelta(minutes=_MINUTES)
    limits: DownloadLimits = DownloadLimits()

    @property
    def is_on(self) -> bool:
        """Whether anything is watched."""
        return bool(self.folders or self.addresses)


def load_watch_settings(environ: Mapping[str, str] | None = None) -> WatchSettings:
    """Read `MPDI_WATCH_FOLDERS`, `_ADDRESSES`, `_MINUTES`, `_MEGABYTES`, `_SECONDS`, `_PRIVATE`; wrong: `WatchSettingsError`."""
    values = os.environ if environ is None else environ
    folders = [each for each in values.get("MPDI_WATCH_FOLDERS", "").split(os.pathsep) if each.strip()]
    minutes = _number(values, "MPDI_WATCH_MINUTES", _MINUTES, _LEAST_MINUTES)
    return WatchSettings(
        folders=tuple(dict.fromkeys(map(os.path.abspath, folders))),
        addresses=_addresses(values.get("MPDI_WATCH_ADDRESSES", "")),
        every=datetime.timedelta(minutes=minutes),
        limits=DownloadLimits(
            size=_number(values, "MPDI_WATCH_MEGABYTES", _MEGABYTES) * MEBIBYTE,
            seconds=_number(values, "MPDI_WATCH_SECONDS", _SECONDS),
            is_private_allowed=values.get("MPDI_WATCH_PRIVATE") == "1",
        ),
    )


def _addresses(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(text.split()))
    for each in found:
        try:
            parsed(each)
        except AddressRefusedError as error:
            raise WatchSettingsError(f"MPDI_WATCH_ADDRESSES: {error}") from error
    return found


def _number(values: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    text = values.get(name)
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS or int(text) < least:
        raise WatchSettingsError(f"{name}: write a whole number, {least} or more, such as {default}.")
    return int(text)
