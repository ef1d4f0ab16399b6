"""The labels directory and the statement of article 54, § 3: what a buyer may rely on, and what is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clause_samples import PARTS, SampleLibrary, clause_data, paragraph

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.checks import check_files
from mpdi.clause_library.core.checks.labels import FEWEST, check_labels
from mpdi.clause_library.core.label_directory import (
    LabelUse,
    UnknownLabelError,
    edition_directory,
    read_label_directory,
)
from mpdi.clause_library.core.label_statement import (
    NoLabelChosenError,
    NoStatementError,
    PartOnlyError,
    StatementCase,
    StatementObject,
    cases_of,
    label_statement,
)
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.exceptions import DataFileError
from mpdi.resources import folder

DIRECTORY = edition_directory()
TISSUE = tuple(map(DIRECTORY.entry, ("EU-ECOLABEL-TISSUE", "BLUE-ANGEL-TISSUE")))
OBJECTS = {
    "fr": {"works": "des travaux", "supplies": "des fournitures", "services": "des services"},
    "nl": {"works": "de werken", "supplies": "de leveringen", "services": "de diensten"},
}


def test_the_directory_has_the_labels_of_the_law_file_and_passes_its_checks():
    assert len(DIRECTORY) >= FEWEST
    assert check_labels(folder("clauses")) == []
    for name in ("TCO-CERTIFIED", "EPEAT", "FSC", "PEFC", "GOTS", "FAIR-WEAR", "SA8000", "GOOD-FOOD", "ECODYNAMIC"):
        assert name in DIRECTORY
    for name in ("BREEAM", "DGNB", "LEVELS", "GRO", "TOTEM", "GUARANTEE-OF-ORIGIN", "PEB-CERTIFICATE", "ISO-50001"):
        assert name in DIRECTORY


def test_every_clause_names_labels_of_the_directory(clause_library):
    named = {label for version in clause_library for label in version.labels}
    assert named
    assert all(label in DIRECTORY for label in named)


def test_a_clause_requires_as_proof_only_labels_that_may_be_required_whole(clause_library):
    for version in clause_library:
        if any(each.part == "label_statement" and each.when for each in version.text):
            assert {DIRECTORY.entry(label).use for label in version.labels} == {LabelUse.WHOLE}, version.reference


def test_every_label_says_what_may_be_asked_how_to_verify_and_what_is_still_to_open():
    for entry in DIRECTORY.all():
        assert entry.may
        assert entry.may_not
        assert entry.verification
        assert entry.to_open
        assert entry.themes


def test_nothing_is_surer_than_its_source():
    for entry in DIRECTORY.all():
        said = [*entry.may, *entry.may_not, *entry.verification, entry.owner]
        for item in said:
            assert item.source.is_opened or item.certainty is Certainty.GENERAL_KNOWLEDGE, entry.id


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("GOOD-FOOD", "locaux"),
        ("ECODYNAMIC", "seule preuve"),
        ("SA8000", "site"),
        ("EMAS", "attribution"),
        ("ISO-14001", "équivalent"),
        ("BREEAM", "cher"),
    ],
)
def test_what_may_not_be_asked(label, words):
    assert any(words in item.text.fr for item in DIRECTORY.entry(label).may_not)


def test_company_labels_serve_the_selection_only():
    for label in ("EMAS", "ISO-14001", "ISO-50001", "ECODYNAMIC"):
        assert DIRECTORY.entry(label).use is LabelUse.SELECTION


def test_an_unknown_label_is_named():
    with pytest.raises(UnknownLabelError, match="NO-SUCH"):
        DIRECTORY.entry("NO-SUCH")


# The statement


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("contract_object", list(StatementObject))
@pytest.mark.parametrize("case", list(StatementCase))
@pytest.mark.parametrize("entries", [TISSUE[:1], TISSUE])
def test_the_statement_names_labels_and_object_and_leaves_nothing_open(entries, case, contract_object, language):
    text = label_statement(entries, case, contract_object, language, [TISSUE[0].aspects[0].text])
    assert all(entry.label.name[language] in text for entry in entries)
    assert OBJECTS[language][contract_object] in text
    assert "{" not in text
    assert "[" not in text
    assert ("équivalent" if language == "fr" else "gelijkwaardig") in text


@pytest.mark.parametrize(
    ("case", "fr", "nl"),
    [
        (
            StatementCase.BELOW,
            "également toujours tenu compte d'autres moyens de preuve",
            "ook steeds rekening gehouden met andere",
        ),
        (StatementCase.AT_OR_ABOVE, "Ce label est exigé", "Dit keurmerk wordt geëist"),
        (StatementCase.PART_ONLY, "n'est pas en soi exigé", "op zich niet geëist"),
    ],
)
def test_each_case_has_its_own_words(case, fr, nl):
    for language, words in (("fr", fr), ("nl", nl)):
        having = [
            each
            for each in StatementCase
            if words in label_statement(TISSUE[:1], each, StatementObject.SUPPLIES, language)
        ]
        assert having == [case]


def test_what_is_not_listed_yet_stands_in_brackets():
    text = label_statement(TISSUE, StatementCase.PART_ONLY, StatementObject.SUPPLIES, "fr")
    assert "[à énumérer]" in text


@pytest.mark.parametrize("entries", [TISSUE[:1], TISSUE])
def test_the_check_of_clauses_accepts_every_statement(entries, sample_library: SampleLibrary):
    def statement(case: StatementCase, **when: Any) -> dict[str, Any]:
        words = {
            language: label_statement(entries, case, StatementObject.SUPPLIES, language) for language in ("fr", "nl")
        }
        return paragraph("label_statement", **words, **when)

    below, above = (
        statement(case, when={"value_against_eu_threshold": case.value})
        for case in (StatementCase.BELOW, StatementCase.AT_OR_ABOVE)
    )
    text = [
        paragraph(each, "Label ou équivalent.", "Keurmerk of gelijkwaardig.")
        for each in PARTS["technical_specification"]
    ]
    light = paragraph("notice", only_when={"light_regime": True})
    for statements in ([below, above], [statement(StatementCase.PART_ONLY)]):
        sample_library.add(clause_data(labels=["EU-ECOLABEL-CLEANING"], text=[*text, light, *statements]))
        assert [problem for problem in check_files(sample_library.folder) if problem.rule == "L01"] == []


def test_a_label_with_other_criteria_is_never_required_whole():
    good_food = DIRECTORY.entry("GOOD-FOOD")
    for case in (StatementCase.BELOW, StatementCase.AT_OR_ABOVE):
        with pytest.raises(PartOnlyError, match="GOOD-FOOD"):
            label_statement([good_food], case, StatementObject.SERVICES, "fr")
    assert cases_of([*TISSUE, good_food]) == (StatementCase.PART_ONLY,)
    assert "Good Food" in label_statement([good_food], StatementCase.PART_ONLY, StatementObject.SERVICES, "fr")


@pytest.mark.parametrize("label", ["EMAS", "ECODYNAMIC", "EU-ENERGY-LABEL", "TOTEM"])
def test_what_is_no_label_under_article_54_has_no_statement(label):
    assert cases_of([DIRECTORY.entry(label)]) == ()
    with pytest.raises(NoStatementError, match=label):
        label_statement([DIRECTORY.entry(label)], StatementCase.PART_ONLY, StatementObject.WORKS, "nl")


def test_no_label_no_statement():
    assert cases_of([]) == ()
    with pytest.raises(NoLabelChosenError):
        label_statement([], StatementCase.BELOW, StatementObject.WORKS, "fr")


# The checks


@pytest.fixture
def own_directory(tmp_path: Path) -> Path:
    """A copy of the edition's labels, to break."""
    shutil.copytree(folder("clauses") / "labels", tmp_path / "labels")
    return tmp_path


def broken(place: Path, name: str, change: Callable[[Any], object]) -> list[Problem]:
    path = place / "labels" / f"{name}.yaml"
    data = strict_yaml.read(path)
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")  # which is YAML too, every text in quotes
    return check_labels(place)


def _drop(data: dict[str, Any], left: int) -> None:
    for key in list(data)[left:]:
        del data[key]


@pytest.mark.parametrize(
    ("name", "change", "key", "words"),
    [
        ("directory", lambda data: data["FSC"]["equivalents"].clear(), "FSC.equivalents", "does not answer"),
        ("directory", lambda data: data["FSC"]["equivalents"].append("FSC"), "FSC.equivalents", "no other label"),
        ("directory", lambda data: data["FSC"]["equivalents"].append("XYZ"), "FSC.equivalents", "no other label"),
        ("directory", lambda data: data["FSC"].update(scheme="XYZ"), "FSC.scheme", "not in schemes.yaml"),
        ("directory", lambda data: data["FSC"].update(use="selection"), "FSC.use", "does not go with"),
        ("directory", lambda data: data["EMAS"].update(use="part"), "EMAS.use", "does not go with"),
        ("directory", lambda data: data["FSC"]["cpv"].append("99"), "FSC.cpv", "No CPV code"),
        ("directory", lambda data: data.pop("GRO"), "GRO", "not in labels/directory.yaml"),
        ("labels", lambda data: data.pop("GRO"), "GRO", "not in labels/labels.yaml"),
        ("directory", lambda data: data["FSC"]["criteria"].update(certainty="verified"), "certainty", "nobody opened"),
        ("directory", lambda data: data["FSC"]["criteria"].update(source="hearsay"), "source", "not in schemes.yaml"),
        ("schemes", lambda data: data["schemes"]["FSC"]["owner"].update(certainty="partly"), "owner", "nobody opened"),
        ("schemes", lambda data: data["uses"]["whole"]["may"][0].update(source="rules"), "uses.whole", "nobody opened"),
        ("schemes", lambda data: data["schemes"]["FSC"]["owner"].pop("nl"), "owner", "'nl' is a required"),
        ("directory", lambda data: data["FSC"]["criteria"]["aspects"][0].pop("fr"), "aspects", "'fr' is a required"),
        ("directory", lambda data: data["FSC"]["criteria"].pop("source"), "FSC.criteria", "'source' is a required"),
        ("directory", lambda data: data["FSC"].update(colour="green"), "FSC", "colour"),
        ("labels", lambda data: data["FSC"].update(type="good"), "FSC.type", "good"),
    ],
)
def test_what_is_wrong_is_found_with_its_place(own_directory, name, change, key, words):
    found = broken(own_directory, name, change)
    assert any(key in problem.key and words in problem.message and problem.remedy for problem in found), found


@pytest.mark.parametrize(("left", "is_refused"), [(FEWEST, False), (FEWEST - 1, True)])
def test_a_directory_has_at_least_so_many_labels(own_directory, left, is_refused):
    found = broken(own_directory, "directory", lambda data: _drop(data, left))
    assert any(f"has {left} labels" in problem.message for problem in found) == is_refused


def test_a_file_that_cannot_be_read_is_one_finding(own_directory):
    (own_directory / "labels" / "schemes.yaml").write_text("a: 1\na: 2\n", encoding="utf-8")
    (found,) = check_labels(own_directory)
    assert "schemes.yaml" in found.message


def test_reading_a_broken_directory_names_the_folder(own_directory):
    broken(own_directory, "directory", lambda data: data["FSC"].pop("use"))
    with pytest.raises(DataFileError, match="labels"):
        read_label_directory(own_directory)
