"""The real clause library: reading it, indexing it, searching it with buyers' words, in processor time, for machines are shared.

Run: python -m benchmarks.library [--words-alone]. Exits 1 when a goal is missed. Meaning takes minutes to build, once.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mpdi import clock
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.resources import folder

GOALS = {"ranked": 10.0, "with excerpts": 30.0}
_QUERIES = Path(__file__).parents[1] / "tests" / "clause_library" / "relevance.yaml"
_PASSES = 4


def main() -> int:
    """Print the times; return 1 where a search is slower than its goal."""
    took, library = _spent(lambda: ClauseLibrary.from_folder(folder("clauses")))
    current = library.all_in_force(clock.today())
    print(
        f"read {sum(1 for _ in library)} versions of {len(library.identifiers)} clauses: {took / 1000:.1f} s",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as home:
        search = ClauseSearch(Path(home) / "index", Path(home) / "cache")
        took, _ = _spent(lambda: search.words.rebuild(current))
        print(f"index {len(current)} clauses by words: {took / 1000:.1f} s", flush=True)
        missed = _rows("words", search.words.search)
        if "--words-alone" not in sys.argv[1:]:
            took, _ = _spent(lambda: search.meaning.build(current))
            print(f"their meaning, once: {took / 1000:.0f} s", flush=True)
            missed += _rows("words and meaning", search.search)
    return int(missed > 0)


def _rows(what: str, search: Callable[..., Any]) -> int:
    queries = strict_yaml.read(_QUERIES)["queries"]
    missed = 0
    for language in ("fr", "nl"):
        asked = [each["q"] for each in queries if each["l"] == language]
        for kind, goal in GOALS.items():
            median, last = _p50_p95([_of(search, query, language, kind != "ranked") for query in asked])
            missed += last > goal
            print(
                f"{what}, {kind}, {language}: {len(asked)} queries, p50 {median:.1f} ms, p95 {last:.1f} ms "
                f"(goal {goal:.0f}){'' if last <= goal else '   MISSED'}",
                flush=True,
            )
    return missed


def _of(search: Callable[..., Any], query: str, language: str, with_excerpts: bool) -> Callable[[], object]:
    return lambda: search(query, language, with_excerpts=with_excerpts)


def _p50_p95(searches: list[Callable[[], object]]) -> tuple[float, float]:
    """Return both of the best pass of several over all queries; the first one warms up and does not count."""
    passes = [[_spent(each)[0] for each in searches] for _ in range(_PASSES + 1)][1:]
    return min(
        ((statistics.median(times), statistics.quantiles(times, n=20)[18]) for times in passes),
        key=lambda both: both[1],
    )


def _spent(action: Callable[[], Any]) -> tuple[float, Any]:
    """Return the milliseconds of processor time of an action, and what it gave."""
    start = time.process_time()
    result = action()
    return (time.process_time() - start) * 1000, result


if __name__ == "__main__":
    sys.exit(main())
