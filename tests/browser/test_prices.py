"""The price check in a browser: a pasted table, the result on a phone and a desk, the letter, what axe finds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "offers-cleaning.yaml"


def checked(page: Page) -> None:
    page.goto("/prices")
    page.get_by_label("Offres", exact=True).fill("Fictive Un\t80 000\nFictive Deux\t95 000\nFictive Trois\t105 000\nFictive Quatre\t120 000")
    page.get_by_label("Poids du prix").fill("100")
    page.get_by_label("Valeur estimée").fill("150 000")
    page.get_by_role("group", name="Le service relève-t-il").get_by_label("Oui").check()
    page.get_by_role("button", name="Contrôler les prix").click()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pasted_table_leads_to_a_letter(visit: Callable[..., Page], width: int) -> None:
    page, axe = visit("/prices", width=width), Axe()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    checked(page)
    assert page.get_by_role("heading", level=1).inner_text() == "1 offre doit être interrogée"
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    if width == 1280:
        assert page.evaluate("document.querySelector('img.chart').naturalWidth") > 0, "the policy lets the chart be shown"
    with page.expect_download() as download:
        page.locator("#offer-1").get_by_role("button", name="Lettre en français").click()
    assert download.value.suggested_filename == "01-fictive-un-fr.docx"


def test_on_a_phone_every_figure_of_an_offer_is_in_sight(visit: Callable[..., Page]) -> None:
    page = visit("/prices", width=390)
    checked(page)
    row = page.locator("table.stacked tbody tr").first
    assert row.locator("td").count() == 5
    for cell in row.locator("td").all():
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert page.locator("table.stacked thead").is_hidden()
    words = "getComputedStyle(document.querySelector('table.stacked td.number'), '::before').content"
    assert page.evaluate(words) == '"Total, EUR"'
    heading, table = page.get_by_role("heading", name="Les offres côte à côte").bounding_box(), row.bounding_box()
    assert heading
    assert table
    assert table["y"] - heading["y"] - heading["height"] < 40, "no gap where a wide screen has the chart"


def test_the_language_changes_and_the_check_stays(visit: Callable[..., Page]) -> None:
    page = visit("/prices")
    checked(page)
    page.get_by_role("button", name="NL").click()
    assert page.get_by_role("heading", level=1).inner_text() == "1 offerte moet worden bevraagd"


def test_the_example_is_checked_as_a_file_and_what_is_wrong_is_said_at_the_top(visit: Callable[..., Page]) -> None:
    page, axe = visit("/prices"), Axe()
    page.get_by_text("J'ai un fichier").click()
    page.get_by_label("Fichier des offres").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Contrôler le fichier").click()
    assert page.get_by_role("link", name="Éclat Inexistant SRL").is_visible()
    page.goto("/prices")
    page.get_by_role("button", name="Contrôler les prix").click()
    assert page.locator(".error-summary").is_visible()
    found = axe.run(page)
    assert found.violations_count == 0, found.generate_report()
