"""What `mpdi init` says while it works: nobody waits before a silent screen."""

import pytest
from click.testing import CliRunner

from mpdi import cli
from mpdi.clause_library.operations import LoadReport


class SearchBegunError(Exception):
    """The slow part has begun."""


def test_init_says_that_the_search_takes_minutes_before_it_does(tmp_path, monkeypatch: pytest.MonkeyPatch):
    def slow(*_args: object) -> None:
        raise SearchBegunError

    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.setattr(cli, "_load", lambda _database: LoadReport((), (), 0))
    monkeypatch.setattr(cli, "create_app", slow)
    result = CliRunner().invoke(cli.main, ["init"])
    assert isinstance(result.exception, SearchBegunError)
    assert "Building the search (about two minutes)" in result.output
