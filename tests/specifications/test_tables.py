"""Tables that a specification computes: lots, the calendar of documents; and the fields of the offer form."""

from decimal import Decimal

import pytest
from purchases import TODAY, read
from test_assembly import FULL
from walking import pieces

from mpdi.clause_library.core.parameter_values import values_for
from mpdi.documents.inline import content_text
from mpdi.documents.model import SpecificationDocument, Table
from mpdi.specifications.words import label, phrase
from mpdi.specifications.writing import prepare


def table_rows(document: SpecificationDocument, caption: str) -> list[list[str]]:
    return [
        [content_text(cell) for cell in row]
        for each in pieces(document.sections)
        if isinstance(each, Table) and each.caption == caption
        for row in each.rows
    ]


def words_of(document: SpecificationDocument) -> str:
    return " ".join(each for each in pieces(document.sections) if isinstance(each, str))


def test_the_calendar_holds_what_is_handed_over_in_execution_and_says_what_is_on_request(published_library):
    rows = [
        row
        for row in table_rows(prepare(read(FULL), published_library).document, phrase("table_reporting", "fr"))
        if row
    ]
    assert rows
    for _clause, title, moment in rows:
        assert moment not in (label("moment", "award", "fr"), label("moment", "tender", "fr"))
        assert (moment == phrase("on_request", "fr")) == ("demande" in title and "Demande d'avance" not in title), title
    register = [moment for clause, title, moment in rows if title == "Registre des sous-traitants"]
    assert register == [label("moment", "start", "fr")] * len(register)


@pytest.mark.parametrize(
    ("lots", "options", "width", "open_lots"),
    [
        ([{"title": "A"}, {"title": "B"}], [], 2, 0),
        ([{"title": "A", "reserved": True}, {"title": "B"}], [], 3, 1),
        ([{"title": "A", "reserved": False}, {"title": "B", "reserved": False}], [], 3, 0),
        ([{"title": "A"}, {"title": "B"}], ["reserved_lot"], 3, 2),
    ],
)
def test_a_lot_whose_reservation_is_not_stated_is_to_complete(published_library, lots, options, width, open_lots):
    document = prepare(read(FULL | {"lots": 2, "lots_detail": lots, "options": options}), published_library).document
    assert {len(row) for row in table_rows(document, phrase("table_lots", "fr"))} == {width}
    listed = [each.text for each in document.title_page.to_complete if "réservé (article 15)" in each.text]
    assert len(listed) == open_lots
    assert (
        sum(f"[{words}]" in row for row in table_rows(document, phrase("table_lots", "fr")) for words in listed)
        == open_lots
    )


def test_no_deposit_is_said_in_a_sentence_and_asks_for_no_proof(published_library):
    prepared = prepare(read(FULL | {"deposit_percent": 0}), published_library)
    assert "SME-GEN-010" not in {clause.id for clause in prepared.selection.chosen}
    assert "Le taux du cautionnement est de zéro" in words_of(prepared.document)


def form(answers, library):
    document = prepare(read(answers), library).document
    return [row[0] for row in table_rows(document, "Offre du soumissionnaire")]


def test_the_offer_form_has_a_field_for_what_clauses_send_there(published_library):
    fields = " ".join(form(FULL | {"lots": 2, "no_lots_reason": None}, published_library))
    for words in (
        "Effectif, chiffre d'affaires et total du bilan",
        "Chiffre d'affaires de chaque exercice",
        "Assurance",
    ):
        assert words in fields
    assert "Numéro de chaque lot" in fields
    assert "Lot prioritaire" in fields
    undivided = " ".join(form(FULL, published_library))
    assert "lot" not in undivided.lower().replace("lots", "lot").split()
    above = " ".join(form(FULL | {"estimated_value": 300_000}, published_library))
    assert "Chiffre d'affaires de chaque exercice" not in above, "the ESPD holds it"


def test_below_the_european_threshold_no_exclusion_form_is_asked(published_library):
    below = prepare(read(FULL), published_library).document
    assert "annex_declarations" not in {section.id for section in below.sections}
    above = prepare(read(FULL | {"estimated_value": 300_000}), published_library).document
    subjects = [row[0] for row in table_rows(above, "Déclarations (loi du 17 juin 2016)")]
    assert "Concurrence (article 5)" in subjects
    assert not [subject for subject in subjects if "67" in subject or "68" in subject or "article 7)" in subject]


@pytest.mark.parametrize(("factor", "printed"), [("0.5", "100"), ("1", "100"), ("1.25", "150"), ("1.5", "150")])
def test_the_share_asked_for_is_not_printed_beside_the_amount_it_gives(published_library, factor, printed):
    purchase = read(FULL | {"turnover_factor": Decimal(factor)})
    assert values_for(published_library.latest("SME-GEN-004", TODAY), purchase).get("turnover_share", 100) == int(
        printed
    )


def test_what_one_answer_fills_is_asked_once_with_every_place(published_library):
    bare = {key: value for key, value in FULL.items() if key not in ("lots", "duration_months", "no_lots_reason")}
    listed = prepare(read(bare), published_library).document.title_page.to_complete
    texts = [each.text for each in listed]
    for fact in ("fact_duration_months", "fact_lots_count"):
        assert texts.count(phrase(fact, "fr")) == 1
    assert "; " in next(each.where for each in listed if each.text == phrase("fact_duration_months", "fr"))


def test_alternatives_that_the_answers_settle_are_not_printed(published_library):
    words = words_of(
        prepare(read(FULL | {"award": [{"criterion": "price", "weight": 100}]}), published_library).document
    )
    for undecided in (
        "s'il est divisé, chaque lot",
        "s'il y a des lots",
        "Si le prix est le seul critère",
        "Le marché ou chaque lot",
    ):
        assert undecided not in words
    assert "Le marché est conclu pour" in words
