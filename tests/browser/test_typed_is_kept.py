"""What is typed into a ticket is kept when the page is left by a link; what cannot be kept is asked about first."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from mpdi.resources import folder

pytestmark = pytest.mark.browser
TICKET = """<!doctype html><form id="work" method="post" action="/keep" data-keep-typed="/typed" data-kept-fields="body language">
<input type="hidden" name="csrf_token" value="token"></form>
<textarea form="work" name="body"></textarea><select form="work" name="language"><option selected>fr</option></select>
<div class="facts-form"><input form="work" name="cpv" value=""></div><button form="work">Keep</button>
<a href="/queue">Queue</a><span data-kept-status="Kept."></span><script type="module" src="/static/js/keep-typed.js"></script>"""
ASKING = """<!doctype html><form data-unsent="typed" method="post" action="/sent"><textarea name="question"></textarea>
<button>Send</button></form><a href="/queue">Queue</a><script type="module" src="/static/js/unsent.js"></script>"""


@pytest.fixture
def posted() -> list[tuple[str, str]]:
    """What the page sent: address and body."""
    return []


@pytest.fixture
def page(chromium: Browser, posted: list[tuple[str, str]]) -> Iterator[Page]:
    """A page of a portal that keeps whatever is sent to it."""
    page = chromium.new_page()
    status = {"/typed": 204}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://portal.test")
        if route.request.method == "POST":
            posted.append((path, route.request.post_data or ""))
        if path.startswith("/static/js/"):
            route.fulfill(path=str(folder("static") / path.removeprefix("/static/")), content_type="text/javascript")
        else:
            bodies = {"/ticket": TICKET, "/ask": ASKING}
            route.fulfill(status=status.get(path, 200), body=bodies.get(path, "elsewhere"), content_type="text/html")

    page.route("**/*", answer)
    yield page
    page.close()


def test_leaving_by_a_link_sends_what_was_typed(page: Page, posted: list[tuple[str, str]]) -> None:
    page.goto("http://portal.test/ticket")
    page.locator("textarea").fill("Oui, un écolabel")
    page.get_by_role("link", name="Queue").click()
    page.wait_for_url("**/queue")
    addresses = {path for path, _body in posted}
    assert addresses == {"/typed"}
    assert all("body=Oui%2C+un+%C3%A9colabel" in body and "csrf_token=token" in body for _path, body in posted)


def test_nothing_typed_nothing_sent_and_nothing_asked(page: Page, posted: list[tuple[str, str]]) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("http://portal.test/ticket")
    page.get_by_role("link", name="Queue").click()
    page.wait_for_url("**/queue")
    assert (posted, asked) == ([], [])


def test_a_button_of_the_page_sends_once(page: Page, posted: list[tuple[str, str]]) -> None:
    page.goto("http://portal.test/ticket")
    page.locator("textarea").focus()
    page.keyboard.type("Oui")
    page.evaluate("document.getElementById('work').requestSubmit()")
    page.wait_for_url("**/keep")
    assert [path for path, _body in posted if path == "/keep"] == ["/keep"]
    assert "/typed" not in [path for path, _body in posted[posted.index(next(p for p in posted if p[0] == "/keep")) :]]


def test_facts_that_are_not_stored_are_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("http://portal.test/ticket")
    page.locator("input[name=cpv]").click()
    page.keyboard.type("90910000")
    page.get_by_role("link", name="Queue").click()
    page.wait_for_url("**/queue")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(("leaving", "told"), [("link", ["beforeunload"]), ("button", [])])
def test_who_asks_is_warned_before_a_half_typed_question_is_left(page: Page, leaving: str, told: list[str]) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("http://portal.test/ask")
    page.locator("textarea").click()
    page.keyboard.type("Quel label ?")
    page.get_by_role(leaving).click()  # type: ignore[arg-type]
    page.wait_for_url("**/queue" if leaving == "link" else "**/sent")
    assert asked == told
