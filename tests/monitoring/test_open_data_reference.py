"""Releases of real notices, where `MPDI_REFERENCE_DATA` says where they lie: none breaks a rule of the standard."""

import datetime
import os
from pathlib import Path

import pytest
from ocds_rules import faults

from mpdi.monitoring.open_data_release import Source, release_of
from tender_parsers import iter_notices, to_plain

_EVERY = 5
"""One file in so many."""
MADE_OF = Source("n1", "p1", datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))


@pytest.fixture
def reference() -> Path:
    """The folder of real notices."""
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if given and (Path(given) / "notices").is_dir():
        return Path(given) / "notices"
    message = "needs MPDI_REFERENCE_DATA, a folder with notices/"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def test_no_release_of_a_real_notice_breaks_a_rule(reference):
    files = [path for path in sorted(reference.rglob("*")) if path.is_file() and path.suffix != ".tsv"][::_EVERY]
    found = {}
    count = 0
    for path in files:
        for notice in iter_notices(path):
            count += 1
            broken = faults(release_of(to_plain(notice), MADE_OF))
            if broken:
                found[notice.source] = broken
    assert count > 100
    assert found == {}
