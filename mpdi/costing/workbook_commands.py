"""`mpdi lcc workbook` and `mpdi lcc read`: a file for tenderers, and what comes back of it."""

import datetime
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from mpdi.clock import today
from mpdi.command_line import print_json, say
from mpdi.costing.case_table import case_table
from mpdi.costing.commands import OutputMissingError, UnwritableOutputError, language_option
from mpdi.costing.evaluation import About, Evaluation, evaluated, evaluation_lines
from mpdi.costing.fault_words import UsageError, spoken_to
from mpdi.costing.files import count, read_data
from mpdi.costing.report import counted_as_data
from mpdi.costing.tender_parameters import TenderParameters, freeze
from mpdi.costing.winner import turns_of
from mpdi.costing.word_report import ReportLanguage, word_report
from mpdi.costing.workbook import write_tender_workbook
from mpdi.costing.workbook_case import CountedTenders, read_each
from mpdi.costing.workbook_package import LARGEST
from mpdi.costing.workbook_words import note
from mpdi.exceptions import DataFileError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.model import Language


class UnreadableFileError(UsageError, DataFileError):
    """A workbook that was named cannot be opened at all."""


@click.command("workbook")
@click.argument("case", type=click.Path(path_type=Path), metavar="SHEET|CASE")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write the .xlsx into this file."
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Day on which the parameters are frozen; today unless said.",
)
@language_option
@spoken_to
def workbook(case: Path, output: Path, day: datetime.datetime | None, language: Language) -> None:
    """Write the workbook that tenderers fill in; prints the digest of the buyer's parameters, to be published.

    CASE holds the buyer's values of a product sheet (offers in it are left out). SHEET, the name of a sheet, serves
    where each of its values has a default.
    """
    parameters = freeze(_case(case), day.date() if day else today(), language)
    _write(output, write_tender_workbook(parameters, language))
    click.echo(parameters.digest)
    for text in _not_fixed(parameters, language):
        say(text)


def _case(named: Path) -> Mapping[str, Any]:
    if str(named) in sheets():
        return {"sheet": str(named)}
    data = read_data(named)
    return {"sheet": data["id"]} if {"id", "flows", "tenderer"} <= set(data) else data


def _not_fixed(parameters: TenderParameters, language: Language) -> list[str]:
    return [
        note("not_fixed", language, label=each.label.said(language))
        for each in parameters.sheet.buyer
        if each.key not in parameters.buyer
    ]


@click.command("read")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE.xlsx...")
@click.option(
    "--digest", help="Digest of the parameters as published; without it all files must bear that of the first."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "docx"]),
    default="table",
    show_default=True,
    help="json prints JSON and nothing else; docx: the evaluation report (French, or Dutch), needs --output.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report into this file.")
@click.option(
    "--case",
    "case_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the case into this file, as JSON.",
)
@click.option("--award", "award_file", type=click.Path(path_type=Path), help="The award file: points beside the costs.")
@click.option("--authority", default="", help="Name of the authority, for the cover of the report.")
@click.option("--reference", default="", help="Reference of the contract, for the cover of the report.")
@click.option("--object", "bought", default="", help="Object of the contract, for the cover of the report.")
@language_option
@spoken_to
def read(
    files: tuple[Path, ...],
    digest: str | None,
    output_format: str,
    output: Path | None,
    case_file: Path | None,
    award_file: Path | None,
    authority: str,
    reference: str,
    bought: str,
    language: Language,
) -> None:
    """Read the workbooks of 1 to 40 tenderers, check every cell, and count them as one case.

    A workbook with a changed parameter, a missing or wrong value, a formula or a macro is set aside: file, cell, reason
    and remedy are said, and the others are ranked; the ranking then says that it is incomplete (exit 1). Where none is
    left, exit 2. What to look at besides goes to standard error.
    """
    if output_format == "docx" and output is None:
        raise OutputMissingError("no_report_output")
    tenders, refused = read_each([(path.name, _content(path)) for path in files], language, digest)
    rule = read_data(award_file) if award_file is not None else None
    held = evaluated(tenders.counted.result, len(files), refused, rule)
    about = About(authority.strip(), reference.strip(), bought.strip())
    names = tenders.refused_names
    held = replace(held, about=about, places=tenders.places, refused_names=names, evaluated_on=today())
    if case_file is not None:
        _write(case_file, (json.dumps(tenders.data, ensure_ascii=False, indent=2, default=_as_number) + "\n").encode())
    if output is not None and output_format == "docx":
        spoken: ReportLanguage = "nl" if language == "nl" else "fr"
        counted = count(tenders.data, spoken)
        day = tenders.tenders[0].parameters.date
        _write(output, word_report(counted, spoken, turns_of(counted), day, held))
    elif output_format == "json":
        print_json(_as_data(tenders, held))
    else:
        for line in (*evaluation_lines(held, language), *case_table(tenders.counted, None, language)):
            click.echo(line)
    for text in (*map(str, refused), *(tenders.notes if output_format != "json" else ())):
        say(text)
    sys.exit(1 if refused else 0)


def _as_data(tenders: CountedTenders, held: Evaluation) -> dict[str, Any]:
    data = {**counted_as_data(tenders.counted), "notes": list(tenders.notes)}
    data["refused"] = [
        {"file": each.file, "cell": each.cell, "message": each.message, "remedy": each.remedy} for each in held.refused
    ]
    data["is_complete"] = not held.refused
    if held.rule is not None:
        data["points"] = [
            {"offer": each.name, "points": None if each.points is None else float(each.points), "place": each.place}
            for each in held.awarded
        ]
    return data


def _content(path: Path) -> bytes:
    """A byte more than is allowed is enough to be refused as too large."""
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableFileError("no_workbook", path=path, reason=error.strerror) from error


def _as_number(value: object) -> float | int:
    if not isinstance(value, Decimal):
        raise TypeError(f"a case holds no {type(value).__name__}")
    return int(value) if value == value.to_integral_value() else float(value)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableOutputError("not_written", path=path, reason=error.strerror) from error
