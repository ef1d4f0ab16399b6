"""The short ways by which ingestion writes store what the long ones store, in every column of every row."""

import json
import os
from pathlib import Path

import pytest
from sqlalchemy import Table, insert, text
from sqlalchemy.orm import Session
from taking_in import FIXTURES, take_in

from mpdi.database import Base, Database
from mpdi.monitoring import ingest_operations, rows
from tender_parsers import iter_notices, serialise, to_plain
from tender_parsers.exceptions import TooLarge
from tender_parsers.serialise import to_ascii_json

TABLES = ("ingested_file", "notice_record", "notice_lot", "notice_observation", "notice_link")
FORMATS = [FIXTURES / name for name in ("eforms", "ted", "ocds", "decp", "boamp", "bda", "found")]
_EVERY = 29
"""One real file in so many."""


def stored(folder: Path, paths: list[Path], detection: bool) -> dict[str, list[tuple[object, ...]]]:
    """Every row as SQLite holds it, without the moment it was written."""
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'notices.sqlite3'}")
    Base.metadata.create_all(database.engine)
    take_in(database, folder, *paths, detection=detection)
    found = {}
    with database.reading() as session:
        for name in TABLES:
            columns = [f'"{each.name}"' for each in Base.metadata.tables[name].c if each.name != "read_at"]
            asked = text(f"SELECT {', '.join(columns)} FROM {name} ORDER BY id")
            found[name] = [tuple(row) for row in session.execute(asked)]
    database.engine.dispose()
    return found


@pytest.fixture
def the_long_way(monkeypatch):
    """From now on rows are inserted by SQLAlchemy, and JSON is made of objects and lists that are made first."""

    def insert_each(session: Session, table: Table, given: list[dict[str, object]]) -> None:
        if given:
            session.execute(insert(table), list(given))

    def turn() -> None:
        monkeypatch.setattr(ingest_operations, "insert_rows", insert_each)
        monkeypatch.setattr(rows, "to_ascii_json", lambda notice: json.dumps(to_plain(notice)))

    return turn


def test_our_notices_of_every_format_are_stored_alike(tmp_path, the_long_way):
    short = stored(tmp_path / "short", FORMATS, detection=True)
    the_long_way()
    assert stored(tmp_path / "long", FORMATS, detection=True) == short
    assert all(short.values())


def test_real_notices_are_stored_alike(tmp_path, the_long_way):
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if not given or not (Path(given) / "notices").is_dir():
        message = "needs MPDI_REFERENCE_DATA, a folder with notices/"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    files = [path for path in sorted((Path(given) / "notices").rglob("*")) if path.is_file()][::_EVERY]
    short = stored(tmp_path / "short", files, detection=False)
    the_long_way()
    assert stored(tmp_path / "long", files, detection=False) == short
    assert short["notice_record"]


def test_json_written_at_once_is_that_of_objects_and_lists():
    notices = [notice for folder in FORMATS for notice in iter_notices(folder)]
    assert len(notices) > 70
    for notice in notices:
        assert to_ascii_json(notice) == json.dumps(to_plain(notice))


def test_json_out_of_all_proportion_is_refused_either_way_at_the_same_size(monkeypatch):
    [notice] = iter_notices(FIXTURES / "eforms" / "contract_notice_two_languages.xml")

    def refused(write: object, most: int) -> bool:
        monkeypatch.setattr(serialise, "_MOST", most)
        try:
            write(notice)
        except TooLarge:
            return True
        return False

    least = next(most for most in range(5_000) if not refused(to_plain, most))
    assert least > 20
    assert [refused(to_ascii_json, most) for most in (1, least // 2, least - 1, least)] == [True, True, True, False]
