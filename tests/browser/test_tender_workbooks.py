"""Workbooks of tenderers in a browser: two that came back are counted, one that was not filled in is refused with its cell."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mpdi import clock
from mpdi.costing.examples import example_of
from mpdi.costing.tender_parameters import freeze
from mpdi.costing.workbook import write_tender_workbook
from mpdi.costing.workbook_layout import NAME_ROW, VALUE, workbook_cells

pytestmark = pytest.mark.browser


def filled(folder: Path, offer: Any) -> Path:
    parameters = freeze(example_of("vending"), clock.today())
    cells = workbook_cells(parameters, "fr")
    book = openpyxl.load_workbook(io.BytesIO(write_tender_workbook(parameters, "fr")))
    sheet = book[cells.offer.name]
    sheet.cell(NAME_ROW + 1, VALUE + 1).value = offer["name"]
    for key, value in offer["values"].items():
        sheet.cell(cells.value_rows[key] + 1, VALUE + 1).value = float(value)
    book.save(folder / f"{offer['name']}.xlsx")
    return folder / f"{offer['name']}.xlsx"


@pytest.mark.parametrize(("language", "width", "scripts"), [("fr", 360, True), ("nl", 1280, True), ("nl", 360, False)])
def test_workbooks_are_read_and_refused(
    visit: Callable[..., Page], tmp_path: Path, language: str, width: int, scripts: bool
) -> None:
    page = visit("/life-cycle-cost/workbooks", language=language, width=width, scripts=scripts)
    files = [filled(tmp_path, offer) for offer in example_of("vending")["offers"]]
    empty = filled(tmp_path, {"name": "none", "values": {}})
    for chosen, seen in (([], "h1"), (files, "#result-title"), ([empty], "#refused")):
        if chosen:
            page.locator("#files").set_input_files(chosen)
            page.locator("main button[type=submit]").first.click()
        expect(page.locator(seen)).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{seen} is {wide} px too wide at {width}"
        if scripts:  # axe is a script itself
            found = Axe().run(page)
            assert found.violations_count == 0, f"{seen}: {found.generate_report()}"
    expect(page.locator("#refused")).to_contain_text("none.xlsx, Offre!C8")
