"""A portal without a library, for the pages of uptake: they need none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.database import Base, Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services

DEMO = folder("examples") / "notices"
REPRESENTATIVE = (
    "2025-03-03-schools-04-competition.xml",
    "2025-07-07-schools-04-result.xml",
    "2025-09-22-agency-13-competition.xml",
    "2025-10-06-agency-13-competition-change.xml",
)
"""A call and its result; a call and what replaced it."""


@contextmanager
def portal(home: Path, *paths: Path, detection: bool = True) -> Iterator[Flask]:
    """A portal that has taken in these notices."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")
    made = Database(settings.database_url)
    Base.metadata.create_all(made.engine)
    if paths:
        ingest(made, [str(path) for path in paths], ReadingPlan(home, detection), 1)
    made.engine.dispose()
    app = create_app(settings)
    app.testing = True
    yield app
    services_of(app).search.words.close()
    services_of(app).database.engine.dispose()


def services_of(app: Flask) -> Services:
    """Its database and settings."""
    found: Services = app.extensions[EXTENSION]
    return found
