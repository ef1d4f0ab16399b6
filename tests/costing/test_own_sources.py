"""Where the buyer has his own values from: typed beside the value, kept in the case, said in page, report, annex, workbook."""

import datetime
import html
import re
from copy import deepcopy
from io import BytesIO
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from test_annex import a_case, an_award, read

from mpdi.costing.files import count
from mpdi.costing.links import example, of_case
from mpdi.costing.result_book import case_workbook
from mpdi.costing.tender_parameters import freeze, restored
from mpdi.costing.word_report import word_report
from mpdi.costing.workbook import write_tender_workbook
from mpdi.lcc.sheets.errors import WrongValuesError

DAY = datetime.date(2026, 12, 2)
BILL = {"electricity_price": {"words": "Facture du fournisseur", "date": "2026-10-31"}}
SHEET = "/life-cycle-cost/indoor_lighting"
MISSING = {"fr": "source : à indiquer", "nl": "bron: aan te geven", "en": "source: to be given"}


def words_of(answer):
    """What a reader of a page reads, on one line."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def sourced(**more):
    return a_case(sources=deepcopy(BILL) | more)


def origins(table):
    return {row[0].split(" (")[0]: row[-1] for row in table}


def rows_of(content, name):
    return [[cell for cell in row if cell is not None] for row in openpyxl.load_workbook(BytesIO(content))[name].iter_rows(values_only=True)]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_annex_says_source_and_day_or_that_the_source_is_still_to_be_given(language):
    tables, _ = read(language, case=sourced(discount_rate="Note du service Finances"), award=an_award({"sources": {}}))
    said = "\n".join("\n".join(row) for table in tables for row in table)
    assert "Facture du fournisseur (31/10/2026)" in said
    assert f"Note du service Finances ({'jour : à indiquer' if language == 'fr' else 'dag: aan te geven'})" in said
    assert MISSING[language] in said  # the hours of use, for one
    assert "Choix du pouvoir adjudicateur" in said or "Keuze van de aanbesteder" in said


def test_a_source_of_the_award_file_goes_before_that_of_the_case():
    tables, _ = read("fr", case=sourced())
    said = "\n".join("\n".join(row) for table in tables for row in table)
    assert "Dernière facture annuelle, tout compris" in said
    assert "Facture du fournisseur" not in said


def test_report_and_workbooks_bear_the_source_beside_the_value():
    counted = count(sourced(), "fr")
    document = docx.Document(BytesIO(word_report(counted, "fr", None, DAY)))
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Facture du fournisseur (31/10/2026)" in cells
    assert MISSING["fr"] in cells.replace("\xa0", " ")
    held = rows_of(case_workbook(counted.case, counted.result, counted.filled, "fr"), "Paramètres")
    (price,) = [row for row in held if row and str(row[-1]).startswith("Facture du fournisseur")]
    assert price[1] == pytest.approx(0.28)
    rate = next(row for row in held if row and row[0] == "Taux d'actualisation" and len(row) == 4)
    assert rate[1] == pytest.approx(3)
    tender = rows_of(write_tender_workbook(freeze(sourced(), DAY, "fr"), "fr"), "Paramètres")
    assert any(row and row[-1] == "Facture du fournisseur (31/10/2026)" for row in tender)


def test_the_digest_names_the_sources_and_only_where_there_are_any():
    bare, held = freeze(a_case(), DAY), freeze(sourced(), DAY)
    assert "sources" not in bare.data
    assert held.digest != bare.digest
    assert restored(held.text).sources == held.sources
    assert restored(held.text).digest == held.digest
    assert freeze(held.case([]), DAY).digest == held.digest


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"price": "x"}, "n'est pas une valeur de l'acheteur"),
        ({"years": ""}, "ne dit pas"),
        ({"years": {"words": "x", "date": "31/31/2026"}}, "n'est pas un jour"),
        ({"years": {"words": "x", "page": 3}}, "n'est pas une clé ici"),
        ("the bill", "ne contient ni clés ni valeurs"),
    ],
)
def test_a_source_that_cannot_be_kept_is_refused_with_its_remedy(sources, said):
    with pytest.raises(WrongValuesError) as refused:
        count(a_case(sources=sources))
    assert said in refused.value.fault.said("fr")


def test_the_page_takes_source_and_day_and_the_link_keeps_them(client):
    typed = example("indoor_lighting", "fr") | {"s_electricity_price": "Facture du fournisseur", "d_electricity_price": "31/10/2026"}
    answer = client.get(f"{SHEET}?{urlencode(typed | {'language': 'fr'})}")
    assert answer.status_code == 200
    assert "Facture du fournisseur (31/10/2026)" in words_of(answer)
    case = client.get(f"{SHEET}/case.json?{urlencode(typed | {'language': 'fr'})}").get_json()
    assert case["sources"] == BILL
    again = of_case(case, "fr")
    assert (again["s_electricity_price"], again["d_electricity_price"]) == ("Facture du fournisseur", "31/10/2026")
    book = html.unescape(client.get(f"{SHEET}/workbook?{urlencode(typed | {'language': 'fr'})}").get_data(as_text=True))
    digest = freeze({**case, "offers": []}, datetime.date.today()).digest
    assert re.search("[0-9a-f]{64}", book)[0] == digest


def test_a_default_with_a_source_of_the_buyer_is_no_assumption_of_ours_any_more(client):
    typed = example("indoor_lighting", "fr") | {"language": "fr"}
    before = client.get(f"{SHEET}/case.json?{urlencode(typed)}").get_json()
    after = client.get(f"{SHEET}/case.json?{urlencode(typed | {'s_renewable_share': 'Contrat vert'})}").get_json()
    assert "renewable_share" not in before["buyer"]
    assert after["buyer"]["renewable_share"] == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"d_years": "31/10/2026"}, "écrivez la source"),
        ({"s_years": "Plan", "d_years": "demain"}, "écrivez jour/mois/année"),
        ({"s_years": "x" * 201}, "au plus 200 caractères"),
    ],
)
def test_a_day_without_source_and_what_is_no_day_are_said_at_their_field(client, typed, said):
    answer = client.get(f"{SHEET}?{urlencode(example('indoor_lighting', 'fr') | typed | {'language': 'fr'})}")
    assert answer.status_code == 422
    assert said in words_of(answer)
