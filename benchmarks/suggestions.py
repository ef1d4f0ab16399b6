"""A suggestion for a question, in process and warm. Goal: p95 at most 50 ms.

`python -m benchmarks.suggestions --quality SET` also prints how good suggestions are on a set of questions of tests/helpdesk. Only
sets that the rules never saw say anything of new questions; see docs/routing.md before measuring one.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search import ClauseSearch
from mpdi.helpdesk.core import SuggestionService
from mpdi.helpdesk.core.quality import Question, measure, questions, table
from mpdi.resources import folder

GOAL_MS = 50.0
PASSES = 3
FOLDER = Path(__file__).parent.parent / "tests" / "helpdesk"
FILES = {
    "tune": "questions.yaml",
    "test": "questions.yaml",
    "second_tune": "questions_second.yaml",
    "second_test": "questions_second.yaml",
    "third_test": "questions_third.yaml",
    "fourth_test": "questions_fourth.yaml",
}


def main(arguments: Sequence[str] = ()) -> int:
    """Print p50 and p95; return 1 where the goal is missed. `--home DIR` keeps index and vectors from run to run."""
    given = list(arguments)
    with tempfile.TemporaryDirectory() as name:
        home = Path(given[given.index("--home") + 1]) if "--home" in given else Path(name)
        services = [service(home), service(home, is_by_words_only=True)]
        p95 = [_timed(each, asked("tune")) for each in services]
        if "--quality" in given:
            for each in services:
                _print_quality(each, given[given.index("--quality") + 1])
    return int(max(p95) > GOAL_MS)


def asked(name: str) -> list[Question]:
    """Return the questions of a set."""
    return questions(FOLDER / FILES[name], name)


def service(home: Path, *, is_by_words_only: bool = False) -> SuggestionService:
    """Return suggestions over the released library, its index built where it is missing."""
    search = ClauseSearch(home / "index", home / "cache")
    if not search.words.is_ready():
        search.rebuild(ClauseLibrary.from_folder(folder("clauses")))
    return SuggestionService(home / "cache", search, is_by_words_only=is_by_words_only)


def _timed(suggestions: SuggestionService, texts: Sequence[Question]) -> float:
    for each in texts:
        suggestions.suggest(each["text"], each["language"])
    times, processor = [], []
    for _ in range(PASSES):
        for each in texts:
            start, used = time.perf_counter(), time.thread_time()
            suggestions.suggest(each["text"], each["language"])
            times.append((time.perf_counter() - start) * 1000)
            processor.append((time.thread_time() - used) * 1000)
    p95 = statistics.quantiles(times, n=20)[18]
    kind = "by words and meaning" if suggestions.is_by_meaning else "by words alone"
    own = statistics.quantiles(processor, n=20)[18]
    print(
        f"{kind:<22} p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms (goal {GOAL_MS:g}); processor p95 {own:6.1f} ms"
    )
    return p95


def _print_quality(suggestions: SuggestionService, wanted_set: str) -> None:
    print("by words and meaning" if suggestions.is_by_meaning else "by words alone")
    for line in table(measure(suggestions, asked(wanted_set))):
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
