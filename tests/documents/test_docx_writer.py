"""The file as written."""

import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from document_samples import FR, NL, digest_of, sample
from docx_checks import assert_good_docx, body_of, parts_of, style_of
from hypothesis import given, settings
from hypothesis import strategies as st

from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_text import printed_text
from mpdi.documents.docx_writer import write_document, write_specification
from mpdi.documents.errors import DocumentModelError, TagTooLongError
from mpdi.documents.model import (
    ClauseBlock,
    ClauseLine,
    DossierDocument,
    Paragraph,
    Parameter,
    Section,
    SpecificationDocument,
    Table,
    content,
)
from mpdi.documents.ooxml import w

BOTH = pytest.mark.parametrize("language", [FR, NL])


def with_sections(*sections: Section) -> SpecificationDocument:
    return replace(sample(FR), sections=sections)


def a_clause(identifier: str = "ENV-GEN-001", **changes) -> ClauseBlock:
    clause = ClauseBlock(identifier, "1.0.0", FR, digest_of(identifier), "Titre", f"{identifier} · 1.0.0",
                         (ClauseLine("obligation", content("Texte qui lie.")),), level=2)  # fmt: skip
    return replace(clause, **changes)


@BOTH
def test_sample_is_good(language):
    assert_good_docx(write_specification(sample(language)))


@BOTH
def test_python_docx_opens_it(language):
    document = docx.Document(BytesIO(write_specification(sample(language))))
    assert document.core_properties.title == sample(language).metadata.title
    assert document.core_properties.created.isoformat().startswith("2026-12-01T00:00:00")
    assert len(document.tables) == 5


def test_same_document_same_bytes():
    assert write_specification(sample()) == write_specification(sample())


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_same_bytes_in_another_process(seed):
    script = (
        "import sys, hashlib; from document_samples import sample; "
        "from mpdi.documents.docx_writer import write_specification;"
        "sys.stdout.write(hashlib.sha256(write_specification(sample())).hexdigest())"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert found.stdout == digest_of_bytes(write_specification(sample()))


def digest_of_bytes(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()


def test_archive_has_one_date_and_sorted_names():
    with ZipFile(BytesIO(write_specification(sample()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
        assert archive.namelist()[0] == "[Content_Types].xml"


@BOTH
def test_reads_back_as_written(language):
    document = sample(language)
    found = read_specification(write_specification(document))
    assert found.manifest == document.manifest
    assert [clause.rendered_digest for clause in found.clauses] == [c.rendered_digest for c in document.clauses]
    assert [clause.text for clause in found.clauses] == [clause.text for clause in document.clauses]
    assert [clause.heading for clause in found.clauses] == [clause.title for clause in document.clauses]
    assert [clause.digest12 for clause in found.clauses] == [clause.digest[:12] for clause in document.clauses]
    expected = [[(p.key, p.printed, p.is_filled) for p in clause.parameters] for clause in document.clauses]
    assert [[(p.key, p.text.replace(" ", "\xa0"), p.is_filled) for p in clause.parameters]
            for clause in found.clauses] == [
        [(key, text.replace(" ", "\xa0"), filled) for key, text, filled in clause] for clause in expected
    ]  # fmt: skip


def test_contents_list_is_cached_linked_and_numbered():
    body = body_of(write_specification(sample()))
    entries = [printed_text(p) for p in body.iter(w("p")) if style_of(p) in ("TOC1", "TOC2", "TOC3")]
    numbers = [entry.split(" ")[0] for entry in entries]
    assert numbers == ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2", "2.1.3", "3", "3.1", "3.2", "3.2.1", "3.3",
                       "Annexe", "Annexe", "Annexe", "C.1"]  # fmt: skip
    assert entries[1] == "1.1 Objet et lots"
    assert entries[13] == "Annexe A – Plan de vérification"


def test_annexes_in_dutch():
    body = body_of(write_specification(sample(NL)))
    assert any(printed_text(p) == "Bijlage A – Verificatieplan" for p in body.iter(w("p")))


def test_parameters_are_bold_or_highlighted_in_brackets():
    body = body_of(write_specification(sample()))
    runs = {}
    for control in body.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}").get(w("val"))
        if tag.startswith("mpdi:param:"):
            run = control.find(f"{w('sdtContent')}/{w('r')}")
            runs[tag] = (run.find(f"{w('rPr')}/{w('rStyle')}").get(w("val")), printed_text(control))
    assert runs["mpdi:param:ENV-CLEAN-001:ecolabel_share"] == ("Strong", "75\xa0%")
    assert runs["mpdi:param:SOC-CLEAN-001:penalty_per_day"] == ("Highlight", "[à compléter : montant par jour]")


@pytest.mark.parametrize("what", ["paragraph", "deeper section", "table"])
def test_end_of_clause_is_marked_without_an_empty_paragraph(what):
    table = Table("Suite", ("a", "b"), ((content("1"), content("2")),), (50, 50))
    following = {"paragraph": (Paragraph(content("Après.")),), "table": (table,), "deeper section": ()}[what]
    sections = [Section("Un", 1, (a_clause(), *following))]
    if what == "deeper section":
        sections.append(Section("Trois", 3, (Paragraph(content("Après.")),)))
    data = write_specification(with_sections(*sections))
    assert_good_docx(data)
    assert read_specification(data).clauses[0].text == "Titre Texte qui lie."


def test_long_identifier_is_refused():
    clause = a_clause("ENV-" + "X" * 40)
    with pytest.raises(TagTooLongError, match="64"):
        write_specification(with_sections(Section("Un", 1, (clause,))))


def test_long_parameter_key_is_refused():
    line = ClauseLine("obligation", content(Parameter("ENV-GEN-001", "k" * 60, "1", True)))
    with pytest.raises(TagTooLongError, match="shorten"):
        write_specification(with_sections(Section("Un", 1, (a_clause(lines=(line,)),))))


def test_local_version_fits():
    document = with_sections(Section("Un", 1, (a_clause("ENV-HEALTH-001", version="10.12.10+local.10"),)))
    assert read_specification(write_specification(document)).clauses[0].version == "10.12.10+local.10"


@pytest.mark.parametrize("digest", ["", "xyz", "ABCDEF012345"])
def test_digest_that_is_none_is_refused(digest):
    with pytest.raises(DocumentModelError, match="hex"):
        write_specification(with_sections(Section("Un", 1, (a_clause(digest=digest),))))


def test_manifest_that_is_no_json_is_refused():
    with pytest.raises(DocumentModelError, match="JSON"):
        write_specification(replace(sample(), manifest={"a": object()}))


def test_other_documents_are_written_too():
    spec = sample()
    dossier = DossierDocument(language=FR, metadata=spec.metadata, title_page=spec.title_page,
                              sections=(Section("Motifs", 1, (Paragraph(content("Parce que.")),)),),
                              contents_levels=0)  # fmt: skip
    data = write_document(dossier)
    assert_good_docx(data)
    assert b"TOC \\o" not in parts_of(data)["word/document.xml"]


def test_document_without_sections():
    assert_good_docx(write_specification(with_sections()))


HOSTILE = [
    "<script>alert(1)</script> & <b>gras</b>",
    "</w:t></w:r></w:p><w:p/>",
    "שלום עולם — مرحبا",
    "👩‍👩‍👧 🇧🇪",
    "a\x00b\x01c\x0bd\ud800e\ufffef",
    "deux\nlignes\tet\r\nplus",
    "e\u0301 nfd, espace\u202ffine, soft\u00adhyphen, non\u2011breaking",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text):
    check_text(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_written_and_read_back(text):
    check_text(text)


def check_text(text: str) -> None:
    """``text`` everywhere a user's words can stand: never an error, and the digest holds."""
    line = ClauseLine("obligation", content(text, Parameter("ENV-GEN-001", "key", text, True)), text, (content(text),))
    clause = a_clause(title=f"Titre {text}", lines=(line,), meta=f"meta {text}")
    table = Table(text, (text, "b"), ((content(text), content("2")),), (50, 50))
    page = replace(sample().title_page, object=text, notices=(text,), facts=((text, text),), authority=text)
    document = replace(
        with_sections(Section(f"Un {text}", 1, (Paragraph(content(text)), clause, table))),
        title_page=page,
        metadata=replace(sample().metadata, title=text, keywords=(text,)),
        header=text,
        manifest={"text": text},
    )
    data = write_specification(document)
    assert_good_docx(data)
    found = read_specification(data)
    assert found.clauses[0].text == clause.text
    assert found.clauses[0].rendered_digest == clause.rendered_digest
    assert found.manifest == {"text": text}
