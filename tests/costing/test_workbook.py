"""The tenderer's workbook: what is open, what is shown, and formulas that give the cent of the engine."""

import datetime
import io
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from workbooks import DAY, cells_of, filled, recalculated, shown, written

from mpdi.costing.examples import example_of
from mpdi.costing.files import count
from mpdi.costing.tender_parameters import NoSheetError, freeze, restored
from mpdi.costing.workbook_cells import named
from mpdi.costing.workbook_layout import NAME_ROW, PLACE, VALUE
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import WrongValuesError

LAMPS = {
    "sheet": "indoor_lighting",
    "buyer": {
        "years": 13,
        "discount_rate": Decimal("2.5"),
        "timing": "mid",
        "first_year": "today",
        "hours_year": 2750,
        "electricity_price": Decimal("0.2874"),
        "electricity_growth": Decimal("1.5"),
        "residual_method": "straight_line",
    },
    "offers": [
        {
            "name": "Lives of a third",
            "values": {
                "luminaires": 37, "price": Decimal("41.95"), "installation": Decimal("18.333"), "power": Decimal("21.7"),
                "control_saving": Decimal("12.5"), "life_hours": 9100, "part_price": Decimal("7.77"),
                "part_labour": Decimal("3.05"), "maintenance_year": Decimal("0.85"), "disposal": Decimal("0.4"),
            },
        },
        {
            "name": "Lives longer than the study",
            "values": {
                "luminaires": 37, "price": 63, "installation": 18, "power": 14, "control_saving": 30,
                "life_hours": 80000, "part_price": 44, "part_labour": 3, "maintenance_year": 0, "disposal": 0,
            },
        },
    ],
}  # fmt: skip
CONTINUOUS = {
    **LAMPS,
    "buyer": {**LAMPS["buyer"], "timing": "continuous", "discount_rate": 4},
    "externalities": {
        "prices": {"co2": {"value": 0.0735, "unit": "EUR/kg", "date": 2026, "source": "invented for this test"}},
        "first_year": 2027,
        "external_costs": "counted",
    },
}
AT_NO_RATE = {**LAMPS, "buyer": {**LAMPS["buyer"], "timing": "continuous", "discount_rate": 0}}
CASES = {
    "lamps": LAMPS,
    "continuous": CONTINUOUS,
    "no-rate": AT_NO_RATE,
    **{sheet: example_of(sheet) for sheet in ("vehicles", "furniture", "heating", "imaging", "workwear")},
}


def cent(value):
    return float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.services
def test_libreoffice_shows_the_cent_of_the_engine(tmp_path):
    made = {
        f"{case}-{place}.xlsx": filled(data, offer, "fr")
        for case, data in CASES.items()
        for place, offer in enumerate(data["offers"])
    }
    worked_out = recalculated(made, tmp_path)
    for case, data in CASES.items():
        cells = cells_of(data, "fr")
        for place, result in enumerate(count(data).result.alternatives):
            content = worked_out[f"{case}-{place}.xlsx"]
            seen = [shown(content, cells, key) for key in ("lcc", "annual", "year_zero")]
            assert seen == [cent(result.lcc), cent(result.annual), cent(result.cash[0])], (case, result.name)
            if result.external_pv:
                assert shown(content, cells, "external") == cent(result.external_pv)


@pytest.mark.services
def test_an_empty_workbook_works_its_factors_out_and_calls_its_result_incomplete(tmp_path):
    worked_out = recalculated({"empty.xlsx": written(LAMPS, "nl")}, tmp_path)["empty.xlsx"]
    cells = cells_of(LAMPS, "nl")
    assert shown(worked_out, cells) == "onvolledig"
    page = openpyxl.load_workbook(io.BytesIO(worked_out), data_only=True)[cells.calculation.name]
    seen = {cell.value for row in page.iter_rows(min_col=2, max_col=2) for cell in row}
    assert any(isinstance(each, float) and abs(each - 1.025**-0.5) < 1e-12 for each in seen)


def test_only_the_tenderers_cells_are_open():
    cells = cells_of(LAMPS)
    book = openpyxl.load_workbook(io.BytesIO(written(LAMPS)))
    assert all(page.protection.sheet for page in book.worksheets)
    open_cells = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    rows = cells.value_rows.values()
    wanted = {named(row, column) for row in rows for column in (VALUE, PLACE)} | {named(NAME_ROW, VALUE)}
    assert open_cells == {("Offer", each) for each in wanted}


def test_a_cell_says_its_unit_its_bounds_and_the_proof_and_refuses_what_lies_beyond():
    cells = cells_of(LAMPS)
    page = openpyxl.load_workbook(io.BytesIO(written(LAMPS)))["Offer"]
    row = cells.value_rows["control_saving"] + 1
    assert [page.cell(row, column).value for column in (4, 5, 6)] == [
        "%", "from 0 to 80", "Calculation to the standard named",
    ]  # fmt: skip
    rule = next(each for each in page.data_validations.dataValidation if f"C{row}" in str(each.sqref))
    assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", 0, 80)
    choice = openpyxl.load_workbook(io.BytesIO(written(example_of("vehicles"))))["Offer"]
    lists = [each.formula1 for each in choice.data_validations.dataValidation if each.type == "list"]
    assert lists == ['"petrol,diesel,cng,electric,plug_in_petrol,plug_in_diesel"']


def test_every_parameter_says_where_it_comes_from():
    page = openpyxl.load_workbook(io.BytesIO(written(LAMPS)))["Parameters"]
    origins = {row[0].value: row[4].value for row in page.iter_rows(min_row=3) if row[0].value}
    assert set(origins) == {each.key for each in sheets()["indoor_lighting"].buyer}
    assert origins["electricity_price"] == "Value of the buyer; source: to be given"
    assert origins["renewable_share"] == "Assumption of the project"
    assert origins["co2_electricity"].endswith("(2023)")


def test_a_title_by_language_is_refused_by_name_and_not_printed_as_it_was_read():
    with pytest.raises(WrongValuesError) as refused:
        freeze({**LAMPS, "title": {"fr": "Lampes", "nl": "Lampen"}}, DAY)
    assert [each.place for each in refused.value.problems] == ["title"]
    assert "one title" in refused.value.problems[0].remedy


def test_a_value_that_the_buyer_wrote_is_his_even_where_it_equals_the_default():
    default = sheets()["indoor_lighting"].inputs["renewable_share"].default
    wrote = {**LAMPS, "buyer": {**LAMPS["buyer"], "renewable_share": default}}
    page = openpyxl.load_workbook(io.BytesIO(written(wrote)))["Parameters"]
    origins = {row[0].value: row[4].value for row in page.iter_rows(min_row=3) if row[0].value}
    assert origins["renewable_share"] == "Value of the buyer; source: to be given"
    assert freeze(wrote, DAY).digest == freeze(LAMPS, DAY).digest


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_same_parameters_give_the_same_bytes_and_the_same_digest_in_each_language(language):
    first, second = written(LAMPS, language), written(LAMPS, language)
    assert first == second
    said = " ".join(str(cell.value) for cell in openpyxl.load_workbook(io.BytesIO(first)).worksheets[0]["A"])
    assert freeze(LAMPS, DAY, language).digest == freeze(LAMPS, DAY).digest
    assert freeze(LAMPS, DAY).digest in said
    assert sheets()["indoor_lighting"].title.said(language) in said


@pytest.mark.parametrize("sheet", sorted(sheets()))
def test_every_sheet_has_its_workbook(sheet):
    book = openpyxl.load_workbook(io.BytesIO(written(example_of(sheet), "nl")))
    keys = {cell.value for cell in book["Offerte"]["A"]}
    assert keys >= {each.key for each in sheets()[sheet].tenderer}
    assert not any(each["name"] in str(row) for each in example_of(sheet)["offers"] for row in book["MPDI"].values)


def test_a_digest_changes_with_each_thing_that_is_frozen():
    whole = freeze(LAMPS, DAY)
    others = [
        freeze({**LAMPS, "buyer": {**LAMPS["buyer"], "electricity_price": Decimal("0.28741")}}, DAY),
        freeze({**LAMPS, "vat": "included"}, DAY),
        freeze(LAMPS, DAY + datetime.timedelta(days=1)),
        freeze(CONTINUOUS, DAY),
    ]
    assert len({whole.digest, *(each.digest for each in others)}) == 5
    written_otherwise = {**LAMPS, "offers": [], "buyer": {**LAMPS["buyer"], "discount_rate": Decimal("2.50")}}
    assert freeze(written_otherwise, DAY).digest == whole.digest
    assert freeze({**LAMPS, "title": "Another lot"}, DAY).digest == whole.digest, "a title decides nothing"


@pytest.mark.parametrize("case", sorted(CASES))
def test_kept_parameters_come_back_as_they_were(case):
    parameters = freeze(CASES[case], DAY)
    again = restored(parameters.text)
    assert again.digest == parameters.digest
    assert count(again.case(CASES[case]["offers"])).result == count(CASES[case]).result


def test_wrong_values_of_the_buyer_are_named_and_a_case_without_sheet_has_no_workbook():
    with pytest.raises(WrongValuesError) as refused:
        freeze({"sheet": "indoor_lighting", "buyer": {"years": 900, "hours_year": "much"}}, DAY)
    assert [each.place for each in refused.value.problems] == [
        "buyer.years", "buyer.hours_year", "buyer.electricity_price",
    ]  # fmt: skip
    with pytest.raises(NoSheetError):
        freeze({"years": 3, "discount_rate": 0, "alternatives": []}, DAY)
