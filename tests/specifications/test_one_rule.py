"""The document says a thing once: fixed text gives way to the clause that rules on it, and promises nothing that is absent."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from purchases import read
from test_assembly import FULL, clauses_of
from walking import pieces

from mpdi.clause_library.core.conditions import check_condition
from mpdi.documents.inline import content_text
from mpdi.documents.model import ClauseBlock, Section, SpecificationDocument, Table
from mpdi.resources import folder
from mpdi.specifications.skeleton import read_document_data, read_skeleton
from mpdi.specifications.writing import prepare

LOTS = {"lots": 2, "lots_detail": [{"title": "Bureaux"}, {"title": "Coordination du chantier"}]}
WORKS = FULL | LOTS | {"nature": "works", "cpv": ["45210000"], "estimated_value": 900_000}


def written(library: Any, **changes: Any) -> SpecificationDocument:
    document = prepare(read(FULL | changes), library).document
    assert isinstance(document, SpecificationDocument)
    return document


def without(*identifiers: str) -> dict[str, Any]:
    return {"overrides": {each: {"decision": "out", "reason": "Essai"} for each in identifiers}}


def with_(*identifiers: str) -> dict[str, Any]:
    return {"overrides": {each: {"decision": "in", "reason": "Essai"} for each in identifiers}}


def section(document: SpecificationDocument, identifier: str) -> Section | None:
    return next((each for each in document.sections if each.id == identifier), None)


def fixed(document: SpecificationDocument, *identifiers: str) -> str:
    """The fixed words of sections, the clauses that stand in them left out."""
    found = [each for identifier in identifiers if (each := section(document, identifier)) is not None]
    blocks = [block for each in found for block in each.blocks if not isinstance(block, ClauseBlock)]
    return " ".join(each for each in pieces(blocks) if isinstance(each, str))


def rows(document: SpecificationDocument, identifier: str) -> list[list[str]]:
    found = section(document, identifier)
    assert found is not None, identifier
    return [
        [content_text(cell) for cell in row] for each in found.blocks if isinstance(each, Table) for row in each.rows
    ]


def to_complete(document: SpecificationDocument) -> str:
    return "\n".join(each.text for each in document.title_page.to_complete)


def standing(document: SpecificationDocument, identifier: str) -> list[str]:
    found = section(document, identifier)
    return [each.clause_id for each in found.blocks if isinstance(each, ClauseBlock)] if found else []


def test_the_three_aids_that_a_clause_promises_exist_or_are_to_complete(published_library):
    document = written(published_library)
    assert "SME-GEN-014" in clauses_of(document)
    assert "Synthèse" in to_complete(document)
    assert "Liste de contrôle" in to_complete(document)
    assert len(rows(document, "annex_glossary")) >= 8
    absent = written(published_library, **without("SME-GEN-014"))
    assert [section(absent, each) for each in ("summary", "annex_glossary", "annex_tender_checklist")] == [None] * 3


def test_the_checklist_names_each_document_once_with_asker_model_and_moment(published_library):
    listed = rows(written(published_library, **LOTS), "annex_tender_checklist")
    assert listed[0][:1] + listed[0][2:] == ["Formulaire d'offre", "annexe B", "avec l'offre"]
    moments = [row[3] for row in listed]
    assert moments == sorted(moments), "with the tender first"
    record = [row for row in listed if "casier judiciaire ou équivalent" in row[0]]
    assert [(row[1], row[3]) for row in record] == [("DMP-GEN-003, ETH-GEN-003", "sur demande")]
    hours = next(row for row in listed if row[0] == "Tableau des heures par site")
    assert hours[2].startswith("annexe ")
    assert not [row for row in listed if row[0] == "DUME ou déclaration sur l'honneur"], "tendering implies it"
    above = written(published_library, estimated_value=900_000)
    assert [row for row in rows(above, "annex_tender_checklist") if row[0] == "DUME ou déclaration sur l'honneur"]


def test_what_is_known_of_documents_names_documents_of_the_library(published_library):
    known = read_document_data("documents")
    evidence = {clause.id: {each.name: each for each in clause.evidence} for clause in published_library}
    written_so_far = {key: documents for key, documents in known.items() if key in evidence}
    assert len(known) - len(written_so_far) <= 5, "a clause may be on its way"
    for identifier, documents in written_so_far.items():
        for name, facts in documents.items():
            assert name in evidence[identifier], (identifier, name)
            assert facts.keys() <= {"on_request", "on_request_of_tenderer", "only_when", "in_form"}
            for condition in (facts.get("on_request"), facts.get("only_when")):
                if isinstance(condition, dict):
                    check_condition(condition, published_library.reference.numbers)
    says_so = re.compile(r"\b(sur|à la) demande\b|réponse à une demande", re.IGNORECASE)
    titled = {
        (key, each.name) for key, all_ in evidence.items() for each in all_.values() if says_so.search(each.title.fr)
    }
    assert all("on_request" in known.get(key, {}).get(name, {}) for key, name in titled)


@pytest.mark.parametrize(
    ("taken_out", "told_in_fixed_text"),
    [((), []), (("SME-GEN-009",), ["payée dans le délai"]), (("SME-GEN-027",), ["mentionnent la référence"])],
)
def test_invoices_follow_one_rule(published_library, taken_out, told_in_fixed_text):
    document = written(published_library, **without(*taken_out))
    words = fixed(document, "payment")
    assert all(each in words for each in told_in_fixed_text)
    assert "Une facture incomplète est renvoyée" not in words
    assert ("mentionnent la référence" in words) == ("SME-GEN-027" in taken_out)
    assert {"SME-GEN-009", "SME-GEN-027"} - set(taken_out) <= set(standing(document, "payment"))


def test_without_a_clause_the_fixed_text_rules_on_invoices(published_library):
    words = fixed(written(published_library, **without("SME-GEN-009", "SME-GEN-027")), "payment")
    assert "Une facture incomplète est renvoyée" in words
    assert "article 14/1" in words


def test_of_two_deadlines_for_one_document_the_text_says_which_prevails(published_library):
    words = fixed(written(published_library), "exclusion")
    assert "le plus long s'applique" in words
    assert "l'emporte sur un délai général" in words
    assert "le plus long s'applique" not in fixed(
        written(published_library, **without("DMP-GEN-003", "ETH-GEN-003")), "exclusion"
    )


def test_questions_and_visits_follow_one_rule(published_library):
    both = written(published_library)
    words = fixed(both, "tender_information")
    assert "est celui que fixe la clause SME-GEN-015" in words
    assert "au plus tard au premier des deux moments" in words
    assert "dernier jour utile" not in to_complete(both)
    assert "caractère facultatif ou obligatoire" not in to_complete(both)
    assert standing(both, "tender_information") == ["SME-GEN-015", "SME-GEN-024"]
    neither = written(published_library, **without("SME-GEN-015", "SME-GEN-024"))
    assert "dernier jour utile" in to_complete(neither)
    assert "caractère facultatif ou obligatoire" in to_complete(neither)


def test_a_framework_with_its_clause_leaves_the_terms_to_it(published_library):
    inside = written(published_library, framework=True, **with_("SME-GEN-017"))
    assert "SME-GEN-017" in clauses_of(inside)
    assert "règle d'attribution des commandes" not in to_complete(inside)
    assert "pouvoirs adjudicateurs qui peuvent commander" in to_complete(inside)
    outside = written(published_library, framework=True, **without("SME-GEN-017"))
    assert "règle d'attribution des commandes" in to_complete(outside)


def test_a_framework_with_several_participants_is_not_awarded_to_one_nor_for_another_duration(published_library):
    inside = written(published_library, framework=True, duration_months=36, **with_("SME-GEN-017"))
    assert "attribué à l'offre la plus avantageuse" not in fixed(inside, "award")
    assert "deviennent participants" in fixed(inside, "award")
    assert "manière de commander" not in to_complete(inside)
    clause = next(each for each in inside.clauses if each.clause_id == "SME-GEN-017")
    assert "pour 36 mois, prolongations comprises" in clause.text
    outside = written(published_library, framework=True, **without("SME-GEN-017"))
    assert "attribué à l'offre la plus avantageuse" in fixed(outside, "award")
    assert "manière de commander" in to_complete(outside)


def test_food_is_not_described_as_equipment(published_library):
    food = written(published_library, nature="supplies", cpv=["15000000"])
    items = [row[0] for row in rows(food, "annex_price_inventory")]
    assert items == ["Denrées, article par article", "Total hors TVA"]
    assert "Denrées: cuisines" in to_complete(food)
    assert not re.search("pièces de rechange|délai de réparation|logiciels|délai d'intervention", to_complete(food))
    chairs = written(published_library, nature="supplies", cpv=["39130000"])
    assert "Entretien" in [row[0] for row in rows(chairs, "annex_price_inventory")]
    assert "pièces de rechange" in to_complete(chairs)


def test_the_coordination_lot_has_its_prices_in_the_inventory_and_its_name_to_complete(published_library):
    document = written(published_library, **WORKS | with_("SME-GEN-003"))
    assert "SME-GEN-003" in clauses_of(document)
    items = [row[0] for row in rows(document, "annex_price_inventory") if "coordination" in row[0]]
    assert len(items) == 4
    assert any("réunion supplémentaire" in each for each in items)
    assert any(each.target == "SME-GEN-003" for each in document.title_page.to_complete)
    absent = written(published_library, **WORKS | without("SME-GEN-003"))
    assert not [row for row in rows(absent, "annex_price_inventory") if "coordination" in row[0]]


def test_the_dated_sheet_is_an_annex_that_the_buyer_fills_in(published_library):
    document = written(published_library, **with_("DMP-GEN-018"))
    assert rows(document, "model_DMP-GEN-018_floor_sheet")
    assert "Fiche datée du coût plancher" in to_complete(document)


def test_variants_are_not_both_excluded_and_authorised(published_library):
    asked = written(published_library, options=["variants"])
    assert "INN-GEN-002" in clauses_of(asked)
    assert "ne sont ni exigées ni autorisées" not in fixed(asked, "variants_and_options")
    assert "absence d'offre de base ou le rejet" in fixed(asked, "variants_and_options")
    taken = written(published_library, **with_("INN-GEN-002"))
    assert "Les variantes libres et les options libres sont exclues" not in fixed(taken, "variants_and_options")


def test_a_voluntary_advance_stands_with_the_advances_and_rules_on_its_recovery(published_library):
    document = written(published_library, **with_("SME-GEN-008"))
    assert "SME-GEN-008" in standing(document, "advances")
    assert "la première moitié est imputée" not in fixed(document, "advances")
    assert "la première moitié est imputée" in fixed(
        written(published_library, **without("SME-GEN-007", "SME-GEN-008")), "advances"
    )


@pytest.mark.parametrize("inside", ["DMP-CLEAN-004", "DMP-GEN-017"])
def test_the_fixed_rule_on_withholding_gives_way_to_either_clause(published_library, inside):
    other = {"DMP-CLEAN-004": "DMP-GEN-017", "DMP-GEN-017": "DMP-CLEAN-004"}[inside]
    choice = {"overrides": {**with_(inside)["overrides"], **without(other)["overrides"]}}
    rule = "il retient et verse aux administrations compétentes"
    assert rule not in fixed(written(published_library, **choice), "withholding").lower()
    assert rule in fixed(written(published_library, **without(inside, other)), "withholding").lower()


def test_a_reserved_lot_prints_the_rules_of_the_form_chosen_alone(published_library):
    asked = {"lots": 1, "lots_detail": [{"title": "Jardins", "reserved": True}]}

    def words(**changes: Any) -> str:
        document = written(published_library, **asked, **changes)
        clause = next(each for each in document.clauses if each.clause_id == "SOC-GEN-004")
        return clause.text

    access = words()
    assert "Chaque participant d'un groupement remplit la condition" in access
    assert "Tout opérateur peut remettre offre" not in access
    sheltered = words(parameters={"SOC-GEN-004": {"reservation_form": "sheltered_programme"}})
    assert "Tout opérateur peut remettre offre" in sheltered
    assert "Chaque participant d'un groupement remplit la condition" not in sheltered
    assert not [each for each in (access, sheltered) if "Lorsque la réservation porte" in each]


def test_the_table_of_lots_is_filled_in_with_the_lots(published_library):
    lots = rows(written(published_library, **LOTS), "model_SME-GEN-001_lot_table")
    assert [row[:2] for row in lots] == [["1", "Bureaux"], ["2", "Coordination du chantier"]]
    assert all(set(row[2:]) == {""} for row in lots)
    blank = rows(written(published_library, lots=2), "model_SME-GEN-001_lot_table")
    assert {cell for row in blank for cell in row} == {""}


@pytest.mark.parametrize("procedure", ["open", "restricted"])
def test_nothing_is_negotiated_where_the_procedure_knows_no_negotiation(published_library, procedure):
    document = written(published_library, procedure=procedure)
    said = " ".join(fixed(document, each.id) for each in document.sections if not each.is_annex)
    said = said.replace("Les offres ne sont pas négociées", "")
    assert not re.search(r"ou négociée|telle que .*négociée", said)
    other = written(published_library, procedure="negotiated_with_publication")
    assert "ou négociée" in fixed(other, "contract_documents", "tender_validity")


def test_no_fixed_text_follows_a_clause_in_its_section():
    """It would read as part of the clause above it."""
    for part in read_skeleton():
        for each in part.walk():
            kinds = [block.kind for block in each.blocks]
            assert kinds == sorted(kinds, key=lambda kind: kind == "clauses"), each.id


def test_the_clause_on_reading_aids_stands_beside_the_summary(published_library):
    assert standing(written(published_library), "summary") == ["SME-GEN-014"]


def _texts() -> Iterator[tuple[str, str]]:
    for path in sorted((folder("templates") / "documents").rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", line


def test_fixed_text_has_no_plural_in_brackets():
    assert not [place for place, line in _texts() if re.search(r"\w\((-?e?s|x|n|en|ën|ne?s)\)", line)]


def test_free_variants_and_options_are_excluded_once(published_library):
    answers = {"procedure": "open", "estimated_value": 120_000, "options": []}
    inside = written(published_library, **answers, **with_("SME-GEN-036"))
    assert "SME-GEN-036" in clauses_of(inside)
    said = fixed(inside, "variants_and_options")
    assert "variantes libres" not in said
    assert "Aucune variante n'est exigée ni autorisée" in said
    outside = fixed(written(published_library, **answers, **without("SME-GEN-036")), "variants_and_options")
    assert "Les variantes libres et les options libres sont exclues" in outside
    assert "les options que l'inventaire ou une clause exige" in outside


@pytest.mark.parametrize("percent", [3, 18])
@pytest.mark.parametrize("inside", [(), ("SME-GEN-007",), ("SME-GEN-008",), ("SME-GEN-007", "SME-GEN-008")], ids=" ".join)
def test_the_advance_that_a_buyer_states_is_never_lost(published_library, inside, percent):
    outside = {"SME-GEN-007", "SME-GEN-008"} - set(inside)
    overrides = with_(*inside)["overrides"] | without(*outside)["overrides"]
    document = written(published_library, advance={"percent": percent}, overrides=overrides)
    found = section(document, "advances")
    assert found is not None
    assert f"{percent} %" in plain_words(pieces(found.blocks))
    # The clause on voluntary advances holds rates from 5 % to 20 %: within them it speaks, and the fixed text gives way.
    is_fixed = f"une avance de {percent} %" in plain_words([fixed(document, "advances")])
    assert is_fixed == ("SME-GEN-008" not in inside or percent == 3)


def plain_words(parts: Iterable[Any]) -> str:
    """The words of pieces as one reads them: without the names of their kinds, with ordinary spaces."""
    words = " ".join(each for each in parts if isinstance(each, str) and each != "plain").replace(" plain ", " ")
    return " ".join(words.split())
