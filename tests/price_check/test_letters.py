"""The letter: what is asked, traced and dated, in the tenderer's language, without the prices of others."""

import datetime
import io
from decimal import Decimal

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
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells).replace("\u00a0", " ")


def yellow(content):
    """The words on a yellow ground."""
    document = Document(io.BytesIO(content))
    paragraphs = [*document.paragraphs, *(each for table in document.tables for row in table.rows for cell in row.cells for each in cell.paragraphs)]
    return [run.text for paragraph in paragraphs for run in paragraph.runs if run.style.style_id == "Highlight"]


@pytest.mark.parametrize(
    ("language", "phrases"),
    [
        ("fr", ("au moins 15 %", "article 36, § 4", "dans les 12 jours de calendrier", "25,99 EUR/h", "commission paritaire 121", "Chiffre inventé pour l'exemple, fiche du 20 novembre 2026, valable du 01/01/2026 au 31/12/2026", "pour les raisons suivantes", "ni un reproche ni une décision", "Avis juridique : en attente", "hors TVA : demande", "à vérifier")),
        ("nl", ("minstens 15 %", "artikel 36, § 4", "binnen 12 kalenderdagen", "25,99 EUR/h", "paritair comité 121", "geldig van 01/01/2026 tot 31/12/2026", "om de volgende redenen", "zonder btw: verzoek", "geen verwijt en geen beslissing", "Juridisch nazicht: in afwachting", "na te gaan")),
    ],
)  # fmt: skip
def test_what_it_says(example, rules, language, phrases):
    made, offer = example
    words = words_of(write_letter(offer, made, rules, DAY, language))
    assert [phrase for phrase in phrases if phrase not in words] == []
    assert "Total of the offer" not in words, "no English in a letter"
    assert words.count("Chiffre inventé") == 1, "a source is named once, and its value beside it not again"
    assert "121: 27,50" not in words


@pytest.mark.parametrize(("language", "days", "source"), [("fr", "12 jours de calendrier", "part sans source"), ("nl", "12 kalenderdagen", "aandeel zonder bron")])
def test_shares_without_a_source_are_yellow_and_warned_of_on_the_first_page(example, rules, language, days, source):
    made, offer = example
    content = write_letter(offer, made, rules, DAY, language)
    marked = yellow(content)
    assert len([words for words in marked if source in words]) == 2, "transport and margin; the tender gave the others"
    assert [words.replace("\u00a0", " ") for words in marked if words.startswith("12")] == [days]
    first = [paragraph.text.replace("\u00a0", " ") for paragraph in Document(io.BytesIO(content)).paragraphs[:4]]
    assert ("transport 2 %, marge 4 %" if language == "fr" else "vervoer 2 %, marge 4 %") in first[2]


def test_hours_are_written_alike_where_they_stand_and_where_they_divide(check, rules):
    made = check({"tenderer": "Fictive", "amount": 100000, "hours": Decimal("4200.5")})
    words = words_of(write_letter(made.offers[0], made, rules, DAY, "fr"))
    assert "4 200,5 h" in words
    assert "÷ 4 200,5" in words


def test_without_a_known_time_to_answer_the_letter_asks_for_it(check, rules):
    made = check(1000, purchase={"publication_date": datetime.date(2025, 11, 15)})
    content = write_letter(made.offers[0], made, rules, DAY, "fr")
    assert "[nombre de jours de calendrier]" in yellow(content)
    assert "pour une publication du 15/11/2025, aucun n'est connu ici" in words_of(content)
    assert read_specification(content).manifest["answer_days"] is None


def test_it_holds_no_price_of_another_and_not_the_average(example, rules):
    made, offer = example
    words = words_of(write_letter(offer, made, rules, DAY, "fr"))
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


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        (datetime.date(2026, 12, 8), "fr", "le dernier jour pour répondre est le 20/12/2026 (dimanche)"),
        (datetime.date(2026, 12, 13), "nl", "dan is 25/12/2026 (feestdag: Kerstmis) de laatste dag om te antwoorden"),
        (datetime.date(2026, 12, 9), "fr", ""),
    ],
)
def test_a_last_day_on_which_offices_are_closed_is_said_to_the_sender_and_not_moved(example, rules, day, language, said):
    made, offer = example
    words = words_of(write_letter(offer, made, rules, day, language))
    if said:
        assert words.count(said) == 1
    else:
        assert "dernier jour pour répondre" not in words
