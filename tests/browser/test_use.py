"""The library used in a browser: with scripts, without them, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_without_scripts_one_searches_filters_and_changes_language(visit: Callable[..., Page]) -> None:
    page = visit("/", scripts=False)
    page.get_by_label("Vos mots, un identifiant ou une question").fill("produits de nettoyage")
    page.get_by_role("button", name="Chercher une clause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trouver une clause")
    page.get_by_label("Critère d'attribution").check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page.get_by_role("list", name="Filtres en usage")).to_contain_text("Critère d'attribution")
    page.locator(".languages").get_by_text("NL").click()
    expect(page.get_by_role("list", name="Filters in gebruik")).to_contain_text("Gunningscriterium")
    expect(page.locator("#words")).to_have_value("produits de nettoyage")
    page.locator(".clause-item h3 a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.get_by_role("link", name="Tekst in het Nederlands")).to_be_visible()


def test_a_narrow_screen_shows_one_language_with_a_switch(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001", width=390, scripts=False)
    assert page.locator(".pair .in-fr").first.is_visible()
    assert not page.locator(".pair .in-nl").first.is_visible()
    page.locator("#text-title + .only-narrow").get_by_role("link", name="Nederlands").click()
    assert page.locator(".pair .in-nl").first.is_visible()
    assert not page.locator(".pair .in-fr").first.is_visible()


def test_a_wide_screen_shows_both(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001", width=900)
    french = page.locator("p.in-fr").first.bounding_box()
    dutch = page.locator("p.in-nl").first.bounding_box()
    assert french
    assert dutch
    assert french["y"] == dutch["y"]
    assert dutch["x"] > french["x"] + french["width"] - 1


def test_the_text_is_copied_by_a_button(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le texte néerlandais").click()
    expect(page.locator(".copied")).to_have_text("Copié.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Schoonmaakproducten met ecolabel")


def test_printing_leaves_navigation_out_and_spells_addresses(visit: Callable[..., Page]) -> None:
    page = visit("/clauses/ENV-CLEAN-001")
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert not page.locator(".toolbar").is_visible()
    link = "section[aria-labelledby='law-title'] a"
    address = page.evaluate(f"""() => getComputedStyle(document.querySelector("{link}"), "::after").content""")
    assert "/about/law" in address


def test_dark_is_dark(visit: Callable[..., Page]) -> None:
    page = visit("/", scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 31)"
