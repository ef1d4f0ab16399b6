"""`mpdi clauses evaluate`: recall and precision by category, and every miss with its rule."""

import datetime

import pytest

from mpdi.clause_library.core.evaluation import Evaluation, ScenarioFileError, Share, evaluate, read_scenarios
from mpdi.clause_library.evaluation_report import evaluation_json, evaluation_lines

TODAY = datetime.date(2026, 12, 1)
CLEANING = """
authority: {name: Commune d'Exemple, type: local}
object: Nettoyage des bureaux
nature: services
cpv: ["90919200"]
estimated_value: 120000
procedure: open
publication_date: 2026-12-01
expect:
  must: [ENV-CLEAN-001, SOC-GEN-004, ENV-FOOD-999]
  must_not: [DMP-GEN-001]
  may: [ENV-CLEAN-002]
why: Two misses on purpose.
"""


def scenario_file(folder, name="cleaning/one.yaml", text=CLEANING):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_miss_names_its_clause_and_the_rule(tmp_path, published_library):
    scenario_file(tmp_path)
    (outcome,) = evaluate(published_library, read_scenarios(tmp_path, TODAY))
    assert (outcome.scenario, outcome.category) == ("cleaning/one", "cleaning")
    assert (outcome.must, outcome.must_in, outcome.must_not, outcome.must_not_taken) == (2, 1, 1, 1)
    assert outcome.absent == ("ENV-FOOD-999",)
    misses = {(miss.clause, miss.expected): miss for miss in outcome.misses}
    assert misses["SOC-GEN-004", "must"].rule.startswith("applicability:")
    assert misses["DMP-GEN-001", "must_not"].decision == "in"
    assert ("ENV-CLEAN-002", "not named") not in misses
    assert outcome.taken_expected < outcome.taken
    report = evaluation_json([outcome])
    assert report["all"]["recall_in"] == {"numerator": 1, "denominator": 2, "rate": 0.5}
    assert report["categories"]["cleaning"]["must_not_taken"]["rate"] == 1
    assert report["scenarios"][0]["misses"][0]["rule"]
    lines = list(evaluation_lines([outcome]))
    assert any("SOC-GEN-004, must: out by applicability:" in line for line in lines)
    assert any("ENV-FOOD-999" in line and "not in force" in line for line in lines)


def test_nothing_expected_has_no_rate():
    assert Share(0, 0).rate is None
    assert Evaluation.of([]).recall.rate is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("expect:", "expected:", "expect: missing"),
        ("must_not: [DMP", "mustnot: [DMP", "expect.mustnot: unknown key"),
        ("[DMP-GEN-001]", "[ENV-CLEAN-001]", "ENV-CLEAN-001 both wanted and not"),
        ("[DMP-GEN-001]", "DMP-GEN-001", "expect.must_not: not a list"),
        ("[DMP-GEN-001]", "[DMP-1]", "expect.must_not: not a list"),
        ("120000", "12,5", "estimated_value"),
    ],
)
def test_an_unusable_scenario_is_named_with_its_key(tmp_path, old, new, words):
    path = scenario_file(tmp_path, text=CLEANING.replace(old, new))
    with pytest.raises(ScenarioFileError, match=r"one\.yaml") as error:
        read_scenarios(tmp_path, TODAY)
    assert words in str(error.value)
    assert str(path) in str(error.value)


def test_an_empty_folder_says_which_and_how(tmp_path):
    with pytest.raises(ScenarioFileError, match=r"--scenarios DIR"):
        read_scenarios(tmp_path / "nothing", TODAY)
