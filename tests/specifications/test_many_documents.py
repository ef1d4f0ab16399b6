"""A hundred specifications of generated purchases: each opens in LibreOffice with the expected headings and nothing unresolved."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import libreoffice
import pypdf
import pytest
from docx_checks import assert_good_docx
from purchases import TODAY, VALUES, covering, read

from mpdi.clause_library.core.vocabulary import Nature, Procedure
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.model import SpecificationDocument
from mpdi.specifications.checking.inspection import inspect_document
from mpdi.specifications.writing import prepare

COUNT, BATCH = 100, 10
PURCHASES = covering(COUNT)

Written = dict[int, SpecificationDocument | BilingualDocument]


def test_the_purchases_cover_what_may_differ():
    pairs = {(data["procedure"], data["language"]) for data in PURCHASES}
    assert pairs >= {(procedure, language) for procedure in Procedure for language in ("fr", "nl")}
    assert {(data["nature"], data["language"]) for data in PURCHASES} >= {
        (nature, language) for nature in Nature for language in ("fr", "nl")
    }
    assert [data["language"] for data in PURCHASES].count("fr+nl") == COUNT // 10
    lots = {data.get("lots") for data in PURCHASES}
    assert lots >= {None, 0, 1, 3, 25}
    assert {data["estimated_value"] for data in PURCHASES} == set(VALUES)
    assert len({str(data) for data in PURCHASES}) == COUNT


@pytest.fixture(scope="module")
def folder_of_files(published_library: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """Write them all; each is a good file and every clause is read back unchanged."""
    place, written = tmp_path_factory.mktemp("many"), {}
    for number, data in enumerate(PURCHASES):
        prepared = prepare(read(data), published_library)
        content = prepared.write()
        assert_good_docx(content)
        states = {
            clause["state"]
            for clause in inspect_document(read_specification(content), published_library, TODAY)["clauses"]
        }
        assert states <= {"unchanged"}, data
        (place / f"{number:03d}.docx").write_bytes(content)
        written[number] = prepared.document
    return place, written


@pytest.mark.services
@pytest.mark.parametrize("start", range(0, COUNT, BATCH))
def test_libreoffice_opens_them_with_their_headings(folder_of_files, tmp_path, start):
    place, written = folder_of_files
    numbers = range(start, start + BATCH)
    libreoffice.convert([place / f"{number:03d}.docx" for number in numbers], "pdf", tmp_path / "pdf")
    for number in numbers:
        check_pdf(tmp_path / "pdf" / f"{number:03d}.pdf", written[number], number)


def text_of(path: Path) -> str:
    """The text of a PDF: by pdftotext where it is there, which is many times quicker, else by pypdf."""
    program = shutil.which("pdftotext")
    if program is None:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return subprocess.run(
        [program, "-raw", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    ).stdout.decode()


def check_pdf(path: Path, document: SpecificationDocument | BilingualDocument, number: int) -> None:
    text = squeezed(text_of(path))
    assert len(text) > 20_000, number
    for resolved in ("{{", "}}", "None", "Error!", "Erreur!", "Fout!"):
        assert resolved not in text, f"{number}: {resolved}"
    for side in document.sides if isinstance(document, BilingualDocument) else (document,):
        lost = [section.heading for section in side.sections if squeezed(section.heading) not in text]
        lost += [clause.title for clause in side.clauses if squeezed(clause.title) not in text]
        assert not lost, f"{number}: {lost}"
        asked = [entry.text for entry in side.title_page.to_complete if squeezed(entry.text) not in text]
        assert not asked, f"{number}: {asked}"


def squeezed(text: str) -> str:
    """Letters without the spaces and hyphens that line breaks put between them."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)
