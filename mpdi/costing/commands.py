"""`mpdi lcc …`."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import click

from mpdi.clock import today
from mpdi.command_line import format_option, print_json
from mpdi.costing.case_table import award_table, case_table
from mpdi.costing.fault_words import UsageError, file_fault, spoken_to
from mpdi.costing.files import count, read_award, read_data
from mpdi.costing.report import counted_as_data, sheet_as_data, sheet_lines
from mpdi.costing.result_book import case_workbook
from mpdi.costing.uncertainty import Spreads, look_at, read_spreads, spread
from mpdi.costing.uncertainty_words import uncertain_lines
from mpdi.costing.winner import turns_of
from mpdi.costing.word_report import word_report
from mpdi.lcc.award import award
from mpdi.lcc.errors import DistributionError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.model import Language

language_option = click.option(
    "--language",
    type=click.Choice(["fr", "nl", "en"]),
    default="en",
    show_default=True,
    help="Language of names and units.",
)


class OutputMissingError(UsageError):
    """A result that is a file has no file to be written into."""


class UnwritableOutputError(UsageError):
    """The file that was asked for cannot be written."""


@click.group("lcc")
def lcc() -> None:
    """Life-cycle cost: what offers cost over their life, beside what the budget of one year sees."""


@lcc.command("run")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "docx", "xlsx"]),
    default="table",
    show_default=True,
    help="json prints JSON and nothing else; docx (French, or Dutch with --language nl) and xlsx need --output.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file.")
@click.option(
    "--winner",
    is_flag=True,
    help="Say also which change of which number would change the winner (some seconds; not in xlsx).",
)
@click.option(
    "--uncertainty",
    "uncertain",
    multiple=True,
    metavar="COMPONENT=PERCENT|FILE",
    help="A spread both ways, such as energy=20 or discount_rate=1 (points), several times; or a file with spreads, seed, "
    "draws and inputs. Tornado, scenarios and seeded draws follow (not in xlsx).",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Day of the Word report and of the buyer's parameters in it; today unless said.",
)
@language_option
@spoken_to
def run(
    case: Path,
    output_format: str,
    output: Path | None,
    winner: bool,
    uncertain: tuple[str, ...],
    day: datetime.datetime | None,
    language: Language,
) -> None:
    """Count a CASE: the values of a product sheet, or the lines of each alternative (YAML or JSON)."""
    counted = count(read_data(case), language)
    turns = turns_of(counted) if winner else None
    looked_at = look_at(counted.case, counted.result, _spreads(uncertain)) if uncertain else None
    if output_format in ("docx", "xlsx"):
        if output_format == "xlsx":
            made = case_workbook(counted.case, counted.result, counted.filled, language)
        else:
            made = word_report(
                counted, "nl" if language == "nl" else "fr", turns, day.date() if day else today(), uncertain=looked_at
            )
        _write(output, made)
        return
    if output_format == "json":
        text = json.dumps(counted_as_data(counted, turns, looked_at), ensure_ascii=False, indent=2)
    else:
        names = [each.name for each in counted.result.alternatives]
        shown = uncertain_lines(looked_at, counted.result.winner.name, names, language) if looked_at else ()
        text = "\n".join([*case_table(counted, turns, language), *(["", *shown] if looked_at else [])])
    if output is None:
        click.echo(text)
        return
    _write(output, f"{text}\n".encode())


def _spreads(given: tuple[str, ...]) -> Spreads:
    """Files first, then single spreads, which go before those of a file."""
    files = [each for each in given if "=" not in each]
    if len(files) > 1:
        raise DistributionError(file_fault("one_file"))
    held = read_spreads(read_data(Path(files[0]))) if files else Spreads()
    single = (each.partition("=") for each in given if "=" in each)
    return replace(held, by_name={**held.by_name, **{name: spread(name, value) for name, _, value in single}})


def _write(output: Path | None, data: bytes) -> None:
    if output is None:
        raise OutputMissingError("no_output")
    try:
        output.write_bytes(data)
    except OSError as error:
        raise UnwritableOutputError("not_written", path=output, reason=error.strerror) from error


@lcc.command("sheets")
@format_option
@language_option
def list_sheets(output_format: str, language: Language) -> None:
    """List the product sheets: what the buyer fixes, what the tenderer gives, units, bounds, origin of each default."""
    if output_format == "json":
        print_json([sheet_as_data(sheet) for sheet in sheets().values()])
        return
    for sheet in sheets().values():
        for line in sheet_lines(sheet, language):
            click.echo(line)


@lcc.command("award")
@click.argument("award_file", type=click.Path(path_type=Path))
@format_option
@language_option
@spoken_to
def award_points(award_file: Path, output_format: str, language: Language) -> None:
    """Turn life-cycle costs into places and points by the formula of an AWARD.yaml."""
    rule, offers = read_award(read_data(award_file), award_file.parent)
    awarded = award(rule, offers)
    if output_format == "json":
        print_json(
            [
                {
                    "offer": each.name,
                    "lcc": float(each.lcc),
                    "points": None if each.points is None else float(each.points),
                    "place": each.place,
                    "tied": each.is_tied,
                    "compared": float(each.compared),
                }
                for each in awarded
            ]
        )
        return
    for line in award_table(rule, awarded, language):
        click.echo(line)
