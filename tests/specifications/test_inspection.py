"""A specification written, saved elsewhere, edited: inspection names exactly what changed."""

import datetime
from dataclasses import replace

import libreoffice
import pytest
from clause_samples import clause_data, paragraph, version_of
from docx_checks import parts_of
from editing import edited, without

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Authority, Purchase
from mpdi.clause_library.core.vocabulary import AuthorityType, Nature
from mpdi.documents.docx_package import packed
from mpdi.documents.docx_reader import read_specification
from mpdi.specifications.checking.inspection import DamagedManifestError, NoManifestError, inspect_document
from mpdi.specifications.writing import prepare

DAY = datetime.date(2026, 12, 1)
NAMES = ("ENV-GEN-901", "ENV-GEN-902", "SOC-GEN-901")


def words(identifier: str) -> list[dict]:
    return [
        paragraph(part, f"{part} de {identifier} (1) un; (2) deux.", f"{part} van {identifier} (1) een; (2) twee.")
        for part in ("obligation", "proof_in_execution", "consequence")
    ]


@pytest.fixture
def library(clause_library):
    clauses = [version_of(clause_data(identifier, "performance", text=words(identifier))) for identifier in NAMES]
    return ClauseLibrary(clauses, clause_library.reference)


@pytest.fixture
def bought():
    return Purchase(
        DAY, nature=Nature.SERVICES, object="Essai", authority=Authority("Commune d'Exemple", AuthorityType.LOCAL)
    )


@pytest.fixture
def written(library, bought):
    return prepare(bought, library).write()


def states(data: bytes, library: ClauseLibrary, day: datetime.date = DAY) -> dict[str, str]:
    return {
        clause["id"]: clause["state"] for clause in inspect_document(read_specification(data), library, day)["clauses"]
    }


def test_as_written_every_clause_is_unchanged(written, library):
    assert states(written, library) == dict.fromkeys(NAMES, "unchanged")


def test_one_clause_edited_is_named_and_no_other(written, library):
    assert states(edited(written, "obligation de ENV-GEN-902", "obligation allégée de ENV-GEN-902"), library) == {
        "ENV-GEN-901": "unchanged",
        "ENV-GEN-902": "edited",
        "SOC-GEN-901": "unchanged",
    }


def test_a_title_edited_is_an_edit(written, library):
    assert states(edited(written, "Titre SOC-GEN-901", "Autre titre"), library)["SOC-GEN-901"] == "edited"


def test_white_space_alone_is_no_edit(written, library):
    assert set(states(edited(written, "obligation de ENV", "obligation  de ENV"), library).values()) == {"unchanged"}


def test_a_clause_whose_heading_is_gone_is_missing(written, library):
    found = states(without(written, "ENV-GEN-902"), library)
    assert found["ENV-GEN-902"] == "missing"
    assert found["SOC-GEN-901"] == "unchanged"


def newer(library, identifier="ENV-GEN-901", **register):
    released = version_of(clause_data(identifier, "performance", version="1.1.0"), **register)
    return ClauseLibrary([*library, released], library.reference)


def test_a_newer_version_in_force_makes_it_outdated(written, library):
    assert states(written, newer(library)) == {
        "ENV-GEN-901": "outdated",
        "ENV-GEN-902": "unchanged",
        "SOC-GEN-901": "unchanged",
    }


@pytest.mark.parametrize(
    "register", [{"status": "draft"}, {"valid_from": DAY + datetime.timedelta(1)}], ids=["draft", "not yet in force"]
)
def test_a_newer_version_not_in_force_changes_nothing(written, library, register):
    assert states(written, newer(library, **register))["ENV-GEN-901"] == "unchanged"


def test_a_newer_version_is_told_from_its_first_day(written, library):
    tomorrow = DAY + datetime.timedelta(1)
    assert states(written, newer(library, valid_from=tomorrow), tomorrow)["ENV-GEN-901"] == "outdated"


def test_an_edited_clause_is_told_as_edited_even_when_outdated(written, library):
    changed = edited(written, "obligation de ENV-GEN-901", "devoir de ENV-GEN-901")
    assert states(changed, newer(library))["ENV-GEN-901"] == "edited"


def test_a_clause_that_the_library_does_not_know_is_no_failure(written, clause_library):
    assert set(states(written, ClauseLibrary([], clause_library.reference)).values()) == {"unchanged"}


def test_a_file_without_manifest_is_told(written, library):
    parts = {name: content for name, content in parts_of(written).items() if not name.startswith("customXml/")}
    with pytest.raises(NoManifestError, match="no manifest"):
        inspect_document(read_specification(packed(parts)), library, DAY)


def test_the_buyers_own_file_is_not_inspected(bought, library):
    with pytest.raises(NoManifestError):
        inspect_document(read_specification(prepare(bought, library).write_dossier()), library, DAY)


@pytest.mark.parametrize(
    "manifest",
    [
        b'{"kind": "specification"}',
        b'{"kind": "specification", "clauses": {}}',
        b'{"kind": "specification", "clauses": [1]}',
        b'{"kind": "specification", "clauses": [{"id": "ENV-GEN-901"}]}',
        b'{"kind": "specification", "clauses": [{"id": 1, "version": 2, "language": 3, "digest": 4, "place": 5}]}',
    ],
)
def test_a_manifest_that_somebody_changed_is_told(written, library, manifest):
    parts = parts_of(written)
    item = parts["customXml/item1.xml"]
    start, end = item.index(b"{"), item.rindex(b"}") + 1
    parts["customXml/item1.xml"] = item[:start] + manifest + item[end:]
    with pytest.raises(DamagedManifestError, match="damaged"):
        inspect_document(read_specification(packed(parts)), library, DAY)


@pytest.mark.services
def test_in_two_columns_the_clause_edited_is_named_in_its_language_alone(bought, library, tmp_path):
    """Written, saved by LibreOffice, the Dutch of one clause edited, saved again."""

    def told(data: bytes) -> dict[tuple[str, str], str]:
        found = inspect_document(read_specification(data), library, DAY)["clauses"]
        return {(clause["id"], clause["language"]): clause["state"] for clause in found}

    file = tmp_path / "twee.docx"
    file.write_bytes(prepare(replace(bought, language="fr+nl"), library).write())
    libreoffice.convert([file], "docx", tmp_path / "saved")
    saved = (tmp_path / "saved" / "twee.docx").read_bytes()
    unchanged = {(name, language): "unchanged" for name in NAMES for language in ("fr", "nl")}
    assert told(saved) == unchanged
    file.write_bytes(edited(saved, "obligation van ENV-GEN-902", "plicht van ENV-GEN-902"))
    libreoffice.convert([file], "docx", tmp_path / "saved")
    assert told((tmp_path / "saved" / "twee.docx").read_bytes()) == unchanged | {("ENV-GEN-902", "nl"): "edited"}


@pytest.mark.services
def test_end_to_end_through_libreoffice(written, library, tmp_path):
    """Written, saved by LibreOffice, one clause edited, saved by LibreOffice again: exactly that one is named."""
    first = tmp_path / "specification.docx"
    first.write_bytes(written)
    libreoffice.convert([first], "docx", tmp_path / "saved")
    saved = (tmp_path / "saved" / "specification.docx").read_bytes()
    assert states(saved, library) == dict.fromkeys(NAMES, "unchanged")
    second = tmp_path / "edited.docx"
    second.write_bytes(edited(saved, "consequence de SOC-GEN-901", "suite de SOC-GEN-901"))
    libreoffice.convert([second], "docx", tmp_path / "saved")
    again = (tmp_path / "saved" / "edited.docx").read_bytes()
    assert states(again, library) == {"ENV-GEN-901": "unchanged", "ENV-GEN-902": "unchanged", "SOC-GEN-901": "edited"}
    assert states(again, newer(library)) == {
        "ENV-GEN-901": "outdated",
        "ENV-GEN-902": "unchanged",
        "SOC-GEN-901": "edited",
    }
