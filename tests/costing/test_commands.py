"""`mpdi lcc …` as another program sees it: exact keys, JSON and nothing else, exit codes, messages with a remedy."""

import json
from pathlib import Path
from zipfile import is_zipfile

import pytest
from click.testing import CliRunner

from mpdi.cli import main

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINES = {
    "currency": "EUR",
    "years": 2,
    "discount_rate": 0,
    "alternatives": [
        {"name": "Old", "items": [{"name": "use", "cat": "energy", "annual": 100}]},
        {"name": "New", "items": [{"name": "price", "cat": "invest", "t": 0, "amount": 250}]},
    ],
}
SHEET = """
sheet: vending
title: Machines
buyer: {years: 2, quantity: 1, discount_rate: 0, electricity_price: 0.10, days_year: 100}
offers:
  - name: Cheap
    values: {price: 1000, installation: 0, kwh_day: 20, maintenance_year: 0, disposal: 0, resale: 0}
  - name: Thrifty
    values: {price: 1200.005, installation: 0, kwh_day: 5, maintenance_year: 0, disposal: 0, resale: 0}
"""


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["lcc", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def written(folder, text, name="case.yaml"):
    path = folder / name
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return path


def test_lines_are_counted_and_the_first_is_the_base(tmp_path):
    got = json.loads(run("run", written(tmp_path, LINES, "case.json"), "--format", "json").stdout)
    old, new = got["alternatives"]
    assert (old["name"], old["lcc"], old["annual"], old["pv"]) == ("Old", 200, 100, {"energy": 200})
    assert old["ns"] is None
    assert (new["lcc"], new["ns"], new["sir"], new["spb"], new["dpb"]) == (250, -50, 0.8, None, None)


def test_a_whole_case_with_its_inputs_is_read_by_them(tmp_path):
    plain = run("run", written(tmp_path, LINES, "a.json"), "--format", "json").stdout
    wrapped = written(tmp_path, {"id": "X", "inputs": LINES, "expected": []}, "b.json")
    assert run("run", wrapped, "--format", "json").stdout == plain


def test_json_and_yaml_say_the_same(tmp_path):
    as_yaml = written(tmp_path, json.dumps(LINES), "case.yaml")
    as_json = written(tmp_path, LINES, "case.json")
    assert run("run", as_yaml, "--format", "json").stdout == run("run", as_json, "--format", "json").stdout


def test_a_sheet_is_counted_with_what_stands_beside_it(tmp_path):
    got = json.loads(run("run", written(tmp_path, SHEET), "--format", "json").stdout)
    cheap, thrifty = got["alternatives"]
    assert (cheap["lcc"], thrifty["lcc"]) == (1400, 1300.005)
    assert got["ranking"] == ["Thrifty", "Cheap"]
    assert cheap["quantities"]["kwh_year"] == 2000
    assert got["sheet"]["id"] == "vending"
    assert len(got["sheet"]["digest"]) == 64
    assert "timing" in got["sheet"]["assumptions_kept"]


def test_the_table_shows_conventions_both_rankings_and_the_budget(tmp_path):
    text = run("run", written(tmp_path, SHEET)).stdout
    assert "real discount rate 0 %" in text
    assert "VAT excluded" in text
    first = next(line for line in text.splitlines() if line.startswith("Thrifty"))
    assert [cell.strip() for cell in first.split("  ") if cell][1:5] == ["1 200.01", "2", "1 300.01", "1"]
    assert "200.01 more in year 0, 150.00 less in year 1, earned back: year 2" in text
    assert "Assumptions of the project kept" in text


def test_the_table_can_be_written_to_a_file(tmp_path):
    target = tmp_path / "out.txt"
    assert run("run", written(tmp_path, SHEET), "--output", target).stdout == ""
    assert "Thrifty" in target.read_text(encoding="utf-8")
    result = run("run", written(tmp_path, SHEET), "--output", tmp_path / "no" / "out.txt", code=2)
    assert "Choose another place" in result.stderr


@pytest.mark.parametrize("made", ["docx", "xlsx"])
def test_a_file_is_not_printed_and_asks_where_it_goes(tmp_path, made):
    result = run("run", written(tmp_path, SHEET), "--format", made, code=2)
    assert "--output FILE" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("made", ["docx", "xlsx"])
def test_word_file_and_workbook_are_written(tmp_path, made):
    target = tmp_path / f"out.{made}"
    assert run("run", written(tmp_path, SHEET), "--format", made, "--output", target).stdout == ""
    assert is_zipfile(target)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 1\n- 2\n", "holds no keys"),
        ("sheet: spaceship\n", "There is no sheet"),
        ("sheet: vending\nbuyer: {}\n", "buyer.quantity"),
        ("years: 3\n", "discount_rate"),
        ("years: 3\nyears: 4\n", "stands twice"),
        ("a: [", "line"),
    ],
)
def test_a_case_that_cannot_be_counted_ends_with_2_and_a_message(tmp_path, text, said):
    result = run("run", written(tmp_path, text), code=2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_not_there_or_no_json_ends_with_2(tmp_path):
    assert "cannot be read" in run("run", tmp_path / "none.json", code=2).stderr
    assert "JSON" in run("run", written(tmp_path, "{", "x.json"), code=2).stderr


def test_sheets_as_data_hold_what_a_form_needs():
    listed = json.loads(run("sheets", "--format", "json").stdout)
    assert len(listed) >= 14
    one = next(each for each in listed if each["id"] == "indoor_lighting")
    factor = next(each for each in one["buyer"] if each["key"] == "co2_electricity")
    assert factor["default"] == 0.16749
    assert factor["origin"]["year"] == 2023
    assert next(each for each in one["buyer"] if each["key"] == "years")["origin"] == {"assumption": True}
    assert set(one["tenderer"][0]["proof"]) == {"fr", "nl", "en"}


@pytest.mark.parametrize(("language", "word"), [("fr", "Éclairage public"), ("nl", "Openbare verlichting")])
def test_sheets_as_text_follow_the_language(language, word):
    assert word in run("sheets", "--language", language).stdout


def test_an_award_gives_points(tmp_path):
    path = written(
        tmp_path, "formula: proportional\nmaximum: 60\noffers: [{offer: A, lcc: 100}, {offer: B, lcc: 160}]\n"
    )
    got = json.loads(run("award", path, "--format", "json").stdout)
    assert [(each["offer"], each["lcc"], each["points"]) for each in got] == [("A", 100, 60), ("B", 160, 37.5)]
    assert "at most 60, rounded half up to 2 decimals" in run("award", path).stdout


def test_an_award_takes_its_costs_from_a_case(tmp_path):
    written(tmp_path, SHEET)
    path = written(
        tmp_path, "formula: linear\nmaximum: 10\nbounds: {best: 1300, worst: 1500}\ncase: case.yaml\n", "award.yaml"
    )
    got = json.loads(run("award", path, "--format", "json").stdout)
    assert [(each["offer"], each["points"], each["place"]) for each in got] == [("Cheap", 5, 2), ("Thrifty", 10, 1)]


def test_a_case_and_quality_in_euros(tmp_path):
    written(tmp_path, SHEET)
    text = "formula: quality_in_euros\nquality: {noise: 300}\ncase: case.yaml\noffers: [{offer: Cheap, scores: {noise: 1}}, {offer: Thrifty, scores: {noise: 0.5}}]\n"
    got = json.loads(run("award", written(tmp_path, text, "award.yaml"), "--format", "json").stdout)
    assert [(each["compared"], each["points"], each["place"]) for each in got] == [(1100, None, 1), (1150.01, None, 2)]


def test_a_tie_is_said(tmp_path):
    path = written(tmp_path, "formula: lowest\noffers: [{offer: A, lcc: 5}, {offer: B, lcc: 5}]\n")
    assert run("award", path).stdout.count("(tie)") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("formula: magic\noffers: [{offer: A, lcc: 5}]\n", "magic"),
        ("formula: lowest\noffers: [{offer: A}]\n", "lcc"),
        ("formula: lowest\noffers: 5\n", "list of offers"),
        ("formula: lowest\ncolour: red\noffers: [{offer: A, lcc: 5}]\n", "colour"),
        ("formula: lowest\ndecimals: 2.5\noffers: [{offer: A, lcc: 5}]\n", "whole number"),
        ("formula: lowest\nquality: 7\noffers: [{offer: A, lcc: 5}]\n", "criteria"),
        ("formula: lowest\ncase: none.yaml\n", "none.yaml"),
    ],
)
def test_an_award_that_cannot_be_read_ends_with_2(tmp_path, text, said):
    assert said in run("award", written(tmp_path, text), code=2).stderr


def test_an_award_with_a_case_takes_no_other_cost(tmp_path):
    written(tmp_path, SHEET)
    for entry in ("{offer: Cheap, lcc: 5}", "{offer: Stranger}"):
        path = written(tmp_path, f"formula: lowest\ncase: case.yaml\noffers: [{entry}]\n", "award.yaml")
        assert "no cost and no other offer" in run("award", path, code=2).stderr


def test_what_would_change_the_winner(tmp_path):
    path = written(tmp_path, SHEET)
    text = run("run", path, "--winner").stdout
    # 1,500 kWh a year less for 200.005 EUR more: level at 200.005 ÷ 3,000
    assert "Electricity price: below 0.0667 EUR/kWh (then Cheap); now 0.1 EUR/kWh" in text
    got = json.loads(run("run", path, "--winner", "--format", "json").stdout)["winner_changes"]
    price = next(each for each in got if each["input"] == "electricity_price")
    assert price["below"] == {"value": pytest.approx(200.005 / 3000), "winner": "Cheap"}
    assert price["above"] is None


def test_what_would_change_the_winner_of_lines(tmp_path):
    got = json.loads(run("run", written(tmp_path, LINES, "case.json"), "--winner", "--format", "json").stdout)
    assert {each["input"]: each["above"] and each["above"]["value"] for each in got["winner_changes"]} == {
        "Old / use": pytest.approx(125),
        "New / price": None,
    }


def test_the_example_of_three_led_offers_leads_to_a_ranking_and_points():
    got = json.loads(run("run", EXAMPLES / "lighting-offers.yaml", "--format", "json").stdout)
    assert got["ranking"] == ["Gamma", "Beta", "Alpha"]
    assert got["ranking_by_price"] == ["Alpha", "Beta", "Gamma"]
    awarded = json.loads(run("award", EXAMPLES / "lighting-award.yaml", "--format", "json").stdout)
    assert [(each["offer"], each["place"]) for each in awarded] == [("Alpha", 3), ("Beta", 2), ("Gamma", 1)]
    assert [each["points"] for each in awarded][2] == 60
    assert [each["lcc"] for each in awarded] == [each["lcc"] for each in got["alternatives"]]


def test_a_json_key_that_stands_twice_is_refused(tmp_path):
    assert "years" in run("run", written(tmp_path, '{"years": 3, "years": 4}', "x.json"), code=2).stderr


def test_offers_of_unequal_lives_get_no_points(tmp_path):
    lines = json.loads(json.dumps(LINES))
    lines["alternatives"][0]["years"] = 1
    written(tmp_path, lines, "case.json")
    path = written(tmp_path, "formula: proportional\ncase: case.json\n", "award.yaml")
    assert "unequal lives" in run("award", path, code=2).stderr


def test_external_costs_that_count_are_compared_and_stay_apart_from_the_cost(tmp_path):
    lines = json.loads(json.dumps(LINES))
    lines["alternatives"][0]["items"].append({"name": "CO2", "cat": "externality", "annual": 40})
    for counted, compared in (("apart", 200), ("counted", 280)):
        written(tmp_path, {**lines, "external_costs": counted}, "case.json")
        path = written(tmp_path, "formula: lowest\ncase: case.json\n", "award.yaml")
        old = json.loads(run("award", path, "--format", "json").stdout)[0]
        assert (old["lcc"], old["compared"]) == (200, compared)


@pytest.mark.parametrize(
    "text",
    [
        "sheet: vending\noffers: [5]\n",
        "sheet: vending\noffers: 7\nbuyer: [1]\n",
        "sheet: [x]\n",
        "sheet: vending\nbuyer: {quantity: 1e300, years: -4}\noffers: [{name: [1], values: 3}]\n",
        "inputs: 5\n",
        "alternatives: 5\nyears: 3\ndiscount_rate: 0\n",
        "sheet: vending\nexternalities: 4\n",
    ],
)
def test_hostile_shapes_end_with_a_message(tmp_path, text):
    result = run("run", written(tmp_path, text), code=2)
    assert result.stderr.strip()
    assert result.stdout == ""
