"""Texts as vectors of the runs of letters in their words: near for compounds, endings and misspellings alike."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mpdi.clause_library.core.search.language import STOP_WORDS, words
from mpdi.helpdesk.core.situation_index import Array

SHORTEST, LONGEST = 3, 5
FEWEST = 2
"""Texts that must have a run of letters for it to count."""
_WORDS_KEPT = 4_000


class Grams:
    """Runs of three to five letters seen in some texts of one language, a rare one counting more."""

    def __init__(self, texts: Sequence[str]) -> None:
        found = [_grams(text) for text in texts]
        count = Counter(gram for grams in found for gram in grams)
        kept = sorted(gram for gram, times in count.items() if times >= FEWEST)
        self._numbers = {gram: number for number, gram in enumerate(kept)}
        self._rarity = np.array([np.log(1 + len(texts) / count[gram]) for gram in kept], np.float32)

    def vectors(self, texts: Sequence[str]) -> Array:
        """Return a row a text, of length 1 (0 where nothing is known)."""
        result = np.zeros((len(texts), len(self._numbers)), np.float32)
        for row, text in enumerate(texts):
            known = [self._numbers[gram] for gram in _grams(text) if gram in self._numbers]
            result[row, known] = self._rarity[known]
        length = np.linalg.norm(result, axis=1, keepdims=True)
        vectors: Array = result / np.maximum(length, 1e-6)
        return vectors

    def known(self, texts: Sequence[str]) -> list[tuple[Array, Array]]:
        """Return for each text what `vectors` holds of it without the zeros: columns, and their values."""
        found = []
        for text in texts:
            columns = np.array(sorted(self._numbers[gram] for gram in _grams(text) if gram in self._numbers), np.intp)
            values = self._rarity[columns]
            found.append((columns, values / max(float(np.linalg.norm(values)), 1e-6)))
        return found


def _grams(text: str) -> set[str]:
    return set().union(*(_of_word(word) for word in words(text) if word not in STOP_WORDS))


@lru_cache(_WORDS_KEPT)
def _of_word(word: str) -> frozenset[str]:
    marked = f"<{word}>"
    return frozenset(
        marked[start:start + size] for size in range(SHORTEST, LONGEST + 1) for start in range(len(marked) - size + 1))
