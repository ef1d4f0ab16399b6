"""A specification assembled: each clause in its place once, nothing unresolved, what is missing told on the first page."""

import dataclasses
import datetime
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from clause_samples import clause_data, version_of
from docx_checks import assert_good_docx, parts_of
from hypothesis import HealthCheck, given, settings
from purchases import TODAY, answers, covering, read, through_json
from walking import pieces

from mpdi.clause_library.core.conditions import check_condition
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Override, Purchase
from mpdi.clause_library.core.selection import select
from mpdi.clause_library.core.vocabulary import (
    AuthorityType,
    Category,
    Certainty,
    ClauseKind,
    Decision,
    Language,
    Nature,
    Procedure,
    Severity,
)
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.inline import Emphasis, Parameter, Run
from mpdi.documents.model import ClauseBlock, SpecificationDocument
from mpdi.specifications.checking.inspection import inspect_document
from mpdi.specifications.context import Context
from mpdi.specifications.placing import Placement
from mpdi.specifications.skeleton import SkeletonSection, read_document_data, read_skeleton
from mpdi.specifications.words import label, phrase
from mpdi.specifications.writing import prepare

LANGUAGES: tuple[Language, ...] = ("fr", "nl")
FULL = covering(1)[0] | {
    "reference": "EX-1",
    "authority": {"name": "Commune d'Exemple", "type": "local"},
    "object": "Nettoyage",
    "nature": "services",
    "cpv": ["90919200"],
    "estimated_value": 123_457,
    "procedure": "open",
    "duration_months": 12,
    "lots": 0,
    "no_lots_reason": "Un site",
    "framework": False,
    "subsidised_by_region": False,
    "payment_days": 30,
    "advance": {"percent": 20},
    "deposit_percent": 0,
    "turnover_factor": 1,
    "language": "fr",
}


def clauses_of(document: SpecificationDocument) -> list[str]:
    return [each.clause_id for each in pieces(document.sections) if isinstance(each, ClauseBlock)]


def unresolved(document: Any) -> list[str]:
    return [
        each
        for each in pieces(document)
        if isinstance(each, str) and re.search(r"\{\{|\}\}|\bNone\b|Decimal\(|datetime", each)
    ]


def check_document(prepared: Any) -> None:
    assert unresolved(prepared.document) == []
    assert unresolved(prepared.dossier_in(prepared.language)) == []
    is_bilingual = isinstance(prepared.document, BilingualDocument)
    for document in prepared.document.sides if is_bilingual else (prepared.document,):
        standing = clauses_of(document)
        assert sorted(standing) == sorted(
            clause.id for clause in prepared.selection.chosen if clause.is_printed and clause.id in standing
        )
        entries = document.title_page.to_complete
        assert is_bilingual or len(entries) == len(set(entries))
        assert missing_words(document) <= {each.text for each in entries}
    if is_bilingual:
        assert len(prepared.document.to_complete) == len(set(prepared.document.to_complete))


def missing_words(document: SpecificationDocument) -> set[str]:
    """What stands highlighted in brackets, or as a parameter without value; weights to confirm are listed in other words."""
    found = pieces(document.sections)
    words = {
        each.text.removeprefix("[").removesuffix("]")
        for each in found
        if (isinstance(each, Parameter) and not each.is_filled)
        or (isinstance(each, Run) and each.emphasis is Emphasis.HIGHLIGHT and each.text.startswith("["))
    }
    language = str(document.language)
    weights = phrase("weights_proposed", language).removeprefix("[").removesuffix("]")
    return {phrase("confirm_weights", language) if each == weights else each for each in words}


@given(data=answers())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_whatever_is_answered_nothing_stays_unresolved(published_library, data):
    prepared = prepare(read(data), published_library)
    check_document(prepared)
    again = read(through_json(prepared.dossier_in(prepared.language).manifest["answers"]))
    assert again == prepared.purchase


@pytest.mark.parametrize(
    "data", covering(24), ids=lambda data: f"{data['procedure']}-{data['language']}-{data['nature']}"
)
def test_every_kind_of_purchase_is_written_whole_and_read_back_unchanged(published_library, data):
    prepared = prepare(read(data), published_library)
    check_document(prepared)
    written = prepared.write()
    assert_good_docx(written)
    assert_good_docx(prepared.write_dossier())
    found = inspect_document(read_specification(written), published_library, TODAY)
    assert {clause["id"] for clause in found["clauses"]} == set(clauses_of(prepared.document))
    assert [clause["id"] for clause in found["clauses"] if clause["state"] != "unchanged"] == []


def sections_of(parts: tuple[SkeletonSection, ...]) -> list[SkeletonSection]:
    return [section for part in parts for section in part.walk()]


def test_every_kind_of_clause_has_a_place(clause_library):
    for kind in ClauseKind:
        clause = version_of(clause_data(kind=str(kind)))
        placement = Placement(read_skeleton(), [clause])
        slots = [
            block for section in sections_of(read_skeleton()) for block in section.blocks if block.kind == "clauses"
        ]
        standing = [placement.clauses(slot) for slot in slots if placement.clauses(slot)]
        assert standing == [[clause]], f"a clause of kind {kind} stands in {len(standing)} places"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_of_the_edition_stands_once_when_the_buyer_takes_them_all(published_library, language):
    wanted = {identifier: Override(Decision.IN, "essai") for identifier in published_library.identifiers}
    prepared = prepare(dataclasses.replace(read(FULL), overrides=wanted, language=language), published_library)
    standing = clauses_of(prepared.document)
    assert len(standing) == len(set(standing))
    printed = {clause.id for clause in prepared.selection.chosen if clause.is_printed}
    assert printed - set(standing) == set(), "chosen and nowhere in the document"
    assert unresolved(prepared.document) == []
    assert_good_docx(prepared.write())


def test_a_clause_named_by_a_slot_stands_there_and_others_in_the_slot_of_their_kind(clause_library):
    named = [
        (slot, identifier)
        for section in sections_of(read_skeleton())
        for slot in section.blocks
        for identifier in slot.slot_ids
    ]
    assert len({identifier for _, identifier in named}) == len(named), "a clause is named by two slots"
    for slot, identifier in named:
        kind = (
            str(clause_library.versions(identifier)[-1].kind)
            if identifier in clause_library.identifiers
            else "performance"
        )
        clause = version_of(clause_data(identifier, kind))
        assert Placement(read_skeleton(), [clause]).clauses(slot) == [clause]


PLACE = re.compile(r"\{\{\s*(number:)?([a-z][a-z0-9_]*)\s*\}\}")


def fixed_texts() -> list[Any]:
    return [read_skeleton(), dict(read_document_data("annexes"))]


def test_every_place_of_the_fixed_text_is_known(published_library):
    purchase = read(FULL | {"lots": 2})
    context = Context(purchase, published_library, select(published_library, purchase), "fr")
    places = {
        match.groups() for each in pieces(fixed_texts()) if isinstance(each, str) for match in PLACE.finditer(each)
    }
    assert len(places) > 10
    for is_number, key in places:
        if is_number:
            assert context.law(key)
        else:
            assert context.fact(key) is not None or key == "no_lots_reason", key
            assert all(phrase(f"fact_{key}", language) for language in LANGUAGES)


def test_every_condition_of_the_fixed_text_is_sound(clause_library):
    conditions = [
        condition
        for section in sections_of(read_skeleton())
        for condition in (
            section.only_when,
            *(guard for block in section.blocks for guard in (block.when, block.only_when)),
            *(item.only_when for block in section.blocks for item in block.items),
        )
    ]
    annexes = [
        each["only_when"]
        for each in pieces(dict(read_document_data("annexes")))
        if isinstance(each, dict) and "only_when" in each
    ]
    sound = [condition for condition in (*conditions, *annexes) if condition is not None]
    assert len(sound) > 10
    for condition in sound:
        check_condition(condition, clause_library.reference.numbers)


def test_every_article_that_the_fixed_text_rests_on_is_known(clause_library):
    bases = [basis for section in sections_of(read_skeleton()) for basis in section.legal_basis]
    assert bases
    known = clause_library.reference.instruments
    assert [basis for basis in bases if basis[0] not in known or basis[1] not in known[basis[0]].articles] == []


LABELS = {
    "kind": ClauseKind,
    "nature": Nature,
    "procedure": Procedure,
    "decision": Decision,
    "severity": Severity,
    "certainty": Certainty,
    "part": [
        "definition",
        "obligation",
        "label_statement",
        "scoring",
        "calculation",
        "proof_at_tender",
        "proof_in_execution",
        "change",
        "consequence",
    ],
    "who": ["buyer", "evaluator", "contract_manager", "site_manager", "contractor", "third_party"],
    "source": [
        "tender",
        "label_register",
        "telemarc",
        "onss",
        "limosa",
        "check_in_at_work",
        "eprel",
        "go_registry",
        "invoice",
        "delivery_note",
        "payslip",
        "time_log",
        "laboratory",
        "site",
        "public_register",
        "contractor",
    ],
    "moment": [
        "tender",
        "award",
        "start",
        "each_delivery",
        "each_invoice",
        "monthly",
        "quarterly",
        "each_half_year",
        "yearly",
        "yearly_unannounced",
        "acceptance",
        "end",
    ],
    "legal_review": ["pending", "signed"],
}


@pytest.mark.parametrize("group", LABELS)
def test_every_value_of_the_vocabulary_has_its_word(group):
    words = {value: [label(group, str(value), language) for language in LANGUAGES] for value in LABELS[group]}
    unsaid = [value for value, (fr, nl) in words.items() if not (fr.strip() and nl.strip())]
    assert unsaid == (["obligation", "label_statement"] if group == "part" else []), (
        "only these stand without a word before them"
    )
    assert len({fr for fr, _ in words.values() if fr}) == len(words) - len(unsaid), "two values with the same word"


def test_what_is_not_stated_is_highlighted_and_listed_on_the_first_page(published_library):
    prepared = prepare(Purchase(TODAY, nature=Nature.SERVICES, cpv=("90919200",)), published_library)
    missing = missing_words(prepared.document)
    assert len(missing) >= 5
    listed = {each.text: each.where for each in prepared.document.title_page.to_complete}
    assert missing <= set(listed)
    assert all(listed.values()), "each entry says where"
    for key in ("authority_name", "object", "procedure_label"):
        assert phrase(f"fact_{key}", "fr") in listed
    body = parts_of(prepared.write())["word/document.xml"].decode()
    first_page = body[: body.index("mpdi:clause:")]
    assert all(text.replace("&", "&amp;") in first_page for text in missing)
    assert body.count('<w:rStyle w:val="Highlight"/>') >= len(missing)


def test_what_is_stated_is_not_asked_again(published_library):
    prepared = prepare(read(FULL), published_library)
    listed = {each.text for each in prepared.document.title_page.to_complete}
    for key in ("authority_name", "reference", "object", "nature_label", "cpv_label", "procedure_label", "duration"):
        assert phrase(f"fact_{key}", "fr") not in listed


def test_a_parameter_without_value_is_listed_under_its_clause(clause_library):
    text = [
        {"part": part, "fr": "Dans {{ place }}.", "nl": "In {{ place }}."}
        for part in ("obligation", "proof_in_execution", "consequence")
    ]
    place = {
        "type": "text",
        "default": None,
        "provenance": "buyer",
        "decided_by": "buyer",
        "label": {"fr": "Lieu exact", "nl": "Juiste plaats"},
    }
    library = ClauseLibrary(
        [version_of(clause_data(kind="performance", parameters={"place": place}, text=text))], clause_library.reference
    )
    (entry,) = [
        each for each in prepare(read(FULL), library).document.title_page.to_complete if each.text == "Lieu exact"
    ]
    assert (entry.where, entry.target) == ("ENV-GEN-901 – Titre ENV-GEN-901", "ENV-GEN-901")
    stated = read(FULL | {"parameters": {"ENV-GEN-901": {"place": "Forest"}}})
    document = prepare(stated, library).document
    assert "Lieu exact" not in {each.text for each in document.title_page.to_complete}
    assert any(isinstance(each, Parameter) and each.text == "Forest" for each in pieces(document.sections))


def test_an_own_criterion_stands_with_its_scale_and_proof_or_asks_for_them(published_library):
    own = {"criterion": "Qualité du planning", "weight": 40, "scale": "40 points pour un planning complet"}
    for proof in ("Planning de deux pages", None):
        award = [{"criterion": "price", "weight": 60}, {**own, "proof": proof}]
        document = prepare(read(FULL | {"award": award}), published_library).document
        texts = [each.text for each in pieces(document.sections) if isinstance(each, Run)]
        assert {"40 points pour un planning complet", proof or "[Preuve du critère « Qualité du planning »]"} <= set(
            texts
        )
        listed = [each for each in document.title_page.to_complete if "planning" in each.text]
        assert [each.text for each in listed] == ([] if proof else ["Preuve du critère « Qualité du planning »"])


SECRETS = {
    "estimated_value": 123_457,
    "lots": 2,
    "no_lots_reason": None,
    "lots_detail": [{"title": "Un", "estimated_value": 77_771}, {"title": "Deux", "estimated_value": 45_686}],
}


def test_the_file_for_tenderers_holds_no_estimate_and_no_reason_of_the_buyers(published_library):
    data = (
        FULL
        | SECRETS
        | {
            "overrides": {"SME-GEN-001": {"decision": "out", "reason": "Zwaluwnest"}},
            "award": [{"criterion": "price", "weight": 100}],
            "dnsh": [{"objective": "clim-mitig", "relevant": True, "reason": "Kwikstaart", "measure": "Ijsvogel"}],
        }
    )
    prepared = prepare(read(data), published_library)
    assert prepared.findings, "the findings stand in the manifest too"
    everything = " ".join(part.decode("utf-8", "replace") for part in parts_of(prepared.write()).values())
    everything += json.dumps(prepared.document.manifest, ensure_ascii=False)
    digits = re.sub("[\\s.\u00a0]", "", everything)
    for secret in ("Zwaluwnest", "Kwikstaart", "Ijsvogel"):
        assert secret not in everything
    for amount in ("123457", "77771", "45686"):
        assert amount not in digits
    dossier = json.dumps(prepared.dossier_in(prepared.language).manifest, ensure_ascii=False)
    assert all(secret in dossier for secret in ("Zwaluwnest", "Kwikstaart", "Ijsvogel", "123457", "77771"))


def test_the_manifest_says_what_was_found_and_when(published_library):
    manifest = prepare(read(FULL), published_library).document.manifest
    assert manifest["kind"] == "specification"
    assert manifest["publication_date"] == "2026-12-01"
    assert manifest["category"] == {"used": "cleaning", "found": "cleaning", "prefix": "9091"}
    for entry in manifest["clauses"]:
        version = published_library.version(entry["id"], entry["version"])
        assert entry["digest"] == version.digest
        assert entry["place"] == ("document" if entry["rendered_digest"] else "file")
        assert version.is_printed or entry["place"] == "file"
    assert json.loads(json.dumps(manifest)) == manifest


def test_a_date_not_stated_is_told_in_the_document(published_library):
    data = {key: value for key, value in FULL.items() if key != "publication_date"}
    assert phrase("date_assumed", "fr") in prepare(read(data), published_library).document.title_page.notices
    assert phrase("date_assumed", "fr") not in prepare(read(FULL), published_library).document.title_page.notices


def test_the_same_input_gives_the_same_bytes(published_library):
    one, other = (
        prepare(read(dict(reversed(FULL.items())) if turned else FULL), published_library) for turned in (False, True)
    )
    assert one.write() == other.write()
    assert one.write_dossier() == other.write_dossier()
    assert one.write() != prepare(read(FULL | {"payment_days": 29}), published_library).write()


ODD = ["<b>Marché</b> & <w:p/>", "Nettoyage 🧹 שלום عربي", "A" * 300, "{{ place }} {0} %s", "a\u2028b", "]]> <!-- -->"]


@pytest.mark.parametrize("words", ODD, ids=lambda words: repr(words)[:20])
def test_odd_words_of_the_buyer_stand_as_words(published_library, words):
    data = FULL | {
        "object": words,
        "reference": words[:60],
        "authority": {"name": words[:200], "type": "local"},
        "lots": 1,
        "lots_detail": [{"title": words[:200]}],
        "award": [{"criterion": words[:200], "weight": 100}],
    }
    prepared = prepare(read(data), published_library)
    assert_good_docx(prepared.write())
    assert_good_docx(prepared.write_dossier())
    assert prepared.document.title_page.object == " ".join(words.split())


def test_a_law_not_known_for_the_date_is_a_message(published_library):
    from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError

    with pytest.raises(LawNumberNotInForceError, match="2031"):
        prepare(read(FULL | {"publication_date": datetime.date(2031, 1, 1)}), published_library)


def test_weights_of_award_criteria_always_total_what_the_table_says(published_library):
    from mpdi.specifications.award import weighted_criteria

    for data in covering(40):
        prepared = prepare(read(data), published_library)
        criteria = weighted_criteria(prepared.purchase, prepared.selection.chosen)
        total = sum((item.weight for item in criteria), Decimal(0))
        assert total == 100 or any(finding.rule == "L04" for finding in prepared.findings), data
        assert all(item.weight >= 0 for item in criteria)


def test_authority_types_and_categories_all_write(published_library):
    for kind in AuthorityType:
        assert unresolved(prepare(read(FULL | {"authority": {"type": str(kind)}}), published_library).document) == []
    for category in Category:
        assert unresolved(prepare(read(FULL | {"category": str(category)}), published_library).document) == []
