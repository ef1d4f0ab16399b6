"""`python -m tender_parsers`: what others script against."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tender_parsers.__main__ import main

FIXTURES = Path(__file__).parent / "fixtures" / "eforms"
GOOD, CHANGE = FIXTURES / "below_threshold.xml", FIXTURES / "change_notice.xml"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, object]], str]:
    code = main([str(each) for each in arguments])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


def test_summary_gives_a_line_a_file_with_the_path_as_given(capsys):
    code, lines, said = run(capsys, "summary", GOOD, CHANGE)
    assert (code, said) == (0, "")
    assert [(line["path"], line["format"]) for line in lines] == [(str(GOOD), "eforms"), (str(CHANGE), "eforms")]
    assert (lines[0]["estimated_value_lots_sum"], lines[0]["lots_green"], lines[1]["is_change_notice"]) == (
        30000,
        0,
        True,
    )


def test_the_path_is_given_back_letter_by_letter(capsys, monkeypatch):
    monkeypatch.chdir(FIXTURES)
    given = "./../eforms/change_notice.xml"
    assert run(capsys, "summary", given)[1][0]["path"] == given
    assert run(capsys, "json", given)[1][0]["source"] == given


def test_summary_of_what_cannot_be_read_has_the_error_and_no_more(capsys, tmp_path):
    bad = tmp_path / "bad.xml"
    bad.write_bytes(GOOD.read_bytes()[:500])
    code, lines, said = run(capsys, "summary", bad, GOOD, tmp_path / "nowhere.xml")
    assert code == 1
    assert [sorted(line) for line in (lines[0], lines[2])] == [["error", "format", "path"]] * 2
    assert "bad.xml, byte 50" in lines[0]["error"]
    assert said.count("\n") == 2


def test_json_gives_a_line_a_notice(capsys):
    code, lines, _ = run(capsys, "json", FIXTURES)
    assert code == 1, "the expected files beside the notices are no notices"
    assert len(lines) == len(list(FIXTURES.glob("*.xml")))
    assert {line["format"] for line in lines} == {"eforms"}


def test_nothing_read_at_all_is_a_failure(capsys, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    for command in ("summary", "json"):
        assert run(capsys, command, tmp_path / "empty")[0] == 2
    with pytest.raises(SystemExit) as left:
        main(["summary"])
    assert left.value.code == 2
    capsys.readouterr()


def test_a_folder_or_list_with_nothing_in_it_is_said_to_be_so(capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    for command in ("summary", "json"):
        code, lines, said = run(capsys, command, tmp_path / "empty")
        assert (code, lines) == (2, [])
        assert said.startswith(f"{tmp_path / 'empty'}: nothing to read in it")
        code, lines, said = run(capsys, command, tmp_path / "empty", GOOD)
        assert (code, len(lines), said.count("\n")) == (0, 1, 1)


def test_a_table_is_read_by_its_mapping(capsys, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("a;b\n1;2\n", encoding="utf-8")
    assert run(capsys, "json", table)[0] == 2
    assert run(capsys, "json", "--mapping", tmp_path / "nowhere.json", table)[0] == 2


def test_it_runs_as_a_program_and_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m tender_parsers json {FIXTURES}/a*.xml {FIXTURES}/c*.xml | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, '{"format":', "")
