"""Fixtures of the accounts' tests."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mpdi import clock

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let time pass: `wait(hours=1)`; but for that the clock stands still."""
    moment = clock.now()

    def pass_time(**delta: float) -> None:
        nonlocal moment
        moment += datetime.timedelta(**delta)
        monkeypatch.setattr(clock, "now", lambda: moment)

    pass_time()
    return pass_time
