"""Files that are damaged are kept as they came, on a page too; macros are seen in old Office files and in damaged ones."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from damaged_files import DAMAGED, damaged, office, old_office
from flask import Flask
from ticket_browsers import Browser, services_of

from mpdi.helpdesk.attachments import AttachmentStore, MacroFileError

QUESTION = {"question": "Que pensez-vous de ce cahier ?", "email": "ann@example.org", "language": "fr"}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_archive_is_kept_as_it_came(tmp_path: Path, content: bytes) -> None:
    store = AttachmentStore(tmp_path)
    kept = store.store(BytesIO(content), "bestek.docx")
    assert (kept.size, store.read(kept.digest)) == (len(content), content)


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_archive_is_sent_with_a_question(app: Flask, content: bytes) -> None:
    browser = Browser(app)
    browser.get("/questions/new")
    sent = browser.post("/questions/new", QUESTION | {"file": (BytesIO(content), "bestek.docx")})
    assert "bestek.docx" in browser.get(sent.location.removesuffix("/sent"))


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_file_that_names_macros_is_refused_all_the_same(tmp_path: Path, packed: int) -> None:
    """Word mends a damaged file, and would run what it mended."""
    with pytest.raises(MacroFileError):
        AttachmentStore(tmp_path).store(BytesIO(damaged(packed, "word/vbaProject.bin")), "bestek.docx")


@pytest.mark.parametrize("names", [("Macros", "VBA", "_VBA_PROJECT"), ("_VBA_PROJECT_CUR",), ("_vba_project",)])
@pytest.mark.parametrize("name", ["bestek.doc", "bestek.docx", "prijzen.xls", "plan.pdf"])
def test_an_old_office_file_with_macros_is_refused_and_nothing_is_left(
    tmp_path: Path, name: str, names: tuple[str, ...]
) -> None:
    with pytest.raises(MacroFileError, match="macros"):
        AttachmentStore(tmp_path).store(BytesIO(old_office(*names)), name)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_an_old_office_file_without_macros_is_kept(tmp_path: Path) -> None:
    kept = AttachmentStore(tmp_path).store(BytesIO(old_office()), "bestek.doc")
    assert (kept.media_type, kept.file_name) == ("application/x-ole-storage", "bestek.doc")


def test_an_old_office_file_with_macros_is_refused_on_a_page_in_the_same_words(app: Flask) -> None:
    browser = Browser(app)
    for content, name in ((old_office("_VBA_PROJECT"), "bestek.doc"), (office(0, "word/vbaProject.bin"), "a.docx")):
        browser.get("/questions/new")
        page = browser.post("/questions/new", QUESTION | {"file": (BytesIO(content), name)}, 422).text
        assert "The file holds macros (small programs), or its name says so" in page
    kept = (services_of(app).settings.home / "attachments").rglob("*")
    assert not [each for each in kept if each.is_file()]
