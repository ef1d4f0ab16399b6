"""Two clauses whose texts differ only by nouns are one clause badly cut: near-copies are refused."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language

MOST_SHARED = 0.65
"""Share of the shorter text's three-word rows that another clause may hold. The closest pair that says two different
things (detergents and consumables under the same ecolabel rules) shares 0.55; a copy with a noun changed in every
sentence shares 0.75 and more."""

_ROW = 3
_SHORTEST = 60
"""Words; below that, two texts share rows by chance."""
_PRESCRIBED = ("label_statement",)
"""Parts that the law words, alike in every clause that rests on a label."""

Row = tuple[str, ...]


def check_similarity(clauses: Sequence[tuple[str, ClauseVersion]]) -> Iterator[Problem]:
    """Yield one problem for each pair of clauses (the latest of each, with their files) that are near-copies."""
    for language in LANGUAGES:
        rows = {clause.id: _rows(clause, language) for _, clause in clauses}
        files = {clause.id: file for file, clause in clauses}
        for one, other, share in near_copies(rows):
            yield Problem(
                files[one],
                f"text ({language})",
                "similar",
                f"{share:.0%} of its words in rows of three stand in {other} too.",
                "Make them one clause, or say in each what is its own.",
            )


def near_copies(rows: Mapping[str, frozenset[Row]]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of identifiers with the share of rows of the shorter that the other holds, above `MOST_SHARED`."""
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for holders in _holders(rows).values():
        for pair in combinations(holders, 2):
            shared[pair] += 1
    for (one, other), count in sorted(shared.items()):
        share = count / min(len(rows[one]), len(rows[other]))
        if share > MOST_SHARED:
            yield one, other, share


def _holders(rows: Mapping[str, frozenset[Row]]) -> Mapping[Row, list[str]]:
    holders: dict[Row, list[str]] = defaultdict(list)
    for identifier in sorted(rows):
        for row in rows[identifier]:
            holders[row].append(identifier)
    return holders


def _rows(clause: ClauseVersion, language: Language) -> frozenset[Row]:
    own = " ".join(paragraph.text[language] for paragraph in clause.text if paragraph.part not in _PRESCRIBED)
    words = re.findall(r"\w+", re.sub(r"\{\{.*?\}\}", " x ", own.lower()))
    if len(words) < _SHORTEST:
        return frozenset()
    return frozenset(tuple(words[start : start + _ROW]) for start in range(len(words) - _ROW + 1))
