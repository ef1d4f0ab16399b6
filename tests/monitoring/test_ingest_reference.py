"""Ingestion of real notices, where `MPDI_REFERENCE_DATA` says where they lie: every value fits its column, nothing is lost."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from taking_in import records, take_in

from tender_parsers import each_once, iter_notices

_EVERY = 7
"""One file in so many, of each format."""


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


def test_real_notices_are_each_there_once_and_whole(database, tmp_path, reference):
    files = [path for path in sorted(reference.rglob("*")) if path.is_file() and path.suffix != ".tsv"][::_EVERY]
    take_in(database, tmp_path, *files)
    kept = records(database)
    read = [notice for path in files for notice in iter_notices(path)]
    assert {each.format for each in kept} == {notice.format for notice in read}
    counted = Counter(str(each.notice_id) for each in kept if each.is_current)
    once = Counter(str(notice.notice_id) for notice in each_once(read))
    # Where releases of one process share a name, a change replaces each of them, and the first alone in `each_once`.
    names = Counter(str(each.notice_id) for each in kept)
    assert {name for name in once if names[name] < 2 and counted[name] != once[name]} == set()
    assert counted - once == Counter()
    assert all(json.dumps(each.whole) for each in kept)
