"""`mpdi report uptake`: what others script against, and what a coordinator hands in."""

import csv
import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from short_notices import write_notices
from taking_in import take_in

from mpdi.cli import main
from mpdi.database import Base, Database
from mpdi.monitoring.buyer_operations import recognise_buyers
from mpdi.monitoring.uptake_words import measured_detection

YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")
GREEN = {"aims": ["env-imp"], "text": "Les produits portent un label écologique.", "value": 90_000, "cpv": 90919200}
PLAIN = {"aims": ["none"], "text": "Achat de papier.", "value": 10_000, "cpv": 30197630}
NOTICES = [
    *({"day": f"2026-0{month}-03", "buyer": "Commune d’Auderghem", "lots": [GREEN]} for month in range(1, 8)),
    *({"day": f"2026-0{month}-04", "buyer": f"Acheteur fictif {month}", "lots": [PLAIN]} for month in range(1, 4)),
    {"day": "2026-08-03", "result": True, "lots": [{**PLAIN, "tenders": 1, "winners": ["small"]}]},
    {"day": "2026-08-04", "result": True, "lots": [{**GREEN, "tenders": 0, "status": "clos-nw"}]},
    {"day": "2025-08-04", "lots": [{**GREEN, "currency": "SEK"}]},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A portal's state with notices of a commune of the register and of others."""
    home = tmp_path_factory.mktemp("home")
    made = Database(f"sqlite:///{home / 'mpdi.sqlite3'}")
    Base.metadata.create_all(made.engine)
    take_in(made, home, write_notices(NOTICES, home / "published"), detection=True)
    with made.writing() as session:
        recognise_buyers(session)
    made.engine.dispose()
    return home


@pytest.fixture
def run(home, monkeypatch):
    """Run the command; answers exit code, standard output and standard error."""
    monkeypatch.setenv("MPDI_HOME", str(home))
    monkeypatch.setenv("MPDI_DATABASE_URL", f"sqlite:///{home / 'mpdi.sqlite3'}")

    def run(*arguments):
        result = CliRunner().invoke(main, ["report", "uptake", *map(str, arguments)])
        return result.exit_code, result.stdout, result.stderr

    return run


def test_json_has_the_keys_that_are_promised_and_no_others(run):
    code, output, errors = run(*YEAR, "--format", "json")
    assert (code, errors) == (0, "")
    rates = json.loads(output)
    keys = ["indicator", "dimension", "numerator", "denominator", "coverage", "rate", "lower", "upper"]
    assert {tuple(rate) for rate in rates} == {tuple(keys)}
    about = {"counted": "procedures", "reading": "strict"}
    [strict] = [each for each in rates if (each["indicator"], each["dimension"]) == ("environmental_clauses", about)]
    assert [strict[key] for key in keys[2:]] == [8, 12, 1, 8 / 12, 8 / 12, 8 / 12]


def test_a_value_is_told_by_currency_and_never_added_up(run):
    rates = json.loads(run("--from", "2025-01-01", "--to", "2026-12-31")[1])
    values = {
        rate["dimension"]["currency"]: rate["numerator"]
        for rate in rates
        if rate["indicator"] == "environmental_clauses"
        and rate["dimension"].items() >= {"counted": "value", "reading": "strict"}.items()
        and len(rate["dimension"]) == 3
    }
    assert values == {"EUR": 8 * 90_000, "SEK": 90_000}


@pytest.mark.parametrize(
    ("scope", "procedures"),
    [((), 12), (("--authority", "commune-auderghem"), 7), (("--level", "local"), 7)],
    ids=["all", "authority", "level"],
)
def test_the_scope_says_whose_notices_count(run, scope, procedures):
    rates = json.loads(run(*YEAR, *scope)[1])
    [lots] = [rate for rate in rates if rate["indicator"] == "divided_into_lots" and len(rate["dimension"]) == 1]
    assert lots["denominator"] == procedures


def test_csv_holds_every_rate(run):
    rates = json.loads(run(*YEAR)[1])
    rows = list(csv.DictReader(io.StringIO(run(*YEAR, "--format", "csv")[1].removeprefix("\ufeff")), delimiter=";"))
    assert [row["indicator"] for row in rows] == [rate["indicator"] for rate in rates]
    assert {row["split"] for row in rows} >= {"year", "quarter", "level", "category", "value_band", "place"}


@pytest.mark.parametrize(("language", "brief"), [("fr", "En bref"), ("nl", "In het kort")])
def test_the_word_report_says_what_the_json_says(run, tmp_path, language, brief):
    target = tmp_path / "report.docx"
    code, output, errors = run(*YEAR, "--format", "docx", "--language", language, "--output", target)
    assert (code, output) == (0, "")
    assert "12 procedures" in errors
    document = Document(str(target))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [[cell.text.replace("\xa0", " ") for cell in row.cells] for table in document.tables for row in table.rows]
    joined = "op" if language == "nl" else "sur"
    assert brief in words
    assert [row for row in cells if row[0] in ("Environnement", "Milieu") and f"8 {joined} 12 (67 %)" in row[1]]
    assert not re.search(r"\{\w+\}|None|Decimal", words + str(cells))
    with ZipFile(target) as archive:
        assert [name for name in archive.namelist() if name.endswith(".png")]


def test_of_few_the_count_stands_alone(run, tmp_path):
    target = tmp_path / "report.docx"
    run(*YEAR, "--format", "docx", "--output", target)
    tables = Document(str(target)).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert cells[cells.index("Lots avec une seule offre") + 1] == "1 sur 2"
    assert [cell for cell in cells if re.search(r"sur [0-4] \([\d,]+\s%\)", cell)] == []


def test_of_the_value_of_few_purchases_the_amount_stands_alone(run, tmp_path):
    target = tmp_path / "report.docx"
    run("--from", "2026-01-01", "--to", "2026-02-28", "--format", "docx", "--output", target)
    rows = [[cell.text for cell in row.cells] for table in Document(str(target)).tables for row in table.rows]
    values = [row[2:] for row in rows if re.sub(r"\D", "", row[2 if len(row) > 2 else 0]) == "180000"]
    assert values
    assert [cell for row in values for cell in row if "%" in cell] == []


def test_the_same_notices_give_the_same_bytes(run, tmp_path):
    for kind in ("docx", "xlsx"):
        for name in ("one", "two"):
            run(*YEAR, "--format", kind, "--output", tmp_path / f"{name}.{kind}")
        assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


def test_the_workbook_holds_numbers_and_every_rate(run, tmp_path):
    run(*YEAR, "--format", "xlsx", "--language", "nl", "--output", tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == [
        "Herkomst",
        "Toepassing",
        "Toegang kmo’s",
        "Zonder offerte",
        "Aparte behoeften",
        "Alle cijfers",
    ]
    assert book["Alle cijfers"].max_row == len(json.loads(run(*YEAR)[1])) + 1
    [row] = [
        row
        for row in book["Toepassing"].iter_rows(values_only=True)
        if row[:3] == ("Milieu", "procedures", "Verklaard (eigen veld)")
    ]
    assert row[6:9] == (8, 12, 12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "2020-01-01", "--to", "2020-12-31"), "No notice of these days"),
        (("--from", "2026-12-31", "--to", "2026-01-01"), "ends before it begins"),
        ((*YEAR, "--authority", "nobody"), "No authority of the register"),
        ((*YEAR, "--level", "federal"), "of federal authorities"),
        ((*YEAR, "--level", "local", "--authority", "stib"), "--authority or --level"),
        ((*YEAR, "--format", "docx"), "--output FILE"),
    ],
    ids=["no-days", "backwards", "unknown", "no-level", "both", "no-file"],
)
def test_what_cannot_be_reported_is_said_and_nothing_is_written(run, arguments, message):
    code, output, errors = run(*arguments)
    assert (code, output) == (2, "")
    assert message in errors


def test_an_empty_portal_says_what_to_do_first(tmp_path, monkeypatch):
    made = Database(f"sqlite:///{tmp_path / 'mpdi.sqlite3'}")
    Base.metadata.create_all(made.engine)
    made.engine.dispose()
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.setenv("MPDI_DATABASE_URL", f"sqlite:///{tmp_path / 'mpdi.sqlite3'}")
    target = tmp_path / "report.docx"
    result = CliRunner().invoke(main, ["report", "uptake", *YEAR, "--format", "docx", "--output", str(target)])
    assert result.exit_code == 2
    assert "mpdi notices ingest" in result.stderr
    assert not target.exists()


def test_what_the_report_says_of_detection_is_what_was_measured():
    page = Path(__file__).resolve().parents[2] / "docs" / "uptake" / "detection" / "README.md"
    names = {"environmental": "Environmental (criterion or purpose)", "social_criterion": "Social criterion",
             "ethical": "Ethical", "anti_dumping": "Against social dumping", "innovation": "Innovation",
             "sme": "Open to small firms"}  # fmt: skip
    report_half = page.read_text(encoding="utf-8").split("**The half of the report**")[1].split("**The half for")[0]
    held = measured_detection()
    assert f"{held['notices']} notices" in report_half
    for each in held["labels"]:
        assert f"| {names[each['label']]} | {each['right']} | {each['wrong']} | {each['missed']} |" in report_half
        for interval in (each.get("precision"), each.get("recall")):
            assert interval is None or f"({interval[0]:.2f}–{interval[1]:.2f})" in report_half
