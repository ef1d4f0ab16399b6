"""`mpdi notices watch`."""

import os
import sys
from typing import Any

import click

from mpdi import clock
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.config import load_settings
from mpdi.database import Database
from mpdi.monitoring.watching.models import WatchedSource, WatchOutcome
from mpdi.monitoring.watching.queries import watched
from mpdi.monitoring.watching.rounds import watch_rounds


@click.command("watch")
@click.option("--now", "is_forced", is_flag=True, help="Look at everything, whether it is due or not.")
@click.option("--state", "is_state", is_flag=True, help="Look at nothing: say how each source stands.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="one a processor",
    help="How many processes read.",
)
@format_option
def watch_command(is_forced: bool, is_state: bool, processes: int, output_format: str) -> None:
    """Take in what is new in the folders and at the addresses of the settings, those that are due.

    MPDI_WATCH_FOLDERS and MPDI_WATCH_ADDRESSES name them; where neither is set, nothing is watched. Exit 0: all went
    well, or nothing was due; 1: a source failed, or something in it gave no notice; 2: nothing is watched.
    """
    database = open_database()
    rounds = watch_rounds(load_settings(), database, processes)
    if not rounds.settings.is_on:
        say("Nothing is watched: set MPDI_WATCH_FOLDERS or MPDI_WATCH_ADDRESSES (docs/uptake/watching.md).")
        sys.exit(2)
    looked = _all(database) if is_state else rounds.round(is_forced)
    if output_format == "json":
        print_json([_as_json(each) for each in looked])
    else:
        for each in looked:
            click.echo(_line(each))
        if not looked:
            click.echo("No source is known yet." if is_state else "Nothing is due.")
    fine = (WatchOutcome.TAKEN.value, WatchOutcome.UNCHANGED.value, WatchOutcome.WAITING.value)
    sys.exit(int(any(each.outcome not in fine for each in looked)))


def _all(database: Database) -> list[WatchedSource]:
    with database.reading() as session:
        found = list(watched(session))
        session.expunge_all()
        return found


def _line(source: WatchedSource) -> str:
    counts = f"{source.notices_new:,} new, {source.notices_known:,} known, {source.left_out:,} left out"
    said = f" {source.message}" if source.message else ""
    return f"{source.outcome}\t{source.address}\t{counts}\tnext {_moment(source.next_at)}{said}"


def _moment(moment: Any) -> str | None:
    return clock.aware(moment).isoformat(timespec="seconds") if moment else None


def _as_json(source: WatchedSource) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "address": source.address,
        "outcome": source.outcome,
        "message": source.message,
        "tried_at": _moment(source.tried_at),
        "succeeded_at": _moment(source.succeeded_at),
        "next_at": _moment(source.next_at),
        "failures": source.failures,
        "size": source.size,
        "new": source.notices_new,
        "known": source.notices_known,
        "left_out": source.left_out,
    }
