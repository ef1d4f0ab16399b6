"""Files fetched from a server that misbehaves: each fault by its name, nothing taken beyond the limits."""

import datetime
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving import SOME, Server, misbehaving

from mpdi.monitoring.watching import addresses, errors
from mpdi.monitoring.watching.addresses import machines, parsed
from mpdi.monitoring.watching.download import Download, Marks, download
from mpdi.monitoring.watching.errors import AddressRefusedError, DownloadError
from mpdi.monitoring.watching.settings import DownloadLimits, load_watch_settings

LIMITS = DownloadLimits(size=4 * SOME, seconds=10, idle_seconds=5, is_private_allowed=True)
NOTHING_KNOWN = Marks()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with misbehaving() as made:
        yield made


def fetch(
    server: Server, path: str, folder: Path, known: Marks = NOTHING_KNOWN, limits: DownloadLimits = LIMITS
) -> Download:
    return download(f"{server.address}/{path}", folder / "file", known, limits)


def test_a_file_is_fetched_once_and_then_only_asked_after(server, tmp_path):
    first = fetch(server, "good", tmp_path)
    assert first.is_changed
    assert (tmp_path / "file").read_bytes() == server.content
    assert first.size == len(server.content)
    assert not fetch(server, "good", tmp_path, first.marks).is_changed


def test_a_server_that_gives_a_date_is_asked_by_that_date(server, tmp_path):
    first = fetch(server, "dated", tmp_path)
    assert first.marks.etag is None
    assert not fetch(server, "dated", tmp_path, first.marks).is_changed


def test_a_file_that_moved_is_followed(server, tmp_path):
    assert fetch(server, "moved", tmp_path).is_changed


def test_a_server_that_compresses_unasked_is_understood(server, tmp_path):
    assert fetch(server, "squeezed", tmp_path).is_changed
    assert (tmp_path / "file").read_bytes() == server.content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("cut", errors.CutOffError),
        ("cut-chunk", errors.CutOffError),
        ("squeezed-cut", errors.CutOffError),
        ("busy", errors.ServerBusyError),
        ("busy-in-words", errors.ServerBusyError),
        ("page", errors.WrongTypeError),
        ("squeezed-oddly", errors.WrongTypeError),
        ("circle", errors.RedirectRefusedError),
        ("on/1", errors.RedirectRefusedError),
        ("nowhere", errors.RedirectRefusedError),
        ("to-a-file", errors.RedirectRefusedError),
        ("huge-said", errors.DownloadTooLargeError),
        ("huge-unsaid", errors.DownloadTooLargeError),
        ("bomb", errors.DownloadTooLargeError),
        ("gone", errors.ServerRefusedError),
        ("broken", errors.ServerRefusedError),
        ("gibberish", errors.ServerRefusedError),
    ],
)
def test_each_fault_is_named(server, tmp_path, path, kind):
    with pytest.raises(kind) as raised:
        fetch(server, path, tmp_path)
    assert type(raised.value) is kind
    assert "127.0.0.1" in str(raised.value)
    written = tmp_path / "file"
    assert not written.exists() or written.stat().st_size <= LIMITS.size


@pytest.mark.parametrize("path", ["drips", "drips-headers"])
def test_a_server_that_drips_is_left_at_the_deadline(server, tmp_path, path):
    begun = time.monotonic()
    with pytest.raises(errors.TooSlowError, match=r"longer than 0\.5 seconds"):
        fetch(server, path, tmp_path, limits=replace(LIMITS, seconds=0.5))
    assert time.monotonic() - begun < 3


def test_a_server_that_says_nothing_is_left(server, tmp_path):
    with pytest.raises(errors.TooSlowError, match=r"nothing came for 0\.3 seconds"):
        fetch(server, "silent", tmp_path, limits=replace(LIMITS, idle_seconds=0.3))


def test_redirects_are_followed_a_few_times_and_no_more(server, tmp_path):
    server.asked.clear()
    with pytest.raises(errors.RedirectRefusedError, match="more than 5 times"):
        fetch(server, "on/1", tmp_path)
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("path", "wait"),
    [("busy", datetime.timedelta(hours=2)), ("busy-in-words", None), ("closed-until", datetime.timedelta(days=7))],
)
def test_how_long_a_server_asks_to_wait_is_heard_within_reason(server, tmp_path, path, wait):
    with pytest.raises(DownloadError) as raised:
        fetch(server, path, tmp_path)
    assert raised.value.retry_after == wait


def test_a_server_that_is_not_there_is_unreachable(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(errors.UnreachableError):
            download(address, tmp_path / "file", Marks(), LIMITS)


def test_a_machine_of_ones_own_network_is_asked_only_where_that_is_set(server, tmp_path):
    server.asked.clear()
    with pytest.raises(AddressRefusedError, match="MPDI_WATCH_PRIVATE"):
        fetch(server, "good", tmp_path, limits=replace(LIMITS, is_private_allowed=False))
    assert server.asked == []


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:a00:1::1"],
)  # fmt: skip
def test_a_name_that_leads_into_a_private_network_is_refused(number, monkeypatch):
    """A name of the web may be made to lead anywhere: what counts is the machine."""
    kind = socket.AF_INET6 if ":" in number else socket.AF_INET
    answer = [
        (kind, socket.SOCK_STREAM, 6, "", (number, 443)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443)),
    ]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_k: answer)
    with pytest.raises(AddressRefusedError):
        machines(parsed("https://notices.example/"), False)


def test_a_machine_of_the_web_is_allowed(monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_k: answer)
    assert machines(parsed("https://notices.example/"), False) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org/a", "file:///etc/passwd", "https://", "notices.xml", "https://me:secret@example.org/",
     "https://example.org:99999/", "https://example.org/\r\nHost: other", "https://[::1", "gopher://example.org"],
)  # fmt: skip
def test_only_plain_addresses_of_the_web_are_taken(address):
    with pytest.raises(AddressRefusedError) as raised:
        parsed(address)
    assert "secret" not in str(raised.value)


def test_an_address_with_signs_of_a_language_is_asked_in_ascii():
    place = parsed("https://marchés.example/été?q=à%20lire")
    assert place.host == "xn--marchs-fva.example"
    assert place.target == "/%C3%A9t%C3%A9?q=%C3%A0%20lire"


def test_nothing_is_watched_unless_it_is_set():
    assert not load_watch_settings({}).is_on


def test_settings_are_read(tmp_path):
    made = load_watch_settings(
        {
            "MPDI_WATCH_FOLDERS": str(tmp_path),
            "MPDI_WATCH_ADDRESSES": "https://a.example/x\nhttps://b.example/y https://a.example/x",
            "MPDI_WATCH_MINUTES": "30",
            "MPDI_WATCH_MEGABYTES": "2",
        }
    )
    assert made.folders == (str(tmp_path),)
    assert made.addresses == ("https://a.example/x", "https://b.example/y")
    assert made.every == datetime.timedelta(minutes=30)
    assert made.limits.size == 2 * SOME
    assert not made.limits.is_private_allowed


@pytest.mark.parametrize(
    ("name", "value"),
    [("MPDI_WATCH_ADDRESSES", "ftp://a.example"), ("MPDI_WATCH_MINUTES", "1"), ("MPDI_WATCH_SECONDS", "many"),
     ("MPDI_WATCH_MEGABYTES", "-3")],
)  # fmt: skip
def test_a_setting_that_cannot_be_read_is_named(name, value):
    with pytest.raises(errors.WatchSettingsError, match=name):
        load_watch_settings({name: value})
