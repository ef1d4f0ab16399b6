"""Fixtures of the specifications' tests: the edition with every clause published, and a state folder that holds it."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
for _place in (".", "../clause_library", "../documents"):
    sys.path.insert(0, str((Path(__file__).parent / _place).resolve()))

from clause_samples import published  # noqa: E402
from state import publish_all  # noqa: E402

from mpdi.clause_library.core.library import ClauseLibrary  # noqa: E402
from mpdi.cli import main  # noqa: E402

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def published_library(clause_library: ClauseLibrary) -> ClauseLibrary:
    """The released edition with every clause published."""
    return published(clause_library)


@pytest.fixture(scope="session")
def published_home(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with every clause published; to be copied by who writes into it."""
    home = tmp_path_factory.mktemp("published") / "home"
    shutil.copytree(library_home, home)
    publish_all(home)
    return home


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """A state folder of one's own."""
    return Path(shutil.copytree(published_home, tmp_path / "home"))


@pytest.fixture
def mpdi(home: Path) -> Run:
    """Run `mpdi ARGUMENTS` in that state folder; the result holds exit code, output and messages."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(
            main, list(map(str, arguments)), env={"MPDI_HOME": str(home), "MPDI_DATABASE_URL": ""}
        )

    return run
