"""Figures as rows for a spreadsheet. Pure."""

from collections.abc import Sequence

from mpdi.csv_text import Cell
from mpdi.helpdesk.reports import Delay, Rate, Report

HEADER = (
    "section", "code", "numerator", "denominator", "total", "rate", "coverage", "answered", "median_working_hours",
    "p90_working_hours",
)


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
