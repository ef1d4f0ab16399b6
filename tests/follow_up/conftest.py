"""A portal with every clause published, a log of a contract in it, and a browser without scripts."""

import datetime
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
for _place in (".", "../specifications", "../clause_library", "../documents", "../accounts"):
    sys.path.insert(0, str((Path(__file__).parent / _place).resolve()))

from clause_samples import published  # noqa: E402
from contract import PURCHASE, Contract  # noqa: E402
from page_walk import served  # noqa: E402
from state import publish_all  # noqa: E402

from mpdi import clock  # noqa: E402
from mpdi.clause_library.core.answers import read_answers  # noqa: E402
from mpdi.clause_library.core.library import ClauseLibrary  # noqa: E402
from mpdi.clause_library.core.reasons import Reason  # noqa: E402
from mpdi.clause_library.core.selection import Decided, Selection  # noqa: E402
from mpdi.clause_library.core.vocabulary import Decision  # noqa: E402
from mpdi.follow_up.frozen import freeze  # noqa: E402
from mpdi.specifications.verification import VerificationPlan, plan_verification  # noqa: E402
from mpdi.specifications.writing import prepare  # noqa: E402

TODAY = datetime.date(2027, 3, 1)


@pytest.fixture(scope="session")
def published_home(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with every clause published; to be copied by who writes into it."""
    home = tmp_path_factory.mktemp("published") / "home"
    shutil.copytree(library_home, home)
    publish_all(home)
    return home


@pytest.fixture(scope="module")
def app(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from served(published_home, tmp_path_factory.mktemp("pages") / "home")


@pytest.fixture(scope="session")
def verification(clause_library: ClauseLibrary) -> VerificationPlan:
    """The verification plan of a cleaning contract of 24 months."""
    library = published(clause_library)
    purchase = read_answers(PURCHASE, TODAY)
    return plan_verification(purchase, prepare(purchase, library).selection, library)


@pytest.fixture(scope="session")
def frozen(verification: VerificationPlan) -> dict:
    """What a log keeps of it."""
    return freeze(verification)


@pytest.fixture(scope="session")
def longest(clause_library: ClauseLibrary) -> dict:
    """What a log keeps of the eight checks on site that say most, of every clause there is."""
    library = published(clause_library)
    clauses = [library.version(each, str(library.versions(each)[-1].version)) for each in library.identifiers]
    decided = tuple(Decided(each, Decision.IN, "chosen", Reason("", "", ""), Decision.IN) for each in clauses)
    plan = freeze(plan_verification(read_answers(PURCHASE, TODAY), Selection(decided, ()), library))
    on_site = [each for each in plan["checks"] if each["is_on_site"]]
    on_site.sort(key=lambda each: -len(each["binding"]["fr"] + each["check"]["fr"] + str(each["figures"])[:600]))
    return {**plan, "checks": on_site[:8]}


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> datetime.date:
    """It is 1 March 2027."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return TODAY


@pytest.fixture
def contract(app: Flask, frozen: dict, today: datetime.date) -> Contract:
    """The log of a contract that began on 1 January 2027."""
    return Contract(app).begin(frozen, datetime.date(2027, 1, 1))
