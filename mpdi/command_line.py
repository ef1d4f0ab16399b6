"""What every command shares: the database, output on the right stream, errors as messages, exit codes."""

import json
import sys
from collections.abc import Iterator
from typing import Any, TypeVar

import click

from mpdi.config import load_settings
from mpdi.database import Database
from mpdi.exceptions import MpdiError

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json prints JSON and nothing else.",
)


Item = TypeVar("Item")


class MpdiGroup(click.Group):
    """A group whose commands turn our errors into a message on standard error and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an `MpdiError` is a message, never a stack trace."""
        try:
            return super().invoke(ctx)
        except MpdiError as error:
            say(str(error))
            sys.exit(2)


def say(text: str) -> None:
    """Print a message on standard error."""
    click.echo(text, err=True)


def show_progress(items: list[Item]) -> Iterator[Item]:
    """Go through the items; a bar on standard error says how far it is and how long it will take, on a terminal."""
    with click.progressbar(items, file=sys.stderr, show_eta=True) as watched:
        yield from watched


def print_json(data: Any) -> None:
    """Print data as JSON on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def open_database() -> Database:
    """Return the database of this installation; `DatabaseNotReadyError` before `mpdi init`."""
    database = Database(load_settings().database_url)
    database.require_tables()
    return database
