"""A server on this machine that misbehaves in every way a server on the web has been seen to."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOTICES = b"<?xml version='1.0'?><nothing/>"
SOME = 1 << 20


@dataclass
class Server:
    """Where it listens, what it gives, and what it was asked: paths and headers."""

    address: str
    content: bytes = NOTICES
    etag: str = '"one"'
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What it was asked for."""
        return [path for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    told: Server

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Misbehave as the path says."""
        self.told.asked.append((self.path, dict(self.headers.items())))
        getattr(self, "_" + self.path.partition("?")[0].strip("/").replace("-", "_").split("/")[0])()

    def _head(self, status: int = 200, **headers: object) -> None:
        self.send_response(status)
        for name, value in ({"Connection": "close"} | headers).items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def _give(self, content: bytes, kind: str = "application/xml", **headers: object) -> None:
        self._head(Content_Type=kind, Content_Length=len(content), **headers)
        self.wfile.write(content)

    def _good(self) -> None:
        if self.headers.get("If-None-Match") == self.told.etag:
            self._head(304)
        else:
            self._give(self.told.content, ETag=self.told.etag)

    def _dated(self) -> None:
        day = "Tue, 01 Dec 2026 08:00:00 GMT"
        if self.headers.get("If-Modified-Since") == day:
            self._head(304)
        else:
            self._give(self.told.content, Last_Modified=day)

    def _drips(self) -> None:
        self._head(Content_Type="application/xml", Content_Length=100)
        for _ in range(100):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def _drips_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(90):
            self.wfile.write(f"X-{number}: 1\r\n".encode())
            self.wfile.flush()
            time.sleep(0.05)

    def _silent(self) -> None:
        time.sleep(1.5)

    def _cut(self) -> None:
        self._head(Content_Type="application/xml", Content_Length=10_000)
        self.wfile.write(b"<notice>")

    def _cut_chunk(self) -> None:
        self._head(Content_Type="application/xml", Transfer_Encoding="chunked")
        self.wfile.write(b"400\r\n<notice>")

    def _busy(self) -> None:
        self._head(429, Retry_After=7_200, Content_Length=0)

    def _closed_until(self) -> None:
        self._head(503, Retry_After="Fri, 01 Jan 2100 00:00:00 GMT", Content_Length=0)

    def _busy_in_words(self) -> None:
        self._head(429, Retry_After="soon", Content_Length=0)

    def _page(self) -> None:
        self._give(b"<html>Maintenance</html>", "text/html; charset=utf-8")

    def _page_unsaid(self) -> None:
        self._give(b"<!DOCTYPE html><html>Maintenance</html>", "application/octet-stream")

    def _circle(self) -> None:
        self._head(302, Location="/circle-back", Content_Length=0)

    def _circle_back(self) -> None:
        self._head(302, Location="/circle", Content_Length=0)

    def _on(self) -> None:
        step = int(self.path.rpartition("/")[2]) + 1
        self._head(302, Location=f"/on/{step}", Content_Length=0)

    def _moved(self) -> None:
        self._head(301, Location="/good", Content_Length=0)

    def _to_a_file(self) -> None:
        self._head(302, Location="file:///etc/passwd", Content_Length=0)

    def _nowhere(self) -> None:
        self._head(302, Content_Length=0)

    def _huge_said(self) -> None:
        self._head(Content_Type="application/xml", Content_Length=1 << 40)

    def _huge_unsaid(self) -> None:
        self._head(Content_Type="application/xml")
        try:
            for _ in range(64):
                self.wfile.write(b" " * SOME)
        except OSError:
            self.close_connection = True

    def _bomb(self) -> None:
        self._give(gzip.compress(b" " * (64 * SOME)), Content_Encoding="gzip")

    def _bomb_file(self) -> None:
        self._give(gzip.compress(b"<a>" + b" " * (64 * SOME)), "application/gzip")

    def _squeezed(self) -> None:
        self._give(gzip.compress(self.told.content), Content_Encoding="gzip")

    def _squeezed_cut(self) -> None:
        self._give(gzip.compress(self.told.content)[:-12], Content_Encoding="gzip")

    def _squeezed_oddly(self) -> None:
        self._give(b"\x0b\x02\x80", Content_Encoding="br")

    def _gone(self) -> None:
        self._head(404, Content_Length=0)

    def _broken(self) -> None:
        self._head(500, Content_Length=0)

    def _gibberish(self) -> None:
        self.wfile.write(b"\x00\x01\x02 what?\r\n\r\n")
        self.close_connection = True


@contextmanager
def misbehaving() -> Iterator[Server]:
    """The server, for as long as it is needed."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        served.daemon_threads = True
        told = Server(f"http://127.0.0.1:{served.server_port}")
        handler.told = told
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield told
        served.shutdown()
        thread.join()
