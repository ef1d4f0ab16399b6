"""Answers, agenda, figures and the home page with something in them: what axe finds, what fits on a telephone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from serving import served

from mpdi.accounts import session_operations
from mpdi.accounts.current import COOKIE
from mpdi.accounts.operations import find_user
from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.demo import fill
from mpdi.jobs.models import OutboxEvent
from mpdi.services import EXTENSION, Services

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shown(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A portal with the demonstration in it: its address, and the coordinator's session."""
    home = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(library_home, home)
    app = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests"))
    found: Services = app.extensions[EXTENSION]
    with found.database.writing() as session:
        session.query(OutboxEvent).delete()
        fill(session, found.library.library(session))
        coordinator = find_user(session, "coordination@demo.example")
        assert coordinator is not None
        token = session_operations.start_session(session, coordinator, "tests")
    found.jobs.run_pending()
    with served(app) as address:
        yield address, token
    found.database.engine.dispose()


def opened(chromium: Browser, address: str, language: str, scheme: str, width: int, token: str | None) -> Page:
    context = chromium.new_context(
        base_url=address, locale=language, color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    if token:
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return context.new_page()


PUBLIC = ("/", "/answers", "/answers?words=nettoyage", "/answers?route=food", "/agenda", "/agenda?kind=consultation", "/obstacles")
DESK = ("/helpdesk/articles", "/helpdesk/articles/1", "/helpdesk/reports", "/helpdesk/obstacles", "/agenda", "/agenda/desk", "/agenda/new", "/agenda/1")


@pytest.mark.parametrize(("language", "scheme", "width"), [("fr", "light", 1280), ("nl", "dark", 360), ("nl", "light", 1280), ("fr", "dark", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(chromium, shown, language, scheme, width):
    address, token = shown
    axe = Axe()
    for who, addresses in ((None, PUBLIC), (token, DESK)):
        page = opened(chromium, address, language, scheme, width, who)
        faults: list[str] = []
        page.on("console", lambda message, faults=faults: faults.append(message.text) if message.type == "error" else None)
        for each in addresses:
            page.goto(each)
            if each.startswith("/answers?words"):
                page.click("main article a")
                assert page.locator("h1").inner_text()
            found = axe.run(page)
            assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{page.url} is {wide} px too wide at {width}"
        assert faults == []
        page.context.close()
