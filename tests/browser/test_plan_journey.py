"""From an empty page to an adopted Word file, in French: begun, what is missing followed step by step, decided, downloaded."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Page

from mpdi import clock
from mpdi.action_plans.queries import plan_by_token, versions_of
from mpdi.database import Database

pytestmark = pytest.mark.browser


def looked_at(page: Page, axe: Axe) -> None:
    found = axe.run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


def test_from_an_empty_page_to_an_adopted_word_file(visit: Callable[..., Page], portal_database: Database) -> None:
    page, axe = visit("/", width=1280), Axe()
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Plan d'action").click()
    looked_at(page, axe)
    page.get_by_role("link", name="Commencer un plan").click()
    page.get_by_label("Nom de votre pouvoir adjudicateur").fill("Ucc")
    page.get_by_role("button", name="Commencer le plan").click()
    assert page.locator(".error-summary").is_visible()
    looked_at(page, axe)
    page.get_by_label("Commune d'Uccle").check()
    page.get_by_role("button", name="Commencer le plan").click()
    looked_at(page, axe)
    token = page.url.partition("?")[0].rpartition("/")[2]
    page.get_by_role("link", name="Noter une décision").click()
    assert page.get_by_text("Le plan ne peut pas encore être adopté").is_visible()
    looked_at(page, axe)
    page.locator("main").get_by_role("link", name="Ce que vous achetez").click()
    page.locator("[id='category_1']").select_option("cleaning")
    page.locator("[id='amount_1']").fill("900 000")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    page.locator("#policy-1").check()
    page.get_by_role("button", name="Enregistrer et revenir").click()
    assert page.locator("img.chart").count() == 2
    looked_at(page, axe)
    page.get_by_role("link", name="Noter la décision").click()
    page.get_by_label("Organe qui a décidé").fill("Collège des bourgmestre et échevins")
    looked_at(page, axe)
    page.get_by_role("button", name="Conserver cette version").click()
    assert page.get_by_text("La version 1 est conservée").is_visible()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Français – Le plan, en Word").click()
    assert kept.value.suggested_filename.startswith("plan-d-action_Commune-d-Uccle_")
    text = "\n".join(each.text for each in Document(io.BytesIO(Path(kept.value.path()).read_bytes())).paragraphs)
    assert "Uccle" in text
    page.get_by_role("link", name="Historique").first.click()
    looked_at(page, axe)
    with portal_database.reading() as session:
        [version] = versions_of(session, plan_by_token(session, token).id)
    assert (version.decided_on, version.organ) == (clock.today(), "Collège des bourgmestre et échevins")
