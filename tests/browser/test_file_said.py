"""What is said of a chosen file is said of that file: the error about the one before goes with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from mpdi.resources import folder

pytestmark = pytest.mark.browser
ASKING = """<!doctype html>
<div class="error-summary" tabindex="-1"><ul><li><a href="#file">File – The file is a program.</a></li></ul></div>
<form method="post" action="/sent"><div class="field has-error"><label for="file">File</label>
<p class="field-error" id="file-error">The file is a program.</p>
<input type="file" id="file" name="file" aria-describedby="file-error" data-largest="100" data-too-large="The file is too large.">
</div><button>Send</button></form><script type="module" src="/static/js/ask.js"></script>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """The form as it comes back after a program was refused."""
    page = chromium.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://portal.test")
        if path.startswith("/static/js/"):
            route.fulfill(path=str(folder("static") / path.removeprefix("/static/")), content_type="text/javascript")
        else:
            route.fulfill(body=ASKING if path == "/ask" else "sent", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://portal.test/ask")
    yield page
    page.close()


def choose(page: Page, size: int) -> None:
    page.set_input_files("#file", {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"x" * size})


def test_a_file_too_large_is_said_beside_it_in_the_place_of_the_error_before(page: Page) -> None:
    choose(page, 200)
    assert page.locator(".field-error").all_inner_texts() == ["✕ The file is too large."]
    assert page.locator(".error-summary").count() == 0
    assert page.get_attribute("#file", "aria-describedby") == "file-error"
    page.click("button")
    assert page.url.endswith("/ask"), "nothing is sent"


def test_a_file_that_fits_takes_the_error_away_and_is_sent(page: Page) -> None:
    choose(page, 200)
    choose(page, 50)
    assert page.locator(".field-error").count() == 0
    assert not page.locator(".field.has-error").count()
    page.click("button")
    page.wait_for_url("**/sent")
