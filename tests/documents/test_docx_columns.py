"""French and Dutch side by side: what the file holds, and what is read of it again."""

from dataclasses import replace

import pytest
from document_samples import FR, NL, sample
from docx_checks import assert_good_docx, body_of, parts_of, style_of
from lxml import etree

from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_package import packed
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_text import printed_text
from mpdi.documents.docx_writer import write_document
from mpdi.documents.errors import DocumentModelError
from mpdi.documents.model import Paragraph, Section, Table, content
from mpdi.documents.ooxml import w


@pytest.fixture
def document() -> BilingualDocument:
    return BilingualDocument(sample(FR), sample(NL), {"language": "fr+nl"})


@pytest.fixture
def written(document) -> bytes:
    return write_document(document)


def changed(data: bytes, old: str, new: str) -> bytes:
    body, parts = body_of(data), parts_of(data)
    found = [each for each in body.iter(w("t")) if each.text and old in each.text]
    assert len(found) == 1, found
    found[0].text = found[0].text.replace(old, new)
    parts["word/document.xml"] = etree.tostring(body)
    return packed(parts)


def edited_clauses(document: BilingualDocument, data: bytes) -> list[tuple[str, str]]:
    pairs = zip(document.clauses, read_specification(data).clauses, strict=True)
    return [(made.clause_id, read.language) for made, read in pairs if made.rendered_digest != read.rendered_digest]


def test_it_is_a_good_file_and_always_the_same(document, written):
    assert_good_docx(written)
    assert written == write_document(BilingualDocument(sample(FR), sample(NL), {"language": "fr+nl"}))


def test_paragraph_stands_beside_paragraph_with_one_number(document, written):
    rows = [row for row in body_of(written).iter(w("tr")) if row.getparent().find(f".//{w('tblInd')}") is not None]
    words = [tuple(printed_text(cell).strip() for cell in row.findall(w("tc"))) for row in rows]
    assert ("Objet et lots", "Voorwerp en percelen") in words
    assert ("Annexe – Inventaire des prix", "Bijlage – Prijsinventaris") in words
    assert ("une réunion de démarrage ;", "een startvergadering;") in words
    headings = [style_of(each) for each in body_of(written).iter(w("p")) if "Heading" in (style_of(each) or "")]
    numbered = [style for style in headings if style[-1] in "123"]
    assert len([style for style in headings if style.endswith("Beside")]) == len(numbered) > 10
    styles = etree.fromstring(parts_of(written)["word/styles.xml"])
    for number in styles.findall(
        f"{w('style')}[@{w('styleId')}='Heading1Beside']/{w('pPr')}/{w('numPr')}/{w('numId')}"
    ):
        assert number.get(w("val")) == "0"


def test_the_contents_lead_to_both_headings(written):
    entries = [each for each in body_of(written).iter(w("p")) if style_of(each) == "TOC2"]
    assert "1.1 Objet et lots – Voorwerp en percelen" in [printed_text(each) for each in entries]
    assert all(len(each.findall(w("hyperlink"))) == 2 for each in entries)


def test_a_table_is_whole_with_both_languages_in_its_cells(written):
    table = next(each for each in body_of(written).iter(w("tbl")) if "Surface" in printed_text(each))
    rows = table.findall(w("tr"))
    assert [printed_text(cell).split() for cell in rows[0]][1:3] == [["Lot", "Perceel"], ["Objet", "/", "Voorwerp"]]
    assert "Bureaux administratifs" in printed_text(rows[1])
    assert "Administratieve kantoren" in printed_text(rows[1])
    assert printed_text(rows[1]).count("6 400") == 1, "what is the same in both is said once"


def test_every_clause_is_read_in_each_language(document, written):
    read = read_specification(written)
    assert read.manifest == {"language": "fr+nl"}
    assert [(each.id, each.language, each.text) for each in read.clauses] == [
        (each.clause_id, str(each.language), each.text) for each in document.clauses
    ]


@pytest.mark.parametrize(
    ("old", "clause"),
    [("doseersysteem", ("ENV-CLEAN-002", "nl")), ("système de dosage", ("ENV-CLEAN-002", "fr"))],
)
def test_an_edit_is_seen_in_its_language_only(document, written, old, clause):
    assert edited_clauses(document, changed(written, old, "autre chose")) == [clause]


def test_what_follows_a_clause_in_its_column_is_not_of_it(document, written):
    assert edited_clauses(document, changed(written, "De veiligheidsfiches", "Alle fiches")) == []
    assert edited_clauses(document, changed(written, "een startvergadering", "een vergadering")) == []


def test_words_added_over_both_columns_change_both(document, written):
    body, parts = body_of(written), parts_of(written)
    table = next(each for each in body.iter(w("tbl")) if "DMP-GEN-001" in printed_text(each))
    place = next(each for each in table if "aannemers inbegrepen" in printed_text(each))
    rest = etree.fromstring(etree.tostring(table))
    for row in list(table)[list(table).index(place) + 1 :]:
        table.remove(row)
    for row in list(rest.findall(w("tr")))[: len(table.findall(w("tr")))]:
        rest.remove(row)
    added = etree.fromstring(f'<w:p xmlns:w="{w("p")[1:].partition("}")[0]}"><w:r><w:t>Ajout</w:t></w:r></w:p>')
    table.addnext(added)
    added.addnext(rest)
    parts["word/document.xml"] = etree.tostring(body)
    assert edited_clauses(document, packed(parts)) == [("DMP-GEN-001", "fr"), ("DMP-GEN-001", "nl")]


@pytest.mark.services
def test_libreoffice_keeps_both_columns(document, written, soffice):
    saved = soffice(written, "docx")
    assert edited_clauses(document, saved) == []
    assert edited_clauses(document, changed(saved, "doseersysteem", "toestel")) == [("ENV-CLEAN-002", "nl")]


@pytest.mark.parametrize("spoil", ["section", "block", "row", "language"])
def test_two_documents_that_differ_in_more_than_words_are_refused(spoil):
    fr, nl = sample(FR), sample(NL)
    if spoil == "language":
        nl = fr
    if spoil == "section":
        nl = replace(nl, sections=nl.sections[:-1])
    if spoil == "block":
        first = nl.sections[0]
        nl = replace(nl, sections=(replace(first, blocks=(*first.blocks, Paragraph(content("x")))), *nl.sections[1:]))
    if spoil == "row":
        place = next(n for n, each in enumerate(nl.sections) if any(isinstance(b, Table) for b in each.blocks))
        blocks = tuple(replace(b, rows=b.rows[1:]) if isinstance(b, Table) else b for b in nl.sections[place].blocks)
        sections = list(nl.sections)
        sections[place] = replace(sections[place], blocks=blocks)
        nl = replace(nl, sections=tuple(sections))
    with pytest.raises(DocumentModelError):
        BilingualDocument(fr, nl)


def test_a_table_after_a_table_of_columns_and_one_after_a_table_do_not_touch():
    table = Table("x", ("a",), ((content("1"),),), (100,))
    blocks = (table, Paragraph(content("Un")), table, table)
    fr = replace(sample(FR), sections=(Section("Un", 1, blocks), Section("Deux", 2, blocks)))
    nl = replace(sample(NL), sections=(Section("Een", 1, blocks), Section("Twee", 2, blocks)))
    assert_good_docx(write_document(BilingualDocument(fr, nl)))
