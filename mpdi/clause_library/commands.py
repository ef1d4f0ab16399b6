"""`mpdi clauses …`."""

import sys

import click

from mpdi.clause_library.core.checks import check_files
from mpdi.resources import folder


@click.group("clauses")
def clauses() -> None:
    """The clause library: check, list, show, search, compare, export."""


@clauses.command()
@click.argument("identifiers", nargs=-1)
def check(identifiers: tuple[str, ...]) -> None:
    """Validate every clause file (or those of IDENTIFIERS): file, key, what is wrong, how to mend it."""
    problems = check_files(folder("clauses"), identifiers)
    for problem in problems:
        click.echo(str(problem))
    blocking = sum(problem.severity == "block" for problem in problems)
    click.echo(f"{blocking} to mend, {len(problems) - blocking} to read.", err=True)
    sys.exit(1 if blocking else 0)
