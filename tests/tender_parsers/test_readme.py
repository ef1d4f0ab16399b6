"""The README of the library: its examples run, its table is what the fixtures say, its reasons are those there are."""

import inspect
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tender_parsers import Notice, exceptions, iter_notices
from tender_parsers.__main__ import main
from tender_parsers.detect import READERS
from tender_parsers.mapped import FIELDS, table_reader
from tender_parsers.mapped.mapping import LOT_FIELDS

README = (Path(__file__).parents[2] / "tender_parsers" / "README.md").read_text(encoding="utf-8")
FIXTURES = Path(__file__).parent / "fixtures"
FORMATS = ("eforms", "ted", "ocds", "decp", "boamp", "bda", "mapped")
BESIDE = (".expected.json", ".mapping.json")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with `notices/` of every format, and the mapping and table of the README."""
    for name in FORMATS[:-1]:
        for path in (FIXTURES / name).iterdir():
            if not path.name.endswith(BESIDE):
                (tmp_path / "notices" / name).mkdir(parents=True, exist_ok=True)
                shutil.copy(path, tmp_path / "notices" / name)
    shutil.copy(FIXTURES / "eforms" / "contract_notice_two_languages.xml", tmp_path / "notices")
    (tmp_path / "notices" / "cut.json").write_text('{"ocid": "1", ', encoding="utf-8")
    (tmp_path / "mapping.json").write_text(blocks("json")[0], encoding="utf-8")
    (tmp_path / "export.csv").write_text(blocks("csv")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_the_first_example_has_five_lines_and_counts_green_lots_of_mixed_notices(desk, capsys):
    first = blocks("python")[0]
    assert len([line for line in first.splitlines() if line]) == 5
    exec(compile(first, "README", "exec"), {})
    counted, left = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"[1-9]\d* green lots, [1-9]\d* not green, [1-9]\d* that do not say", counted)
    assert left.endswith("notices read, 1 files left out")


def test_every_example_runs_one_after_the_other(desk, capsys):
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(compile(block, "README", "exec"), names)
    said = capsys.readouterr().out
    assert "F-1 [('1', True, True), ('2', None, False)]" in said
    assert "Truncated" in said
    assert re.search(r"^\d+ notices, each once$", said, re.MULTILINE)
    assert re.search(r"^[1-9]\d* of [1-9]\d* came from SMEs", said, re.MULTILINE)
    assert "('BEL', 'fr'): " in said


def test_every_command_runs(desk, capsys):
    commands = blocks("sh")[1].splitlines()
    assert len(commands) == 3
    for line in commands:
        words = shlex.split(line)
        assert words[:3] == ["python", "-m", "tender_parsers"]
        assert main(words[3:]) in (0, 1)
        assert capsys.readouterr().out


def test_the_sample_notices_that_it_offers_are_enough_for_its_examples(tmp_path, monkeypatch):
    (tmp_path / "tests").symlink_to(Path(__file__).parents[1])
    monkeypatch.chdir(tmp_path)
    subprocess.run(["bash", "-e", "-c", blocks("sh")[0]], check=True)
    batch = iter_notices("notices")
    assert {notice.format for notice in batch} == {reader.format for reader in READERS}
    assert batch.left_out == []
    assert (
        Path("notices/contract_notice_two_languages.xml").read_bytes()
        == (FIXTURES / "eforms" / "contract_notice_two_languages.xml").read_bytes()
    )


def test_it_names_every_format_and_every_field_of_a_mapping():
    line = next(line for line in README.splitlines() if line.startswith("`notice.format` is "))
    assert set(re.findall(r"`(\w+)`", line)) == {reader.format for reader in READERS} | {"mapped"}
    table = README.partition("| Cells hold |")[2].partition("Further keys")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.count("|") == 4]
    of_notice, of_lot = ([name for row in cells for name in re.findall(r"`(\w+)`", row[at])] for at in (1, 2))
    assert sorted(of_notice) == sorted(set(FIELDS) - LOT_FIELDS)
    assert sorted(of_lot) == sorted(LOT_FIELDS)


@pytest.fixture(scope="module")
def notices() -> dict[str, list[Notice]]:
    """The notices of all fixtures by format."""
    found: dict[str, list[Notice]] = {name: [] for name in FORMATS}
    for name in FORMATS:
        for path in sorted((FIXTURES / name).iterdir()):
            if not path.name.endswith(BESIDE):
                mapping = path.with_suffix(".mapping.json")
                tables = table_reader(mapping) if mapping.is_file() else None
                found[name] += list(iter_notices(path, table_reader=tables))
    return found


def rows() -> Iterator[tuple[str, list[str]]]:
    """Path and marks of each row of the table of fields."""
    for line in README.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and cells[1].startswith("`"):
            yield cells[1].strip("`"), cells[2:]


ROWS = list(rows())


def values(value: object, path: list[str]) -> Iterator[object]:
    if not path:
        yield value
        return
    for each in value if isinstance(value, tuple) else (value,):
        found = getattr(each, path[0])
        if found is not None and found != ():
            yield from values(found, path[1:])


@pytest.mark.parametrize(("path", "marks"), ROWS, ids=[path for path, _ in ROWS])
def test_the_table_tells_what_the_fixtures_of_a_format_state(notices, path, marks):
    ways = [path.split(".")]
    if path.startswith("lots."):
        ways.append(["whole", *ways[0][1:]])
    got = [
        "✓" if any(True for notice in notices[name] for way in ways for _ in values(notice, way)) else "–"
        for name in FORMATS
    ]
    assert marks == got


def test_the_table_is_there_and_has_a_column_for_every_format():
    assert len(ROWS) > 40
    assert {reader.format for reader in READERS} | {"mapped"} == {
        "eforms",
        "ted_export",
        "ocds",
        "decp",
        "boamp",
        "bda",
        "mapped",
    }


def test_every_reason_of_a_refusal_stands_in_the_readme():
    classes = [
        each
        for each in vars(exceptions).values()
        if inspect.isclass(each) and issubclass(each, exceptions.NoticeError) and each is not exceptions.NoticeError
    ]
    assert [each.__name__ for each in classes if f"| `{each.__name__}` | {each.reason} |" not in README] == []


def test_it_says_what_was_read_from_synthetic_samples_only():
    tried = README.partition("### What was tried")[2].partition("## Tables")[0]
    synthetic = [line for line in tried.splitlines() if "synthetic samples only" in line]
    assert all(any(word in line for line in synthetic) for word in ("R2.0.7", "CSV", "BOAMP", "BDA search", "mapped"))
