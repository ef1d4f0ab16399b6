"""Ingestion: each notice once, whatever is repeated, spoilt, large or killed; in SQLite and in PostgreSQL."""

import gzip
import json
import signal
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update
from taking_in import (
    CONTRACT,
    FIXTURES,
    lots_of,
    many,
    observations,
    originals,
    records,
    sha256_of,
    state,
    take_in,
)

from mpdi.database import Database
from mpdi.monitoring import documents
from mpdi.monitoring.models import IngestedFile, NoticeRecord
from mpdi.monitoring.versions import parser_version, rules_version
from tender_parsers import iter_notices, parse_notice, to_plain

FORMATS = [FIXTURES / name for name in ("eforms", "ted", "ocds", "decp", "boamp", "bda", "found")]


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """The fixtures of every format, without what tests expect of them."""
    folder = tmp_path / "published"
    for place in FORMATS:
        (folder / place.name).mkdir(parents=True)
        for path in place.iterdir():
            if ".expected." not in path.name:
                (folder / place.name / path.name).write_bytes(path.read_bytes())
    return folder


def test_every_notice_of_every_format_is_kept_whole(database, tmp_path, notices):
    report = take_in(database, tmp_path, notices)
    kept = records(database)
    batch = iter_notices(notices)
    assert {json.dumps(each.whole, sort_keys=True) for each in kept} == {
        json.dumps(to_plain(notice), sort_keys=True) for notice in batch
    }
    assert len(kept) == batch.notices == report.notices.new
    assert sorted(fault.kind for fault in report.left_out) == sorted(fault.kind for fault in batch.left_out)
    assert {each.format for each in kept} == {"eforms", "ted_export", "ocds", "decp", "boamp", "bda"}
    assert {each.parser_version for each in kept} == {parser_version()}


def test_a_record_says_where_it_comes_from_and_what_indicators_need(database, tmp_path):
    take_in(database, tmp_path, CONTRACT)
    [record] = records(database)
    assert (record.source, record.format, record.notice_version) == (str(CONTRACT), "eforms", "01")
    assert (record.form_type, record.procedure_type, record.country) == ("competition", "open", "BEL")
    assert record.lots == 2
    notice = parse_notice(CONTRACT)
    whole, *described = lots_of(database, record)
    assert (whole.kind, whole.number) == ("whole", 0)
    lots = [lot for lot in described if lot.kind == "lot"]
    assert [lot.lot for lot in lots] == [lot.id for lot in notice.lots]
    assert [lot.estimated_value for lot in lots] == [lot.estimated_value.amount for lot in notice.lots]
    assert [lot.aims for lot in lots] == [list(lot.strategic.aims) if lot.strategic else None for lot in notice.lots]
    assert isinstance(lots[0].estimated_value, Decimal)
    assert isinstance(record.day, date)


def test_what_a_decision_says_of_a_lot_stands_with_the_lot_and_withheld_is_no_number(database, tmp_path):
    path = FIXTURES / "eforms" / "award_notice_withheld_values.xml"
    take_in(database, tmp_path, path)
    [record] = records(database)
    by_lot = {lot.lot: lot for lot in lots_of(database, record)}
    assert by_lot["LOT-0001"].result_statuses == ["selec-w", "selec-w"]
    assert (by_lot["LOT-0002"].result_statuses, by_lot["LOT-0002"].non_award_reasons) == (["clos-nw"], ["no-rece"])
    assert by_lot["LOT-0005"].result_statuses is None
    assert '"withheld": true' in json.dumps(record.whole)
    stated = {lot.lot: lot.tenders for lot in by_lot.values() if lot.tenders is not None}
    assert stated
    assert all(number >= 0 for number in stated.values())


def test_what_texts_say_is_kept_with_the_words_that_prove_it(database, tmp_path):
    take_in(database, tmp_path, CONTRACT, detection=True)
    [record] = records(database)
    said = observations(database)
    assert {"env_criterion", "social_criterion"} <= {each.label for each in said}
    for each in said:
        text = record.whole["texts"][each.text_number]["value"]
        assert text[each.begins : each.ends] == each.words
        assert each.record_id == record.id
    assert record.rules_version == rules_version()


def test_again_changes_nothing_and_tells_again_what_was_left_out(database, tmp_path, notices):
    first = take_in(database, tmp_path, notices)
    before = state(database)
    second = take_in(database, tmp_path, notices)
    assert state(database) == before
    assert (second.notices.new, second.notices.again, second.skipped) == (0, 0, second.documents)
    assert sorted(fault.message for fault in second.left_out) == sorted(fault.message for fault in first.left_out)


def test_one_notice_in_several_files_is_there_once(database, tmp_path):
    spaced = tmp_path / "spaced.xml"
    spaced.write_bytes(CONTRACT.read_bytes() + b"\n")
    packed = tmp_path / "packed.xml.gz"
    packed.write_bytes(gzip.compress(CONTRACT.read_bytes()))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(CONTRACT, "a/notice.xml")
    report = take_in(database, tmp_path, CONTRACT, spaced, packed, tmp_path / "all.zip")
    assert len(records(database)) == 1
    assert (report.documents, report.notices.new, report.notices.known) == (4, 1, 3)


def test_a_path_that_is_not_there_is_named(database, tmp_path):
    report = take_in(database, tmp_path, tmp_path / "absent.xml", CONTRACT)
    assert [fault.kind for fault in report.left_out] == ["Unreadable"]
    assert report.notices.new == 1


def test_rules_that_were_not_asked_are_asked_when_they_are(database, tmp_path):
    take_in(database, tmp_path, CONTRACT)
    assert observations(database) == []
    report = take_in(database, tmp_path, CONTRACT, detection=True)
    assert (report.notices.again, report.notices.new) == (1, 0)
    assert observations(database)


def test_a_large_document_is_written_in_portions(database, tmp_path, monkeypatch):
    lines = releases(tmp_path / "lines.jsonl", 450)
    monkeypatch.setattr(documents, "LARGE", 1_000)
    report = take_in(database, tmp_path, lines)
    assert report.notices.new == len(records(database)) == 450
    assert take_in(database, tmp_path, lines).skipped == 1
    monkeypatch.setattr(documents, "LARGE", 1 << 30)
    with database.writing() as session:
        session.execute(update(IngestedFile).values(parser_version=""))
    assert take_in(database, tmp_path, lines).notices.again == len(records(database)) == 450


def test_half_a_character_or_nul_of_a_hostile_notice_is_kept_as_what_can_be_shown(database, tmp_path):
    release = json.loads((FIXTURES / "ocds" / "plain_release.json").read_text(encoding="utf-8"))[0]
    release["tender"] |= {"title": "b\ud800\0", "id": "c\0"}
    hostile = tmp_path / "hostile.json"
    hostile.write_text(json.dumps(release), encoding="utf-8")
    take_in(database, tmp_path, hostile, FIXTURES / "found" / "half_a_character.json")
    assert records(database)[0].title.startswith("b\ufffd")
    assert len(records(database)) == 2


def test_several_processes_give_what_one_gives(database, tmp_path):
    folder = many(tmp_path / "many", 70)
    report = take_in(database, tmp_path, folder, processes=2)
    assert report.notices.new == 70
    there = state(database)
    assert len(there["notices"]) == len({identity for identity, *_ in there["notices"]}) == 70
    assert take_in(database, tmp_path, folder, processes=2).skipped == 70


def releases(path: Path, count: int) -> Path:
    """A file of so many releases, a line each."""
    release = json.loads((FIXTURES / "ocds" / "plain_release.json").read_text(encoding="utf-8"))[0]
    lines = (json.dumps({**release, "id": f"release-{number}"}) for number in range(count))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from mpdi.database import Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
url, home, folder, commit = sys.argv[1:]
database = Database(url)
left = [int(commit)]
def count(_connection):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(database.engine, "commit", count)
ingest(database, [folder], ReadingPlan(Path(home), False), 1)
"""


@pytest.mark.parametrize("commit", [0, 2], ids=["before-anything-was-kept", "in-the-third-portion"])
def test_a_run_that_was_killed_goes_on_from_there(database, tmp_path, commit):
    folder = many(tmp_path / "many", 100)
    url = database.engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-c", KILLED, url, str(tmp_path), str(folder), str(commit)]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    assert len(records(database)) == commit * documents.CHUNK_DOCUMENTS
    report = take_in(database, tmp_path, folder)
    assert report.skipped == commit * documents.CHUNK_DOCUMENTS
    found = state(database)
    assert len(found["notices"]) == len(found["files"]) == 100
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.sqlite3'}")
    NoticeRecord.metadata.create_all(fresh.engine)
    take_in(fresh, tmp_path / "other", folder)
    assert state(fresh) == found
    fresh.engine.dispose()
    assert originals(tmp_path) == {sha256_of(path): path.read_bytes() for path in folder.iterdir()}


def test_a_large_document_whose_reading_was_killed_is_read_again(database, tmp_path):
    lines = releases(tmp_path / "lines.jsonl", 450)
    script = KILLED.replace("left = [", "import mpdi.monitoring.documents as d\nd.LARGE = 1000\nleft = [")
    url = database.engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-c", script, url, str(tmp_path), str(lines), "2"]
    assert subprocess.run(arguments, check=False).returncode == -signal.SIGKILL
    assert len(records(database)) == 200
    report = take_in(database, tmp_path, lines)
    assert len(records(database)) == 450
    assert (report.notices.again, report.notices.new) == (200, 250)
