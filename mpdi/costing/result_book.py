"""A counted case as a workbook with live formulas: parameters, lines, years and result, each figure from the one before.

A reader who changes a yellow cell sees every figure follow; unchanged, the formulas give the engine's own cent.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.costing.result_book_lines import LinesPlan, discount_row, line_rows
from mpdi.costing.result_book_parameters import parameter_sheet
from mpdi.costing.result_book_result import result_sheet
from mpdi.costing.result_book_words import Say, words_in
from mpdi.costing.result_book_years import YearsPlan, year_rows
from mpdi.documents.calculation import CalculationSheet, Cell, Look, Number, Words, write_calculation
from mpdi.lcc.model import Case, Result
from mpdi.lcc.sheets.filling import FilledSheet
from mpdi.lcc.sheets.model import Language

DAY = datetime.date(2000, 1, 1)
"""The date in the file when no other is given: the same case gives the same bytes on any day."""


@dataclass(frozen=True, slots=True)
class _Names:
    parameters: str
    lines: str
    years: str
    result: str


def case_workbook(
    case: Case, result: Result, filled: FilledSheet | None, language: Language, day: datetime.date = DAY
) -> bytes:
    """Return the .xlsx of a counted case; the same case gives the same bytes."""
    say = words_in(language)
    names = _Names(*(say(key) for key in ("parameters", "lines", "by_year", "result")))
    lines = LinesPlan(case, names.lines, names.parameters, language)
    years = YearsPlan(lines, names.years)
    sheets = (
        result_sheet(result, lines, years, names.result, say),
        _year_sheet(result, years, say),
        _line_sheet(lines, result, say),
        parameter_sheet(case, filled, names.parameters, language),
    )
    return write_calculation(case.title or say("title"), day, sheets)


def _line_sheet(plan: LinesPlan, result: Result, say: Say) -> CalculationSheet:
    keys = ("offer", "line", "category", "amount", "first", "last", "growth", "lag", "present_value")
    head: tuple[Cell, ...] = (*(Words(say(key), Look.HEAD) for key in keys), *_year_numbers(plan.longest))
    rows = (head, discount_row(plan, say), *line_rows(plan, result, say))
    widths = (24.0, 30.0, 16.0, 15.0, 8.0, 8.0, 11.0, 9.0, 15.0, *[13.0] * (plan.longest + 1))
    return CalculationSheet(plan.name, widths, rows, frozen=(2, 2))


def _year_sheet(result: Result, plan: YearsPlan, say: Say) -> CalculationSheet:
    head: tuple[Cell, ...] = (Words(say("offer"), Look.HEAD), *_year_numbers(plan.lines.longest))
    widths = (40.0, *[13.0] * (plan.lines.longest + 1))
    return CalculationSheet(plan.name, widths, (head, *year_rows(result, plan, say)))


def _year_numbers(longest: int) -> Sequence[Cell]:
    return [Number(year, Look.HEAD_NUMBER) for year in range(longest + 1)]
