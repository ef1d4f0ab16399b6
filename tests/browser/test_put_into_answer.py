"""“Put into the answer”: at the end where nobody has been in the field yet, an empty line before and after."""

import pytest
from playwright.sync_api import Browser, Page

from mpdi.resources import folder

pytestmark = pytest.mark.browser
PAGE = """<textarea id="answer-body">%s</textarea><button data-insert value=" Mot prêt. ">Put</button>"""


def _page(chromium: Browser, typed: str) -> Page:
    page = chromium.new_page()
    page.set_content(PAGE % typed)
    page.add_script_tag(path=str(folder("static") / "js" / "ticket.js"), type="module")
    return page


def _put(page: Page) -> str:
    page.get_by_role("button", name="Put").click()
    return page.locator("#answer-body").input_value()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", "Mot prêt."), ("Bonjour,", "Bonjour,\n\nMot prêt."), ("Bonjour,\n", "Bonjour,\n\nMot prêt.")],
)
def test_a_field_nobody_was_in_takes_the_words_at_its_end(chromium: Browser, typed: str, expected: str) -> None:
    page = _page(chromium, typed)
    assert _put(page) == expected
    assert _put(page) == f"{expected}\n\nMot prêt."
    page.close()


def test_at_the_caret_they_stand_between_empty_lines(chromium: Browser) -> None:
    page = _page(chromium, "Avant. Après.")
    page.locator("#answer-body").focus()
    page.evaluate("document.getElementById('answer-body').setSelectionRange(7, 7)")
    assert _put(page) == "Avant. \n\nMot prêt.\n\nAprès."
    page.close()
