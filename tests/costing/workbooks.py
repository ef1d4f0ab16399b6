"""Workbooks of tenderers for tests: written, filled in as a person does, and worked out by LibreOffice."""

import datetime
import io
from pathlib import Path

import openpyxl
from libreoffice import convert

from mpdi.costing.tender_parameters import freeze
from mpdi.costing.workbook import write_tender_workbook
from mpdi.costing.workbook_layout import NAME_ROW, VALUE, workbook_cells

DAY = datetime.date(2026, 12, 1)


def cells_of(data, language="en"):
    """The layout of the workbook of a case."""
    return workbook_cells(freeze(data, DAY), language)


def written(data, language="en"):
    return write_tender_workbook(freeze(data, DAY), language)


def filled(data, offer, language="en", change=None):
    """The workbook of a case with the values of an offer; `change` may do with it what a tenderer should not."""
    cells = cells_of(data, language)
    book = openpyxl.load_workbook(io.BytesIO(written(data, language)))
    page = book[cells.offer.name]
    page.cell(NAME_ROW + 1, VALUE + 1).value = offer["name"]
    for key, value in offer["values"].items():
        cell = page.cell(cells.value_rows[key] + 1, VALUE + 1)
        cell.value = value if isinstance(value, str) else float(value)
    if change is not None:
        change(book, cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def recalculated(contents, folder):
    """Files by name, opened and saved by LibreOffice, which works every formula out; skipped where it is absent."""
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name, content in contents.items():
        (before / name).write_bytes(content)
    convert(sorted(before.iterdir()), "xlsx", after, timeout=300)
    return {path.name: path.read_bytes() for path in Path(after).iterdir()}


def shown(content, cells, key="lcc"):
    """What a workbook shows as a result: `lcc`, `annual`, `year_zero`, in this order under one another."""
    page = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[cells.offer.name]
    return page.cell(cells.lcc_row + 1 + ("lcc", "annual", "year_zero", "external").index(key), VALUE + 1).value
