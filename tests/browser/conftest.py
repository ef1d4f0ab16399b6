"""A portal that listens on loopback, and a real Chromium."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mpdi.app import create_app
from mpdi.clause_library.queries import LibraryCache
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.services import EXTENSION, Services

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent.resolve()))

from serving import served

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def portal_settings(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the portal that browsers visit, with the released edition."""
    home = tmp_path_factory.mktemp("browser") / "home"
    shutil.copytree(library_home, home)
    return Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")


@pytest.fixture(scope="session")
def portal_database(portal_settings: Settings) -> Iterator[Database]:
    """The database of that portal, for tests that prepare people and records."""
    made = Database(portal_settings.database_url)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def portal(portal_settings: Settings, warm_library: LibraryCache) -> Iterator[str]:
    """The address of that portal, served for the session."""
    app = create_app(portal_settings)
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], library=warm_library)
    with served(app) as address:
        yield address
    services: Services = app.extensions[EXTENSION]
    services.database.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a screen."""
    if not CHROMIUM.exists():
        message = "needs the Debian package “chromium”"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        yield browser
        browser.close()


@dataclass
class Witness:
    """What a browser did that it should not: asked another host, broke the policy, stumbled over a script."""

    portal: str
    faults: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to a context."""
        ours = (self.portal, "data:")
        context.on("request", lambda request: self._note(not request.url.startswith(ours), request.url))
        context.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        context.on("weberror", lambda error: self.faults.append(str(error.error)))

    def _note(self, is_fault: bool, text: str) -> None:
        # Chromium calls a form that the server sends back (422) an error; it is a page like any other.
        if is_fault and "status of 422" not in text:
            self.faults.append(text)


@pytest.fixture
def visit(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of one's own; at the end nothing may have gone wrong in any."""
    witness = Witness(portal)
    contexts: list[BrowserContext] = []

    def opened(
        address: str,
        *,
        language: str = "fr",
        width: int = 1280,
        scheme: str = "light",
        scripts: bool = True,
    ) -> Page:
        context = chromium.new_context(
            base_url=portal,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=language,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(20_000)
        witness.watch(context)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert witness.faults == []
