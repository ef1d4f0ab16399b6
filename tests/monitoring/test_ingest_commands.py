"""`mpdi notices ingest`, `reread`, `buyers`: what others script against."""

import json

import pytest
from click.testing import CliRunner
from taking_in import CHANGE, CONTRACT, FIXTURES, records

from mpdi.cli import main
from mpdi.database import Base, Database


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command of `mpdi notices` on a portal of one's own."""
    url = f"sqlite:///{tmp_path / 'home' / 'mpdi.sqlite3'}"
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("MPDI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MPDI_DATABASE_URL", url)
    made = Database(url)
    Base.metadata.create_all(made.engine)

    def run(*arguments):
        result = CliRunner().invoke(main, ["notices", *map(str, arguments)])
        return result.exit_code, result.stdout, result.stderr

    run.database = made
    yield run
    made.engine.dispose()


def test_it_says_what_was_taken_in_and_again_that_it_was_there(run):
    code, output, errors = run("ingest", "--processes", 1, CONTRACT, CHANGE)
    assert (code, errors) == (0, "")
    assert output == "2 documents, 0 of them read before; notices: 2 new, 0 read again, 0 known.\n"
    code, output, _ = run("ingest", "--processes", 1, CONTRACT, CHANGE)
    assert code == 0
    assert "2 documents, 2 of them read before; notices: 0 new" in output
    assert len(records(run.database)) == 2


def test_it_ends_with_what_was_left_out_and_why(run, tmp_path):
    (tmp_path / "strange.xml").write_text("no notice", encoding="utf-8")
    code, output, errors = run("ingest", "--processes", 1, tmp_path / "strange.xml", CONTRACT)
    assert code == 1
    assert "Left out: NotANotice 1." in output
    assert "strange.xml" in errors
    assert "no notice of a known format" in errors


def test_json_names_counts_and_faults(run):
    code, output, _ = run("ingest", "--processes", 1, "--format", "json", FIXTURES / "found")
    found = json.loads(output)
    assert code == 1
    assert found["new"] == len(records(run.database))
    assert {fault["kind"] for fault in found["left_out"]} == set(found["left_out_by_kind"])
    assert sum(found["left_out_by_kind"].values()) == len(found["left_out"])


@pytest.mark.parametrize("arguments", [(), ("/nowhere/at/all.xml",)], ids=["none", "absent"])
def test_nothing_read_is_wrong_use(run, arguments):
    assert run("ingest", "--processes", 1, *arguments)[0] == 2


def test_there_is_nothing_to_read_again_when_nothing_changed(run):
    run("ingest", "--processes", 1, CONTRACT)
    code, output, _ = run("reread", "--processes", 1)
    assert (code, output[:12]) == (0, "0 documents,")


def test_a_buyer_that_resembles_an_authority_is_listed_and_decided(run, tmp_path):
    said = CONTRACT.read_text(encoding="utf-8")
    for name in ("Commune fictive d’Exemple", "Fictieve gemeente Voorbeeld"):
        said = said.replace(name, "Comune d’Auderghemm")
    (tmp_path / "own.xml").write_text(said, encoding="utf-8")
    assert "1 buyers resemble an authority" in run("ingest", "--processes", 1, tmp_path / "own.xml")[1]
    [proposal] = json.loads(run("buyers", "--format", "json")[1])
    assert (proposal["proposed"], proposal["notices"]) == ("commune-auderghem", 1)
    code, _, errors = run("buyers", "--confirm", proposal["number"], "--by", "coordination")
    assert (code, errors) == (0, "“Comune d’Auderghemm” is commune-auderghem.\n")
    assert run("buyers")[1] == ""
    assert run("buyers", "--confirm", 1, "--refuse", 2)[0] == 2


def test_before_the_tables_are_there_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.setenv("MPDI_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    result = CliRunner().invoke(main, ["notices", "ingest", str(CONTRACT)])
    assert result.exit_code == 2
    assert "mpdi init" in result.stderr
