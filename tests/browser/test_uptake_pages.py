"""Notices, open notices and open data in a browser: what axe finds, what fits on a telephone, what a keyboard opens."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

from mpdi.config import Settings
from mpdi.database import Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.resources import folder

pytestmark = pytest.mark.browser

FILES = (
    "2025-03-03-schools-04-competition",
    "2025-07-07-schools-04-result",
    "2026-09-14-agency-31-competition",
    "2026-11-24-housing-34-competition",
)
"""A call in two languages with its result, and two that stay open for long."""
OPEN = "/market?cpv=80500000"


@pytest.fixture(scope="module")
def addresses(portal: str, portal_database: Database, portal_settings: Settings) -> tuple[str, ...]:
    """The pages to look at, with notices behind them."""
    paths = [str(folder("examples") / "notices" / f"{name}.xml") for name in FILES]
    ingest(portal_database, paths, ReadingPlan(portal_settings.home), 1)
    with portal_database.reading() as session:
        keys = [key_of(identity) for identity in session.scalars(select(NoticeRecord.identity))]
    notices = [f"/notices/{key}" for key in keys[:2]]
    uptake = ("/uptake", "/uptake?part=sme", "/uptake?part=no_offer", "/uptake?part=apart")
    figures = (*uptake, "/uptake/notices?answer=yes", "/uptake/authorities/stib", "/uptake?period=1999")
    return ("/market", OPEN, "/market?place=BE2", *notices, "/notices/rules/sme", "/notices/open-data", *figures)


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("fr", "light", 1280), ("nl", "dark", 360), ("fr", "dark", 1280), ("nl", "light", 360)],
)
def test_axe_finds_nothing(
    visit: Callable[..., Page], addresses: tuple[str, ...], language: str, scheme: str, width: int
) -> None:
    page = visit("/", language=language, scheme=scheme, width=width)
    axe = Axe()
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        found = axe.run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_page_is_wider_than_the_screen(visit: Callable[..., Page], addresses: tuple[str, ...], width: int) -> None:
    page = visit("/", language="nl", width=width)
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide at {width}"


def test_a_firm_searches_reads_the_reasons_and_opens_the_notice_and_its_proof(
    visit: Callable[..., Page], addresses: tuple[str, ...]
) -> None:
    page = visit("/", language="fr")
    page.get_by_role("link", name="Avis ouverts").first.click()
    page.get_by_label("Métier ou code CPV").fill("formation")
    page.get_by_role("button", name="Chercher").click()
    assert "cpv=formation" in page.url
    assert page.get_by_text("petites entreprises sont invitées").is_visible()
    page.get_by_role("link", name="Formations à l'achat durable").click()
    assert "/notices/n" in page.url
    page.get_by_role("link", name="Ce que ses mots disent").click()
    assert page.locator("mark.found", has_text="petites entreprises sont invitées").first.is_visible()
    page.locator("a[href^='/notices/rules/sme#']").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Les petites entreprises sont aidées ou invitées"
