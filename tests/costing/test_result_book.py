"""The workbook of a counted case: what its formulas give when a spreadsheet program works them out."""

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import yaml
from libreoffice import convert

from mpdi.costing.result_book import case_workbook
from mpdi.lcc.cases import read_case
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Case

BY_HAND = sorted((Path(__file__).parents[1] / "lcc" / "cases").glob("*.yaml"))


def hostile() -> Case:
    """Names that a spreadsheet would take for a formula, a comparison or a pattern; an offer without lines."""
    item = {"cat": "energy", "annual": 10, "esc": 0.02}
    return read_case(
        {
            "years": 4,
            "discount_rate": 0.03,
            "convention": "continuous",
            "alternatives": [
                {"name": "=1+1", "items": [{**item, "name": "@SUM(A1)"}, {**item, "cat": "Energy", "name": ">5"}]},
                {"name": "*", "items": [{"name": "+x", "cat": "=2", "t": 0, "amount": 30}]},
                {"name": "Nothing", "items": []},
            ],
        }
    )


def cases() -> dict[str, Case]:
    read = {path.stem: read_case(yaml.safe_load(path.read_text(encoding="utf-8"))["case"]) for path in BY_HAND}
    return {**read, "hostile": hostile()}


CASES = cases()


def written(case: Case, language: str = "en") -> bytes:
    return case_workbook(case, evaluate(case), None, language)


def without_values(workbook: bytes) -> bytes:
    """The same workbook with no value beside its formulas: a program that opens it has to work them out."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
            target.writestr(name, text)
    return bare.getvalue()


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """Every case as LibreOffice calculates it, in one call."""
    place = tmp_path_factory.mktemp("workbooks")
    for name, case in CASES.items():
        (place / f"{name}.xlsx").write_bytes(without_values(written(case)))
    convert([place / f"{name}.xlsx" for name in CASES], "xlsx", place / "out")
    return {name: openpyxl.load_workbook(place / "out" / f"{name}.xlsx", data_only=True) for name in CASES}


def figures(book: openpyxl.Workbook, sheet: int = 0) -> list[dict[str, object]]:
    """The rows of a sheet by the words of its head: of the result, one an offer."""
    head, *rows = book.worksheets[sheet].iter_rows(min_row=4 if sheet == 0 else 1, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.services
@pytest.mark.parametrize("name", CASES)
def test_the_formulas_give_the_same_cent_as_the_engine(worked_out, name):
    result = evaluate(CASES[name])
    rows = figures(worked_out[name])
    assert [row["Offer"] for row in rows] == [each.name for each in result.alternatives]
    for row, each in zip(rows, result.alternatives, strict=True):
        assert row["Life-cycle cost"] == pytest.approx(float(each.lcc), abs=0.004, rel=1e-14)
        assert row["Annual equivalent"] == pytest.approx(float(each.annual), abs=0.004, rel=1e-14)
        for word, worth in each.pv.items():
            assert row[word] == pytest.approx(float(worth), abs=0.004, rel=1e-14), word
        assert row["Place"] >= 1
    assert rows[result.ranking[0]]["Place"] == 1


@pytest.mark.services
@pytest.mark.parametrize("name", CASES)
def test_no_cell_differs_from_what_was_written_beside_its_formula(worked_out, name):
    shown = openpyxl.load_workbook(io.BytesIO(written(CASES[name])), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(written(CASES[name])))
    compared = 0
    for sheet, of, calculated in zip(shown.worksheets, formulas.worksheets, worked_out[name].worksheets, strict=True):
        for row in of.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    expected, got = sheet[cell.coordinate].value, calculated[cell.coordinate].value
                    same = expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-9, abs=1e-6)
                    assert got == same, (of.title, cell.coordinate, cell.value)
                    compared += 1
    assert compared > 5


def test_words_of_an_offer_are_never_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(written(hostile())))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value in ("=1+1", "@SUM(A1)", "=2", "+x", "*", ">5"):
                    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["Résultat", "Par année", "Lignes", "Paramètres"]),
        ("nl", ["Resultaat", "Per jaar", "Lijnen", "Parameters"]),
        ("en", ["Result", "By year", "Lines", "Parameters"]),
    ],
)
def test_its_words_are_in_the_language_asked_for(language, names):
    case = CASES["two-lamps"]
    assert openpyxl.load_workbook(io.BytesIO(written(case, language))).sheetnames == names


def test_the_same_case_gives_the_same_bytes():
    case = CASES["two-lamps"]
    assert written(case) == written(case)


@pytest.mark.parametrize(("language", "heads"), [("fr", {"Achat et mise en place", "Énergie"}), ("nl", {"Aankoop en plaatsing", "Energie"})])
def test_components_are_headed_in_words_and_lines_are_found_by_them(language, heads):
    case = CASES["two-lamps"]
    book = openpyxl.load_workbook(io.BytesIO(written(case, language)))
    columns = {str(cell.value) for cell in book.worksheets[0][4]}
    assert heads <= columns
    assert not {"acquisition", "energy"} & columns
    assert {str(row[2].value) for row in book.worksheets[2].iter_rows(min_row=3)} <= columns


@pytest.mark.services
def test_in_french_too_the_formulas_give_the_cent_of_the_engine(tmp_path):
    case = hostile()
    (tmp_path / "fr.xlsx").write_bytes(without_values(written(case, "fr")))
    convert([tmp_path / "fr.xlsx"], "xlsx", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "fr.xlsx", data_only=True)
    costs = [row["Coût du cycle de vie"] for row in figures(book)]
    assert costs == [pytest.approx(float(each.lcc), abs=0.004) for each in evaluate(case).alternatives]
