"""What is not known for sure: tornado, scenarios and draws by hand-worked cases, on the page, in the command, in the report."""

import html
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import docx
import pytest
from click.testing import CliRunner

from mpdi.cli import main
from mpdi.costing.files import count
from mpdi.costing.links import example
from mpdi.costing.uncertainty import Spreads, look_at, read_spreads
from mpdi.costing.word_report import word_report
from mpdi.lcc.errors import DistributionError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
# Bought for 1,000 and 1,300; power 300 and 100 a year for two years, no discounting: 1,600 and 1,500.
CASE = {
    "years": 2, "discount_rate": 0,
    "alternatives": [
        {"name": "Cheap", "items": [{"name": "price", "cat": "acquisition", "t": 0, "amount": 1000}, {"name": "power", "cat": "energy", "annual": 300}]},
        {"name": "Thrifty", "items": [{"name": "price", "cat": "acquisition", "t": 0, "amount": 1300}, {"name": "power", "cat": "energy", "annual": 100}]},
    ],
}  # fmt: skip
COUNTED = count(CASE)


def looked_at(**spreads):
    return look_at(COUNTED.case, COUNTED.result, Spreads({key: Decimal(value) for key, value in spreads.items()}))


def test_the_lead_of_the_winner_at_the_ends_of_each_spread():
    held = looked_at(energy=50, acquisition=10)
    assert held.lead == 100
    # Energy halved: 1,300 and 1,400; half more: 1,900 and 1,600. Prices a tenth less: 1,500 and 1,370; more: 1,700 and 1,630.
    assert [(each.name, each.at_low, each.at_high) for each in held.bars] == [
        ("energy", -100, 300),
        ("acquisition", 130, 70),
    ]


def test_scenarios_name_their_winner():
    held = looked_at(energy=50)
    assert [(each.name, tuple(map(int, each.costs)), each.winner) for each in held.scenarios] == [
        ("as_is", (1600, 1500), "Thrifty"), ("energy:low", (1300, 1400), "Cheap"), ("energy:high", (1900, 1600), "Thrifty"),
    ]  # fmt: skip


def test_the_draws_are_the_same_each_time_and_right_in_the_mean():
    first, second = looked_at(energy=50).simulation, looked_at(energy=50).simulation
    assert first == second
    cheap, thrifty = first.alternatives
    assert cheap.mean == pytest.approx(1600, rel=0.005)
    # Level at a factor of 0.75: a triangle from 0.5 over 1 to 1.5 has an eighth of its draws below it.
    assert cheap.share_cheapest == pytest.approx(0.125, abs=0.01)
    assert thrifty.share_cheapest == pytest.approx(0.875, abs=0.01)
    other = look_at(COUNTED.case, COUNTED.result, Spreads({"energy": Decimal(50)}, seed=2)).simulation
    assert other.alternatives != first.alternatives


WRONG = {
    "no component of the case": ({"spreads": {"water": 10}}, "no water"),
    "a spread of more than all": ({"spreads": {"energy": 100}}, "from 0 to 99"),
    "words": ({"spreads": {"energy": "much"}}, "is not a spread"),
    "nothing uncertain": ({}, "nothing is uncertain"),
    "an unknown key": ({"spread": {}}, "spread is not a key"),
    "too many draws": ({"draws": 10**9}, "draws"),
    "two distributions": ({"inputs": [{"target": "factor", "normal": [1, 0.1], "uniform": [0, 1]}]}, "exactly one"),
    "too few numbers": ({"inputs": [{"target": "factor", "triangular": [1, 2]}]}, "triangular has 3"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_remedy(case):
    data, words = WRONG[case]
    with pytest.raises(DistributionError, match=words):
        look_at(COUNTED.case, COUNTED.result, read_spreads(data))


def test_a_number_may_have_a_distribution_of_its_own():
    data = {
        "seed": 7,
        "draws": 2000,
        "inputs": [{"target": "amount", "alternative": "Cheap", "line": "price", "discrete": {"1000": 1, "2000": 1}}],
    }
    held = look_at(COUNTED.case, COUNTED.result, read_spreads(data))
    assert held.simulation.alternatives[0].mean == pytest.approx(2100, rel=0.05)
    assert held.bars == ()


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["lcc", "run", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_the_command_prints_it_in_the_language_asked_and_as_data(tmp_path):
    case = EXAMPLES / "lighting-offers.yaml"
    text = (
        run(case, "--uncertainty", "energy=20", "--language", "fr").stdout.replace("\u202f", " ").replace("\xa0", " ")
    )
    assert "Avance de « Gamma » quand une seule composante change" in text
    assert "La moins chère dans" in text
    held = json.loads(run(case, "--uncertainty", "energy=20", "--format", "json").stdout)["uncertainty"]
    assert (held["seed"], held["draws"], held["scenarios"][0]["winner"]) == (1, 10_000, "Gamma")
    spreads = tmp_path / "spreads.yaml"
    spreads.write_text("seed: 5\ndraws: 500\nspreads: {energy: 10}\n", encoding="utf-8")
    held = json.loads(
        run(case, "--uncertainty", spreads, "--uncertainty", "discount_rate=1", "--format", "json").stdout
    )["uncertainty"]
    assert (held["seed"], [each["input"] for each in held["inputs"]]) == (5, ["energy", "discount_rate"])
    assert "no watr" in run(case, "--uncertainty", "watr=1", code=2).stderr


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_report_has_charts_with_words_and_tables(language):
    made = word_report(COUNTED, language, uncertain=looked_at(energy=50))
    assert made == word_report(COUNTED, language, uncertain=looked_at(energy=50))
    document = docx.Document(io.BytesIO(made))
    assert len(document.inline_shapes) == 5
    words = [each._inline.docPr.get("descr") for each in document.inline_shapes]
    assert any(("Avance de" if language == "fr" else "Voorsprong van") in each for each in words)


def page(client, **more):
    answer = client.get("/life-cycle-cost/vending?" + urlencode({**example("vending", "fr"), "language": "fr", **more}))
    text = answer.get_data(as_text=True)
    return answer.status_code, text, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace("\xa0", " ")


def test_the_page_shows_it_when_asked_without_scripts(client):
    status, text, words = page(client, unsure="1")
    assert status == 200
    assert "La moins chère dans" in words
    assert text.count("<picture>") == 4
    assert "La moins chère dans" not in page(client)[2]
    assert page(client, unsure="1", u_energy="30")[2] == page(client, unsure="1", u_energy="30")[2]


def test_a_spread_that_is_none_is_said_at_its_field_and_left_out(client):
    _, text, words = page(client, unsure="1", u_energy="beaucoup", u_maintenance="10")
    assert 'id="u_energy-error"' in text
    assert "Énergie, au plus bas" not in words
    assert "Entretien, au plus bas" in words
