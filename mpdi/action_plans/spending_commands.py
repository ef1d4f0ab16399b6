"""`mpdi plans spending`: a list of invoices or contracts becomes the spending of a profile."""

import json
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from mpdi import clock
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.figure_words import money
from mpdi.action_plans.core.line_counting import count_lines
from mpdi.action_plans.core.line_counts import LeftLine, SpendingCount
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.core.spending_notes import spreadsheet_note
from mpdi.action_plans.core.spreadsheet import open_spreadsheet
from mpdi.action_plans.core.spreadsheet_columns import ColumnMap, Guess, guess_columns
from mpdi.action_plans.core.typed_columns import read_columns, written_columns
from mpdi.clause_library.core import strict_yaml
from mpdi.command_line import format_option, print_json, say
from mpdi.csv_text import csv_text
from mpdi.exceptions import MpdiError

_SHOWN = 20


class SpendingFileError(MpdiError):
    """A file of `mpdi plans spending` cannot be read, or would be written over."""


@click.command("spending")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--columns", default="", help="amount=D,category=B,date=A,…: letters or heads; without it, a proposal is printed."
)
@click.option("--sheet", default="", help="The sheet; without it, the one whose columns are recognised best.")
@click.option("--head", type=click.IntRange(0), help="The row of the heads; 0: there is none.")
@click.option("--decimal", type=click.Choice([",", "."]), help="What parts decimals where 1.234 alone does not tell.")
@click.option("--from", "first_year", type=click.IntRange(1990, 2100), help="The first year to count.")
@click.option("--to", "last_year", type=click.IntRange(1990, 2100), help="The last year to count.")
@click.option("--years", type=click.IntRange(1, 50), default=1, help="How many years it covers, without dates in it.")
@click.option("--profile", type=click.Path(path_type=Path), help="A PROFILE.yaml to complete; its labels are used.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The PROFILE.yaml to write.")
@click.option("--left", type=click.Path(path_type=Path, dir_okay=False), help="Every line not counted, as .csv.")
@format_option
def spending(
    file: Path,
    columns: str,
    sheet: str,
    head: int | None,
    decimal: Any,
    first_year: int | None,
    last_year: int | None,
    years: int,
    profile: Path | None,
    output: Path | None,
    left: Path | None,
    output_format: str,
) -> None:
    """Add a FILE.xlsx or .csv of invoices or contracts up to yearly spending by category; exit 1 to confirm columns."""
    for target in (output, left):
        if target is not None and target.exists():
            raise SpendingFileError(f"{target}: is there already and may hold work. Give another name, or remove it.")
    read = _profile(profile) if profile else None
    try:
        with file.open("rb") as stream:
            opened = open_spreadsheet(file.name, stream)
            guess = guess_columns(opened, sheet)
            if not columns:
                _propose(file, guess)
                sys.exit(1)
            asked = replace(
                guess.columns,
                head=guess.columns.head if head is None else head,
                columns=read_columns(columns, guess.heads),
                decimal=decimal or guess.columns.decimal,
                first_year=first_year,
                last_year=last_year,
                years=years,
            )
            count = count_lines(opened.rows(asked.sheet), asked, read.spending_labels if read else {})
    except OSError as error:
        raise SpendingFileError(f"{file}: cannot be read ({error.strerror}). Give the .xlsx or .csv.") from error
    if output_format == "json":
        print_json(_as_json(count, asked))
    else:
        _tell(count)
    _write(file, count, read, output, left)


def _propose(file: Path, guess: Guess) -> None:
    for place, name in guess.named.items():
        shown = " | ".join(str(line.cells[place].value)[:30] for line in guess.lines[:3] if place in line.cells)
        say(f"  {name}: {shown}")
    columns = guess.columns
    sheet = f' --sheet "{columns.sheet}"' if columns.sheet else ""
    say(f"Nothing is counted yet. Heads: row {columns.head or 'none'}. To confirm, or change what is wrong:")
    click.echo(f'mpdi plans spending "{file}" --columns {written_columns(columns) or "amount=D,category=B"}{sheet}')


def _tell(count: SpendingCount) -> None:
    for each in count.categories:
        contracts = "" if each.contracts is None else f", {each.contracts} contracts a year"
        click.echo(f"{each.category}: {each.yearly} EUR a year ({each.lines} lines, {each.amount} EUR{contracts})")
    say(f"Counted: {count.lines} lines, {count.amount} EUR, divided by {count.covered_years.normalize():f} years.")
    amounts = " + ".join(money(amount, currency).fr for currency, amount in count.left_amounts().items())
    say(f"Not counted: {len(count.left)} lines ({amounts or 'no amount'}; subtotals apart).")
    for reason, lines in count.left_by_reason.items():
        say(f"  {reason}: {lines}")
    for line in count.left[:_SHOWN]:
        say(f"  row {line.row}, {line.reason}: {line.said}")
    if len(count.left) > _SHOWN:
        say(f"  … and {len(count.left) - _SHOWN} more: --left FILE.csv lists every one.")
    if count.labels:
        say("Labels without a category, for spending_labels of the profile, the largest first:")
        for label in count.labels[:_SHOWN]:
            say(f"  {label.label}: {label.amount} EUR in {label.lines} lines")


def _as_json(count: SpendingCount, columns: ColumnMap) -> dict[str, Any]:
    return {
        "columns": written_columns(columns),
        "spending": [
            {
                "category": str(each.category),
                "yearly": str(each.yearly),
                "amount": str(each.amount),
                "lines": each.lines,
                "contracts": each.contracts,
            }
            for each in count.categories
        ],
        "lines": count.lines,
        "amount": str(count.amount),
        "years": {str(year): {"lines": lines, "amount": str(total)} for year, (lines, total) in count.years.items()},
        "covered_years": str(count.covered_years),
        "not_counted": [
            {**each._asdict(), "amount": None if each.amount is None else str(each.amount)} for each in count.left
        ],
        "labels": [{**each._asdict(), "amount": str(each.amount)} for each in count.labels],
    }


def _profile(path: Path) -> PlanProfile:
    data = strict_yaml.read(path)
    version = data.get("canevas") if isinstance(data, dict) else None
    try:
        return read_profile(data, edition_canevas(str(version or "")), clock.today())
    except ProfileError as error:
        raise ProfileError([f"{path}: {problem}" for problem in error.problems]) from error


def _write(file: Path, count: SpendingCount, read: PlanProfile | None, output: Path | None, left: Path | None) -> None:
    if left is not None:
        _save(left, left_csv(count.left))
    if output is None:
        return
    note = spreadsheet_note(file.name, count, read.language if read else "fr")
    if read is not None:
        _save(output, profile_text(replace(read, spending=count.spending, spending_note=note)))
        return
    rows = [
        f"  - {{category: {each.category}, amount: {each.amount}"
        + (f", contracts: {each.contracts}}}" if each.contracts is not None else "}")
        for each in count.spending
    ]
    # text of JSON is text of YAML
    lines = ["spending:" if rows else "spending: []", *rows, f"spending_note: {json.dumps(note, ensure_ascii=False)}"]
    _save(output, _BEGINNING + "\n".join(lines) + "\n")


_BEGINNING = """authority: {name: …, type: local}      # to complete
period: {from: 2027-01-01, to: 2028-12-31}   # to complete
"""


def left_csv(lines: "tuple[LeftLine, ...]") -> str:
    """Return every line that is not counted as CSV."""
    head = ("row", "reason", "amount", "currency", "line")
    rows = ((each.row, str(each.reason), _figure(each.amount), each.currency, each.said) for each in lines)
    return csv_text([head, *rows])


def _figure(amount: Decimal | None) -> float | None:
    """A figure of a spreadsheet: as text, a credit note would look like a formula."""
    return None if amount is None else float(amount)


def _save(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise SpendingFileError(f"{path}: cannot be written ({error.strerror}). Choose a folder of yours.") from error
    say(str(path))
