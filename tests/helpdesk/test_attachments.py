"""Files of strangers: limits, names, types, a full disk."""

import hashlib
import resource
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest

from mpdi.helpdesk.attachments import (
    DOCX,
    NAME_LENGTH,
    AttachmentLostError,
    AttachmentStorageError,
    AttachmentStore,
    EmptyFileError,
    FileTooLargeError,
    clean_name,
)


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path)


def left_behind(home: Path) -> list[str]:
    return [path.name for path in (home / "attachments").rglob("*") if path.is_file()]


def test_a_file_lies_under_its_digest_once(store: AttachmentStore, tmp_path: Path):
    digest = hashlib.sha256(b"bestek").hexdigest()
    first, second = store.store(BytesIO(b"bestek"), "a.txt"), store.store(BytesIO(b"bestek"), "b.txt")
    assert first.digest == second.digest == digest
    assert store.path(digest) == tmp_path / "attachments" / digest[:2] / digest
    assert store.read(digest) == b"bestek"
    assert left_behind(tmp_path) == [digest]


class Endless:
    """A sender that never stops."""

    def __init__(self) -> None:
        self.sent = 0

    def read(self, size: int) -> bytes:
        self.sent += size
        return b"x" * size


def test_reading_stops_as_soon_as_it_is_too_much(store: AttachmentStore, tmp_path: Path):
    endless = Endless()
    with pytest.raises(FileTooLargeError, match="25 MB"):
        store.store(endless, "endless.bin")  # type: ignore[arg-type]
    assert endless.sent <= 26 * 1024 * 1024
    assert left_behind(tmp_path) == []


def test_an_empty_file_is_told_from_a_full_one(store: AttachmentStore, tmp_path: Path):
    with pytest.raises(EmptyFileError):
        store.store(BytesIO(), "empty.docx")
    assert left_behind(tmp_path) == []


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond a size: writing more fails as on a full one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_and_nothing_half_written_stays(store: AttachmentStore, tmp_path: Path):
    with disk_of(100_000), pytest.raises(AttachmentStorageError, match="could not be kept"):
        store.store(BytesIO(b"x" * 3_000_000), "large.bin")
    assert left_behind(tmp_path) == []
    assert store.store(BytesIO(b"x" * 3_000_000), "large.bin").size == 3_000_000


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path):
    (tmp_path / "attachments").write_text("a file stands in the way")
    with pytest.raises(AttachmentStorageError):
        AttachmentStore(tmp_path).store(BytesIO(b"x"), "a.txt")


def test_bytes_that_are_gone_are_said(store: AttachmentStore):
    with pytest.raises(AttachmentLostError):
        store.read("0" * 64)
    with pytest.raises(AttachmentLostError):
        store.path("../../etc/passwd")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ann\\cahier des charges.docx", "cahier des charges.docx"),
        ("/", "file"),
        ("", "file"),
        ("..", "file"),
        (".htaccess", "htaccess"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("fac\u202egpj.exe", "facgpj.exe"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        ('<script>"|?*.html', "_script_____.html"),
        ("e\u0301te\u0301.docx", "été.docx"),
        ("x" * 500 + ".docx", "x" * NAME_LENGTH + ".docx"),
        ("naam." + "y" * 300, ("naam." + "y" * 300)[:NAME_LENGTH]),
        ("\U0001f600 plan .pdf ", "\U0001f600 plan.pdf"),
    ],
)
def test_hostile_names(name: str, clean: str):
    assert clean_name(name) == clean


def zipped(*names: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),
        ("été".encode(), "text/plain"),
        (("é" * 3000).encode(), "text/plain"),
        (b"\xff\xfe\x00\x01binary", "application/octet-stream"),
        (b"text\x00with zero", "application/octet-stream"),
        (b"PK\x03\x04 but no zip", "application/octet-stream"),
        (zipped("a.txt"), "application/zip"),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
        (zipped("[Content_Types].xml", "strange/part.xml"), "application/zip"),
    ],
)
def test_the_type_is_that_of_the_bytes_and_never_one_a_browser_runs(
    store: AttachmentStore, content: bytes, media_type: str
):
    assert store.store(BytesIO(content), "claims-to-be.html").media_type == media_type
