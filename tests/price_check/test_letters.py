"""The letter: what is asked, traced and dated, in the tenderer's language, without the prices of others."""

import datetime
import io

import pytest
from docx import Document
from price_samples import EXAMPLE

from mpdi.clause_library.core import strict_yaml
from mpdi.documents.docx_reader import read_specification
from mpdi.price_check.core.check import check_prices
from mpdi.price_check.core.reading import read_case
from mpdi.price_check.letters import letter_language, letter_name, write_letter

DAY = datetime.date(2026, 12, 8)


@pytest.fixture
def example(rules):
    """The check of the example, and the offer that must be questioned."""
    made = check_prices(read_case(strict_yaml.read(EXAMPLE)), rules)
    return made, made.offers[4]


def words_of(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("fr", ("au moins 15 %", "article 36, § 4", "dans les 12 jours de calendrier", "25,99\u00a0EUR/h", "commission paritaire 121", "Chiffre inventé", "ni un reproche ni une décision", "Avis juridique: en attente", "à vérifier")),
        ("nl", ("minstens 15 %", "artikel 36, § 4", "binnen 12 kalenderdagen", "25,99\u00a0EUR/h", "paritair comité 121", "geen verwijt en geen beslissing", "Juridisch nazicht: in afwachting", "na te gaan")),
    ],
)  # fmt: skip
def test_what_it_says(example, rules, language, phrases):
    made, offer = example
    words = words_of(write_letter(offer, made, rules, DAY, language))
    assert [phrase for phrase in phrases if phrase not in words] == []
    assert "Total of the offer" not in words, "no English in a letter"


def test_it_holds_no_price_of_another_and_not_the_average(example, rules):
    made, offer = example
    words = words_of(write_letter(offer, made, rules, DAY, "fr")).replace("\u00a0", " ")
    for amount in ("165 000", "171 500", "178 200", "182 000", "171 566", "145 831"):
        assert amount not in words


def test_the_same_case_gives_the_same_bytes(example, rules):
    made, offer = example
    assert write_letter(offer, made, rules, DAY, "fr") == write_letter(offer, made, rules, DAY, "fr")


def test_its_manifest_names_the_reasons_and_the_days(example, rules):
    made, offer = example
    manifest = read_specification(write_letter(offer, made, rules, DAY, "fr")).manifest
    assert manifest["answer_days"] == 12
    assert manifest["reasons"] == ["below_bound", "below_wage_cost", "below_wage_cost"]


def test_the_tenderers_language_comes_first(example):
    made, offer = example
    assert letter_language(made.offers[2], made) == "nl"
    assert letter_language(offer, made) == "fr"


def test_what_is_missing_is_marked_and_the_buyers_days_are_his(check, rules):
    made = check({"tenderer": "Fictive {days} <b>", "amount": 1000}, letter={"answer_days": 15})
    words = words_of(write_letter(made.offers[0], made, rules, DAY, "fr"))
    assert "[adresse du soumissionnaire]" in words
    assert "[nom et fonction du signataire]" in words
    assert "Le délai de 15 jours est votre choix." in words
    assert "Fictive {days} <b>" in words
    assert "comment le prix de votre offre est composé" in words


@pytest.mark.parametrize(("name", "expected"), [("../../Été & Co", "07-ete-co-fr.docx"), ("清掃", "07-offer-fr.docx"), ("x" * 200, f"07-{'x' * 50}-fr.docx")])
def test_file_names_are_harmless(check, name, expected):
    made = check({"tenderer": name[:120], "amount": 1000})
    assert letter_name(7, made.offers[0], "fr") == expected


@pytest.mark.services
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_libreoffice_prints_it(example, rules, pdf_text, language):
    made, offer = example
    words = pdf_text(write_letter(offer, made, rules, DAY, language))
    assert "Éclat Inexistant SRL" in words
    assert "EX-2026-014" in words
    assert ("Ce que nous vous demandons" if language == "fr" else "Wat wij u vragen") in words
