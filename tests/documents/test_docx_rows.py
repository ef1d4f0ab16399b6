"""Rows written as text: byte for byte what is built from elements, in one language and in two."""

import datetime
import io
import zipfile

import pytest

from mpdi.documents import docx_tables
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import Emphasis, Language, Metadata, Run, Section, Table, TitlePage, WordDocument, content

WORDS = (
    "<w:tr> & “texte” > 3",
    "  bords  ",
    "ligne\nsuivante\tet\x07fin",
    "",
    "espace\N{NO-BREAK SPACE}insécable",
    "long " * 150,
    "<?mpdi-rows 0?>",
)


def document(language: Language = Language.FR, extra: str = "") -> WordDocument:
    rows = tuple(
        (content(words + extra), (Run(words, Emphasis.BOLD), Run(" nl", language=Language.NL)), content("12,50"))
        for words in WORDS
    )
    tables = tuple(
        Table("Légende", ("a", "b", "c"), rows, (40, 40, 20), right_aligned=(2,), is_dense=dense, has_total=not dense)
        for dense in (True, False)
    )
    return WordDocument(
        language=language,
        metadata=Metadata("Titre", datetime.date(2026, 12, 1)),
        title_page=TitlePage("Sorte", "Objet", date=datetime.date(2026, 12, 1)),
        sections=(Section("Chapitre", 1, tables),),
        manifest={},
    )


@pytest.mark.parametrize(
    "made",
    [document(), BilingualDocument(document(), document(Language.NL), {}),
     BilingualDocument(document(), document(Language.NL, " anders"), {})],
    ids=["one", "same", "different"],
)  # fmt: skip
def test_rows_written_as_text_are_those_built_from_elements(made, monkeypatch: pytest.MonkeyPatch) -> None:
    as_text = write_document(made)
    monkeypatch.setattr(docx_tables, "are_runs", lambda _rows: False)
    assert write_document(made) == as_text


def test_a_mark_that_somebody_types_is_words() -> None:
    assert read_specification(write_document(document())) is not None
    assert b"&lt;?mpdi-rows 0?&gt;" in _body(write_document(document()))


def _body(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
