"""Pressing a button of a page as a browser without scripts does: with every field of the button's form."""

from urllib.parse import urljoin

from lxml import html
from ticket_browsers import Browser
from werkzeug.test import TestResponse


def fill_and_press(
    browser: Browser, address: str, typed: dict[str, str], words: str, status: int = 303
) -> TestResponse:
    """Type into the fields of a page that was read last, and press the button whose words these are."""
    page = html.fromstring(browser.page)
    button = next(each for each in page.iter("button") if " ".join(each.text_content().split()) == words)
    form = _form_of(page, button)
    fields: list[tuple[str, str]] = []
    for each in page.iter("input", "textarea", "select"):
        if _form_of(page, each) is form and each.get("name"):
            fields += _sent(each, typed)
    missing = set(typed) - {name for name, _value in fields}
    assert not missing, f"fields of another form, or of none: {missing}"
    if button.get("name"):
        fields.append((button.get("name"), button.get("value", "")))
    target = urljoin(address, button.get("formaction") or form.get("action") or "")
    answer = browser.client.post(
        target,
        data=_as_multidict(fields),
        headers={"Accept-Language": browser.language},
        content_type="multipart/form-data",
    )
    assert answer.status_code == status, (answer.status_code, answer.text[:3000])
    if answer.status_code != 303:
        browser.page = answer.text
    return answer


def first_button(browser: Browser, form: str) -> str:
    """Return the words of the button that Enter presses in a form."""
    page = html.fromstring(browser.page)
    target = page.get_element_by_id(form)
    main = page.get_element_by_id("main")
    found = next(each for each in main.iter("button") if _form_of(page, each) is target)
    return " ".join(found.text_content().split())


def _form_of(page: html.HtmlElement, each: html.HtmlElement) -> html.HtmlElement | None:
    if each.get("form"):
        return page.get_element_by_id(each.get("form"))
    return next(each.iterancestors("form"), None)


def _sent(each: html.HtmlElement, typed: dict[str, str]) -> list[tuple[str, str]]:
    name, kind = each.get("name"), each.get("type", "")
    if kind == "file":
        return []
    if kind in ("checkbox", "radio"):
        value = each.get("value", "on")
        is_chosen = each.get("checked") is not None or typed.get(name) == value
        return [(name, value)] if is_chosen else []
    if name in typed:
        return [(name, typed[name])]
    return [(name, each.value or "")]


def _as_multidict(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for name, value in fields:
        kept.setdefault(name, []).append(value)
    return kept
