"""`mpdi clauses check` and `register`: on the files alone, without the database, search or the portal."""

import sys

import click

from mpdi import clock
from mpdi.clause_library.core.checks import check_files
from mpdi.clause_library.core.drafts import write_missing_registers
from mpdi.clause_library.core.reference_data import read_reference_data
from mpdi.command_line import say
from mpdi.resources import folder


@click.command()
@click.argument("identifiers", nargs=-1)
def check(identifiers: tuple[str, ...]) -> None:
    """Validate every clause file (or those of IDENTIFIERS): file, key, what is wrong, how to mend it."""
    problems = check_files(folder("clauses"), identifiers)
    for problem in problems:
        click.echo(str(problem))
    blocking = sum(problem.severity == "block" for problem in problems)
    say(f"{blocking} to mend, {len(problems) - blocking} to read.")
    sys.exit(1 if blocking else 0)


@click.command()
def register() -> None:
    """Write a first register entry beside each text that has none: in review, nothing read yet."""
    written = write_missing_registers(folder("clauses"), read_reference_data(folder("clauses")), clock.today())
    for path in written:
        say(str(path))
