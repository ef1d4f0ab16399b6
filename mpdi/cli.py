"""The command line: `mpdi …`."""

import click

from mpdi import __version__
from mpdi.clause_library.commands import clauses


@click.group()
@click.version_option(__version__)
def main() -> None:
    """MPDI: sustainable, innovative and SME-friendly public procurement."""


main.add_command(clauses)
