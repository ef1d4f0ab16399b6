"""Files that were edited, and files that were made to harm."""

import struct
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from document_samples import sample
from docx_checks import body_of, parts_of, style_of
from lxml import etree

from mpdi.documents import docx_archive, errors
from mpdi.documents.docx_package import packed
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_text import printed_text
from mpdi.documents.docx_writer import write_specification
from mpdi.documents.ooxml import add, w

WRITTEN = write_specification(sample())


def changed(name: str, content: bytes) -> bytes:
    """The sample with one part replaced or added."""
    return packed({**parts_of(WRITTEN), name: content})


def with_body(body: etree._Element) -> bytes:
    return packed({**parts_of(WRITTEN), "word/document.xml": etree.tostring(body)})


def edited_ids(data: bytes) -> list[str]:
    expected = {clause.clause_id: clause.rendered_digest for clause in sample().clauses}
    return [c.id for c in read_specification(data).clauses if c.rendered_digest != expected[c.id]]


def clause_paragraph(body: etree._Element, words: str) -> etree._Element:
    return next(p for p in body.iter(w("p")) if words in printed_text(p))


def test_meta_line_is_not_text():
    body = body_of(WRITTEN)
    meta = clause_paragraph(body, "ENV-CLEAN-002  ·")
    next(meta.iter(w("t"))).text = "autre chose"
    assert edited_ids(with_body(body)) == []


def test_added_paragraph_is_an_edit():
    body = body_of(WRITTEN)
    clause_paragraph(body, "Chaque poste dispose").addnext(paragraph_of("Et ceci encore."))
    assert edited_ids(with_body(body)) == ["ENV-CLEAN-002"]


def test_changed_parameter_is_an_edit_and_is_read():
    body = body_of(WRITTEN)
    next(t for t in body.iter(w("t")) if t.text == "75\xa0%").text = "80\xa0%"
    data = with_body(body)
    assert edited_ids(data) == ["ENV-CLEAN-001"]
    assert read_specification(data).parameters[0].text == "80 %"


def test_footnote_is_an_edit():
    body = body_of(WRITTEN)
    add(add(clause_paragraph(body, "Chaque poste dispose"), "r"), "footnoteReference", id="2")
    assert edited_ids(with_body(body)) == ["ENV-CLEAN-002"]


def test_tracked_changes_count_as_accepted():
    body = body_of(WRITTEN)
    paragraph = clause_paragraph(body, "Chaque poste dispose")
    removed = add(add(add(paragraph, "del", id="900"), "r"), "delText")
    removed.text = "mots retirés"
    assert edited_ids(with_body(body)) == []
    added = add(add(add(paragraph, "ins", id="901"), "r"), "t")
    added.text = " Mots ajoutés."
    assert edited_ids(with_body(body)) == ["ENV-CLEAN-002"]


def test_split_runs_and_new_style_are_no_edit():
    body = body_of(WRITTEN)
    paragraph = clause_paragraph(body, "Chaque poste dispose")
    run = paragraph.find(w("r"))
    text = run.find(w("t"))
    second = add(add(paragraph, "r"), "t")
    text.text, second.text = text.text[:10], text.text[10:]
    assert edited_ids(with_body(body)) == []


def test_removed_clause_is_not_found():
    body = body_of(WRITTEN)
    heading = next(p for p in body.iter(w("p")) if style_of(p) == "Heading3" and "Dosage" in printed_text(p))
    control = heading.getparent().getparent()
    control.getparent().remove(control)
    assert "ENV-CLEAN-002" not in [clause.id for clause in read_specification(with_body(body)).clauses]


def test_enter_in_the_heading_keeps_one_clause():
    body = body_of(WRITTEN)
    heading = next(p for p in body.iter(w("p")) if style_of(p) == "Heading3" and "Dosage" in printed_text(p))
    heading.addnext(paragraph_of("suite du titre"))
    found = [clause for clause in read_specification(with_body(body)).clauses if clause.id == "ENV-CLEAN-002"]
    assert len(found) == 1
    assert "suite du titre" in found[0].text


def test_changed_tag_is_told():
    body = body_of(WRITTEN)
    tag = next(t for t in body.iter(w("tag")) if "ENV-CLEAN-002" in t.get(w("val")))
    tag.set(w("val"), "mpdi:clause:quoi")
    assert read_specification(with_body(body)).unknown_tags == ("mpdi:clause:quoi",)


def paragraph_of(text: str) -> etree._Element:
    element = etree.Element(w("p"))
    add(add(element, "r"), "t").text = text
    return element


def test_file_without_manifest():
    parts = parts_of(WRITTEN)
    del parts["customXml/item1.xml"]
    assert read_specification(packed(parts)).manifest is None


def test_reads_a_path(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(WRITTEN)
    assert len(read_specification(path).clauses) == 6


def zipped(*entries: tuple[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
BOMB = ("word/document.xml", b"<a>" + b" " * 5_000_000 + b"</a>")
STRICT = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>'
MACRO_TYPES = parts_of(WRITTEN)["[Content_Types].xml"].replace(b"document.main", b"document.macroEnabled.main")

HOSTILE = {
    "empty": (b"", errors.NotAZipError, "empty"),
    "text": (b"bonjour", errors.NotAZipError, "not a Word document"),
    "pdf": (b"%PDF-1.7", errors.NotAZipError, "PDF"),
    "old doc or password": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, errors.NotAZipError, "password"),
    "cut off": (WRITTEN[:3000], errors.NotAZipError, "cut off"),
    "plain zip": (zipped(("a.txt", b"a")), errors.NotAWordDocumentError, "no Word document"),
    "no main part": (changed("_rels/.rels", b"<a/>"), errors.NotAWordDocumentError, "main document"),
    "strict": (changed("word/document.xml", STRICT), errors.NotAWordDocumentError, "Strict"),
    "vba": (changed("word/vbaProject.bin", b"x"), errors.MacrosRefusedError, "macros"),
    "docm": (changed("[Content_Types].xml", MACRO_TYPES), errors.MacrosRefusedError, "docx"),
    "doctype": (changed("word/document.xml", DOCTYPE), errors.DoctypeRefusedError, r"word/document.xml"),
    "doctype utf-16": (changed("word/styles.xml", DOCTYPE.decode().replace('"1.0"', '"1.0" encoding="UTF-16"')
                                  .encode("utf-16")), errors.DoctypeRefusedError, "DOCTYPE"),
    "doctype in manifest": (changed("customXml/item1.xml", DOCTYPE), errors.DoctypeRefusedError, "customXml"),
    "not well-formed": (changed("word/document.xml", b"<a>"), errors.DamagedPartError, "well-formed"),
    "too deep": (changed("word/document.xml", b"<a>" * 5000 + b"</a>" * 5000), errors.DamagedPartError, "depth"),
    "manifest no object": (changed("customXml/item1.xml", b'<m:manifest xmlns:m="urn:mpdi:manifest:1">[1]'
                                      b"</m:manifest>"), errors.DamagedPartError, "no JSON object"),
    "manifest no json": (changed("customXml/item1.xml", b'<m:manifest xmlns:m="urn:mpdi:manifest:1">{'
                                    b"</m:manifest>"), errors.DamagedPartError, "not JSON"),
    "manifest nested": (changed("customXml/item1.xml", b'<m:manifest xmlns:m="urn:mpdi:manifest:1">'
                                   + b"[" * 100_000 + b"</m:manifest>"), errors.DamagedPartError, "not JSON"),
    "ratio": (zipped(BOMB), errors.ZipBombError, "150 times"),
    "entries": (zipped(*((f"{n}.xml", b"") for n in range(2001)), compression=ZIP_STORED), errors.ZipBombError, "2001"),
    "path up": (zipped(("../a.xml", b"")), errors.UnsafePathError, "outside"),
    "path inside": (zipped(("word/../../a.xml", b"")), errors.UnsafePathError, "outside"),
    "absolute": (zipped(("/etc/passwd", b"")), errors.UnsafePathError, "outside"),
    "drive": (zipped(("C:\\a.xml", b"")), errors.UnsafePathError, "outside"),
    "same name but for case": (zipped(("word/a.xml", b""), ("word/A.xml", b"")), errors.UnsafePathError, "twice"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_its_reason(name):
    data, error, words = HOSTILE[name]
    with pytest.raises(error, match=words) as caught:
        read_specification(data)
    assert type(caught.value) is error
    assert str(caught.value).endswith(".")


def test_too_large_a_file(monkeypatch, tmp_path):
    monkeypatch.setattr(docx_archive, "LARGEST_FILE", 1000)
    path = tmp_path / "a.docx"
    path.write_bytes(WRITTEN)
    for source in (WRITTEN, path):
        with pytest.raises(errors.DocumentTooLargeError, match="pictures"):
            read_specification(source)


def test_missing_file(tmp_path):
    with pytest.raises(errors.UnreadableFileError, match="Check the path"):
        read_specification(tmp_path / "none.docx")


def test_size_that_lies(monkeypatch):
    """An archive whose directory says less than what an entry unpacks to."""
    monkeypatch.setattr(docx_archive, "LARGEST_PART", 1000)
    with pytest.raises(errors.ZipBombError, match="unpacks to more than"):
        read_specification(WRITTEN)


def test_damaged_bytes_in_a_part():
    data = zipped(("[Content_Types].xml", b"<a/>" * 50), ("_rels/.rels", b"<a/>" * 50))
    place = data.index(b"[Content_Types].xml") + len("[Content_Types].xml") + 2
    with pytest.raises(errors.DamagedPartError, match="cannot be unpacked"):
        read_specification(data[:place] + b"\xff\xff\xff" + data[place + 3 :])


def test_encrypted_entry():
    data = bytearray(zipped(("[Content_Types].xml", b"<a/>")))
    central = data.index(b"PK\x01\x02")
    data[central + 8 : central + 10] = struct.pack("<H", 1)
    with pytest.raises(errors.UnsafePathError, match="password"):
        read_specification(bytes(data))


@pytest.mark.parametrize("step", range(0, len(WRITTEN), 487))
def test_any_flipped_byte_is_read_or_refused_properly(step):
    data = bytearray(WRITTEN)
    data[step] ^= 0x55
    with suppress(errors.ReadDocumentError):
        read_specification(bytes(data))
