"""Figures as rows for a spreadsheet. Pure."""

from collections.abc import Callable, Sequence

from mpdi.csv_text import Cell
from mpdi.helpdesk.reports import Delay, Rate, Report

HEADER = (
    "section", "code", "words", "numerator", "denominator", "total", "rate", "coverage", "answered", "median_working_hours",
    "p90_working_hours",
)


Words = Callable[[str, str], str]
"""What a code of a section is called, in the language of whoever reads."""


def report_rows(report: Report, words: Words) -> list[Sequence[Cell]]:
    """Return every figure of a report, one a line, with its words, numerator, denominator and coverage."""
    return [HEADER, *((section, code, words(section, code), *cells) for section, code, *cells in _figures(report))]


def _figures(report: Report) -> list[tuple[str, str, *tuple[Cell, ...]]]:
    """Return section, code and figures of every line."""
    rows: list[tuple[str, str, *tuple[Cell, ...]]] = [
        ("period", f"{report.period.first}/{report.period.last}", report.total),
        ("all", "all", *_rate(Rate(report.total, report.total, report.total)), *_delay(report.delay)),
    ]
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
