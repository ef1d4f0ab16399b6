"""Fixtures of the clause library's tests."""

import sys
from pathlib import Path

import pytest

from mpdi.clause_library.core.library import ClauseLibrary

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent))

from clause_samples import SampleLibrary, published


@pytest.fixture
def sample_library(tmp_path: Path) -> SampleLibrary:
    """A folder of clauses with none in it."""
    return SampleLibrary(tmp_path)


@pytest.fixture(scope="session")
def published_library(clause_library: ClauseLibrary) -> ClauseLibrary:
    """The released edition with every clause published."""
    return published(clause_library)
