"""The Word report holds what its reader needs to count it again, and says on its first page who wins."""

import datetime
import json
import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import docx
import pytest
from click.testing import CliRunner

from mpdi.cli import main
from mpdi.costing.examples import example_of
from mpdi.costing.files import count
from mpdi.costing.links import example
from mpdi.costing.word_report import word_report

DAY = datetime.date(2026, 12, 1)
KEY = re.compile(r"\((\w+)\)$")


def spaced(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def read(content: bytes) -> tuple[list[list[list[str]]], list[str]]:
    """Tables as rows of cells, and the paragraphs outside them."""
    document = docx.Document(BytesIO(content))
    tables = [[[spaced(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    return tables, [spaced(each.text) for each in document.paragraphs]


def lamps(**fields: Any) -> dict[str, Any]:
    return {**example_of("indoor_lighting"), "title": "Mairie", **fields}


def report(data: dict[str, Any], language: str = "fr", day: datetime.date | None = DAY) -> bytes:
    return word_report(count(data, language), language, day=day)


def tables_of_values(content: bytes) -> list[list[list[str]]]:
    """That of the buyer, then one an offer: without their heads."""
    return [rows[1:] for rows in read(content)[0] if rows[0][-1] in ("Origine", "Herkomst")]


def numbers(rows: list[list[str]], origin: str) -> dict[str, Decimal]:
    """The values of that origin, by key."""
    return {KEY.search(row[0])[1]: Decimal(row[1].replace(",", ".")) for row in rows if row[3] == origin}


@pytest.mark.parametrize(
    ("language", "given", "offered"),
    [
        ("fr", "Valeur de l’acheteur ; source : à indiquer", "Donnée dans l’offre"),
        ("nl", "Waarde van de aankoper; bron: aan te geven", "Opgegeven in de offerte"),
    ],
)
def test_what_is_printed_is_enough_to_count_it_again(language, given, offered):
    buyer, *offers = tables_of_values(report(lamps(), language))
    again = {
        "sheet": "indoor_lighting",
        "buyer": numbers(buyer, given),
        "offers": [{"name": str(place), "values": numbers(rows, offered)} for place, rows in enumerate(offers)],
    }
    costs = [[each.lcc for each in count(data).result.alternatives] for data in (again, lamps())]
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("language", "rate", "bullet"),
    [
        ("fr", ["Taux d'actualisation (discount_rate)", "3", "%", "Hypothèse de la fiche"], "Taux d'actualisation : 3 %"),
        ("nl", ["Discontovoet (discount_rate)", "3", "%", "Aanname van de fiche"], "Discontovoet: 3 %"),
    ],
)
def test_each_value_of_the_buyer_says_where_it_comes_from(language, rate, bullet):
    content = report(lamps(), language)
    rows = {KEY.search(row[0])[1]: row for row in tables_of_values(content)[0]}
    assert [each.replace("’", "'") for each in rows["discount_rate"]] == rate
    assert bullet in [each.replace("’", "'") for each in read(content)[1]]
    assert "ENGIE" in rows["co2_electricity"][3]
    assert rows["co2_electricity"][1:3] == ["0,16749", "kg/kWh"]
    assert "(2023)" in rows["co2_electricity"][3]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Moins cher sur la durée de vie : « LED » (38 125,72 EUR) ; moins cher au seul prix d’achat : « Tubes » (7 500,00 EUR)."),
        ("nl", "Goedkoopst over de levensduur: “LED” (38.125,72 EUR); goedkoopst volgens de aankoopprijs alleen: “Tubes” (7.500,00 EUR)."),
    ],
)  # fmt: skip
def test_the_first_page_names_the_winner_by_life_and_by_price(language, said):
    _, words = read(report(lamps(), language))
    assert said in words[:6]


def test_equal_offers_are_all_named():
    first = lamps()["offers"][0]
    _, words = read(report(lamps(offers=[first, {**first, "name": "Twin"}])))
    assert words[3].count("« Tubes »") == words[3].count("« Twin »") == 2


def test_co2_stands_apart_from_the_euros():
    tables, words = read(report(lamps()))
    assert "Émissions, à part des euros" in " ".join(words)
    emitted = [row for rows in tables for row in rows if row[:2] == ["CO2", "LED"]]
    assert emitted == [["CO2", "LED", "820,7", "16 414,02"]]


def test_prices_of_emissions_are_printed_with_their_source():
    tables, _ = read(report(lamps(externalities={"prices": "directive-2009-33", "external_costs": "counted", "first_year": 2027})))
    assert any("CO2" in row[0] and "2009/33" in row[-1] for rows in tables for row in rows)


def test_the_digests_are_those_of_the_sheet_and_of_the_workbook_of_that_day(tmp_path: Path):
    case, book, target = (tmp_path / name for name in ("case.json", "book.xlsx", "report.docx"))
    case.write_text(json.dumps(lamps(), default=float), encoding="utf-8")
    made = _run("workbook", case, "--date", "2026-12-01", "--output", book)
    digest = made.splitlines()[0]
    assert re.fullmatch("[0-9a-f]{64}", digest)
    _run("run", case, "--format", "docx", "--date", "2026-12-01", "--output", target)
    tables, words = read(target.read_bytes())
    facts = dict(tables[0])
    assert facts["Paramètres de l’acheteur, empreinte à cette date"] == f"2026-12-01, {digest}"
    assert count(lamps()).filled.sheet.digest in facts["Fiche, version, empreinte"]
    assert "1er décembre 2026" in words[2]


def _run(*arguments: object) -> str:
    result = CliRunner().invoke(main, ["lcc", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_same_case_and_day_give_the_same_bytes_and_another_day_another_digest():
    assert report(lamps()) == report(lamps())
    later = report(lamps(), day=datetime.date(2026, 12, 2))
    assert dict(read(later)[0][0]) != dict(read(report(lamps()))[0][0])


def test_lines_without_a_sheet_are_printed_with_their_growth():
    lines = [{"name": "power", "cat": "energy", "annual": 100, "esc": 0.02}, {"name": "gas", "cat": "energy", "annual": 9, "price_path": [1.5, 2]}]
    tables, _ = read(report({"years": 2, "discount_rate": 0, "alternatives": [{"name": "A", "items": lines}]}))
    power, gas = tables[-1][1:]
    assert power[3:] == ["100,00", "1–2", "2 %", "0"]
    assert gas[5] == "année par année : × 1,5; × 2"


def test_what_costs_less_to_buy_has_no_year_in_which_it_is_earned_back():
    def offer(name: str, price: int, use: int) -> dict[str, Any]:
        return {"name": name, "items": [{"name": "p", "cat": "invest", "t": 0, "amount": price}, {"name": "u", "cat": "energy", "annual": use}]}

    case = {"years": 3, "discount_rate": 0, "alternatives": [offer("Lasting", 100, 10), offer("Throwaway", 60, 50)]}
    tables, words = read(report(case))
    rows = [row for rows in tables for row in rows if row[0] == "Throwaway" and len(row) == 6 and "-80,00" in row]
    assert rows[0] == ["Throwaway", "-80,00", "–", "–", "–", "–"]
    assert rows[1][3] == "–"
    assert any("rien n'est à récupérer" in each for each in words)


@pytest.mark.parametrize(("content", "line"), [("fr", "Nettoyage et contrôle"), ("nl", "Reiniging en controle")])
def test_the_report_of_the_page_holds_the_same_in_its_own_language(client, content, line):
    address = "/life-cycle-cost/indoor_lighting/case.docx?"
    answer = client.get(address + urlencode({**example("indoor_lighting", "en"), "language": "en", "content": content}))
    assert answer.status_code == 200
    tables, _ = read(answer.data)
    assert len(tables_of_values(answer.data)) == 3
    assert re.fullmatch(r"\d{4}-\d\d-\d\d, [0-9a-f]{64}", tables[0][-1][1])
    assert line in [row[1] for row in tables[-1]]
