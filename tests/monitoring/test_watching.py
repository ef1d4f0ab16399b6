"""Folders and addresses watched: what is new comes in once, what fails is tried later, a killed run lets go."""

import datetime
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from misbehaving import SOME, Server, misbehaving
from sqlalchemy import select
from taking_in import CHANGE, CONTRACT, many, records

from mpdi import clock
from mpdi.cli import main
from mpdi.database import Base, Database
from mpdi.monitoring.watching import rounds as rounds_module
from mpdi.monitoring.watching.models import WatchedSource
from mpdi.monitoring.watching.rounds import WatchRounds
from mpdi.monitoring.watching.settings import DownloadLimits, WatchSettings

HOUR = datetime.timedelta(hours=1)
LIMITS = DownloadLimits(size=4 * SOME, seconds=5, idle_seconds=2, is_private_allowed=True)


@pytest.fixture
def server() -> Iterator[Server]:
    with misbehaving() as made:
        made.content = CONTRACT.read_bytes()
        yield made


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(rounds_module, "_BETWEEN_SECONDS", 0.0)


@pytest.fixture
def watch(database: Database, tmp_path: Path):
    """Rounds over what is given; each may be repeated at another moment."""
    home = tmp_path / "home"

    def made(*sources: object) -> WatchRounds:
        named = [str(each) for each in sources]
        folders = tuple(each for each in named if not each.startswith("http"))
        addresses = tuple(each for each in named if each.startswith("http"))
        return WatchRounds(database, home, WatchSettings(folders, addresses, HOUR, LIMITS))

    return made


def settled(folder: Path) -> Path:
    """Let every file of a folder be a minute old."""
    for path in folder.rglob("*"):
        if path.is_file():
            then = path.stat().st_mtime - 60
            os.utime(path, (then, then))
    return folder


def after(monkeypatch, **delta: float) -> None:
    """Let time pass."""
    moment = clock.now() + datetime.timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_an_address_is_read_once_then_asked_after(watch, database, server, monkeypatch):
    rounds = watch(f"{server.address}/good")
    [first] = rounds.round()
    assert (first.outcome, first.notices_new) == ("taken", 1)
    [record] = records(database)
    assert record.source == f"{server.address}/good"
    assert rounds.round() == [], "not due before an hour has passed"
    after(monkeypatch, hours=1, seconds=1)
    [again] = rounds.round()
    assert again.outcome == "unchanged"
    assert server.asked[-1][1]["If-None-Match"] == '"one"'
    assert len(records(database)) == 1


def test_a_new_version_at_the_same_address_comes_in(watch, database, server):
    rounds = watch(f"{server.address}/good")
    rounds.round()
    server.content, server.etag = CHANGE.read_bytes(), '"two"'
    [again] = rounds.round(is_forced=True)
    assert (again.outcome, again.notices_new) == ("taken", 1)
    assert sorted(each.is_current for each in records(database)) == [False, True]


def test_what_a_folder_gains_comes_in(watch, database, tmp_path):
    folder = settled(many(tmp_path / "in", 3))
    rounds = watch(folder)
    assert [(each.outcome, each.notices_new) for each in rounds.round()] == [("taken", 3)]
    assert [each.outcome for each in rounds.round(is_forced=True)] == ["unchanged"]
    many(folder, 4)
    [waiting] = rounds.round(is_forced=True)
    assert waiting.outcome == "unchanged", "a file of this moment may still be being written"
    assert "still being written" in waiting.message
    settled(folder)
    assert [(each.outcome, each.notices_new) for each in rounds.round(is_forced=True)] == [("taken", 1)]
    assert len(records(database)) == 4


def test_a_folder_that_is_gone_is_said_and_found_again(watch, tmp_path, monkeypatch):
    rounds = watch(tmp_path / "in")
    [gone] = rounds.round()
    assert (gone.outcome, gone.failures) == ("failed", 1)
    assert "in: cannot be read" in gone.message
    settled(many(tmp_path / "in", 1))
    after(monkeypatch, hours=2)
    [there] = rounds.round()
    assert (there.outcome, there.failures, there.message) == ("taken", 0, None)


def test_an_empty_folder_is_no_fault(watch, tmp_path):
    (tmp_path / "in").mkdir()
    assert [each.outcome for each in watch(tmp_path / "in").round()] == ["taken"]


def test_one_that_fails_stops_no_other_and_waits_longer_each_time(watch, database, server, monkeypatch):
    rounds = watch(f"{server.address}/broken", f"{server.address}/good")
    assert {each.address.rpartition("/")[2]: each.outcome for each in rounds.round()} == {
        "broken": "failed", "good": "taken",
    }  # fmt: skip
    waits = []
    for _ in range(6):
        after(monkeypatch, days=2)
        [broken] = [each for each in rounds.round() if each.address.endswith("broken")]
        waits.append(clock.aware(broken.next_at) - clock.now())
    assert waits == [2 * HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR]
    assert broken.failures == 7
    assert len(records(database)) == 1


def test_a_server_that_asks_to_wait_is_left_alone_that_long(watch, server, monkeypatch):
    rounds = watch(f"{server.address}/busy")
    [busy] = rounds.round()
    assert busy.outcome == "busy"
    asked = len(server.asked)
    after(monkeypatch, hours=1, minutes=50)
    assert rounds.round() == []
    assert len(server.asked) == asked
    after(monkeypatch, minutes=20)
    assert len(rounds.round()) == 1


@pytest.mark.parametrize(
    ("path", "outcome", "said"),
    [
        ("page", "failed", "text/html"),
        ("page-unsaid", "empty", "page-unsaid"),
        ("bomb", "failed", "more than 4 MB"),
        ("bomb-file", "empty", "bomb-file"),
        ("cut", "failed", "cut off"),
        ("drips", "failed", "longer than 5 seconds"),
        ("circle", "failed", "in a circle"),
        ("huge-said", "failed", "more than 4 MB"),
    ],
)
def test_what_a_server_does_wrong_is_shown_and_nothing_is_left(watch, database, server, tmp_path, path, outcome, said):
    rounds = watch(f"{server.address}/{path}")
    if path == "drips":
        rounds = replace(rounds, settings=replace(rounds.settings, limits=replace(LIMITS, seconds=0.5)))
        said = "longer than 0.5 seconds"
    [looked] = rounds.round()
    assert (looked.outcome, looked.notices_new) == (outcome, 0)
    assert said in looked.message
    assert records(database) == []
    assert list((tmp_path / "home" / "notices" / "incoming").iterdir()) == []


def test_what_held_no_notice_is_kept_apart_for_a_person(watch, server, tmp_path):
    watch(f"{server.address}/page-unsaid").round()
    [kept] = (tmp_path / "home" / "notices" / "quarantine").iterdir()
    assert kept.read_bytes().endswith(b"Maintenance</html>")


def test_a_packed_file_is_read_within_the_limits_of_ingestion(watch, database, server):
    server.content = gzip.compress(CONTRACT.read_bytes())
    [looked] = watch(f"{server.address}/good").round()
    assert (looked.outcome, len(records(database))) == ("taken", 1)


def test_two_runs_at_once_do_not_look_at_the_same(watch, server, database, monkeypatch):
    first, second = watch(f"{server.address}/good"), watch(f"{server.address}/good")
    seen: list[int] = []
    look = first._look
    monkeypatch.setattr(
        first, "_look", lambda source: (seen.append(len(second.round(is_forced=True))), look(source))[1]
    )
    assert len(first.round()) == 1
    assert seen == [0]


def test_a_run_that_was_killed_lets_go_in_time(watch, database, server, monkeypatch):
    rounds = watch(f"{server.address}/good")
    monkeypatch.setattr(rounds, "_look", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rounds.round()
    monkeypatch.undo()
    assert rounds.round(is_forced=True) == []
    after(monkeypatch, hours=7)
    assert [each.outcome for each in rounds.round()] == ["taken"]


def test_what_is_no_longer_set_is_forgotten(watch, database, server):
    watch(f"{server.address}/good", f"{server.address}/gone").round()
    watch(f"{server.address}/good").round()
    with database.reading() as session:
        assert list(session.scalars(select(WatchedSource.address))) == [f"{server.address}/good"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command, in an installation of its own."""
    monkeypatch.setenv("MPDI_HOME", str(tmp_path / "home"))
    for name in ("MPDI_WATCH_FOLDERS", "MPDI_WATCH_ADDRESSES", "MPDI_WATCH_PRIVATE"):
        monkeypatch.delenv(name, raising=False)
    made = Database(f"sqlite:///{tmp_path / 'home' / 'mpdi.sqlite3'}")
    (tmp_path / "home").mkdir()
    Base.metadata.create_all(made.engine)
    made.engine.dispose()
    return lambda *words: CliRunner().invoke(main, ["notices", "watch", "--processes", "1", *words])


def test_the_command_says_that_nothing_is_watched(run):
    said = run()
    assert said.exit_code == 2
    assert "MPDI_WATCH_FOLDERS" in said.stderr


def test_the_command_looks_and_says_how_it_stands(run, server, monkeypatch):
    monkeypatch.setenv("MPDI_WATCH_ADDRESSES", f"{server.address}/good")
    refused = run("--format", "json")
    assert refused.exit_code == 1
    assert "MPDI_WATCH_PRIVATE" in json.loads(refused.stdout)[0]["message"]
    monkeypatch.setenv("MPDI_WATCH_PRIVATE", "1")
    assert run().stdout == "Nothing is due.\n"
    taken = run("--now", "--format", "json")
    assert taken.exit_code == 0
    assert json.loads(taken.stdout)[0]["new"] == 1
    state = run("--state")
    assert state.exit_code == 0
    assert state.stdout.startswith(f"taken\t{server.address}/good\t1 new, 0 known, 0 left out\tnext 2")
