"""Cases worked by hand: each file of `cases/` holds a case, what must come out, and the working in its head comment."""

from pathlib import Path

import pytest
import yaml

from mpdi.lcc.cases import as_data, read_case
from mpdi.lcc.measures import evaluate

CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))


def test_there_are_cases():
    assert len(CASES) >= 12


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_a_case_gives_what_was_worked_out_by_hand(path):
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    got = as_data(evaluate(read_case(held["case"])))
    assert got["ranking"] == held["expected"]["ranking"]
    assert got["cautions"] == held["expected"].get("cautions", got["cautions"])
    assert len(got["alternatives"]) == len(held["expected"]["alternatives"])
    for expected, alternative in zip(held["expected"]["alternatives"], got["alternatives"], strict=True):
        for key, value in expected.items():
            assert alternative[key] == (
                value if value is None or key == "cautions" else pytest.approx(value, rel=1e-12)
            )
