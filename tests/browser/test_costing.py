"""Life-cycle cost in a browser: the result follows what is typed, or comes by a button; a link holds the case."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mpdi.costing.links import example

pytestmark = pytest.mark.browser


def address(language: str, **other: str) -> str:
    return "/life-cycle-cost/indoor_lighting?" + urlencode(example("indoor_lighting", language) | other)


def book(language: str, **other: str) -> str:
    """The page that hands the workbook for tenderers out."""
    return address(language, **other).replace("?", "/workbook?", 1)


def said(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_form_result_and_faults_are_accessible_and_fit(visit: Callable[..., Page], language: str, width: int, scripts: bool) -> None:
    page = visit("/life-cycle-cost", language=language, width=width, scripts=scripts)
    for place in ("/life-cycle-cost", "/life-cycle-cost/explained", "/life-cycle-cost/free-measures", "/life-cycle-cost/vehicles", address(language), address(language, o2_power="x"), book(language), book(language, frozen="")):
        page.goto(place)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{place} is {wide} px too wide at {width}"
        if scripts:  # axe is a script itself
            found = Axe().run(page)
            assert found.violations_count == 0, f"{place}: {found.generate_report()}"


def test_the_result_follows_what_is_typed_and_so_does_the_address(visit: Callable[..., Page]) -> None:
    page = visit(address("fr"))
    title = page.locator("#result-title")
    expect(title).to_have_text("La moins chère sur sa durée de vie : LED")
    page.locator("#o2_price").fill("900")
    expect(title).to_have_text("La moins chère sur sa durée de vie : Tubes", timeout=20_000)
    expect(page.locator("#lcc-status [role=status]")).to_have_text("En tête sur la durée de vie : Tubes. Par prix : Tubes.")
    assert "o2_price=900" in page.url
    page.reload()
    expect(page.locator("#result-title")).to_contain_text("Tubes")
    page.locator("#o2_price").fill("beaucoup")
    expect(page.locator("#result .error-summary")).to_contain_text("« beaucoup » n'est pas un nombre", timeout=20_000)
    expect(page.locator("#result-title")).to_have_count(0)


def test_a_fault_mended_while_typing_loses_its_mark(visit: Callable[..., Page]) -> None:
    page = visit(address("fr", o2_power="x"))
    expect(page.locator("#o2_power-error")).to_be_visible()
    page.locator("#o2_name").fill("Lampe")
    page.locator("#o2_power").fill("28")
    expect(page.locator("#o2_power-error")).to_have_count(0, timeout=20_000)
    expect(page.locator("#o2_power")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("label[for=o2_power]")).to_have_text("Lampe")
    expect(page.locator("#result-title")).to_contain_text("Lampe")


def test_why_opens_the_arithmetic_of_the_offer(visit: Callable[..., Page]) -> None:
    page = visit(address("nl"), language="nl")
    page.locator("a[href='#why-2']").first.click()
    arithmetic = page.locator("#why-2")
    expect(arithmetic).to_have_attribute("open", "")
    assert "100 × (110 + 15)" in said(arithmetic.inner_text())


def test_without_scripts_an_offer_is_added_and_counted_by_a_button(visit: Callable[..., Page]) -> None:
    page = visit(address("fr"), scripts=False)
    page.get_by_role("button", name="Ajouter une offre").click()
    page.locator("#o3_name").fill("Halogène")
    for key, value in {"luminaires": "100", "price": "20", "installation": "15", "power": "200", "control_saving": "0", "life_hours": "4000", "part_price": "3", "part_labour": "10", "maintenance_year": "2", "disposal": "1"}.items():
        page.locator(f"#o3_{key}").fill(value)
    page.get_by_role("button", name="Voir le résultat").click()
    rows = page.locator("#result table").first.locator("tbody tr")
    assert rows.count() == 3
    assert "Halogène" in rows.nth(2).inner_text()
    assert page.evaluate("document.querySelectorAll('img.chart').length") == 2
    assert page.evaluate("[...document.querySelectorAll('img.chart')].every(each => each.naturalWidth > 0)"), "the policy lets the charts be shown"
