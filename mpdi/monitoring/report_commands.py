"""`mpdi report …`."""

import datetime
import json
import sys
from pathlib import Path

import click

from mpdi.command_line import open_database, say
from mpdi.csv_text import csv_text
from mpdi.monitoring.report_queries import Scope
from mpdi.monitoring.uptake_book import uptake_workbook
from mpdi.monitoring.uptake_document import uptake_docx
from mpdi.monitoring.uptake_report import LEVELS, UptakeReport, uptake_report
from mpdi.monitoring.uptake_rows import as_json, as_rows
from mpdi.monitoring.uptake_words import ReportLanguage

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("report")
def report() -> None:
    """Reports on what the notices say."""


@report.command("uptake")
@click.option("--from", "first", type=_DAY, required=True, help="First day, 2026-01-31.")
@click.option("--to", "last", type=_DAY, required=True, help="Last day; any period: a quarter, two years.")
@click.option("--authority", metavar="ID", help="Notices of one authority of the register.")
@click.option("--level", type=click.Choice(LEVELS), help="Notices of the authorities of one level of the register.")
@click.option(
    "--needs-from",
    type=click.IntRange(min=2),
    help="From how many buyers on a need bought apart is told (a default of the project: 5).",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["json", "docx", "xlsx", "csv"]),
    default="json",
    show_default=True,
    help="json and csv: every rate; docx: the report to hand in; xlsx: its tables, and every rate.",
)
@click.option("--language", type=click.Choice(["fr", "nl"]), default="fr", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; docx and xlsx need one."
)
def uptake_command(
    first: datetime.datetime,
    last: datetime.datetime,
    authority: str | None,
    level: str | None,
    needs_from: int | None,
    output_format: str,
    language: ReportLanguage,
    output: Path | None,
) -> None:
    """Report how many purchases are sustainable, innovative and open to small firms.

    Counts procedures whose notices are of these days; of each rate it gives numerator, denominator, coverage, and the
    bounds that missing data allow. Where there is no notice to count nothing is written: exit 2.
    """
    if authority is not None and level is not None:
        raise click.UsageError("Choose whose notices: --authority or --level.")
    if output is None and output_format in ("docx", "xlsx"):
        raise click.UsageError(f"A {output_format} file needs a name: --output FILE.")
    database = open_database()
    with database.reading() as session:
        found = uptake_report(session, Scope(first.date(), last.date(), authority, level), many=needs_from)
    data = _written(found, output_format, language)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    output.write_bytes(data)
    say(
        f"{output}: {found.counts.procedures:,} procedures, {found.counts.lots:,} lots, {found.counts.notices:,} notices."
    )


def _written(found: UptakeReport, output_format: str, language: ReportLanguage) -> bytes:
    if output_format == "docx":
        return uptake_docx(found, language)
    if output_format == "xlsx":
        return uptake_workbook(found, language)
    if output_format == "csv":
        return csv_text(as_rows(found.rates)).encode()
    return (json.dumps(as_json(found.rates), ensure_ascii=False, indent=1) + "\n").encode()
