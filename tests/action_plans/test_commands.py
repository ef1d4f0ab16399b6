"""`mpdi plans …` as a civil servant meets it."""

import json
from io import BytesIO

import openpyxl
import pytest

from mpdi.resources import folder

EXAMPLES = folder("examples")


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("plan-*.yaml")))
def test_each_example_becomes_a_word_file_in_one_command(mpdi, tmp_path, example):
    target = tmp_path / "plan.docx"
    result = mpdi("plans", "draft", EXAMPLES / example, "--output", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.stat().st_size > 30_000
    assert "the authority sets them" in result.stderr


def test_the_language_asked_for_prevails(mpdi, tmp_path):
    for language, word in (("nl", "Actieplan"), ("fr+nl", "Plan d'action / Actieplan")):
        target = tmp_path / "plan.xlsx"
        assert (
            mpdi(
                "plans", "draft", EXAMPLES / "plan-commune-fr.yaml", "--output", target, "--language", language
            ).exit_code
            == 0
        )
        assert openpyxl.load_workbook(BytesIO(target.read_bytes())).properties.title.startswith(word)


def test_another_ending_is_refused(mpdi, tmp_path):
    result = mpdi("plans", "draft", EXAMPLES / "plan-commune-fr.yaml", "--output", tmp_path / "plan.pdf")
    assert result.exit_code == 2
    assert ".docx, .xlsx, .ics" in result.stderr
    assert not (tmp_path / "plan.pdf").exists()


def test_a_wrong_profile_is_told_by_file_key_and_remedy(mpdi, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("authority: {name: C, type: local}\nperiod: {from: 2099-01-01, to: 2098-01-01}\n", encoding="utf-8")
    result = mpdi("plans", "draft", path, "--output", tmp_path / "plan.docx")
    assert result.exit_code == 2
    assert f"{path}: period: " in result.stderr
    assert "Traceback" not in result.stderr


def test_an_edited_workbook_is_listed_then_accepted_then_drafted_again(mpdi, tmp_path):
    book_path, new = tmp_path / "plan.xlsx", tmp_path / "plan-accepted.yaml"
    mpdi("plans", "draft", EXAMPLES / "plan-commune-fr.yaml", "--output", book_path)
    assert "no difference" in mpdi("plans", "import", book_path).stderr
    book = openpyxl.load_workbook(book_path)
    book["Actions"]["D2"] = "Échevine des marchés"
    book.save(book_path)
    listed = mpdi("plans", "import", book_path)
    assert listed.exit_code == 1
    assert "governance.coordinator · owner: “Direction générale” → “Échevine des marchés”" in listed.stdout
    assert not new.exists()
    accepted = mpdi("plans", "import", book_path, "--accept", "--format", "json")
    assert accepted.exit_code == 0
    assert [each["field"] for each in json.loads(accepted.stdout)] == ["owner"]
    assert mpdi("plans", "draft", new, "--output", tmp_path / "second.docx").exit_code == 0
    again = mpdi("plans", "import", book_path, "--accept")
    assert again.exit_code == 2
    assert "may hold work" in again.stderr


def test_a_plan_of_the_newest_canevas_has_nowhere_to_move(mpdi):
    result = mpdi("plans", "move", EXAMPLES / "plan-commune-fr.yaml")
    assert result.exit_code == 0
    assert "nothing changes" in result.stderr
    unknown = mpdi("plans", "move", EXAMPLES / "plan-commune-fr.yaml", "--to", "0.0.1")
    assert unknown.exit_code == 2
    assert "Versions:" in unknown.stderr
