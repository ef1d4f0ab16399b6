"""`mpdi prices check`: exit codes, JSON and nothing else, text with every step, letters."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from price_samples import EXAMPLE

from mpdi.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["prices", "check", *map(str, arguments)])


def with_amounts(target: Path, *amounts: str) -> Path:
    head = EXAMPLE.read_text(encoding="utf-8").partition("offers:\n")[0]
    lines = [f"  - {{tenderer: Fictive {place}, amount: {amount}}}" for place, amount in enumerate(amounts)]
    target.write_text("\n".join([head + "offers:", *lines]), encoding="utf-8")
    return target


def test_one_is_the_exit_when_an_offer_must_be_questioned():
    done = run(EXAMPLE)
    assert done.exit_code == 1
    assert "Éclat Inexistant SRL: MUST be questioned" in done.stdout
    assert "514,700.00 ÷ 3 = 171,566.67\u00a0EUR" in done.stdout
    assert "calls no offer abnormal" in done.stdout


def test_nothing_to_question_is_zero(tmp_path):
    assert run(with_amounts(tmp_path / "offers.yaml", *["170000"] * 4)).exit_code == 0


def test_json_and_nothing_else():
    done = run(EXAMPLE, "--format", "json")
    made = json.loads(done.stdout)
    assert [offer["verdict"] for offer in made["offers"]] == ["nothing_found"] * 4 + ["must_be_questioned"]
    assert made["rule"][0]["average"]["value"] == "171566.67"
    assert made["offers"][4]["floor"]["left_per_hour"] == "25.99"
    assert made["observatory"]["consultation"] == "check_first"
    assert made["legal_review"] == "pending"
    assert all(number["source"]["fr"] and number["certainty"] for number in made["numbers"])


def test_letters_are_written_for_those_who_must_be_questioned(tmp_path):
    done = run(EXAMPLE, "--letters", tmp_path / "letters")
    assert done.exit_code == 1
    (letter,) = (tmp_path / "letters").iterdir()
    assert letter.name == "05-eclat-inexistant-srl-fr.docx"
    assert str(letter) in done.stderr
    assert "holds shares without a source" in done.stderr
    assert Document(letter).paragraphs[0].text == "Avant l'envoi (à effacer)"


def test_an_unknown_committee_and_an_early_publication_are_said_first(tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8").replace('joint_committee: "121"\nhours', 'joint_committee: "999"\nhours').replace("publication_date: 2026-12-01", "publication_date: 2025-11-15")
    file = tmp_path / "offers.yaml"
    file.write_text(text, encoding="utf-8")
    done = run(file)
    assert done.exit_code == 0
    assert done.stdout.startswith("Wage check: did not take place for 5 of 5 offers.\n  Joint committee 999 is not in our list")
    assert "known here from 01/01/2026 on; publication was on 15/11/2025" in done.stdout
    made = json.loads(run(file, "--format", "json").stdout)
    assert len(made["without_wage_check"]["offers"]) == 5
    assert "price_examination_gap" not in [number["key"] for number in made["numbers"]]


def test_a_reason_says_which_of_its_links_is_not_sure():
    assert "[to be checked by a jurist: from which weight the price counts as the main criterion]" in run(EXAMPLE).stdout


def test_letters_to_those_who_may_be_questioned_on_demand(tmp_path):
    file = with_amounts(tmp_path / "offers.yaml", "150000", "150000", "200000")
    run(file, "--letters", tmp_path / "none")
    assert list((tmp_path / "none").iterdir()) == []
    run(file, "--letters", tmp_path / "may", "--also-may")
    assert len(list((tmp_path / "may").iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("offers: [", "line 2, column 1"),
        ("offers: []", "offers: there is no offer"),
        ("offers: [{tenderer: A, amount: 12 mille}]", "offers[1].amount: “12 mille” is not a number"),
        ("offers: [{tenderer: A, amount: 12, currency: USD}]", "offers[1].currency"),
        ("offers: [{tenderer: A, amount: 12, hours: -4}]", "hours cannot be negative"),
    ],
)
def test_a_bad_file_is_named_with_place_and_remedy(tmp_path, text, words):
    file = tmp_path / "offers.yaml"
    file.write_text(text, encoding="utf-8")
    done = run(file)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert str(file) in done.stderr
    assert words in done.stderr


def test_a_file_that_is_not_there(tmp_path):
    done = run(tmp_path / "none.yaml")
    assert done.exit_code == 2
    assert "cannot be read" in done.stderr


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    done = run(EXAMPLE, "--letters", tmp_path / "file" / "letters")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
