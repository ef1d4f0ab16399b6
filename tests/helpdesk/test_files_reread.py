"""Files that come with a question: those with macros are refused, one written here says who reads it again."""

import datetime
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from mpdi.clause_library.core.answers import read_answers
from mpdi.helpdesk.attachments import (
    SPECIFICATION_TYPES,
    AttachmentStore,
    MacroFileError,
    NotASpecificationError,
    ProgramFileError,
)
from mpdi.helpdesk.file_routing import route_of_file
from mpdi.helpdesk.vocabulary import Route
from mpdi.specifications.writing import prepare


def _office(*parts: str, types: bytes = b"<Types/>") -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        for part in parts:
            archive.writestr(part, b"x")
    made.seek(0)
    return made


MACROS = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(("name", "file"), [
    ("bestek.docm", _office("word/document.xml")),
    ("bestek.docx", _office("word/document.xml", "word/vbaProject.bin")),
    ("bestek.docx", _office("word/document.xml", types=MACROS)),
    ("prijzen.XLSM", _office("xl/workbook.xml")),
])
def test_a_file_with_macros_is_refused_and_nothing_is_left(tmp_path: Path, name: str, file: BytesIO) -> None:
    with pytest.raises(MacroFileError, match="macros"):
        AttachmentStore(tmp_path).store(file, name)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


@pytest.mark.parametrize("content", [
    b"MZ\x90\x00\x03" + b"\0" * 60, b"\x7fELF\x02\x01", b"\xcf\xfa\xed\xfe\x07", b"#!/bin/sh\nrm -r /\n",
])
def test_a_program_is_refused_whatever_its_name_says(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ProgramFileError, match="program"):
        AttachmentStore(tmp_path).store(BytesIO(content), "bestek.docx")
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_a_text_that_begins_as_a_program_does_is_none(tmp_path: Path) -> None:
    assert AttachmentStore(tmp_path).store(BytesIO(b"MZ: Milieuzorg\n"), "nota.txt").media_type == "text/plain"


def _open_document(kind: str) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    made.seek(0)
    return made


@pytest.mark.parametrize("file", [
    _office("word/document.xml"), _office("xl/workbook.xml"), _open_document("text"), _open_document("spreadsheet"),
    BytesIO(b"%PDF-1.7"), BytesIO(b"{\\rtf1 x}"),
])
def test_a_document_may_be_read_again_whatever_its_name(tmp_path: Path, file: BytesIO) -> None:
    assert AttachmentStore(tmp_path).store(file, "bestek", only=SPECIFICATION_TYPES).size


@pytest.mark.parametrize("file", [
    BytesIO(b"<!doctype html><p>Bestek"), BytesIO(b"\x89PNG\r\n\x1a\n"), _office("ppt/presentation.xml"),
    _open_document("presentation"), BytesIO(b"PK\x03\x04 no archive"),
])
def test_what_is_no_specification_is_not_kept_to_be_read_again(tmp_path: Path, file: BytesIO) -> None:
    with pytest.raises(NotASpecificationError):
        AttachmentStore(tmp_path).store(file, "bestek.docx", only=SPECIFICATION_TYPES)
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_a_file_without_macros_is_kept(tmp_path: Path) -> None:
    assert AttachmentStore(tmp_path).store(_office("word/document.xml"), "bestek.docx").file_name == "bestek.docx"


@pytest.mark.parametrize(("cpv", "route", "category"), [
    ("90919200", Route.MPD, "cleaning"), ("55523100", Route.FOOD, "food"),
])
def test_a_specification_written_here_goes_to_the_body_of_its_market(app: Flask, cpv: str, route: Route, category: str) -> None:
    services = app.extensions["mpdi"]
    with services.database.reading() as session:
        library = services.library.library(session)
    day = datetime.date(2026, 12, 1)
    purchase = read_answers({
        "publication_date": day, "authority": {"name": "Commune d'Exemple", "type": "local"}, "object": "Opdracht",
        "nature": "services", "cpv": [cpv], "procedure": "open", "language": "nl", "estimated_value": 120000,
        "duration_months": 48,
    }, day)
    told = route_of_file(prepare(purchase, library).write())
    assert told is not None
    assert (told.route, told.category) == (route, category)


def test_any_other_file_says_nothing() -> None:
    assert route_of_file(b"%PDF-1.7") is None
