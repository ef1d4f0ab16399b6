"""A passage is pasted, its clause is shown: what axe finds, and what fits on a telephone, without scripts too."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from mpdi.clause_library.core.library import ClauseLibrary

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_pasted_passage_gives_its_clause(
    visit: Callable[..., Page], clause_library: ClauseLibrary, width: int, scheme: str
) -> None:
    version = clause_library.versions("ENV-CLEAN-001")[-1]
    passage = " ".join(each.text.fr for each in version.text if each.part in ("definition", "proof_at_tender"))
    page = visit("/clauses/find", width=width, scheme=scheme)
    page.locator("#text").fill(passage.replace("vitres", "fenêtres"))
    page.locator("main form button[type=submit]").click()
    page.locator("h3", has_text="ENV-CLEAN-001").wait_for()
    page.locator("summary").click()
    assert page.locator("del", has_text="vitres").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
