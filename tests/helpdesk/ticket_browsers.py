"""Browsers without scripts, signed in as somebody, on a portal of the tests."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from ticket_samples import user
from werkzeug.test import TestResponse

from mpdi.accounts import session_operations
from mpdi.accounts.current import COOKIE
from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.helpdesk.vocabulary import Route
from mpdi.services import EXTENSION, Services

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_REVISION = re.compile(r'name="revision" value="(\d+)"')


def services_of(app: Flask) -> Services:
    found: Services = app.extensions[EXTENSION]
    return found


class Browser:
    """A browser that sends forms as a person does: with the token and the revision of the page it read last."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.client: FlaskClient = app.test_client()
        self.language = language
        self.page = ""
        self.user: User | None = None

    def get(self, address: str, status: int = 200) -> str:
        answer = self.client.get(address, headers={"Accept-Language": self.language})
        assert answer.status_code == status, (answer.status_code, answer.text[:3000])
        self.page = answer.text
        return self.page

    def token(self) -> str:
        found = _TOKEN.search(self.page)
        if found is None:
            self.get("/questions/new")
            found = _TOKEN.search(self.page)
        assert found is not None
        return found[1]

    def post(self, address: str, data: Mapping[str, Any] | None = None, status: int = 303, **more: Any) -> TestResponse:
        fields: dict[str, Any] = {"csrf_token": self.token()}
        if (revision := _REVISION.search(self.page)) is not None:
            fields["revision"] = revision[1]
        answer = self.client.post(
            address, data=fields | dict(data or {}), headers={"Accept-Language": self.language}, **more
        )
        assert answer.status_code == status, (answer.status_code, answer.text[:3000])
        if answer.mimetype == "text/html":
            self.page = answer.text
        return answer


def signed_in(
    app: Flask,
    name: str,
    role: Role | None,
    route: Route | None = None,
    authority_id: str | None = None,
    language: str = "en",
) -> Browser:
    """A browser in which somebody with a role is signed in; a visitor's where there is no role."""
    browser = Browser(app, language)
    if role is None or role is Role.VISITOR:
        return browser
    with services_of(app).database.writing() as session:
        browser.user = user(session, name, role, route, authority_id)
        cookie = session_operations.start_session(session, browser.user, "tests")
    browser.client.set_cookie(COOKIE, cookie)
    return browser


def in_database(app: Flask) -> Session:
    """A session that writes, for preparing a test: use it as `with in_database(app) as session`."""
    return services_of(app).database.writing()  # type: ignore[return-value]
