"""`mpdi clauses check` starts without the portal, and says and does what the whole command line would."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from mpdi.cli import main

PROBE = """
import atexit, sys
sys.argv = ["mpdi", *sys.argv[1:]]
atexit.register(lambda: print("portal" if "mpdi.app" in sys.modules else "alone", file=sys.stderr))
from mpdi.start import main
main()
"""


@pytest.mark.parametrize(
    ("arguments", "loaded"), [(["clauses", "check", "--help"], "alone"), (["clauses", "--help"], "portal")]
)
def test_only_what_is_needed_is_loaded_and_the_words_are_the_same(arguments, loaded):
    result = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True, timeout=120
    )
    assert result.stderr.split() == [loaded]
    whole = CliRunner().invoke(main, arguments, prog_name="mpdi").output
    assert result.stdout.splitlines()[:5] == whole.splitlines()[:5]  # how wide a terminal is changes what stands below
