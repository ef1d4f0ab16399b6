"""`mpdi notices detect`: what others script against."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mpdi.cli import main

FIXTURES = Path(__file__).resolve().parents[1] / "tender_parsers" / "fixtures"
NOTICE = FIXTURES / "eforms" / "contract_notice_two_languages.xml"
LABELS = ["env_criterion", "env_subject", "social_criterion", "ethical", "anti_dumping", "innovation", "sme"]


def run(*arguments: object) -> tuple[int, list[str], str]:
    result = CliRunner().invoke(main, ["notices", "detect", *map(str, arguments)])
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_a_line_of_json_has_the_path_the_labels_and_the_words(capsys):
    code, (line,), errors = run("--format", "jsonl", NOTICE)
    found = json.loads(line)
    assert (code, errors, found["path"]) == (0, "", str(NOTICE))
    assert {label: found[label] for label in LABELS} == {
        label: int(label in ("env_criterion", "social_criterion")) for label in LABELS
    }
    social = [each for each in found["observations"] if each["label"] == "social_criterion"]
    assert {key: social[0][key] for key in ("label", "lot", "element", "words", "rule")} == {
        "label": "social_criterion",
        "lot": "LOT-0001",
        "element": "TenderingTerms/ContractExecutionRequirement/Description",
        "words": "Clause sociale",
        "rule": "social_criterion.insertion",
    }


def test_as_text_each_finding_is_shown_with_its_words():
    code, lines, _ = run(NOTICE)
    assert code == 0
    assert lines[0] == f"{NOTICE}: env_criterion, social_criterion"
    assert any("“Clause sociale”" in line for line in lines)


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path):
    strange = tmp_path / "strange.xml"
    strange.write_text("no notice", encoding="utf-8")
    code, lines, errors = run("--format", "jsonl", strange, NOTICE)
    assert code == 1
    assert json.loads(lines[0])["path"] == str(strange)
    assert "no notice of a known format" in json.loads(lines[0])["error"]
    assert "no notice of a known format" in errors
    assert json.loads(lines[1])["path"] == str(NOTICE)


@pytest.mark.parametrize("arguments", [("/nowhere/at/all.xml",), ()], ids=["absent", "none"])
def test_nothing_read_is_wrong_use(arguments):
    assert run(*arguments)[0] == 2


def test_half_a_character_of_a_hostile_text_stops_nothing():
    code, lines, _ = run("--format", "jsonl", FIXTURES / "found" / "half_a_character.json")
    assert code == 0
    assert all(json.loads(line)["path"] for line in lines)
