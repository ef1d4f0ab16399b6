"""A file fetched from an address: once, politely, within limits, into a file that nobody trusts yet."""

import datetime
import email.utils
import gzip
import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mpdi import __version__, clock
from mpdi.monitoring.watching.addresses import Place, machines, parsed
from mpdi.monitoring.watching.errors import (
    AddressRefusedError,
    CutOffError,
    DownloadError,
    DownloadTooLargeError,
    RedirectRefusedError,
    ServerBusyError,
    ServerRefusedError,
    TooSlowError,
    UnreachableError,
    WrongTypeError,
)
from mpdi.monitoring.watching.settings import DownloadLimits
from tender_parsers.limits import MEBIBYTE

_BLOCK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_OK, _UNCHANGED = 200, 304
_NO_NOTICES = ("image", "audio", "video", "font")
_PAGES = ("text/html", "application/xhtml+xml", "text/css", "text/javascript")
_LONGEST_WAIT = datetime.timedelta(days=7)
"""However long a server asks us to stay away."""
_LONGEST_MARK = 500


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server gave to tell one state of a file from another (ETag, Last-Modified), to the letter."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """What came: `size` bytes now in the file, or nothing because nothing changed."""

    is_changed: bool
    marks: Marks
    size: int = 0


def download(address: str, target: Path, known: Marks, limits: DownloadLimits) -> Download:
    """Fetch what stands at an address into `target`, unless it is as `known` says. Raises a `DownloadError` of the reason."""
    deadline = time.monotonic() + limits.seconds
    place, seen = parsed(address), {address}
    while True:
        with closing(_Exchange(place, limits, deadline)) as exchange:
            answer = exchange.ask(known)
            if answer.status not in _REDIRECTS:
                return exchange.take(answer, target, known)
            place = _sent_on(place, answer, seen, limits)


def _sent_on(place: Place, answer: http.client.HTTPResponse, seen: set[str], limits: DownloadLimits) -> Place:
    """The place that a server sends on to."""
    said = answer.getheader("Location")
    if not said:
        raise RedirectRefusedError(f"{place.host}: sends on ({answer.status}) but does not say where.")
    try:
        following = parsed(urljoin(place.address, said).partition("#")[0])
    except (AddressRefusedError, ValueError) as error:
        raise RedirectRefusedError(f"{place.host}: sends on to what is no address on the web.") from error
    if place.is_secure and not following.is_secure:
        raise RedirectRefusedError(f"{place.host}: sends on from https to http.")
    if following.address in seen:
        raise RedirectRefusedError(f"{place.host}: sends on in a circle.")
    seen.add(following.address)
    if len(seen) > limits.redirects + 1:
        raise RedirectRefusedError(f"{place.host}: sends on more than {limits.redirects} times.")
    return following


class _Exchange:
    """One question and its answer. A watch ends the connection at the deadline, however slowly bytes drip."""

    def __init__(self, place: Place, limits: DownloadLimits, deadline: float) -> None:
        self._place, self._limits, self._deadline = place, limits, deadline
        self._connection = http.client.HTTPConnection(place.host, place.port, timeout=limits.idle_seconds)
        self._socket: socket.socket | None = None
        self._watch: threading.Timer | None = None
        self._answer: http.client.HTTPResponse | None = None

    def close(self) -> None:
        """End the connection."""
        if self._watch:
            self._watch.cancel()
        self._connection.close()
        for each in (self._answer, self._socket):
            if each is not None:
                each.close()

    def ask(self, known: Marks) -> http.client.HTTPResponse:
        """Send the question; return the head of the answer."""
        try:
            self._connect()
            self._connection.request("GET", self._place.target, headers=self._headers(known))
            self._answer = self._connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._reason(error) from error
        return self._answer

    def take(self, answer: http.client.HTTPResponse, target: Path, known: Marks) -> Download:
        """Take the body into a file, where there is one."""
        if answer.status == _UNCHANGED:
            return Download(False, known)
        self._refuse(answer)
        size = 0
        with target.open("wb") as file:
            for block in self._blocks(answer):
                size += len(block)
                if size > self._limits.size:
                    raise self._too_large()
                file.write(block)
        return Download(True, Marks(_mark(answer, "ETag"), _mark(answer, "Last-Modified")), size)

    def _connect(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise self._too_slow()
        self._socket = self._reached(min(left, self._limits.idle_seconds))
        self._watch = threading.Timer(max(0.0, self._deadline - time.monotonic()), self._cut)
        self._watch.daemon = True
        self._watch.start()
        if self._place.is_secure:
            secured = ssl.create_default_context().wrap_socket(self._socket, server_hostname=self._place.host)
            self._socket = secured
        self._connection.sock = self._socket

    def _reached(self, seconds: float) -> socket.socket:
        """A connection to one of the machines that were looked up and found allowed."""
        last: OSError | None = None
        for number in machines(self._place, self._limits.is_private_allowed):
            try:
                return socket.create_connection((number, self._place.port), timeout=seconds)
            except OSError as error:
                last = error
        raise UnreachableError(f"{self._place.host}: cannot be reached ({last}).") from last

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                # Not the method of a socket with TLS: that would take its state away from the thread that reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _headers(self, known: Marks) -> dict[str, str]:
        headers = {
            "User-Agent": f"MPDI/{__version__} (public procurement notices; one request at a time)",
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _refuse(self, answer: http.client.HTTPResponse) -> None:
        host = self._place.host
        if answer.status in _BUSY:
            raise ServerBusyError(f"{host}: asks to come back later ({answer.status}).", _retry_after(answer))
        if answer.status != _OK:
            raise ServerRefusedError(f"{host}: does not give the file ({answer.status}).")
        kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if kind in _PAGES or kind.partition("/")[0] in _NO_NOTICES:
            raise WrongTypeError(f"{host}: sent {kind}, which holds no notices.")
        if answer.length is not None and answer.length > self._limits.size:
            raise self._too_large()

    def _blocks(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        coding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
        if coding == "identity":
            return self._sent(answer)
        if coding in ("gzip", "x-gzip"):  # sent by some servers whatever was asked
            return self._inflated(self._sent(answer))
        raise WrongTypeError(f"{self._place.host}: sent the file compressed ({coding[:20]}), which was not asked for.")

    def _sent(self, answer: http.client.HTTPResponse) -> Iterator[bytes]:
        announced, total = answer.length, 0
        while True:
            try:
                block = answer.read(_BLOCK)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise self._reason(error) from error
            if not block:
                break
            total += len(block)
            if total > self._limits.size:
                raise self._too_large()
            yield block
        if self._is_late():
            raise self._too_slow()
        if announced is not None and total < announced:
            raise self._cut_off(f"after {total:,} of {announced:,} bytes")

    def _inflated(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """Undo the compression of the way, never more than a block at a time; whoever writes counts what comes out."""
        opened: Any = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            for block in blocks:
                waiting = block
                while waiting and not opened.eof:
                    yield opened.decompress(waiting, _BLOCK)
                    waiting = opened.unconsumed_tail
        except (zlib.error, gzip.BadGzipFile) as error:
            raise self._cut_off("in its compression, which is damaged") from error
        if not opened.eof:
            raise self._cut_off("in its compression")

    def _is_late(self) -> bool:
        return time.monotonic() >= self._deadline

    def _reason(self, error: Exception) -> DownloadError:
        host = self._place.host
        if isinstance(error, DownloadError):
            return error
        if self._is_late():
            return self._too_slow()
        match error:
            case TimeoutError():
                return TooSlowError(f"{host}: nothing came for {self._limits.idle_seconds:g} seconds.")
            case http.client.IncompleteRead() | http.client.RemoteDisconnected() | ConnectionResetError():
                return self._cut_off("by the server")
            case ssl.SSLError():
                return UnreachableError(f"{host}: no safe connection ({error.reason or error}).")
            case OSError():
                return UnreachableError(f"{host}: cannot be reached ({error.strerror or error}).")
        return ServerRefusedError(f"{host}: its answer is not that of a web server ({type(error).__name__}).")

    def _too_slow(self) -> TooSlowError:
        return TooSlowError(f"{self._place.host}: takes longer than {self._limits.seconds:g} seconds.")

    def _cut_off(self, where: str) -> CutOffError:
        return CutOffError(f"{self._place.host}: the download was cut off {where}.")

    def _too_large(self) -> DownloadTooLargeError:
        most = self._limits.size / MEBIBYTE
        return DownloadTooLargeError(
            f"{self._place.host}: the file has more than {most:,.4g} MB, which is what is taken."
        )


def _mark(answer: http.client.HTTPResponse, name: str) -> str | None:
    """A mark as it was given; one that could not be given back is none."""
    said = answer.getheader(name)
    is_fit = said is not None and len(said) <= _LONGEST_MARK and said.isascii() and said.isprintable()
    return said if is_fit else None


def _retry_after(answer: http.client.HTTPResponse) -> datetime.timedelta | None:
    """How long a server asks to wait: seconds or a moment (RFC 9110, 10.2.3); what cannot be read counts as not said."""
    said = (answer.getheader("Retry-After") or "").strip()
    if said.isascii() and said.isdecimal():
        return min(datetime.timedelta(seconds=int(said[:9])), _LONGEST_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    return min(max(clock.aware(moment) - clock.now(), datetime.timedelta(0)), _LONGEST_WAIT)
