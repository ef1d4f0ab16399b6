"""Ten people at once on two server processes: nothing fails, nothing is lost. `make bench` does it with fifty."""

import importlib.util
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

pytestmark = pytest.mark.services
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch):
    if importlib.util.find_spec("gunicorn") is None:
        pytest.skip("needs the package “gunicorn” (extra “server”)")
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import load

    yield load
    for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_ten_people_for_ten_seconds_lose_nothing(load, database_url: str, tmp_path: Path):
    assert make_url(database_url).get_backend_name() == "postgresql"
    told, differences = load.run(tmp_path, database_url, people=10, seconds=10)
    assert told.wrong == {}
    assert differences == []
    assert told.done["asked"] > 0
    assert sum(told.done.values()) >= 10
