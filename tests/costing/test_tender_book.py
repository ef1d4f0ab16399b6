"""The page that hands the workbook for tenderers out: the day is chosen, the digest shown, the file bears both."""

import datetime
import html
import io
import re
from urllib.parse import urlencode

import openpyxl
import pytest

from mpdi import clock
from mpdi.costing.links import example
from mpdi.costing.tender_parameters import restored
from mpdi.costing.workbook_layout import DATA_ROW, TECHNICAL

SHEET = "indoor_lighting"


def words_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace("\xa0", " ")


@pytest.fixture
def ask(client):
    """Ask for the page of the workbook, its case the example of the sheet."""

    def asking(language="fr", **changes):
        typed = {**example(SHEET, language), "language": language, **changes}
        answer = client.get(f"/life-cycle-cost/{SHEET}/workbook?{urlencode(typed)}")
        return answer.status_code, answer.get_data(as_text=True)

    return asking


def parameters_behind(client, page):
    """What the workbook holds that the page links to."""
    address = html.unescape(re.search(r'href="([^"]*/workbook\.xlsx[^"]*)"', page)[1])
    book = openpyxl.load_workbook(io.BytesIO(client.get(address).data))
    return restored(book[TECHNICAL].cell(DATA_ROW + 1, 2).value)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_workbook_bears_the_day_that_was_typed_and_the_digest_that_was_shown(client, ask, language):
    status, page = ask(language, frozen="15/11/2026")
    assert status == 200
    held = parameters_behind(client, page)
    assert held.date == datetime.date(2026, 11, 15)
    assert held.digest in words_of(page)


def test_another_day_gives_another_digest_and_none_named_is_today(client, ask):
    _status, page = ask()
    held = parameters_behind(client, page)
    assert held.date == clock.today()
    assert f'value="{clock.today():%d/%m/%Y}"' in page
    assert held.digest not in ask(frozen="15/11/2026")[1]


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Écrivez le jour"), ("32/13/2026", "n'est pas une date"), ("demain", "n'est pas une date")]
)
def test_a_day_that_is_none_is_refused_at_its_field_and_no_file_is_made(client, ask, typed, said):
    status, page = ask(frozen=typed)
    assert status == 422
    assert said in words_of(page[page.index('id="frozen-error"') :])
    assert "workbook.xlsx" not in page
    address = {**example(SHEET, "fr"), "language": "fr", "frozen": typed}
    answer = client.get(f"/life-cycle-cost/{SHEET}/workbook.xlsx?{urlencode(address)}")
    assert answer.status_code == 422
    assert said in words_of(answer.get_data(as_text=True))


def test_what_the_buyer_fixes_must_be_right_and_strange_names_in_the_address_do_no_harm(ask, client):
    status, page = ask("en", b_electricity_price="dear")
    assert status == 422
    assert "“dear”" in words_of(page)
    assert ask(identifier="x", endpoint="y", _external="1", token="z")[0] == 200
    assert client.get("/life-cycle-cost/spaceship/workbook").status_code == 404


def test_the_sheet_leads_there(client):
    page = client.get(f"/life-cycle-cost/{SHEET}?language=en").get_data(as_text=True)
    assert f'formaction="/life-cycle-cost/{SHEET}/workbook"' in page
