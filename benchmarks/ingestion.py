"""Taking notices in, against libxml2 parsing the same bytes in the same run; memory over few notices and over many.

Goal: without detection at most 7 times the bare parse, processor time of one core (what is started included), SQLite
and kept originals included; at most 250 MB whatever the number. Each round does every part in turn, so that what else
runs on the machine weighs on all of them; the best of the rounds stands. Each ingestion goes into an empty database,
whose tables are made before the clock starts: `mpdi init` makes them, once. With detection it is measured apart, in one round.
"""

import multiprocessing
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
from tender_parsers import iter_notices

GOAL, MEGABYTES = 7.0, 250
_FIXTURES = Path(__file__).parents[1] / "tests" / "tender_parsers" / "fixtures"
_ROUNDS, _COPIES, _MANY = 3, 10, 100


def _seconds(action: Callable[[], object]) -> float:
    """Processor time of this process and of those that it started and awaited."""
    before = _spent()
    action()
    return _spent() - before


def _spent() -> float:
    awaited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + awaited.ru_utime + awaited.ru_stime


def _parse(inputs: Sequence[bytes]) -> None:
    for data in inputs:
        etree.fromstring(data)


def _read(folder: Path) -> None:
    for _ in iter_notices(folder):
        pass


def _seconds_to_ingest(folder: Path, with_detection: bool) -> float:
    with tempfile.TemporaryDirectory() as name:
        database = Database(f"sqlite:///{name}/notices.sqlite3")
        Base.metadata.create_all(database.engine)
        plan = ReadingPlan(Path(name), with_detection)
        try:
            return _seconds(lambda: ingest(database, [str(folder)], plan, 1))
        finally:
            database.engine.dispose()


def measure(inputs: Sequence[bytes], folder: Path, rounds: int = _ROUNDS) -> tuple[float, float, float, float]:
    """Seconds for notices that lie in a folder: bare parse (in memory), reading, ingestion, ingestion with detection."""
    made = [
        (
            _seconds(lambda: _parse(inputs)),
            _seconds(lambda: _read(folder)),
            _seconds_to_ingest(folder, with_detection=False),
        )
        for _ in range(rounds)
    ]
    parsing, reading, taking = (min(each) for each in zip(*made, strict=True))
    return parsing, reading, taking, _seconds_to_ingest(folder, with_detection=True)


def _peak(inputs: Sequence[bytes]) -> int:
    """Bytes at the peak of a process that does nothing but take these in."""
    with tempfile.TemporaryDirectory() as name:
        _seconds_to_ingest(_written(Path(name), inputs), with_detection=False)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _written(folder: Path, inputs: Sequence[bytes]) -> Path:
    for number, data in enumerate(inputs):
        (folder / f"{number:06}.xml").write_bytes(data)
    return folder


def _print(name: str, inputs: Sequence[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        parsing, reading, taking, detecting = measure(inputs, _written(Path(folder), inputs))
    print(
        f"{name}: {len(inputs)} notices, parse {parsing / len(inputs) * 1000:.3f} ms, reading {reading / parsing:.1f} x, "
        f"ingestion {taking / parsing:.1f} x (goal {GOAL:.0f}), with detection {detecting / parsing:.1f} x"
    )


def _print_memory(own: Sequence[bytes]) -> None:
    """A process of its own each time: what ran before in this one would count."""
    few, many = _copies(own, _COPIES), _copies(own, _MANY)
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        early, late = pool.apply(_peak, (few,)), pool.apply(_peak, (many,))
    print(
        f"memory at the peak: {early / 1e6:.0f} MB for {len(few):,} notices, {late / 1e6:.0f} MB for {len(many):,}, "
        f"their {sum(map(len, many)) / 1e6:.0f} MB that it was handed included (goal {MEGABYTES})"
    )


def _copies(own: Sequence[bytes], count: int) -> list[bytes]:
    """Each so many times under a name, and in a procedure, of its own: a repeat would not be written."""
    return [_renamed(data, copy) for copy in range(count) for data in own]


def _renamed(data: bytes, copy: int) -> bytes:
    return data.replace(b"22222222-0000", b"22222222-%04d" % copy).replace(b"11111111-0000", b"11111111-%04d" % copy)


def main() -> None:
    """Print the ratios, then the memory."""
    own = documents(_FIXTURES / "eforms")
    _print("own examples", _copies(own, _COPIES))
    if reference := os.environ.get("MPDI_REFERENCE_DATA"):
        _print("real eForms", documents(Path(reference) / "notices" / "eforms" / "real", "**/*.xml", 400))
    _print_memory(own)
