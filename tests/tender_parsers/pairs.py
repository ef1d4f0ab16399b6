"""Fixtures as pairs: a file, and beside it the whole of what it says."""

import json
from pathlib import Path

from tender_parsers import iter_notices, to_plain
from tender_parsers.notice import Notice


def notices_of(path: Path) -> list[Notice]:
    """All notices of a file of which nothing is left out."""
    batch = iter_notices(path)
    found = list(batch)
    assert batch.left_out == []
    return found


def expected_and_got(path: Path) -> tuple[object, object]:
    """What stands beside a file, and what is read from it, both as JSON holds them."""
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    got = [to_plain(notice) | {"source": path.name} for notice in notices_of(path)]
    return expected, json.loads(json.dumps(got))
