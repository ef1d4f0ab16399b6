"""Originals of notices: kept once in packs, read again from there or from a file of their own, named where they are spoilt."""

import zipfile

import pytest
from sqlalchemy import update
from taking_in import CHANGE, CONTRACT, FIXTURES, originals, packs, records, sha256_of, state, take_in

from mpdi.database import Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest_again
from mpdi.monitoring.models import IngestedFile, NoticeRecord


def test_originals_are_kept_and_read_again_when_the_parser_changed(database, tmp_path):
    copy = tmp_path / "gone.xml"
    copy.write_bytes(CONTRACT.read_bytes())
    take_in(database, tmp_path, copy, CHANGE)
    copy.unlink()
    before = state(database)
    with database.writing() as session:
        session.execute(update(IngestedFile).values(parser_version="older"))
        session.execute(update(NoticeRecord).values(title="as an older parser read it", whole="{}"))
    report = ingest_again(database, ReadingPlan(tmp_path, with_detection=False), 1)
    assert (report.notices.again, report.notices.new, report.left_out) == (2, 0, [])
    assert state(database) == before
    assert all(each.title != "as an older parser read it" for each in records(database))
    assert ingest_again(database, ReadingPlan(tmp_path, with_detection=False), 1).documents == 0


def test_an_original_that_is_gone_is_named_and_its_record_stays(database, tmp_path):
    take_in(database, tmp_path, CONTRACT)
    for path in packs(tmp_path):
        path.unlink()
    report = ingest_again(database, ReadingPlan(tmp_path), 1)
    assert [fault.kind for fault in report.left_out] == ["OriginalGone"]
    assert len(records(database)) == 1


def test_an_original_that_is_spoilt_is_named_and_the_others_of_its_pack_are_read(database, tmp_path):
    take_in(database, tmp_path, CONTRACT, CHANGE)
    [pack] = packs(tmp_path)
    with zipfile.ZipFile(pack) as archive:
        first = archive.infolist()[0]
    spoilt = bytearray(pack.read_bytes())
    at = first.header_offset + 30 + len(first.filename) + first.compress_size // 2
    spoilt[at : at + 8] = bytes(8)
    pack.write_bytes(spoilt)
    report = ingest_again(database, ReadingPlan(tmp_path), 1)
    assert [fault.kind for fault in report.left_out] == ["OriginalGone"]
    assert (report.notices.again, len(records(database))) == (1, 2)


def test_originals_that_have_a_file_each_are_read_again_and_kept_as_they_are(database, tmp_path):
    take_in(database, tmp_path, CONTRACT)
    store = ReadingPlan(tmp_path).store
    data = CONTRACT.read_bytes()
    assert originals(tmp_path) == {sha256_of(CONTRACT): data}
    for path in packs(tmp_path):
        path.unlink()
    store.keep_blocks([data])
    with database.writing() as session:
        session.execute(update(IngestedFile).values(parser_version="older", pack=None))
    report = ingest_again(database, ReadingPlan(tmp_path, with_detection=False), 1)
    assert (report.notices.again, report.left_out, packs(tmp_path)) == (1, [], [])
    with store.open(sha256_of(CONTRACT)) as kept:
        assert kept.read() == data


@pytest.mark.parametrize("is_asked_again", [True, False], ids=["ingested", "reread"])
def test_what_is_read_again_is_not_kept_twice(database, tmp_path, is_asked_again):
    take_in(database, tmp_path, CONTRACT, CHANGE)
    before = originals(tmp_path)
    with database.writing() as session:
        session.execute(update(IngestedFile).values(parser_version="older"))
    if is_asked_again:
        report = take_in(database, tmp_path, CHANGE, CONTRACT)
    else:
        report = ingest_again(database, ReadingPlan(tmp_path, with_detection=False), 1)
    assert report.notices.again == 2
    assert originals(tmp_path) == before
    assert ingest_again(database, ReadingPlan(tmp_path, with_detection=True), 1).notices.again == 2


def test_the_originals_alone_give_every_notice_again(database, tmp_path):
    take_in(database, tmp_path, *(FIXTURES / name for name in ("eforms", "ted", "ocds", "decp", "boamp", "bda")))
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    NoticeRecord.metadata.create_all(fresh.engine)
    take_in(fresh, tmp_path / "other", ReadingPlan(tmp_path).store.folder)
    assert {each.identity for each in records(fresh)} == {each.identity for each in records(database)}
    fresh.engine.dispose()


def test_what_gave_no_notice_leaves_no_original(database, tmp_path):
    (tmp_path / "letter.txt").write_text("no notice", encoding="utf-8")
    take_in(database, tmp_path, tmp_path / "letter.txt")
    assert [path for path in ReadingPlan(tmp_path).store.folder.rglob("*") if path.is_file()] == []
