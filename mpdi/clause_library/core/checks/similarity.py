"""Two clauses whose texts differ only by nouns are one clause badly cut: near-copies are refused."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

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
    names = sorted(identifier for identifier in rows if rows[identifier])
    shared = _shared([rows[identifier] for identifier in names])
    sizes = np.array([len(rows[identifier]) for identifier in names])
    shares = shared / np.minimum.outer(sizes, sizes)
    for one, other in np.argwhere(np.triu(shares > MOST_SHARED, k=1)):
        yield names[one], names[other], float(shares[one, other])


def _shared(texts: Sequence[frozenset[Row]]) -> NDArray[np.float32]:
    """How many rows each two texts share: one product of a matrix, of texts by the rows that at least two of them hold."""
    numbers: dict[Row, int] = {}
    held = [np.array([numbers.setdefault(row, len(numbers)) for row in text]) for text in texts]
    times = np.bincount(np.concatenate(held), minlength=len(numbers)) if held else np.zeros(0)
    columns = np.cumsum(times > 1) - 1
    holds = np.zeros((len(texts), int((times > 1).sum())), dtype=np.float32)
    for line, rows in zip(holds, held, strict=True):
        line[columns[rows[times[rows] > 1]]] = 1
    return holds @ holds.T


def _rows(clause: ClauseVersion, language: Language) -> frozenset[Row]:
    own = " ".join(paragraph.text[language] for paragraph in clause.text if paragraph.part not in _PRESCRIBED)
    words = re.findall(r"\w+", re.sub(r"\{\{.*?\}\}", " x ", own.lower()))
    if len(words) < _SHORTEST:
        return frozenset()
    return frozenset(zip(*(words[start:] for start in range(_ROW)), strict=False))
