"""What is wrong with an award file is said in the language that was asked, whatever is wrong with it."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mpdi.cli import main
from mpdi.costing.fault_words import fault_in
from mpdi.costing.files import UnreadableCaseError, read_award
from mpdi.lcc.award import award
from mpdi.lcc.errors import LifeCycleCostError

TWO = [{"offer": "A", "lcc": 10}, {"offer": "B", "lcc": 20}]
FAULTS = {
    "no formula": {"offers": TWO},
    "no such formula": {"formula": "best", "offers": TWO},
    "decimals": {"formula": "lowest", "decimals": 9, "offers": TWO},
    "half a decimal": {"formula": "lowest", "decimals": "2", "offers": TWO},
    "maximum": {"formula": "proportional", "maximum": 0, "offers": TWO},
    "word for a maximum": {"formula": "proportional", "maximum": "many", "offers": TWO},
    "true for a maximum": {"formula": "proportional", "maximum": True, "offers": TWO},
    "endless maximum": {"formula": "proportional", "maximum": "NaN", "offers": TWO},
    "no bounds": {"formula": "linear", "offers": TWO},
    "key of bounds": {"formula": "linear", "bounds": {"low": 1}, "offers": TWO},
    "no values": {"formula": "quality_in_euros", "offers": TWO},
    "worthless": {"formula": "quality_in_euros", "quality": {"noise": 0}, "offers": TWO},
    "list of values": {"formula": "quality_in_euros", "quality": [1], "offers": TWO},
    "no score": {"formula": "quality_in_euros", "quality": {"noise": 5}, "offers": TWO},
    "strange score": {"formula": "quality_in_euros", "quality": {"noise": 5}, "offers": [{"offer": "A", "lcc": 1, "scores": {"noise": 1, "smell": 1}}]},
    "no offer": {"formula": "lowest"},
    "one word for offers": {"formula": "lowest", "offers": "A"},
    "offer without cost": {"formula": "lowest", "offers": [{"offer": "A"}]},
    "the same name": {"formula": "lowest", "offers": [TWO[0], TWO[0]]},
    "no proportion": {"formula": "proportional", "offers": [{"offer": "A", "lcc": 0}]},
    "no price": {"formula": "lowest", "ties": "lower_price", "offers": TWO},
    "unknown key": {"formula": "lowest", "points": 1, "offers": TWO},
}  # fmt: skip


@pytest.mark.parametrize("name", list(FAULTS))
def test_each_fault_of_an_award_file_has_its_words(name):
    with pytest.raises((LifeCycleCostError, UnreadableCaseError)) as refused:
        award(*read_award(FAULTS[name], Path()))
    said = {language: fault_in(str(refused.value), language) for language in ("fr", "nl", "en")}
    assert said["en"] == str(refused.value)
    assert len(set(said.values())) == 3, said
    assert "{" not in said["fr"] + said["nl"]


def test_a_formula_that_is_missing_is_not_called_none_and_the_choices_are_explained():
    with pytest.raises(LifeCycleCostError) as refused:
        read_award(FAULTS["no formula"], Path())
    words = fault_in(str(refused.value), "fr")
    assert "None" not in words
    assert "linear (linéaire avec bornes)" in words


@pytest.mark.parametrize(("language", "said"), [("fr", "La formule linéaire demande les deux bornes"), ("nl", "De lineaire formule vraagt de twee grenzen")])
def test_the_command_refuses_in_the_language_asked(tmp_path, language, said):
    path = tmp_path / "award.yaml"
    path.write_text(yaml.safe_dump(FAULTS["no bounds"]), encoding="utf-8")
    result = CliRunner().invoke(main, ["lcc", "award", str(path), "--language", language])
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_sheets_are_listed_without_english(language):
    text = CliRunner().invoke(main, ["lcc", "sheets", "--language", language]).stdout
    for word in ("the buyer fixes", "the tenderer gives", " default ", "assumption", " to "):
        assert word not in text, word
    assert ("par défaut 3, hypothèse" if language == "fr" else "standaard 3, aanname") in text


def test_what_has_no_words_stays_as_it_is():
    assert fault_in("Something else.", "fr") == "Something else."
