"""Where the program `mpdi` begins: with the whole command line, or with the one command that is wanted on its own.

The whole command line loads the portal, which takes seconds. Who writes a clause runs `mpdi clauses check` after every
sentence, and that needs nothing but the files.
"""

import importlib
import sys

import click

from mpdi.clause_library.check_commands import check
from mpdi.command_line import MpdiGroup


def main() -> None:
    """Run `mpdi` with the arguments of the process; what each command does is told by `mpdi --help`."""
    if sys.argv[1:3] == ["clauses", "check"]:
        alone = click.Group("clauses", commands=[check])
        MpdiGroup("mpdi", commands=[alone])(prog_name="mpdi")
    importlib.import_module("mpdi.cli").main(prog_name="mpdi")
