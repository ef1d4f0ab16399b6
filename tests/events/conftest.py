"""Fixtures of the agenda's tests: browsers signed in, and a clock that can be set."""

import datetime
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mpdi import clock
from mpdi.accounts import session_operations
from mpdi.accounts.current import COOKIE
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role
from mpdi.services import EXTENSION, Services

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 24 November 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: NOW.date())


def browser_of(app: Flask, role: Role) -> FlaskClient:
    found: Services = app.extensions[EXTENSION]
    with found.database.writing() as session:
        made = User(email=f"{role}@example.org", email_key=f"{role}@example.org", name=role, language="fr", created_at=NOW)
        made.roles.append(RoleGrant(role=role.value, granted_at=NOW))
        session.add(made)
        session.flush()
        token = session_operations.start_session(session, made, "tests")
    browser = app.test_client()
    browser.set_cookie(COOKIE, token)
    return browser


@pytest.fixture
def coordinator(app: Flask) -> FlaskClient:
    """The coordinator's browser."""
    return browser_of(app, Role.COORDINATOR)


@pytest.fixture
def as_role(app: Flask):
    """Make a browser in which somebody with a role is signed in; a visitor's for None."""
    return lambda role: browser_of(app, role) if role else app.test_client()


@pytest.fixture
def token():
    """Read the token of the forms of a page, and what else its form hides."""
    def read(browser: FlaskClient, address: str) -> dict[str, str]:
        page = browser.get(address).get_data(as_text=True)
        return dict(re.findall(r'name="(csrf_token|seen)"[^>]*value="([^"]*)"', page))
    return read
