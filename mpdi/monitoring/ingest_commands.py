"""`mpdi notices ingest`, `reread`, `buyers`."""

import os
import sys
import time
from typing import Any

import click

from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.config import load_settings
from mpdi.database import Database
from mpdi.monitoring import buyer_operations
from mpdi.monitoring.clause_commands import find_in_all, find_option
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import IngestReport, ingest, ingest_again
from mpdi.monitoring.models import BuyerSpelling
from mpdi.monitoring.queries import doubtful_ties, proposals
from tender_parsers.sources import LeftOut

_SECONDS_ON_A_TERMINAL, _SECONDS_IN_A_LOG = 0.5, 15.0
_SHOWN = 50
"""How many faults are printed; the JSON names a thousand."""

_processes = click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="one a processor",
    help="How many processes read.",
)


class _Progress:
    """Says how far it is on standard error: one line that changes on a terminal, a line now and then in a log."""

    def __init__(self) -> None:
        self._is_terminal = sys.stderr.isatty()
        self._last = time.monotonic()

    def __call__(self, report: IngestReport) -> None:
        wait = _SECONDS_ON_A_TERMINAL if self._is_terminal else _SECONDS_IN_A_LOG
        if time.monotonic() - self._last < wait:
            return
        self._last = time.monotonic()
        line = f"{report.documents:,} documents; {_counts(report)}"
        click.echo(f"\r{line}\x1b[K" if self._is_terminal else line, err=True, nl=not self._is_terminal)

    def end(self) -> None:
        """Clear the line."""
        if self._is_terminal:
            click.echo("\r\x1b[K", err=True, nl=False)


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@_processes
@find_option
@format_option
def ingest_command(paths: tuple[str, ...], processes: int, is_finding: bool, output_format: str) -> None:
    """Take in the notices of files, folders and archives, each notice and version once.

    May be repeated, and ended at any moment: what was read is not read again. Exit 0: all read; 1: something was left
    out; 2: nothing could be read.
    """
    database, progress = open_database(), _Progress()
    report = ingest(database, paths, ReadingPlan(load_settings().home), processes, progress)
    progress.end()
    if is_finding:
        find_in_all(database)
    _finish(database, report, output_format)


@click.command("reread")
@_processes
@find_option
@format_option
def reread_command(processes: int, is_finding: bool, output_format: str) -> None:
    """Read the kept originals again that an older parser or older rules read."""
    database, progress = open_database(), _Progress()
    report = ingest_again(database, ReadingPlan(load_settings().home), processes, progress)
    progress.end()
    if is_finding:
        find_in_all(database)
    _finish(database, report, output_format, is_empty_fine=True)


def _finish(database: Database, report: IngestReport, output_format: str, is_empty_fine: bool = False) -> None:
    with database.writing() as session:
        waiting = buyer_operations.recognise_buyers(session)
    if output_format == "json":
        print_json(_as_json(report))
    else:
        _print(report, waiting)
    with database.reading() as session:
        if doubtful := doubtful_ties(session):
            say(
                f"{doubtful:,} procedures hold notices of several buyers under several identifiers: look at their names."
            )
    nothing = not (report.notices.new or report.notices.again or report.notices.known or report.skipped)
    sys.exit(2 if nothing and not is_empty_fine else int(bool(report.faults)))


def _print(report: IngestReport, waiting: int) -> None:
    for fault in report.left_out[:_SHOWN]:
        say(fault.message)
    total = sum(report.faults.values())
    if total > _SHOWN:
        say(f"… and {total - _SHOWN:,} more.")
    click.echo(f"{report.documents:,} documents, {report.skipped:,} of them read before; {_counts(report)}.")
    if total:
        click.echo("Left out: " + ", ".join(f"{kind} {count:,}" for kind, count in report.faults.most_common()) + ".")
    if waiting:
        click.echo(f"{waiting:,} buyers resemble an authority: see mpdi notices buyers.")


def _counts(report: IngestReport) -> str:
    found = report.notices
    return f"notices: {found.new:,} new, {found.again:,} read again, {found.known:,} known"


def _as_json(report: IngestReport) -> dict[str, Any]:
    return {
        "documents": report.documents,
        "skipped": report.skipped,
        "new": report.notices.new,
        "again": report.notices.again,
        "known": report.notices.known,
        "left_out": [_fault(fault) for fault in report.left_out],
        "left_out_by_kind": dict(report.faults),
    }


def _fault(fault: LeftOut) -> dict[str, Any]:
    return {"name": fault.name, "kind": fault.kind, "message": fault.message, "offset": fault.offset}


@click.command("buyers")
@click.option("--confirm", type=int, metavar="NUMBER", help="It is the authority proposed, or that of --authority.")
@click.option("--refuse", type=int, metavar="NUMBER", help="It is not the authority proposed.")
@click.option("--authority", metavar="ID", help="With --confirm: another authority of the register.")
@click.option(
    "--by",
    "who",
    default="mpdi notices",
    show_default=True,
    help="Who decides: a function, not the name of a person; it is kept.",
)
@format_option
def buyers_command(
    confirm: int | None, refuse: int | None, authority: str | None, who: str, output_format: str
) -> None:
    """List buyers that resemble an authority of the register, or decide about one of them."""
    if confirm is not None and refuse is not None:
        raise click.UsageError("Decide about one at a time: --confirm or --refuse.")
    database = open_database()
    if confirm is not None:
        with database.writing() as session:
            spelling = buyer_operations.confirm(session, confirm, who, authority)
            say(f"“{spelling.name}” is {spelling.authority_id}.")
        return
    if refuse is not None:
        with database.writing() as session:
            say(f"“{buyer_operations.refuse(session, refuse, who).name}” stays a buyer of its own.")
        return
    with database.reading() as session:
        rows = [_proposal(spelling, notices) for spelling, notices in proposals(session)]
    if output_format == "json":
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['number']}\t{row['name']}\t{row['proposed']}\t{row['likeness']}\t{row['notices']} notices")


def _proposal(spelling: BuyerSpelling, notices: int) -> dict[str, Any]:
    return {
        "number": spelling.id,
        "name": spelling.name,
        "proposed": spelling.proposed_id,
        "likeness": spelling.likeness,
        "notices": notices,
    }
