"""Terms of the index one letter away from a word: every word that it could be is tried, for terms are few and known.

Whoosh walks an automaton over the term files instead, which takes some thirty times as long for one letter.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

_KEPT = 2_000


class OneLetterOff:
    """The terms of one field of one reader, found by one letter added, dropped or changed, the first one never."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(terms)
        self._letters = sorted({letter for term in self._terms for letter in term})
        self.within = lru_cache(_KEPT)(self._within)

    def _within(self, word: str) -> tuple[str, ...]:
        """Return the terms that are the word or one letter from it, in order."""
        return tuple(sorted(self._terms.intersection(self._around(word)))) if word else ()

    def _around(self, word: str) -> Iterator[str]:
        yield word
        for place in range(1, len(word) + 1):
            before, letter, after = word[:place], word[place : place + 1], word[place + 1 :]
            yield before + after
            for other in self._letters:
                yield before + other + letter + after
                yield before + other + after
