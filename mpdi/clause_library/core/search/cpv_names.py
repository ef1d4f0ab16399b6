"""The words of the 9,454 CPV names, in three languages, as arrays."""

from bisect import bisect_left
from collections import defaultdict
from functools import cache
from typing import Any

import numpy as np

from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.search.language import content_words, stem, words

NAME_LANGUAGES = ("fr", "nl", "en")
Array = np.ndarray[Any, np.dtype[Any]]
_NONE = np.zeros(0, np.int64)
MAX_PREFIXED = 400
"""Words that one beginning stands for; a single letter begins thousands."""


class CpvNames:
    """Codes in order, most general first among those that begin alike, with the words of their names."""

    def __init__(self) -> None:
        table = cpv_table()
        self.codes = tuple(sorted(table))
        self.names = {language: tuple(table[code].name(language) for code in self.codes) for language in NAME_LANGUAGES}
        self.depth = np.array([len(code.rstrip("0")) for code in self.codes], np.float32)
        self._by_word: dict[str, dict[str, Array]] = {}
        self._by_stem: dict[str, dict[str, Array]] = {}
        self._sorted: dict[str, list[str]] = {}
        self.length: dict[str, Array] = {}
        for language in NAME_LANGUAGES:
            self._read(language)

    def _read(self, language: str) -> None:
        found = [content_words(words(name)) for name in self.names[language]]
        by_word: dict[str, set[int]] = defaultdict(set)
        by_stem: dict[str, set[int]] = defaultdict(set)
        for number, name_words in enumerate(found):
            for word in name_words:
                by_word[word].add(number)
                by_stem[stem(word, language)].add(number)
        self._by_word[language] = {word: np.array(sorted(numbers)) for word, numbers in by_word.items()}
        self._by_stem[language] = {each: np.array(sorted(numbers)) for each, numbers in by_stem.items()}
        self._sorted[language] = sorted(by_word)
        self.length[language] = np.array([len(name_words) for name_words in found], np.float32)

    def with_stem(self, word: str, language: str) -> Array:
        """Return the numbers of the codes whose name has a word of the same stem."""
        return self._by_stem[language].get(stem(word, language), _NONE)

    def with_beginning(self, beginning: str, language: str) -> Array:
        """Return the numbers of the codes whose name has a longer word that begins so."""
        vocabulary = self._sorted[language]
        start = bisect_left(vocabulary, beginning)
        end = min(bisect_left(vocabulary, beginning + "\uffff"), start + MAX_PREFIXED)
        found = [self._by_word[language][word] for word in vocabulary[start:end]]
        return np.unique(np.concatenate(found)) if found else _NONE

    def with_digits(self, digits: str) -> Array:
        """Return the numbers of the codes that begin with these digits."""
        return np.arange(bisect_left(self.codes, digits), bisect_left(self.codes, digits + ":"))

    def rarity(self, count: int) -> float:
        """Return the weight of a word that stands in so many names."""
        return float(np.log(1 + len(self.codes) / (count + 1)))


@cache
def cpv_names() -> CpvNames:
    """Return the names, read once in a process (about a second)."""
    return CpvNames()
