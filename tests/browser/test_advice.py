"""The helpers in a browser: a question answered by keyboard, a sample tried, the result sent as a link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
def test_a_question_is_answered_and_its_address_gives_the_same_answer(visit: Callable[..., Page], width: int) -> None:
    page = visit("/advice", width=width)
    page.get_by_role("link", name="Quel cautionnement peut-on demander?").click()
    page.get_by_label("Montant d'attribution, hors TVA").fill("80 000")
    page.keyboard.press("Enter")
    # The first page that names clauses reads the whole library.
    page.wait_for_url("**award=80**", timeout=60_000)
    heading = page.get_by_role("heading", level=2).first
    assert heading.inner_text().replace("\u00a0", " ") == "Cautionnement de 5 %: 4 000 EUR"
    page.goto(page.url)
    assert page.get_by_label("Montant d'attribution, hors TVA").input_value() == "80 000"
    page.locator(".languages a[hreflang='nl']").click()
    assert page.get_by_role("heading", level=2).first.inner_text().replace("\u00a0", " ") == "Borgtocht van 5 %: 4.000 EUR"


def test_the_sample_of_the_scoring_is_tried_and_changed(visit: Callable[..., Page]) -> None:
    page = visit("/advice/scoring", width=1280)
    page.get_by_role("link", name="Essayer avec des offres d'exemple").click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "En tête: Fictive Deux"
    assert page.evaluate("document.querySelector('img.chart').naturalWidth") > 0, "the policy lets the chart be shown"
    page.get_by_role("textbox", name="Poids du prix").fill("30")
    page.get_by_role("button", name="Voir les points").click()
    assert page.locator(".error-summary").is_visible(), "the weights no longer come to 100"
    page.get_by_role("textbox", name="Les autres critères").fill("Plan de nettoyage; 40\nProduits écologiques; 30")
    page.get_by_role("button", name="Voir les points").click()
    assert "Fictive" in page.get_by_role("heading", level=2).first.inner_text()
