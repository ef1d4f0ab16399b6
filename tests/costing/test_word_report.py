"""The Word report of a counted case: its figures, in French and in Dutch, with the decimal comma."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from mpdi.costing.case_table import case_table
from mpdi.costing.files import count
from mpdi.costing.result_book import case_workbook
from mpdi.costing.winner import Turn
from mpdi.costing.word_report import word_report


def a_case(**fields: Any) -> dict[str, Any]:
    def offer(name: str, price: int, power: int) -> dict[str, Any]:
        items = [
            {"name": "lamp", "cat": "acquisition", "t": 0, "amount": price},
            {"name": "power", "cat": "energy", "annual": power},
            {"name": "carbon", "cat": "externality", "annual": power / 10},
        ]
        return {"name": name, "items": items}

    alternatives = [offer("Halogen", 10000, 5000), offer("LED & co", 14000, 1000)]
    return {"years": 2, "discount_rate": 0.25, "title": "Éclairage", "alternatives": alternatives, **fields}


def read(language: str, **fields: Any) -> tuple[list[list[list[str]]], str]:
    """Tables, as rows of cells, and all other words."""
    document = docx.Document(BytesIO(word_report(count(a_case(**fields)), language)))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return tables, "\n".join(paragraph.text for paragraph in document.paragraphs)


def spaced(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "titles", "price"),
    [
        ("fr", ("Classement", "Ce que voient les budgets annuels", "Lignes de coût"), "14 000,00"),
        ("nl", ("Rangschikking", "Wat de jaarbegrotingen zien", "Kostenlijnen"), "14.000,00"),
    ],
)
def test_a_reader_finds_price_and_life_side_by_side(language, titles, price):
    tables, words = read(language)
    assert all(title in words for title in titles)
    ranking = [[spaced(cell) for cell in row] for row in tables[1]]
    assert ranking[2][:3] == ["LED & co", price, "2"]
    assert ranking[2][4] == "1"
    assert ranking[1][4] == "2"


def test_the_budget_years_stand_with_what_has_been_gained():
    tables, _ = read("fr")
    views, years = tables[4], tables[6]
    assert [spaced(cell) for cell in views[1]] == ["LED & co", "4 000,00", "4 000,00", "1", "4 000,00", "0 %"]
    assert [spaced(cell) for cell in years[1]] == ["0", "14 000,00", "0,00", "-4 000,00"]
    assert [spaced(cell) for cell in years[3]] == ["2", "0,00", "1 000,00", "4 000,00"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Le gagnant change si « LED & co, power » dépasse 1 222 (retenu : 1 000)"),
        ("nl", "De winnaar verandert als “LED & co, power” boven 1.222 stijgt (nu 1.000)"),
    ],
)
def test_what_would_change_the_winner_is_said_where_it_was_asked(language, sentence):
    turn = Turn("power", None, "LED & co", "", Decimal(1000), None, (Decimal("1222.22222"), "Halogen"))
    document = docx.Document(BytesIO(word_report(count(a_case()), language, (turn,))))
    assert sentence in spaced("\n".join(paragraph.text for paragraph in document.paragraphs))
    assert "change si" not in read("fr")[1]


def test_that_nothing_would_change_it_is_said_too():
    document = docx.Document(BytesIO(word_report(count(a_case()), "fr", ())))
    assert "Aucune donnée ne change à elle seule le gagnant" in "\n".join(each.text for each in document.paragraphs)


@pytest.mark.parametrize(
    ("counted", "sentence"), [("apart", "ne comptent pas dans le classement"), ("counted", "Elles comptent dans")]
)
def test_externalities_are_said_to_count_or_not(counted, sentence):
    tables, words = read("fr", external_costs=counted)
    assert sentence in words
    assert ["LED & co", "144,00"] in [[spaced(cell) for cell in row] for table in tables for row in table]


def test_a_report_of_one_offer_compares_nothing():
    only = a_case()["alternatives"][:1]
    _, words = read("fr", alternatives=only)
    assert "Face à la première offre" not in words
    assert "Classement" in words


def test_a_warning_stands_under_the_table_it_is_about():
    same = a_case()["alternatives"][0]
    _, words = read("fr", alternatives=[same, {**same, "name": "Twin"}])
    assert "À savoir, « Twin » : pas plus cher à l'achat" in spaced(words)
    assert "À savoir : la deuxième est à moins d'un pour cent" in spaced(words)


def test_forty_offers_and_other_lives_fit_into_a_report():
    many = [{**a_case()["alternatives"][0], "name": f"Offer {place}", "years": 2 + place % 2} for place in range(40)]
    tables, _ = read("nl", alternatives=many)
    assert len(tables[1]) == 41


def test_the_same_case_gives_the_same_bytes():
    assert word_report(count(a_case()), "fr") == word_report(count(a_case()), "fr")


@pytest.mark.parametrize(
    ("language", "components", "crossing"),
    [
        ("fr", "LED & co : 15 440,00 en tout", "« LED & co » passe sous « Halogen » en année 1."),
        ("nl", "LED & co: 15.440,00 in totaal", "“LED & co” zakt in jaar 1 onder “Halogen”."),
    ],
)
def test_three_charts_stand_each_with_its_words(language, components, crossing):
    document = docx.Document(BytesIO(word_report(count(a_case()), language)))
    words = [spaced(each._inline.docPr.get("descr")) for each in document.inline_shapes]
    assert len(words) == 3
    assert components in words[0]
    assert crossing in words[1]


def test_charts_of_many_offers_show_six_and_say_so():
    case = a_case()
    first = case["alternatives"][0]
    case["alternatives"] = [{**first, "name": f"Offre {place}"} for place in range(1, 12)]
    document = docx.Document(BytesIO(word_report(count(case), "fr")))
    assert any("6 premières offres" in each.text for each in document.paragraphs)
    assert document.inline_shapes[0]._inline.docPr.get("descr").count("en tout") == 6


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_offers_equal_to_the_cent_share_their_place_in_every_ranking(language):
    halogen, led = a_case()["alternatives"]
    nearly = {**led, "name": "Twin", "items": [*led["items"], {"name": "dust", "cat": "maintenance", "annual": 0.0001}]}
    alternatives = [led, nearly, halogen]
    tables, _ = read(language, alternatives=alternatives)
    assert [(row[2], row[4]) for row in tables[1][1:]] == [("2", "1"), ("2", "1"), ("1", "3")]
    counted = count(a_case(alternatives=alternatives))
    printed = "\n".join(case_table(counted, None, language))
    for name in ("LED & co", "Twin"):
        assert re.search(rf"^{name} +14.000,00 +2 +15.440,00 +1 ", printed, re.M), printed
    values = case_workbook(counted.case, counted.result, None, language)
    page = openpyxl.load_workbook(BytesIO(values), data_only=True).worksheets[0]
    assert [page.cell(row, 2).value for row in (5, 6, 7)] == [1, 1, 3]


@pytest.mark.parametrize(
    ("language", "said", "contradiction"),
    [("fr", "plus chère en année 0", "rien n'est à récupérer"), ("nl", "duurder in jaar 0", "niets terug te verdienen"), ("en", "dearer in year 0", "nothing to pay back")],
)  # fmt: skip
def test_what_is_dearer_in_year_0_but_invests_less_over_the_study_is_not_called_no_dearer(language, said, contradiction):
    halogen, led = a_case()["alternatives"]
    worth = {"name": "resale", "cat": "residual", "t": 2, "amount": -9000}
    case = a_case(alternatives=[halogen, {**led, "items": [*led["items"], worth]}])
    printed = "\n".join(case_table(count(case), None, language))
    words = printed if language == "en" else spaced(read(language, **case)[1])
    assert said in words
    assert contradiction not in printed + words
    (comparison,) = (each.comparison for each in count(case).result.alternatives[1:])
    assert (comparison.sir, comparison.simple_payback) == (None, 1)
