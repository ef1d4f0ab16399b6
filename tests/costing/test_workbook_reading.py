"""Workbooks that come back: taken whole and counted anew, or refused with cell, reason and remedy."""

import hashlib
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner
from workbooks import DAY, cells_of, filled, written

from mpdi.cli import main
from mpdi.costing.examples import example_of
from mpdi.costing.files import count
from mpdi.costing.tender_parameters import freeze
from mpdi.costing.workbook_case import read_tenders
from mpdi.costing.workbook_layout import DATA_ROW, DEFAULTS_ROW, DIGEST_ROW, NAME_ROW, PLACE, UNIT, VALUE
from mpdi.costing.workbook_problems import (
    AlteredParametersError,
    ForeignWorkbookError,
    OtherVersionError,
    UnfitTendersError,
    UnreadableWorkbookError,
    UnsafeWorkbookError,
    WorkbookRefusedError,
    WrongCellsError,
)
from mpdi.costing.workbook_reading import read_tender
from mpdi.lcc.sheets.catalogue import sheets

VENDING = {
    "sheet": "vending",
    "title": "Machines",
    "buyer": {"years": 2, "quantity": 1, "discount_rate": 0, "electricity_price": Decimal("0.10"), "days_year": 100},
}
CHEAP = {
    "name": "Cheap",
    "values": {"price": 1000, "installation": 0, "kwh_day": 20, "maintenance_year": 0, "disposal": 0, "resale": 0},
}
THRIFTY = {"name": "Thrifty", "values": {**CHEAP["values"], "price": Decimal("1200.005"), "kwh_day": 5}}


def typed(key, value, number_format=None):
    """A change: what a tenderer typed into the cell of a value."""

    def change(book, cells):
        cell = book["Offer"].cell(cells.value_rows[key] + 1, VALUE + 1)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def refusal(content, file="a.xlsx", language="en"):
    with pytest.raises(WorkbookRefusedError) as refused:
        read_tender(file, content, language)
    return refused.value


def test_what_was_typed_comes_back_and_is_counted_to_the_cent():
    files = [(f"{offer['name']}.xlsx", filled(VENDING, offer)) for offer in (CHEAP, THRIFTY)]
    tenders = read_tenders(files)
    assert [each.name for each in tenders.counted.result.alternatives] == ["Cheap", "Thrifty"]
    assert [each.lcc for each in tenders.counted.result.alternatives] == [Decimal(1400), Decimal("1300.005")]
    assert tenders.counted.result == count({**VENDING, "offers": [CHEAP, THRIFTY]}).result


@pytest.mark.parametrize("sheet", sorted(sheets()))
def test_workbooks_of_every_sheet_give_the_result_of_the_case(sheet):
    data = example_of(sheet)
    language = "fr" if sheet < "h" else "nl"
    files = [(f"{place}.xlsx", filled(data, offer, language)) for place, offer in enumerate(data["offers"])]
    assert read_tenders(files).counted.result.alternatives == count(data).result.alternatives


@pytest.mark.parametrize(
    ("change", "cell", "reason", "remedy"),
    [
        (typed("price", None), "C8", "Purchase price a unit: the value is missing", "0"),
        (typed("price", "=1+1"), "C8", "formula", "Write the value itself"),
        (typed("price", "1200 €"), "C8", "“1200 €” is text with a unit", "EUR/unit"),
        (typed("price", "12,50"), "C8", "“12,50” is text", "number alone"),
        (typed("price", "dear"), "C8", "“dear” is no number", "Write a number"),
        (typed("price", True), "C8", "“True” is no number", "Write a number"),
        (typed("price", DAY), "C8", "is no number", "Write a number"),
        (typed("price", -1), "C8", "-1 EUR/unit lies outside the bounds from 0 to", "Check the number and its unit"),
        (typed("kwh_day", 0.03, "0%"), None, "“3 %” is text with a unit", "kWh"),
        (typed("kwh_day", 1e300), None, "outside the bounds", "Check the number"),
    ],
    ids=["missing", "formula", "unit", "comma", "word", "truth", "day", "bounds", "percent", "huge"],
)
def test_a_wrong_cell_is_named_with_reason_and_remedy(change, cell, reason, remedy):
    error = refusal(filled(VENDING, CHEAP, change=change))
    assert isinstance(error, WrongCellsError)
    (problem,) = error.problems
    assert problem.file == "a.xlsx"
    assert problem.cell.startswith("Offer!C")
    assert cell is None or problem.cell == f"Offer!{cell}"
    assert reason in problem.message
    assert remedy in problem.remedy


def test_text_that_would_be_a_formula_is_refused_wherever_it_is_typed():
    def change(book, cells):
        page = book["Offer"]
        page.cell(NAME_ROW + 1, VALUE + 1).value = '=HYPERLINK("http://example.org","x")'
        place = page.cell(cells.value_rows["price"] + 1, PLACE + 1)
        place.value = "=1+1"
        place.data_type = "s"

    error = refusal(filled(VENDING, CHEAP, change=change))
    assert [each.cell for each in error.problems] == ["Offer!C5", "Offer!G8"]


def test_all_that_is_wrong_is_said_at_once_in_the_language_asked_for():
    def change(book, cells):
        typed("price", None)(book, cells)
        typed("kwh_day", "veel")(book, cells)
        book["Offer"].cell(NAME_ROW + 1, VALUE + 1).value = None

    error = refusal(filled(VENDING, CHEAP, change=change), language="nl")
    assert len(error.problems) == 3
    assert "de naam van de inschrijver ontbreekt" in str(error)
    assert "“veel” is geen getal" in str(error)


def test_a_choice_that_is_none_is_refused():
    data = example_of("vehicles")
    error = refusal(filled(data, data["offers"][0], change=typed("drive", "steam")))
    assert "“steam” is not one of the options" in str(error)
    assert "plug_in_petrol" in str(error)


def parameter(key, value):
    def change(book, cells):
        book["Parameters"].cell(cells.parameter_rows[key] + 1, VALUE + 1).value = value

    return change


@pytest.mark.parametrize("value", [0.12, "0.10", None, "=0.1"], ids=["other", "text", "empty", "formula"])
def test_a_parameter_of_the_buyer_that_was_altered_is_refused_with_its_cell(value):
    error = refusal(filled(VENDING, CHEAP, change=parameter("electricity_price", value)))
    cells = cells_of(VENDING)
    assert isinstance(error, AlteredParametersError)
    assert error.problems[0].cell == f"Parameters!C{cells.parameter_rows['electricity_price'] + 1}"
    assert "which the buyer fixed" in error.problems[0].message


def test_a_unit_that_was_changed_is_refused():
    def change(book, cells):
        book["Offer"].cell(cells.value_rows["kwh_day"] + 1, UNIT + 1).value = "Wh/day"

    error = refusal(filled(VENDING, CHEAP, change=change))
    assert isinstance(error, AlteredParametersError)
    assert "became “Wh/day”" in error.problems[0].message


def test_rows_that_were_moved_are_refused():
    def change(book, cells):
        book["Offer"].insert_rows(cells.value_rows["price"] + 1)

    assert isinstance(refusal(filled(VENDING, CHEAP, change=change)), AlteredParametersError)


def kept(key, value, *, with_digest):
    """Change what the technical sheet keeps, and the digest too where the forger knows how it is made."""

    def change(book, cells):
        page = book["MPDI"]
        data = json.loads(page.cell(DATA_ROW + 1, 2).value)
        data[key] = value
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        page.cell(DATA_ROW + 1, 2).value = text
        if with_digest:
            page.cell(DIGEST_ROW + 1, 2).value = hashlib.sha256(f"{text}\n".encode()).hexdigest()

    return change


def test_kept_parameters_that_do_not_have_their_digest_are_refused():
    error = refusal(filled(VENDING, CHEAP, change=kept("currency", "USD", with_digest=False)))
    assert isinstance(error, AlteredParametersError)
    assert "do not have the digest" in error.problems[0].message


def test_another_version_of_the_sheet_is_refused_with_both_versions():
    error = refusal(filled(VENDING, CHEAP, change=kept("version", "0.9.0", with_digest=True)))
    assert isinstance(error, OtherVersionError)
    assert "0.9.0" in str(error)
    assert sheets()["vending"].version in str(error)


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        ("schema", 99, ForeignWorkbookError),
        ("sheet", "spaceship", ForeignWorkbookError),
        ("date", "yesterday", ForeignWorkbookError),
        ("buyer", {"years": "NaN"}, AlteredParametersError),
        ("buyer", [], ForeignWorkbookError),
        ("externalities", {"prices": {"co2": {"value": "inf"}}}, AlteredParametersError),
    ],
    ids=["schema", "sheet", "date", "value", "list", "prices"],
)
def test_what_a_forger_writes_into_the_technical_sheet_is_refused(key, value, kind):
    assert isinstance(refusal(filled(VENDING, CHEAP, change=kept(key, value, with_digest=True))), kind)


def test_workbooks_with_other_parameters_are_not_counted_together_nor_against_another_digest():
    other = {**VENDING, "buyer": {**VENDING["buyer"], "electricity_price": Decimal("0.12")}}
    files = [("a.xlsx", filled(VENDING, CHEAP)), ("b.xlsx", filled(other, THRIFTY))]
    with pytest.raises(AlteredParametersError, match=r"b\.xlsx.*MPDI!B2"):
        read_tenders(files)
    digest = freeze(VENDING, DAY).digest
    assert read_tenders(files[:1], digest=digest.upper()).data["offers"][0]["name"] == "Cheap"
    with pytest.raises(AlteredParametersError, match="should be 0000"):
        read_tenders(files[:1], digest="0" * 64)


def test_one_tenderer_has_one_file_and_forty_is_the_most():
    content = filled(VENDING, CHEAP)
    again = filled(VENDING, {**CHEAP, "name": " cheap "})
    with pytest.raises(UnfitTendersError, match=r"b\.xlsx: the tenderer “cheap” is also in a\.xlsx"):
        read_tenders([("a.xlsx", content), ("b.xlsx", again)])
    with pytest.raises(UnfitTendersError, match="41 files; 1 to 40"):
        read_tenders([("a.xlsx", content)] * 41)
    forty = [(f"{place}.xlsx", filled(VENDING, {**CHEAP, "name": f"Firm {place}"})) for place in range(40)]
    assert len(read_tenders(forty).counted.result.alternatives) == 40


def test_a_value_that_counts_only_here_is_asked_for_in_its_cell():
    data = example_of("vehicles")
    buyer = {key: value for key, value in data["buyer"].items() if key != "charger_price"}
    electric = next(each for each in data["offers"] if each["values"]["drive"] == "electric")
    with pytest.raises(WrongCellsError, match=rf"Parameters!C\d+: .*the buyer did not fix it.*{electric['name']}"):
        read_tenders([("a.xlsx", filled({**data, "buyer": buyer}, electric))])


def test_a_result_that_differs_from_ours_and_a_proof_without_place_are_noted():
    def change(book, cells):
        book["Offer"].cell(cells.lcc_row + 1, VALUE + 1).value = 999

    tenders = read_tenders([("a.xlsx", filled(VENDING, CHEAP, change=change))])
    assert any("shows 999" in each and "1400" in each for each in tenders.notes)
    assert any("no place of a proof" in each for each in tenders.notes)
    assert tenders.counted.result.alternatives[0].lcc == 1400


def repacked(content, extra=(), without=()):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in without:
                after.writestr(name, before.read(name))
        for name, data in extra:
            after.writestr(name, data)
    return made.getvalue()


def test_a_workbook_with_macros_links_or_a_bomb_is_refused_before_it_is_read():
    content = filled(VENDING, CHEAP)
    for extra, reason in (
        ([("xl/vbaProject.bin", b"x")], "macros"),
        ([("xl/externalLinks/externalLink1.xml", b"<x/>")], "links"),
        ([("xl/embeddings/oleObject1.bin", b"x")], "embedded objects"),
        ([("xl/media/image1.png", bytes(30_000_000))], "larger"),
        ([(f"xl/media/{place}.png", b"") for place in range(300)], "larger"),
    ):
        error = refusal(repacked(content, extra))
        assert isinstance(error, UnsafeWorkbookError)
        assert reason in str(error)
    assert isinstance(refusal(content, "a.xlsm"), UnsafeWorkbookError)
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")
    renamed = types.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main")
    forged = repacked(content, [("[Content_Types].xml", renamed)], ["[Content_Types].xml"])
    assert "macros" in str(refusal(forged))


@pytest.mark.parametrize(
    "content",
    [b"", b"no workbook at all", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a file under a password"],
    ids=["empty", "words", "password"],
)
def test_what_is_no_workbook_is_refused(content):
    assert isinstance(refusal(content), UnreadableWorkbookError)


def test_spoilt_workbooks_and_document_types_are_refused_and_others_called_foreign():
    content = filled(VENDING, CHEAP)
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert isinstance(refusal(repacked(content, [("xl/x.xml", bomb)])), UnreadableWorkbookError)
    assert isinstance(refusal(repacked(content, without=["xl/workbook.xml"])), UnreadableWorkbookError)
    assert isinstance(refusal(content[: len(content) // 2]), UnreadableWorkbookError)
    spoilt = repacked(
        content, [("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")], ["xl/worksheets/sheet1.xml"]
    )
    assert isinstance(refusal(spoilt), UnreadableWorkbookError)
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    assert isinstance(refusal(other.getvalue()), ForeignWorkbookError)


def run(*arguments, code=0):
    result = CliRunner().invoke(main, ["lcc", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_the_commands_write_read_and_refuse(tmp_path):
    case = tmp_path / "case.json"
    case.write_text(json.dumps({**VENDING, "offers": [CHEAP]}, default=float), encoding="utf-8")
    target = tmp_path / "tender.xlsx"
    digest = run("workbook", case, "--output", target, "--date", "2026-12-01", "--language", "fr").stdout.strip()
    assert digest == freeze(VENDING, DAY).digest
    assert target.read_bytes() == written(VENDING, "fr")
    files = []
    for offer in (CHEAP, THRIFTY):
        files.append(tmp_path / f"{offer['name']}.xlsx")
        files[-1].write_bytes(filled(VENDING, offer))
    kept_case = tmp_path / "read.json"
    got = json.loads(run("read", *files, "--digest", digest, "--format", "json", "--case", kept_case).stdout)
    assert [each["lcc"] for each in got["alternatives"]] == [1400, 1300.005]
    assert json.loads(run("run", kept_case, "--format", "json").stdout)["ranking"] == ["Thrifty", "Cheap"]
    assert "Thrifty" in run("read", *files).stdout
    refused = run("read", target, "--language", "fr", code=2)
    assert "tender.xlsx, Offre!C5 : le nom du soumissionnaire manque" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert "cannot be read" in run("read", tmp_path / "none.xlsx", code=2).stderr


def test_what_the_buyer_wrote_comes_back_as_his_and_what_he_did_not_as_an_assumption(tmp_path):
    default = sheets()["vending"].inputs["electricity_growth"].default
    path, case = tmp_path / "a.xlsx", tmp_path / "case.json"
    for wrote, growth in ((VENDING["buyer"], None), ({**VENDING["buyer"], "electricity_growth": default}, default)):
        path.write_bytes(filled({**VENDING, "buyer": wrote}, CHEAP))
        got = json.loads(run("read", path, "--format", "json", "--case", case).stdout)
        assert ("electricity_growth" in got["sheet"]["assumptions_kept"]) is (growth is None)
        assert json.loads(case.read_text(encoding="utf-8"))["buyer"].get("electricity_growth") == growth


def test_a_workbook_of_before_origins_were_kept_is_read_and_a_forged_origin_refused():
    def without(book, cells):
        book["MPDI"].delete_rows(DEFAULTS_ROW + 1)

    def forged(book, cells):
        book["MPDI"].cell(DEFAULTS_ROW + 1, 2).value = "electricity_price"

    assert read_tender("a.xlsx", filled(VENDING, CHEAP, change=without)).name == "Cheap"
    assert isinstance(refusal(filled(VENDING, CHEAP, change=forged)), AlteredParametersError)


def test_a_sheet_alone_asks_for_what_it_has_no_default_for(tmp_path):
    refused = run("workbook", "vending", "--output", tmp_path / "x.xlsx", code=2)
    assert "buyer.electricity_price" in refused.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_a_title_comes_back_with_the_case_and_the_digest_is_that_of_the_case_without_one():
    titled, bare = filled({**VENDING, "title": "Lot 2"}, CHEAP), filled({**VENDING, "title": ""}, THRIFTY)
    tenders = read_tenders([("a.xlsx", titled), ("b.xlsx", bare)])
    assert tenders.data["title"] == "Lot 2"
    assert {each.parameters.digest for each in tenders.tenders} == {freeze({**VENDING, "title": "Another"}, DAY).digest}


def test_a_number_typed_as_text_is_told_from_one_with_a_unit():
    def change(book, cells):
        cell = book[cells.offer.name].cell(cells.value_rows["price"] + 1, VALUE + 1)
        cell.value, cell.data_type = "1200,50", "s"

    with pytest.raises(WrongCellsError) as refused:
        read_tenders([("a.xlsx", filled(VENDING, CHEAP, change=change))], "fr")
    assert "« 1200,50 » est un nombre écrit comme du texte" in str(refused.value)
