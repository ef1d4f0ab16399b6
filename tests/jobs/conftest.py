"""Fixtures of the jobs' tests."""

import sys
from pathlib import Path

import pytest

# Under --import-mode=importlib, helpers of other folders are not importable of themselves.
sys.path.insert(0, str((Path(__file__).parent / "../clause_library").resolve()))

import clause_samples


@pytest.fixture
def sample_library(tmp_path: Path) -> clause_samples.SampleLibrary:
    """A folder of clauses with none in it."""
    return clause_samples.SampleLibrary(tmp_path)


@pytest.fixture
def clause_data():
    """Make a valid text of a clause."""
    return clause_samples.clause_data
