"""The buyer's own file: DNSH record, decisions, findings and notes that tenderers do not read; and the answers, whole."""

import pytest
from clause_samples import clause_data, paragraph, version_of
from docx_checks import assert_good_docx, parts_of
from hypothesis import HealthCheck, given, settings
from purchases import answers, read, through_json
from walking import pieces

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.vocabulary import Decision, TaxonomyObjective
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.inline import Emphasis, Run, content_text
from mpdi.documents.model import Table
from mpdi.specifications.manifest import answers_json
from mpdi.specifications.words import label, phrase
from mpdi.specifications.writing import prepare

DATA = {
    "object": "Essai",
    "nature": "services",
    "language": "fr",
    "estimated_value": 200_000,
    "lots": 0,
    "payment_days": 45,
    "dnsh": [
        {"objective": "clim-mitig", "relevant": True, "reason": "Véhicules diesel", "measure": "Flotte électrique"},
        {"objective": "water-mar", "relevant": False, "reason": "Aucun rejet"},
    ],
    "overrides": {"ENV-GEN-902": {"decision": "out", "reason": "Chantier isolé"}},
}
TEXT = [
    paragraph("obligation"),
    paragraph("proof_in_execution"),
    paragraph("consequence"),
    paragraph("internal", "Note pour le dossier.", "Nota voor het dossier."),
    paragraph("notice", "Texte de l'avis.", "Tekst van de aankondiging."),
]


@pytest.fixture
def prepared(clause_library):
    library = ClauseLibrary(
        [
            version_of(clause_data("ENV-GEN-901", "performance", text=TEXT)),
            version_of(clause_data("ENV-GEN-902", "performance")),
            version_of(clause_data("ENV-GEN-903", "performance", ambition="exemplary")),
            version_of(clause_data("ENV-GEN-904", "preparation")),
        ],
        clause_library.reference,
    )
    return prepare(read(DATA), library)


def table(document, name: str) -> list[list[str]]:
    (found,) = [
        each
        for each in pieces(document.sections)
        if isinstance(each, Table) and each.caption == phrase(f"table_{name}", "fr")
    ]
    return [[content_text(cell) for cell in row] for row in found.rows]


def words(document) -> str:
    return " ".join(each for each in pieces(document) if isinstance(each, str))


def test_every_objective_stands_in_the_record_answered_or_highlighted(prepared):
    rows = {row[0].rsplit("(", 1)[1].rstrip(")"): row for row in table(prepared.dossier_in(prepared.language), "dnsh")}
    assert set(rows) == set(TaxonomyObjective)
    assert rows["clim-mitig"][2:] == [phrase("yes", "fr"), "Véhicules diesel", "Flotte électrique"]
    assert rows["water-mar"][2:] == [phrase("no", "fr"), "Aucun rejet", "–"]
    assert rows["circ-econ"][2] == phrase("not_answered", "fr")
    highlighted = [
        each
        for each in pieces(prepared.dossier_in(prepared.language).sections)
        if isinstance(each, Run) and each.emphasis is Emphasis.HIGHLIGHT
    ]
    assert [each.text for each in highlighted].count(phrase("not_answered", "fr")) == 8


def test_a_relevant_objective_without_measure_is_highlighted_and_listed(published_library):
    data = {"dnsh": [{"objective": "water-mar", "relevant": True, "reason": "Égout"}], "language": "fr"}
    dossier = prepare(read(data), published_library).dossier_in("fr")
    highlighted = f"[{phrase('head_measure', 'fr')}]"
    cells = {row[0].rsplit("(", 1)[1].rstrip(")"): row[4] for row in table(dossier, "dnsh")}
    assert {code for code, cell in cells.items() if cell == highlighted} == {"water-mar"}
    listed = [each for each in dossier.title_page.to_complete if each.target == "file_dnsh"]
    measures = [each.text for each in listed if each.text.startswith("Clause ou mesure")]
    assert ["ressources aquatiques" in words for words in measures] == [True]
    assert len(listed) == 6, "and each objective not answered"


def test_every_clause_considered_stands_with_its_reason(prepared):
    rows = table(prepared.dossier_in(prepared.language), "decisions")
    assert [row[0].split(" ")[0] for row in rows] == ["ENV-GEN-901", "ENV-GEN-904", "ENV-GEN-903", "ENV-GEN-902"]
    assert [row[1] for row in rows] == [
        label("decision", str(each), "fr") for each in (Decision.IN, Decision.IN, Decision.SUGGESTED, Decision.OUT)
    ]
    assert "Chantier isolé" in rows[-1][2]


def test_every_finding_stands_with_its_remedy(prepared):
    rows = table(prepared.dossier_in(prepared.language), "findings")
    assert [row[0] for row in rows] == [finding.rule for finding in prepared.findings] != []
    assert [row[4] for row in rows] == [finding.remedy["fr"] for finding in prepared.findings]


def test_notes_and_notices_are_for_the_buyer_alone(prepared):
    for secret in ("Note pour le dossier.", "Texte de l'avis.", "Chantier isolé", "Véhicules diesel", "Conseil."):
        assert secret in words(prepared.dossier_in(prepared.language).sections)
        assert secret not in words(prepared.document)
    written = b"".join(parts_of(prepared.write()).values()).decode("utf-8", "replace")
    assert "Note pour le dossier" not in written


def test_a_clause_for_the_file_only_is_noted_as_such(prepared):
    places = {entry["id"]: entry["place"] for entry in prepared.document.manifest["clauses"]}
    assert places == {"ENV-GEN-901": "document", "ENV-GEN-904": "file"}


def test_the_file_gives_the_answers_back(prepared):
    written = prepared.write_dossier()
    assert_good_docx(written)
    manifest = read_specification(written).manifest
    assert manifest["kind"] == "dossier"
    assert read(through_json(manifest["answers"])) == prepared.purchase


@given(data=answers())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_answers_as_json_read_back_equal(data):
    purchase = read(data)
    assert read(through_json(answers_json(purchase))) == purchase


def test_what_is_not_stated_is_not_written():
    assert answers_json(read({})) == {"ambition": "core", "language": "fr"}
    assert answers_json(read({"lots": 0, "framework": False, "deposit_percent": 0}))["lots"] == 0
