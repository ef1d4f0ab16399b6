"""Fixtures of the helpdesk's tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.database import Database
from mpdi.helpdesk.vocabulary import Route

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent.resolve()))

from ticket_samples import Clock, user


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Tuesday 24 November 2026, half past nine in Brussels, until the test says otherwise."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(clock, "today", made.today)
    return made


@pytest.fixture
def session(database: Database, now: Clock) -> Iterator[Session]:
    """A session that commits, on the clock of the test."""
    with database.writing() as opened:
        yield opened


@pytest.fixture
def fatima(session: Session) -> User:
    """A facilitator of sustainable purchases."""
    return user(session, "Fatima", Role.FACILITATOR, Route.MPD)
