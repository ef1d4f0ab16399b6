"""The follow-up of a contract on a phone and a desk, without scripts: what is due, a visit by thumb, what axe finds."""

import datetime
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from mpdi import clock
from mpdi.database import Database
from mpdi.follow_up.operations import begin_log

pytestmark = pytest.mark.browser


def check(number: int, source: str) -> dict:
    """A check of a log as it is kept."""
    words = {"fr": "Produits de nettoyage", "nl": "Reiniging"}
    texts = {key: dict(words) for key in ("title", "receive", "how", "sanction")}
    return texts | {
        "key": f"ENV-CLEAN-001:execution:{number}", "clause_id": "ENV-CLEAN-001", "version": "1.0.0",
        "check": {"fr": f"Local de stockage {number}", "nl": f"Opslagruimte {number}"}, "moment": "start",
        "giver": "buyer", "who": "site_manager", "source": source, "figures": [], "is_on_request": False,
        "is_on_site": source == "site", "legal_review": "pending", "is_conditional": False,
        "binding": {"fr": "L'adjudicataire range " + "les produits " * 20, "nl": "De opdrachtnemer " + "bergt op " * 25},
    }  # fmt: skip


@pytest.fixture
def address(portal_database: Database) -> str:
    """The address of a log whose checks are late."""
    plan = {
        "reference": "EX-1", "object": {"fr": "Nettoyage", "nl": "Schoonmaak"}, "authority": {"fr": "", "nl": ""},
        "months": 24, "checks": [*(check(number, "site") for number in range(1, 6)), check(6, "invoice")],
    }  # fmt: skip
    with portal_database.writing() as session:
        start = clock.today() - datetime.timedelta(days=30)
        return f"/follow-up/{begin_log(session, plan, start, 'Fictive SRL')[1]}/"


def is_well_made(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_every_page_is_well_made(visit: Callable[..., Page], address: str, width: int, scheme: str) -> None:
    page = visit(address, width=width, scheme=scheme)
    is_well_made(page)
    one = f"{address}checks/ENV-CLEAN-001:execution:1"
    steps = ("visit", "visit/choose", "several", "facts")
    for each in (
        *(f"{address}{step}" for step in steps),
        f"{address}delete",
        one,
        f"{one}/procedure",
        "/follow-up/new",
    ):
        page.goto(each)
        is_well_made(page)
    page.goto(one)
    page.get_by_role("button", name="Enregistrer").click()
    is_well_made(page)
    page.get_by_label("Manquement constaté").check()
    page.get_by_label("Ce qui manque").fill("Bidon sans étiquette")
    page.get_by_role("button", name="Enregistrer").click()
    is_well_made(page)
    page.goto(f"{one}/procedure")
    is_well_made(page)


def test_a_visit_by_thumb(visit: Callable[..., Page], address: str) -> None:
    page = visit(f"{address}visit", width=390)
    ticks = page.locator(".tick input")
    assert ticks.count() == 15
    for place in range(3):
        box = ticks.nth(place).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["width"] >= 44
    for place in range(4):
        ticks.nth(place * 3).check()
    ticks.nth(13).check()
    page.get_by_label("Remarque").nth(4).fill("Bidon sans étiquette")
    page.get_by_role("button", name="Enregistrer la visite").click()
    is_well_made(page)
    assert page.locator("[aria-invalid]").count() == 1, "the place is asked for"
    assert page.locator(".tick input:checked").count() == 5
    page.get_by_label("Lieu").fill("Quai Fictif 1")
    page.get_by_role("button", name="Enregistrer la visite").click()
    assert "4 en ordre, 1 pas en ordre" in page.locator("main").inner_text()


def test_the_checklist_of_eight_long_lines_is_printed_on_one_page(
    visit: Callable[..., Page], portal_database: Database
) -> None:
    long = {"fr": "Local de stockage " * 6, "nl": "Opslagruimte " * 9}
    figure = [{"fr": "Part minimale en volume", "nl": "Minimumaandeel"}, {"fr": "80 %", "nl": "80 %"}]
    checks = [{**check(number, "site"), "check": long, "figures": [figure] * 5} for number in range(1, 13)]
    plan = {
        "reference": "EX-1", "object": {"fr": "Nettoyage", "nl": "Schoonmaak"}, "authority": {"fr": "", "nl": ""},
        "months": 24, "checks": checks,
    }  # fmt: skip
    with portal_database.writing() as session:
        token = begin_log(session, plan, clock.today(), "Fictive SRL")[1]
    page = visit(f"/follow-up/{token}/visit")
    assert page.locator(".visit-line").count() == 8
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
