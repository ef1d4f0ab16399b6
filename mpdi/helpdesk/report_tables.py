"""Figures as CSV for a spreadsheet: semicolons, as Belgian Excel reads them, and no cell that could be taken for a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

from mpdi.helpdesk.reports import Delay, Rate, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADER = (
    "section", "code", "numerator", "denominator", "total", "rate", "coverage", "answered", "median_working_hours",
    "p90_working_hours",
)
Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV with a byte-order mark, so that a spreadsheet reads the accents."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + target.getvalue()


def safe_cell(cell: Cell) -> str:
    """Return a cell as text: figures with a point, and a text that begins like a formula with an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def report_rows(report: Report) -> list[Sequence[Cell]]:
    """Return every figure of a report, one a line, with its numerator, denominator and coverage."""
    rows: list[Sequence[Cell]] = [HEADER]
    rows.append(("period", f"{report.period.first}/{report.period.last}", report.total))
    rows.append(("all", "all", *_rate(Rate(report.total, report.total, report.total)), *_delay(report.delay)))
    rows += [("week", week.monday.isoformat(), week.asked, None, None, None, None, week.answered) for week in report.weeks]
    for part in report.breakdowns:
        rows += [(part.dimension, row.code, *_rate(row.rate), *_delay(row.delay)) for row in part.rows]
        rows.append((part.dimension, "not_stated", part.total - part.known, None, part.total))
    rows.append(("route_right", "all", *_rate(report.route_right)))
    rows.append(("suggestion_spared_question", "all", *_rate(report.suggestions)))
    rows += [("article_shown_and_enough", each.slug, *_rate(each.helped)) for each in report.articles]
    return rows


def _rate(rate: Rate) -> tuple[Cell, ...]:
    return rate.numerator, rate.denominator, rate.total, rate.value, rate.coverage


def _delay(delay: Delay) -> tuple[Cell, ...]:
    return delay.answered, delay.median, delay.ninth_decile
