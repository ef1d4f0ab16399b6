"""What is wrong with an award file is said in the language that was asked, whatever is wrong with it."""

import ast
import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import mpdi
from mpdi.cli import main
from mpdi.costing.examples import example_of
from mpdi.costing.fault_words import fault_in, words_of_files
from mpdi.costing.files import UnreadableCaseError, read_award
from mpdi.exceptions import MpdiError
from mpdi.lcc.award import award
from mpdi.lcc.errors import FaultError, LifeCycleCostError, UnpricedYearError
from mpdi.lcc.faults import read_words
from mpdi.lcc.sheets.errors import MissingValueError, WrongValuesError, value_problem

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
    said = {language: fault_in(refused.value, language) for language in ("fr", "nl", "en")}
    assert said["en"] == str(refused.value)
    assert len(set(said.values())) == 3, said
    assert "{" not in said["fr"] + said["nl"]


def test_a_formula_that_is_missing_is_not_called_none_and_the_choices_are_explained():
    with pytest.raises(LifeCycleCostError) as refused:
        read_award(FAULTS["no formula"], Path())
    words = fault_in(refused.value, "fr")
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


def test_what_is_no_fault_of_ours_stays_as_it_is():
    assert fault_in(MpdiError("Something else."), "fr") == "Something else."


def _classes(root):
    return {each for one in root.__subclasses__() for each in (one, *_classes(one))}


def _raised(folder, makers):
    """Each fault that the code of a folder makes: the key and the names of its parameters."""
    known = {each.__name__ for each in _classes(FaultError)} | makers
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in known:
                keys = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
                if keys and not any(each.arg is None for each in node.keywords):
                    yield keys[-1], {each.arg for each in node.keywords}


def _places(text):
    return set(re.findall(r"\{([a-z_]+)\}", text.replace("{{", "")))


@pytest.mark.parametrize("words", [read_words(), words_of_files()], ids=["engine", "files"])
def test_every_sentence_is_there_in_three_languages_with_the_same_parameters(words):
    for key, each in words.items():
        assert set(each) == {"fr", "nl", "en"}, key
        assert _places(each["fr"]) == _places(each["nl"]) == _places(each["en"]), key
        assert all(text.strip() for text in each.values()), key


@pytest.mark.parametrize(
    ("package", "words", "makers"),
    [("lcc", read_words(), {"fault", "value_problem", "_wrong"}), ("costing", words_of_files(), {"file_fault"})],
    ids=["engine", "files"],
)
def test_no_fault_is_raised_without_its_words_and_parameters(package, words, makers):
    found = list(_raised(Path(mpdi.__file__).parent / package, makers))
    assert len(found) > 20
    for key, given in found:
        remedy = words.get(f"{key}_remedy", {"en": ""})["en"] if given & _places(words.get(f"{key}_remedy", {"en": ""})["en"]) else ""
        assert _places(words[key]["en"]) | _places(remedy) <= given, key


def test_every_class_of_fault_that_the_engine_has_is_said_in_three_languages():
    made = {
        MissingValueError: MissingValueError("price"),
        UnpricedYearError: UnpricedYearError("eib-2020", "co2", 2027, 2030, 2050),
        WrongValuesError: WrongValuesError([value_problem("buyer.years", "missing", label="x", unit="year")]),
    }
    for each in _classes(LifeCycleCostError):
        error = made.get(each) or each("award_no_offer")
        said = {language: fault_in(error, language) for language in ("fr", "nl", "en")}
        assert len(set(said.values())) == 3, each
        assert said["en"] == str(error)


CASE = {"years": 5, "discount_rate": 0.03, "alternatives": [{"name": "A", "items": [{"name": "prix", "cat": "acquisition", "t": 0, "amount": 10}]}]}
LINES = {
    "index for a rate": ({"discount_rate": 3}, "Le taux d'actualisation s'écrit ici 3", "De discontovoet staat er als 3"),
    "no list": ({"alternatives": "A"}, "« alternatives », doit être une liste et est un texte", "moet een lijst zijn en is een tekst"),
    "no alternative": ({"alternatives": []}, "n'a pas d'alternative", "heeft geen alternatieven"),
    "unknown key": ({"rate": 1}, "Le cas a la clé inconnue « rate »", "Het geval heeft de onbekende sleutel “rate”"),
    "too long": ({"years": 1000}, "L'étude dure 1000 ans", "De studie duurt 1000 jaar"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(LINES))
def test_the_command_refuses_a_case_in_the_language_asked(tmp_path, name):
    changed, french, dutch = LINES[name]
    path = tmp_path / "cas.yaml"
    path.write_text(yaml.safe_dump({**CASE, **changed}), encoding="utf-8")
    for language, words in (("fr", french), ("nl", dutch)):
        result = CliRunner().invoke(main, ["lcc", "run", str(path), "--language", language])
        assert result.exit_code == 2
        assert words in result.stderr


def test_wrong_values_of_a_sheet_are_said_with_label_and_unit_in_the_language_asked(tmp_path):
    path = tmp_path / "cas.yaml"
    path.write_text(yaml.safe_dump({"sheet": "vending", "buyer": {"years": "huit"}, "offers": [{"name": "A", "values": {}}]}), encoding="utf-8")
    said = CliRunner().invoke(main, ["lcc", "run", str(path), "--language", "fr"]).stderr
    assert "buyer.years : « huit » n'est pas un nombre. Écrivez un nombre en an, sans unité ni espaces." in said
    assert "manque. Donnez : " in said
    assert "EUR/unit." not in said
    assert "is missing" not in said


def test_a_file_that_is_no_yaml_is_said_so_in_french(tmp_path):
    path = tmp_path / "cas.yaml"
    path.write_text("a: [1", encoding="utf-8")
    said = CliRunner().invoke(main, ["lcc", "run", str(path), "--language", "fr"]).stderr
    assert "ligne 1" in said or "ligne 2" in said


@pytest.mark.parametrize(
    ("language", "unit", "nowhere"),
    [
        ("fr", "Peut-être 0.038 kW, soit 38 W ?", "ce fichier n'existe pas"),
        ("nl", "Misschien 0.038 kW, dus 38 W?", "dit bestand bestaat niet"),
        ("en", "Perhaps 0.038 kW, that is 38 W?", "there is no such file"),
    ],
)
def test_watts_typed_as_kilowatts_and_a_file_that_is_not_there_say_what_to_do(tmp_path, language, unit, nowhere):
    case = dict(example_of("indoor_lighting"))
    offers = [{**each, "values": {**each["values"], "power": 0.038}} for each in case["offers"]]
    path = tmp_path / "cas.yaml"
    path.write_text(json.dumps({**case, "offers": offers}, default=float), encoding="utf-8")
    assert unit in CliRunner().invoke(main, ["lcc", "run", str(path), "--language", language]).stderr
    assert nowhere in CliRunner().invoke(main, ["lcc", "run", str(tmp_path / "none.yaml"), "--language", language]).stderr
