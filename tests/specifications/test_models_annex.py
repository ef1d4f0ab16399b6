"""The annex of models: every clause whose text promises a model has one, and a document prints those of its clauses."""

import dataclasses
import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Status
from mpdi.documents.model import Emphasis, Paragraph, Run, Section, SpecificationDocument, Table
from mpdi.documents.outline import outline
from mpdi.exceptions import DataFileError
from mpdi.resources import folder
from mpdi.specifications.skeleton import merged_data, read_document_data
from mpdi.specifications.writing import prepare

DAY = datetime.date(2026, 11, 24)
PROMISES = {
    "fr": re.compile(r"(?<!défaut de )modèle (en annexe|annexé)|tableau annexé|tableau des lots, annexé"),
    "nl": re.compile(r"model in bijlage|tabel in bijlage|bijgevoegde tabel|percelentabel, als bijlage"),
}
MODELS: dict[str, dict[str, Any]] = dict(read_document_data("models"))
ANNEXES: dict[str, Any] = read_document_data("annexes")["annexes"]


@pytest.fixture(scope="module")
def clauses() -> ClauseLibrary:
    library = ClauseLibrary.from_folder(folder("clauses"))
    published = [
        dataclasses.replace(clause, register=dataclasses.replace(clause.register, status=Status.PUBLISHED))
        for clause in library
    ]
    return ClauseLibrary(published, library.reference)


def document(name: str, library: ClauseLibrary, **changes: Any) -> SpecificationDocument:
    answers = strict_yaml.read(folder("clauses").parent / "examples" / f"{name}.yaml")
    return prepare(read_answers({**answers, **changes}, DAY), library).document


def _table_place(section: Section) -> int:
    return [isinstance(block, Table) for block in section.blocks].index(True)


def tables(model: dict[str, Any]) -> list[dict[str, Any]]:
    return model.get("tables") or ([] if "annex" in model else [model])


def all_models() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for clause_id, models in MODELS.items():
        for name, model in models.items():
            yield clause_id, name, model


def promised(clause: ClauseVersion, language: str) -> int:
    texts = (" ".join(paragraph.text[language].split()) for paragraph in clause.text)
    return sum(len(PROMISES[language].findall(text)) for text in texts)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_promised_model_exists(clauses: ClauseLibrary, language: str) -> None:
    promises = {clause.id: promised(clause, language) for clause in clauses}
    assert sum(promises.values()) >= 20
    assert not {key for key, number in promises.items() if number > len(MODELS.get(key, {}))}


def test_every_annex_that_a_parameter_numbers_has_a_model_for_the_buyer(clauses: ClauseLibrary) -> None:
    numbered = {(clause.id, key) for clause in clauses for key in clause.parameters if key.endswith("_annex")}
    assert numbered
    assert all(MODELS[clause_id][key]["by"] == "buyer" for clause_id, key in numbered)


@pytest.mark.parametrize(("clause_id", "name", "model"), list(all_models()))
def test_model_is_whole(clauses: ClauseLibrary, clause_id: str, name: str, model: dict[str, Any]) -> None:
    clause = next(clause for clause in clauses if clause.id == clause_id)
    assert model.get("by") == "buyer" or name in {evidence.name for evidence in clause.evidence}
    assert "annex" not in model or model["annex"] in ANNEXES
    assert "annex" in model or all(model[key][language] for key in ("title", "intro") for language in ("fr", "nl"))
    for table in tables(model):
        columns = table["columns"]
        assert len(columns) <= 7
        assert sum(column["width"] for column in columns) == 100
        cells = [column["head"] for column in columns]
        for row in (*table.get("rows", ()), *table.get("last_rows", ())):
            assert len(row) == len(columns)
            cells += [cell for cell in row if cell is not None]
        assert all(set(cell) == {"fr", "nl"} and cell["fr"] and cell["nl"] for cell in cells)
        assert table.get("rows") or table.get("blank_rows")


@pytest.mark.parametrize(
    ("name", "language", "heading"),
    [("nettoyage-fr", "fr", "Modèles de documents"), ("schoonmaak-nl", "nl", "Modellen van documenten")],
)
def test_document_prints_the_models_of_its_clauses(
    clauses: ClauseLibrary,
    name: str,
    language: str,
    heading: str,
) -> None:
    made = document(name, clauses)
    annexes = [section for section in made.sections if section.is_annex]
    top = [section.heading for section in annexes if section.level == 1]
    assert top[top.index(heading) + 1] == ANNEXES["glossary"]["heading"][language]
    shown = {section.id for section in annexes if section.level == 2}
    chosen = {clause.clause_id for clause in made.clauses}
    standing = [(key, name) for key, name, model in all_models() if key in chosen and "annex" not in model]
    assert shown == {f"model_{key}_{name}" for key, name in standing}
    assert all(_table_place(section) for section in annexes if section.level == 2)


def test_what_the_buyer_fills_in_is_listed_as_to_complete(clauses: ClauseLibrary) -> None:
    made = document("nettoyage-fr", clauses)
    listed = {entry.target for entry in made.title_page.to_complete}
    assert {"annex_price_inventory", "model_DMP-CLEAN-001_hours_annex", "model_SME-GEN-001_lot_table"} <= listed
    inventory = next(section for section in made.sections if section.id == "annex_price_inventory")
    under = inventory.blocks[_table_place(inventory) + 1]
    assert isinstance(under, Paragraph)
    assert [part.emphasis for part in under.content if isinstance(part, Run)] == [Emphasis.HIGHLIGHT]


def test_number_of_a_printed_annex_is_filled_in_and_is_the_one_word_gives(clauses: ClauseLibrary) -> None:
    made = document("nettoyage-fr", clauses)
    numbers = {heading.target: heading.number for heading in outline(made)}
    hours = next(clause for clause in made.clauses if clause.clause_id == "DMP-CLEAN-001")
    filled = {each.text for each in hours.parameters if each.key == "hours_annex"}
    assert filled == {numbers["model_DMP-CLEAN-001_hours_annex"]}
    assert not [entry for entry in made.title_page.to_complete if "Numéro de l'annexe" in entry.text]


def test_annex_that_a_clause_announces_stands_with_it(clauses: ClauseLibrary) -> None:
    overrides = {
        "DMP-CLEAN-004": {"decision": "out", "reason": "DMP-GEN-005 wordt gebruikt"},
        "DMP-GEN-005": {"decision": "in", "reason": "In de plaats van DMP-CLEAN-004"},
    }
    made = document("schoonmaak-nl", clauses, overrides=overrides)
    chosen, shown = {clause.clause_id for clause in made.clauses}, {section.id for section in made.sections}
    pointers = {key: model["annex"] for key, _, model in all_models() if "annex" in model and key in chosen}
    assert pointers["DMP-GEN-005"] == "labour_price_breakdown"
    assert all(f"annex_{annex}" in shown for annex in pointers.values())


def test_annexes_share_pages_where_they_fit(clauses: ClauseLibrary) -> None:
    annexes = [section for section in document("nettoyage-fr", clauses).sections if section.is_annex]
    assert annexes[0].starts_page
    assert 4 <= sum(section.starts_page for section in annexes) <= len(annexes) // 2


def test_clause_whose_models_stand_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    for name in ("models.yaml", "models/food.yaml"):
        (tmp_path / name).write_text("ENV-FOOD-001: {organic_list: {annex: models}}\n", encoding="utf-8")
    (tmp_path / "models" / "it.yaml").write_text("ENV-IT-001: {device_list: {annex: models}}\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"food\.yaml: ENV-FOOD-001 stands in another file"):
        merged_data(tmp_path, "models")
    (tmp_path / "models" / "food.yaml").unlink()
    assert set(merged_data(tmp_path, "models")) == {"ENV-FOOD-001", "ENV-IT-001"}
