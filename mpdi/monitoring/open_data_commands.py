"""`mpdi notices export`."""

from pathlib import Path

import click

from mpdi.command_line import open_database, say
from mpdi.config import load_settings
from mpdi.exceptions import MpdiError
from mpdi.monitoring.open_data_files import write_releases, write_tables
from mpdi.monitoring.open_data_queries import edition


class NothingToExportError(MpdiError):
    """No notice has been taken in."""


class CannotWriteError(MpdiError):
    """The file cannot be written where it should stand."""


@click.command("export")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["csv", "ocds"]),
    required=True,
    help="csv: a zip of tables with their dictionary; ocds: releases of OCDS 1.1.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; of OCDS one that ends in .jsonl holds a release a line, any other a package.",
)
def export_command(output_format: str, output: Path) -> None:
    """Write the notices that are counted as open data."""
    database = open_database()
    with database.reading() as session:
        if edition(session).notices == 0:
            raise NothingToExportError("No notice has been taken in yet. Run: mpdi notices ingest PATH…")
        try:
            if output_format == "csv":
                found = write_tables(session, output)
            else:
                address = f"{load_settings().public_address}/notices/open-data/releases.json"
                found = write_releases(session, output, address)
        except OSError as error:
            raise CannotWriteError(f"{output}: cannot be written ({error.strerror}).") from error
    say(f"{output}: {found.notices:,} notices.")
