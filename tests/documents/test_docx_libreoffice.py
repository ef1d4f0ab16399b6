"""The file opened and saved again by LibreOffice: clauses, parameters and manifest are found unchanged."""

from dataclasses import replace
from io import BytesIO

import pytest
from document_samples import FR, NL, sample
from docx_checks import body_of, parts_of
from lxml import etree

from mpdi.documents.docx_package import packed
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_writer import write_specification
from mpdi.documents.model import ClauseLine, Parameter, Section, content
from mpdi.documents.ooxml import w

pytestmark = pytest.mark.services


@pytest.mark.parametrize("language", [FR, NL])
def test_nothing_is_lost_and_one_edit_is_seen(soffice, language):
    document = sample(language)
    saved = soffice(write_specification(document), "docx")
    found = read_specification(saved)
    assert found.manifest == document.manifest
    assert [clause.id for clause in found.clauses] == [clause.clause_id for clause in document.clauses]
    assert [clause.text for clause in found.clauses] == [clause.text for clause in document.clauses]
    assert [p.key for p in found.parameters] == [p.key for clause in document.clauses for p in clause.parameters]
    assert [p.is_filled for p in found.parameters].count(False) == 1
    check_one_edit(document, saved)


def check_one_edit(document, saved: bytes) -> None:
    word = "communes" if document.language is FR else "sanitair"
    parts = parts_of(saved)
    body = body_of(saved)
    edited = next(t for t in body.iter(w("t")) if t.text and ("dosage" in t.text or "doseersysteem" in t.text))
    edited.text = edited.text.replace("dosage", word).replace("doseersysteem", word)
    parts["word/document.xml"] = etree.tostring(body)
    found = read_specification(packed(parts))
    pairs = zip(document.clauses, found.clauses, strict=True)
    changed = [clause.clause_id for clause, read in pairs if clause.rendered_digest != read.rendered_digest]
    assert changed == ["ENV-CLEAN-002"]


def test_hostile_text_survives(soffice):
    text = "<b>&amp;</b> שלום 👩‍👩‍👧 e\u0301 fine\u202fespace non\u2011breaking soft\u00adhyphen \x0b\x01 \ufff9 fin"
    clause = replace(
        sample().clauses[0],
        title=text,
        lines=(ClauseLine("obligation", content(text, Parameter("ENV-CLEAN-001", "key", text, True)), "Label."),),
        level=2,
    )
    document = replace(sample(), sections=(Section("Un", 1, (clause,)),), manifest={"text": text})
    found = read_specification(soffice(write_specification(document), "docx"))
    assert found.clauses[0].text == clause.text
    assert found.manifest == {"text": text}


def test_prints_to_pdf_with_links_and_pages(soffice):
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(BytesIO(soffice(write_specification(sample()), "pdf"))).pages
    texts = [page.extract_text() for page in pages]
    assert "Annexe C" in texts[6]
    assert all(number in texts[3] for number in ("2.1.2", "3.1", "3.2.1", "3.3")), "Word's own numbering differs"
    assert f"Page 2 sur {len(pages)}" in texts[1]
    assert len(pages[1].get("/Annots", ())) >= 15
