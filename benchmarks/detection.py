"""Detecting what texts say, against libxml2 parsing the same notices in the same run, and against reading them whole.

Detection is measured apart from reading and ingestion. Bound: 15 times the bare parse of the notice, 5 times reading
it: an alarm for phrases that are tried on every text, no goal. The best of the rounds stands for each notice.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from benchmarks.notices import documents
from mpdi.monitoring.detection import detect, read_detection_rules
from tender_parsers import parse_notice

BOUND_PARSE, BOUND_READ = 15.0, 5.0
_FIXTURES = Path(__file__).parents[1] / "tests" / "tender_parsers" / "fixtures"
_ROUNDS = 7


def _best(action: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def measure(inputs: list[bytes]) -> tuple[float, float, float]:
    """Seconds a notice, in the mean: bare parse, reading whole, detection."""
    rules = read_detection_rules()
    read = [parse_notice(data) for data in inputs]
    for notice in read:
        detect(notice, rules)
    parsing = sum(_best(lambda data=data: etree.fromstring(data)) for data in inputs)
    reading = sum(_best(lambda data=data: parse_notice(data)) for data in inputs)
    detecting = sum(_best(lambda notice=notice: detect(notice, rules)) for notice in read)
    return parsing / len(inputs), reading / len(inputs), detecting / len(inputs)


def _print(name: str, inputs: list[bytes]) -> None:
    parsing, reading, detecting = measure(inputs)
    print(
        f"{name}: {len(inputs)} notices, parse {parsing * 1000:.3f} ms, detection {detecting * 1000:.3f} ms "
        f"= {detecting / parsing:.1f} x parse (bound {BOUND_PARSE:.0f}), {detecting / reading:.1f} x reading (bound {BOUND_READ:.0f})"
    )


def main() -> None:
    """Print the ratios."""
    _print("own examples", documents(_FIXTURES / "eforms") + documents(_FIXTURES / "ted"))
    reference = os.environ.get("MPDI_REFERENCE_DATA")
    if reference:
        notices = Path(reference) / "notices"
        _print("real eForms", documents(notices / "eforms" / "real", "**/*.xml"))
        _print("real TED", documents(notices / "ted_r209" / "real", "**/*.xml"))
