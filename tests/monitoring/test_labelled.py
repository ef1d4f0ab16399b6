"""Detection agrees with people: on notices of ours, and on the reference notices kept for the report.

`MPDI_REFERENCE_DATA` names the folder that holds `labels/` and `notices/`; nothing of it is part of the project.
"""

import os
from pathlib import Path

import pytest
import yaml
from measure import Measure, Read, half_of, measure, read_labelled, row, wilson
from notices_of_ours import notice_of, said

from mpdi.monitoring.detection import Label, detect, labels_of

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "docs" / "uptake" / "detection"
NAMES = {
    "environmental": "Environmental (criterion or purpose)",
    "env_criterion": "Environmental criterion",
    "env_subject": "Environmental purpose",
    "social_criterion": "Social criterion",
    "ethical": "Ethical",
    "anti_dumping": "Against social dumping",
    "innovation": "Innovation",
    "sme": "Open to small firms",
}
GOALS = {"environmental": 0.85, "social_criterion": 0.80}


def of_ours(rules) -> list[Read]:
    entries = yaml.safe_load((HERE / "labelled.yaml").read_text(encoding="utf-8"))
    return [
        Read(
            {"whole_text_read": True} | {label.value: int(label.value in entry["labels"]) for label in Label},
            labels_of(detect(notice_of(entry["texts"]), rules)),
        )
        for entry in entries
    ]


@pytest.mark.parametrize(("label", "goal"), GOALS.items())
def test_on_notices_of_ours_the_goals_are_met(rules, label, goal):
    found = measure(of_ours(rules), label)
    assert len(found.pairs) == 20
    assert found.f1 >= goal, found.counts


def demonstrations() -> list[tuple[str, str, str, str]]:
    rows = []
    for label in Label:
        section = (PAGES / f"{label}.md").read_text(encoding="utf-8").partition("## Demonstration")[2]
        lines = [line for line in section.splitlines() if line.startswith("| ") and not line.startswith("| Language")]
        rows += [tuple(line.strip("| ").split(" | ")) for line in lines]
    return rows


@pytest.mark.parametrize(("language", "place", "text", "expected"), demonstrations())
def test_each_demonstration_of_the_pages_is_what_happens(rules, language, place, text, expected):
    found = [f"`{each.rule}`: “{each.words}”" for each in detect(said(text, place, language), rules)]
    assert ("; ".join(found) or "nothing") == expected


@pytest.fixture(scope="module")
def report(rules) -> list[Read]:
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if given and (Path(given) / "labels" / "notices-labelled.jsonl").is_file():
        return list(read_labelled(Path(given), "report", rules))
    message = "needs MPDI_REFERENCE_DATA, a folder with labels/ and notices/"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def test_the_figures_of_the_report_are_those_of_the_page(report):
    page = (PAGES / "README.md").read_text(encoding="utf-8")
    rows = [row(name, measure(report, label)) for label, name in NAMES.items()]
    rows += [
        row(f"{NAMES[label]}, zeros of whole readings only", measure(report, label, beginnings=False))
        for label in GOALS
    ]
    assert [each for each in rows if each not in page] == []


def test_the_halves_are_fixed_by_the_identifier_alone():
    assert [half_of(identifier) for identifier in ("A001", "A002", "A003", "A004")] == [
        "tuning",
        "report",
        "tuning",
        "tuning",
    ]


def test_f1_and_wilson_by_hand():
    found = Measure(((True, True), (True, True), (True, False), (False, True), (False, False)))
    assert found.counts == (2, 1, 1)
    assert found.f1 == pytest.approx(2 / 3)
    low, high = wilson(8, 10)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
