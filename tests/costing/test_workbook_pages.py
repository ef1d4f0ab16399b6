"""The tenderer's workbook on the pages: downloaded with what the buyer typed, read back, refused in the reader's language."""

import html
import io
import re
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from workbooks import filled

from mpdi.costing.examples import example_of
from mpdi.costing.links import example
from mpdi.costing.tender_parameters import restored
from mpdi.costing.workbook_layout import DATA_ROW, NAME_ROW, TECHNICAL, VALUE
from mpdi.costing.workbook_problems import WorkbookRefusedError
from mpdi.costing.workbook_reading import read_tender

VENDING = example_of("vending")


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())


@pytest.fixture
def send(client):
    """Send workbooks as the page does."""

    def sending(files, language="fr", **fields):
        page = client.get(f"/life-cycle-cost/workbooks?language={language}").get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]
        sent = [(io.BytesIO(content), name) for name, content in files]
        return client.post("/life-cycle-cost/workbooks", data={"csrf_token": token, "files": sent, **fields})

    return sending


def test_the_workbook_of_the_page_holds_what_was_typed_and_no_offer(client):
    typed = {**example("vending", "nl"), "language": "nl"}
    answer = client.get("/life-cycle-cost/vending/workbook.xlsx?" + urlencode(typed))
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (200, 'attachment; filename="vending-nl.xlsx"')
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    parameters = restored(book[TECHNICAL].cell(DATA_ROW + 1, 2).value)
    assert {key: parameters.buyer[key] for key in VENDING["buyer"]} == VENDING["buyer"]
    assert book["Offerte"].cell(NAME_ROW + 1, VALUE + 1).value is None
    with pytest.raises(WorkbookRefusedError, match="the name of the tenderer is missing"):
        read_tender("vending.xlsx", answer.data)


def test_offers_need_not_be_there_but_what_the_buyer_fixes_must(client):
    needed = {"language": "en", "b_quantity": "4", "b_electricity_price": "0.30", "b_days_year": "300"}
    address = "/life-cycle-cost/vending/workbook.xlsx?"
    assert client.get(address + urlencode(needed)).status_code == 200
    refused = client.get(address + urlencode({**needed, "b_electricity_price": "dear"}))
    assert refused.status_code == 422
    assert "Electricity price : “dear” is not a number" in words_of(refused)
    assert "Name of offer" not in words_of(refused)
    assert client.get("/life-cycle-cost/spaceship/workbook.xlsx").status_code == 404


def test_workbooks_are_counted_as_the_case_is(client, send):
    files = [(f"{each['name']}.xlsx", filled(VENDING, each, "fr")) for each in VENDING["offers"]]
    answer = send(files)
    assert answer.status_code == 200
    page = words_of(answer).replace("\u202f", " ").replace("\u00a0", " ")
    case = words_of(client.get("/life-cycle-cost/vending?" + urlencode({**example("vending", "fr"), "language": "fr"})))
    figures = re.findall(r"\d{2,3} \d{3},\d\d", case.replace("\u202f", " ").replace("\u00a0", " "))
    assert figures
    assert set(figures) <= set(re.findall(r"\d{2,3} \d{3},\d\d", page))
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Offre!C5 : le nom du soumissionnaire manque"), ("nl", "Offre!C5 : de naam van de inschrijver ontbreekt")],
)
def test_a_refusal_says_file_cell_reason_and_remedy_in_the_language_of_the_page(send, language, said):
    answer = send([("une.xlsx", filled(VENDING, {**VENDING["offers"][0], "name": ""}, "fr"))], language)
    assert answer.status_code == 422
    assert f"une.xlsx, {said}" in words_of(answer)


def test_no_file_another_digest_and_a_file_with_markup_in_its_name_are_refused(send):
    assert send([], "en").status_code == 422
    content = filled(VENDING, VENDING["offers"][0], "fr")
    assert "should be 0000" in words_of(send([("a.xlsx", content)], "en", digest="0" * 64))
    answer = send([("<b>x</b>.xlsx", b"nothing")], "en")
    assert "&lt;b&gt;" in answer.get_data(as_text=True)


def hidden(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page.get_data(as_text=True))[1])


def test_a_faulty_workbook_is_named_the_others_ranked_with_points_and_a_report_follows(client, send):
    files = [(f"{each['name']}.xlsx", filled(VENDING, each, "fr")) for each in VENDING["offers"]]
    files.append(("faux.xlsx", filled(VENDING, {**VENDING["offers"][0], "name": ""}, "fr")))
    answer = send(files, formula="linear", maximum="40", best="50 000", worst="150 000")
    assert answer.status_code == 200
    words = words_of(answer)
    assert f"CLASSEMENT INCOMPLET : 1 classeur(s) sur {len(files)} refusé(s)" in words.replace("\u00a0", " ")
    assert "faux.xlsx, Offre!C5" in words
    assert re.search(r"Points .*\d,\d\d", words)
    data = {"csrf_token": hidden(answer, "csrf_token"), "kept": hidden(answer, "kept"), "authority": "Commune d'Exemple", "object": "Distributeurs"}
    report = client.post("/life-cycle-cost/workbooks/report", data=data)
    assert report.status_code == 200
    document = docx.Document(io.BytesIO(report.data))
    assert any("CLASSEMENT INCOMPLET" in each.text for each in document.paragraphs)
    assert {"Commune d'Exemple", "Distributeurs"} <= {each.text for each in document.paragraphs[:6]}
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "faux.xlsx" in cells
    assert any(each.startswith("Paramètres figés le") for each in (*cells, *(each.text for each in document.paragraphs[:12])))


@pytest.mark.parametrize("kept", ["", "[]", "{}", '{"case": {"sheet": "vending"}, "refused": [], "files": 1, "rule": null, "date": "2026-12-01"}'])
def test_a_report_of_nothing_is_refused(client, send, kept):
    page = client.get("/life-cycle-cost/workbooks?language=fr")
    answer = client.post("/life-cycle-cost/workbooks/report", data={"csrf_token": hidden(page, "csrf_token"), "kept": kept})
    assert answer.status_code == 400


def test_a_rule_that_cannot_be_applied_is_said(send):
    files = [(f"{each['name']}.xlsx", filled(VENDING, each, "fr")) for each in VENDING["offers"]]
    assert send(files, formula="linear", maximum="40").status_code == 422


@pytest.mark.parametrize(
    ("language", "worst", "both"),
    [("fr", "150.000", "150000 ou 150,000"), ("nl", "150.000", "150000 of 150,000"), ("en", "150,000", "150000 or 150.000")],
)
def test_a_bound_that_can_be_read_two_ways_is_refused_with_both(send, language, worst, both):
    files = [(f"{each['name']}.xlsx", filled(VENDING, each, "fr")) for each in VENDING["offers"]]
    answer = send(files, language, formula="linear", maximum="40", best="50000", worst=worst)
    assert answer.status_code == 422
    assert both in words_of(answer)
