"""Signing in and one's account in a real browser: axe, keyboard, a telephone, without scripts."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

sys.path.insert(0, str((Path(__file__).parent / "../accounts").resolve()))

from people import PASSWORD, PASSWORD_HASH, add_user

from mpdi.accounts import operations, session_operations
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.mails import link_address
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.database import Database

pytestmark = pytest.mark.browser
EMAIL = "boss@example.brussels"
OUTSIDE = ("/sign-in", "/sign-in?next=/account", "/forgotten-password")
INSIDE = ("/account", "/account/erase", "/people", "/people/invite", "/people/{}", "/audit-log?check=1", "/my/drafts")


@pytest.fixture(scope="session")
def boss(portal_database: Database) -> int:
    """An administrator with a password."""
    with portal_database.writing() as session:
        found = operations.find_user(session, EMAIL)
        grant = Grant(Role.ADMINISTRATOR)
        return (
            found or add_user(session, grant, email=EMAIL, name="Béatrice Dujardin", password_hash=PASSWORD_HASH)
        ).id


def enter(page: Page, database: Database, user_id: int) -> None:
    """Give the browser the session of a user."""
    with database.writing() as session:
        token = session_operations.start_session(session, session.get_one(User, user_id), "Firefox, Linux")
    page.context.add_cookies([{"name": "mpdi_sign_in", "value": token, "url": page.url}])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_axe_finds_nothing_on_the_way_in(visit: Callable[..., Page], language: str, width: int) -> None:
    page = visit("/", language=language, width=width)
    check(page, OUTSIDE)
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile("connecter|aanmelden", re.IGNORECASE)).click()
    assert Axe().run(page).violations_count == 0, "with errors shown too"
    assert page.locator("[aria-invalid=true]").count() == 2


@pytest.mark.parametrize(("language", "scheme", "width"), [("fr", "light", 360), ("nl", "dark", 1280)])
def test_axe_finds_nothing_inside(
    visit: Callable[..., Page], portal_database: Database, boss: int, language: str, scheme: str, width: int
) -> None:
    page = visit("/", language=language, scheme=scheme, width=width)
    enter(page, portal_database, boss)
    check(page, [address.format(boss) for address in INSIDE])


def check(page: Page, addresses: tuple[str, ...] | list[str]) -> None:
    for address in addresses:
        page.goto(address)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} px too wide"


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_by_keyboard_and_coming_back(visit: Callable[..., Page], boss: int, scripts: bool) -> None:
    page = visit("/people", language="fr", scripts=scripts)
    assert "/sign-in" in page.url
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(EMAIL)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/people$"))
    assert page.get_by_role("link", name="Béatrice Dujardin").count() == 1
    page.goto("/account")
    page.get_by_role("button", name="Se déconnecter", exact=True).click()
    assert page.get_by_text("Vous êtes déconnecté").count() == 1


def test_an_invitation_is_accepted(visit: Callable[..., Page], portal_database: Database, boss: int) -> None:
    email = "jan@example.brussels"
    with portal_database.writing() as session:
        token = operations.invite(session, "tests", email, [Grant(Role.BUYER, "commune-uccle")], "nl", "").token
    page = visit(link_address(LinkPurpose.INVITATION, token, ""), language="nl")
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Uw naam").fill("Jan Smet")
    page.get_by_label("Nieuw wachtwoord").fill("kort")
    page.get_by_role("button", name="Mijn account openen").click()
    assert "Te kort" in page.locator(".error-summary").inner_text()
    page.get_by_label("Nieuw wachtwoord").fill("zes oude fietsen zingen")
    page.get_by_role("button", name="Mijn account openen").click()
    page.wait_for_url("**/account")
    assert page.get_by_text("Overheidsaankoper, Gemeente Ukkel").count() == 1
