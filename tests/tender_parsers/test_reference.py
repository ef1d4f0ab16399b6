"""Every reference notice gives the values that an independent extractor found in it.

The notices are not part of the project: `MPDI_REFERENCE_DATA` names the folder that holds `notices/` and
`notices-expected.jsonl`. Where an expected value is held wrong, `expected_errors.tsv` says file, field and why.
"""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tender_parsers.__main__ import main

ARGUED = Path(__file__).with_name("expected_errors.tsv")
FORMATS = {"eforms": 962, "ted_export": 467, "ocds": 157, "decp": 6}
TABLES_OF_SYNTAX_ONLY = {"other_xml": "decp"}
"""Files whose expected values name the file alone, and the format they are read as."""


@pytest.fixture(scope="module")
def reference() -> Path:
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if given and (Path(given) / "notices-expected.jsonl").is_file():
        return Path(given)
    message = "needs MPDI_REFERENCE_DATA, a folder with notices/ and notices-expected.jsonl"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def argued() -> set[tuple[str, str]]:
    with ARGUED.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(row["why"] for row in rows)
    return {(row["file"], row["field"]) for row in rows}


def expected_of(reference: Path, *formats: str) -> list[dict[str, object]]:
    with (reference / "notices-expected.jsonl").open(encoding="utf-8") as opened:
        lines = [json.loads(line) for line in opened]
    return [line for line in lines if line["format"] in formats]


def summaries(
    reference: Path, lines: list[dict[str, object]], capsys: pytest.CaptureFixture[str]
) -> list[dict[str, object]]:
    """What the command prints of these files, in their order."""
    main(["summary", *(str(reference / "notices" / str(line["path"])) for line in lines)])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def differences(expected: dict[str, object], got: dict[str, object]) -> Iterator[tuple[str, str, object, object]]:
    path = str(expected["path"])
    for field, value in expected.items():
        if field != "path" and got.get(field, "(absent)") != value:
            yield path, field, value, got.get(field, "(absent)")
    if "error" in got and "error" not in expected:
        yield path, "error", None, got["error"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_summary_of_every_reference_file_is_as_expected(reference, capsys, name):
    lines = expected_of(reference, name)
    assert len(lines) == FORMATS[name]
    found = [
        difference
        for expected, got in zip(lines, summaries(reference, lines, capsys), strict=True)
        for difference in differences(expected, got)
    ]
    known = {pair for pair in argued() if pair[0] in {line["path"] for line in lines}}
    open_ones = [each for each in found if (each[0], each[1]) not in known]
    shown = "\n".join(f"{path}\t{field}\texpected {value!r}\tgot {got!r}" for path, field, value, got in open_ones)
    assert not open_ones, f"{len(open_ones)} differences\n{shown}"
    assert known == {(path, field) for path, field, _, _ in found}, "an argued difference that is none any more"


@pytest.mark.parametrize("name", TABLES_OF_SYNTAX_ONLY)
def test_files_without_expected_values_are_read_all_the_same(reference, capsys, name):
    lines = expected_of(reference, name)
    got = summaries(reference, lines, capsys)
    assert [(each["format"], "error" in each) for each in got] == [(TABLES_OF_SYNTAX_ONLY[name], False)] * len(lines)
