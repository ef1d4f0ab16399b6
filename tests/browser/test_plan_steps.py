"""The steps of a plan on a phone, in Dutch: each fits its width, axe finds nothing, what is typed arrives."""

import datetime
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from mpdi import clock
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile import Authority, Period, PlanProfile
from mpdi.action_plans.operations import begin_plan
from mpdi.action_plans.queries import open_plan
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(portal_database: Database) -> str:
    """The link of a plan of which only authority and period are known."""
    year = clock.today().year + 1
    name = Bilingual("Commune d'Exemple", "Gemeente Voorbeeld")
    period = Period(datetime.date(year, 1, 1), datetime.date(year + 1, 12, 31))
    profile = PlanProfile(Authority(name, AuthorityType.LOCAL), period, clock.today(), "nl", edition_canevas().version)
    with portal_database.writing() as session:
        return begin_plan(session, profile)[1]


def looked_at(page: Page, axe: Axe) -> None:
    found = axe.run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


def test_the_steps_on_a_phone_in_dutch(visit: Callable[..., Page], plan: str, portal_database: Database) -> None:
    page, axe, year = visit(f"/plans/{plan}/authority", language="nl", width=390), Axe(), clock.today().year + 2
    go_on = page.get_by_role("button", name="Bewaren en verder")
    looked_at(page, axe)
    go_on.click()
    page.get_by_label("Categorie – rij 1").select_option("cleaning")
    page.get_by_label("EUR per jaar – rij 1").fill("-5")
    go_on.click()
    assert page.locator(".error-summary").is_visible()
    looked_at(page, axe)
    page.get_by_role("link", name="negatief").click()
    page.get_by_label("EUR per jaar – rij 1").fill("900.000")
    go_on.click()
    page.locator("#policy-1").check()
    looked_at(page, axe)
    go_on.click()
    looked_at(page, axe)
    page.get_by_role("link", name="Schoonmaak").first.click()
    page.locator("[id='environmental_clauses.target']").fill("80")
    page.locator("[id='environmental_clauses.by']").fill(f"30/06/{year}")
    looked_at(page, axe)
    go_on.click()
    looked_at(page, axe)
    page.get_by_role("link", name="Bestuur van het plan").first.click()
    page.get_by_text("Woorden, middelen, meting").first.click()
    looked_at(page, axe)
    page.get_by_role("button", name="Deze actie weglaten").first.click()
    assert page.get_by_role("button", name="Weer opnemen").is_visible()
    looked_at(page, axe)
    for step in ("buying", "options", "purchases", "resources"):
        page.goto(f"/plans/{plan}/{step}")
        looked_at(page, axe)
    with portal_database.reading() as session:
        stored = open_plan(session, plan).profile
    assert [(each.category, each.amount) for each in stored.spending] == [("cleaning", 900_000)]
    assert [each.by for each in stored.objectives] == [datetime.date(year, 6, 30)]
    assert [key for key, each in stored.actions.items() if each.left_out] == ["governance.coordinator"]
