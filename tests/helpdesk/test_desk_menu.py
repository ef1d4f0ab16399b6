"""The menu of those who answer: what each role finds in it, that it all opens, and where it says one is."""

import re

import pytest
from flask import Flask
from ticket_browsers import Browser, signed_in

from mpdi.accounts.roles import Role
from mpdi.helpdesk.vocabulary import Route

_MENU = re.compile(r'<nav class="site-nav desk-nav"[^>]*>(.*?)</nav>', re.DOTALL)
_LINK = re.compile(r'<a href="([^"]+)"( aria-current="page")?>')
MENUS = {
    Role.FACILITATOR: [
        "/helpdesk",
        "/helpdesk/articles",
        "/helpdesk/ready-answers",
        "/helpdesk/reports",
        "/uptake",
        "/helpdesk/mail",
        "/notices/coding",
    ],
    Role.EXPERT: ["/helpdesk/requests", "/helpdesk/articles", "/notices/coding"],
    Role.LEGAL_REVIEWER: ["/helpdesk/requests", "/notices/coding"],
    Role.COORDINATOR: [
        "/helpdesk",
        "/helpdesk/articles",
        "/helpdesk/ready-answers",
        "/helpdesk/reports",
        "/uptake",
        "/helpdesk/mail",
        "/agenda/desk",
        "/notices/coding",
        "/plans/desk",
        "/notices/watched",
        "/people",
    ],
    Role.ADMINISTRATOR: ["/helpdesk/mail", "/notices/watched", "/people"],
}


def links(page: str) -> list[tuple[str, str]]:
    menu = _MENU.search(page)
    return _LINK.findall(menu[1]) if menu else []


def menu_of(browser: Browser) -> list[str]:
    return [address for address, _here in links(browser.get("/"))]


@pytest.mark.parametrize("role", MENUS)
def test_every_page_of_the_menu_opens_and_says_where_one_is(app: Flask, role: Role):
    browser = signed_in(app, "Sam", role, Route.FOOD if role is Role.FACILITATOR else None)
    assert menu_of(browser) == MENUS[role]
    for address in MENUS[role]:
        assert [found for found, here in links(browser.get(address)) if here] == [address]


@pytest.mark.parametrize("role", [Role.VISITOR, Role.FIRM, Role.BUYER])
def test_who_does_not_answer_has_no_such_menu(app: Flask, role: Role):
    assert menu_of(signed_in(app, "Bea", role)) == []


@pytest.mark.parametrize(
    ("page", "entry"),
    [
        ("/helpdesk/obstacles", "/helpdesk/reports"),
        ("/helpdesk/ready-answers/new", "/helpdesk/ready-answers"),
        ("/helpdesk?state=new", "/helpdesk"),
        ("/agenda/new", "/agenda/desk"),
        ("/people/invite", "/people"),
    ],
)
def test_a_page_below_marks_the_entry_it_belongs_to(app: Flask, page: str, entry: str):
    browser = signed_in(app, "Chris", Role.COORDINATOR)
    assert [address for address, here in links(browser.get(page)) if here] == [entry]


def test_the_public_pages_of_the_same_features_mark_nothing_at_the_desk(app: Flask):
    browser = signed_in(app, "Chris", Role.COORDINATOR)
    for page in ("/obstacles", "/agenda", "/answers"):
        assert [address for address, here in links(browser.get(page)) if here] == []
