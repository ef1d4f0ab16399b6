"""Taking notices in without detection, against libxml2 parsing the same bytes in the same run; memory over many.

Goal: at most 7 times the bare parse, processor time of one core, database and kept originals included; at most 250 MB.
The best of the rounds stands, each into an empty SQLite database.
"""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from benchmarks.notices import documents
from mpdi.database import Base, Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest

GOAL, MEGABYTES = 7.0, 250
_FIXTURES = Path(__file__).parents[1] / "tests" / "tender_parsers" / "fixtures"
_ROUNDS, _COPIES = 3, 10


def _seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def _ingest(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        database = Database(f"sqlite:///{name}/notices.sqlite3")
        Base.metadata.create_all(database.engine)
        ingest(database, [str(folder)], ReadingPlan(Path(name), with_detection=False), 1)
        database.engine.dispose()


def measure(inputs: Sequence[bytes]) -> tuple[float, float]:
    """Seconds for all: bare parse, ingestion."""
    with tempfile.TemporaryDirectory() as name:
        for number, data in enumerate(inputs):
            (Path(name) / f"{number:06}.xml").write_bytes(data)
        parsing = min(_seconds(lambda: [etree.fromstring(data) for data in inputs]) for _ in range(_ROUNDS))
        taking = min(_seconds(lambda: _ingest(Path(name))) for _ in range(_ROUNDS))
    return parsing, taking


def _print(name: str, inputs: Sequence[bytes]) -> None:
    parsing, taking = measure(inputs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"{name}: {len(inputs)} notices, parse {parsing / len(inputs) * 1000:.3f} ms, ingestion "
        f"{taking / parsing:.1f} x (goal {GOAL:.0f}); memory at the peak {peak:.0f} MB (goal {MEGABYTES})"
    )


def _renamed(data: bytes, copy: int) -> bytes:
    """The same under a name, and in a procedure, of its own: a repeat would not be written."""
    return data.replace(b"22222222-0000", b"22222222-%04d" % copy).replace(b"11111111-0000", b"11111111-%04d" % copy)


def main() -> None:
    """Print the ratios."""
    own = documents(_FIXTURES / "eforms")
    _print("own examples", [_renamed(data, copy) for copy in range(_COPIES) for data in own])
    reference = os.environ.get("MPDI_REFERENCE_DATA")
    if reference:
        _print("real eForms", documents(Path(reference) / "notices" / "eforms" / "real", "**/*.xml", 400))
