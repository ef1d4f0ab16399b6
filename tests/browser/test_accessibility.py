"""What axe finds, what the keyboard reaches, and what fits on a telephone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/clauses",
    "/clauses?words=produits+verts&theme=environmental",
    "/clauses?words=zzqqx&kind=sanction",
    "/clauses/ENV-CLEAN-001",
    "/clauses/SOC-GEN-003",
    "/clauses/SME-GEN-001",
    "/clauses/ENV-CLEAN-001/compare?from=1.0.0&to=1.0.0",
    "/clauses/find",
    "/labels",
    "/labels?words=zzqqx&theme=social",
    "/labels/EU-ECOLABEL-TISSUE?case=part_only&about=0",
    "/labels/EMAS",
    "/law",
    "/law?words=zzqqx",
    "/law/LAW-2016-06-17",
    "/law/LAW-2016-06-17/12/1",
    "/law/RD-2017-04-18/36",
    "/law/RD-2017-04-18/76",
    "/guides",
    "/guides/market-engagement",
    "/guides/glossary",
    "/specifications/new",
    "/advice",
    "/advice/advance?estimate=100000&amount=121000&months=24",
    "/advice/lots?value=",
    "/advice/scoring?price_weight=60&criteria=Q;40&formula=proportional&offers=A;80000;50%0AB;92000;85",
    "/life-cycle-cost",
    "/life-cycle-cost/explained",
    "/life-cycle-cost/free-measures",
    "/life-cycle-cost/vehicles",
    "/life-cycle-cost/workbooks",
    "/about/law",
    "/about/accessibility",
    "/about/privacy",
    "/about/licences",
    "/tools",
)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_axe_finds_nothing(visit: Callable[..., Page], language: str, scheme: str, width: int) -> None:
    page = visit("/", language=language, scheme=scheme, width=width)
    axe = Axe()
    for address in PAGES:
        page.goto(address)
        found = axe.run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 360, 390, 768, 1280])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_page_is_wider_than_the_screen(visit: Callable[..., Page], language: str, width: int) -> None:
    page = visit("/", language=language, width=width)
    for address in PAGES:
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide at {width}"


def focused(page: Page) -> dict[str, str]:
    """What has the focus: its words and how the focus is drawn."""
    result: dict[str, str] = page.evaluate(
        """() => { const e = document.activeElement, s = getComputedStyle(e);
        return {tag: e.tagName, text: (e.getAttribute('aria-label') || e.innerText || e.name || '').trim(),
                outline: s.outlineStyle, width: s.outlineWidth, id: e.id}; }"""
    )
    return result


def test_the_first_key_offers_to_skip_to_the_content(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001")
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Aller au contenu"
    assert page.locator(".skip-link").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "main"


@pytest.mark.parametrize("address", ["/", "/clauses?words=ecolabel", "/clauses/ENV-CLEAN-001"])
def test_everything_is_reached_by_keyboard_in_reading_order_and_seen(visit: Callable[..., Page], address: str) -> None:
    page = visit(address)
    controls = page.locator("a[href]:visible, button:visible, input:visible, [tabindex='0']:visible").count()
    reached = []
    for _ in range(controls + 5):
        page.keyboard.press("Tab")
        found = focused(page)
        if found["tag"] == "BODY":
            break
        assert found["outline"] != "none", found
        assert found["width"] != "0px", found
        reached.append(found)
    assert len(reached) >= controls
    assert page.locator("[tabindex]:not([tabindex='0']):not([tabindex='-1'])").count() == 0


def test_text_grows_to_twice_its_size_without_loss(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001", width=640)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
