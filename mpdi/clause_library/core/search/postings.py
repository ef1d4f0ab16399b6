"""The postings of one generation of the index as arrays, and BM25 over them.

Whoosh decodes a posting list in Python, one document at a time. A list is decoded once per generation and kept, so that
a query costs a few additions of arrays.
"""

from collections import OrderedDict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.reading import CorruptIndexError, TermNotFound

from mpdi.clause_library.core.search.one_letter import OneLetterOff

Array = np.ndarray[Any, np.dtype[Any]]
K1, B = 2.5, 0.6
MAX_KEPT = 4_000
_NOTHING = (np.zeros(0, np.int64), np.zeros(0, np.float32))


class Postings:
    """Posting lists of one reader, for one thread."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.size = int(reader.doc_count_all())
        self._kept: OrderedDict[tuple[str, str], tuple[Array, Array]] = OrderedDict()
        self._one_letter_off: dict[str, OneLetterOff] = {}

    @cached_property
    def live(self) -> Array:
        """Numbers of the documents that are not deleted."""
        return np.fromiter(self.reader.all_doc_ids(), np.int64)

    @cached_property
    def _length_factor(self) -> dict[str, Array]:
        return {}

    def has_term(self, field: str, term: str) -> bool:
        """Whether any document has that stem."""
        return len(self.scored(field, term)[0]) > 0

    def within(self, field: str, term: str, distance: int) -> Iterable[str]:
        """Return the terms of a field so many letters away at most, in order; the first letter is that of the term."""
        if distance > 1:
            found: Iterable[str] = self.reader.terms_within(field, term, distance, prefix=1)
            return found
        if field not in self._one_letter_off:
            self._one_letter_off[field] = OneLetterOff(self.lexicon(field))
        return self._one_letter_off[field].within(term)

    def lexicon(self, field: str) -> list[str]:
        """Return all terms of a field; `CorruptIndexError` where its file is damaged, whatever Whoosh stumbles over."""
        try:
            return [as_text(term) for term in self.reader.lexicon(field)]
        except (LookupError, TypeError, ValueError) as error:
            raise CorruptIndexError(f"The terms of {field} cannot be read.") from error

    def documents(self, field: str, term: str) -> Array:
        """Return the documents that have that term in a field without weights."""
        return self._decode(field, term)[0]

    def scored(self, field: str, term: str) -> tuple[Array, Array]:
        """Return documents and their BM25 scores for one stem."""
        key = (field, term)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        documents, weights = self._decode(field, term)
        self._kept[key] = (documents, self._bm25(field, documents, weights))
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]

    def best(self, terms: Iterable[tuple[str, str, float]]) -> Array:
        """Return for every document the best score among (field, stem, factor)."""
        result = np.zeros(self.size, np.float32)
        for field, term, factor in terms:
            documents, scores = self.scored(field, term)
            result[documents] = np.maximum(result[documents], scores * factor)
        return result

    def _decode(self, field: str, term: str) -> tuple[Array, Array]:
        try:
            matcher = self.reader.postings(field, term)
        except TermNotFound:
            return _NOTHING
        documents: list[int] = []
        weights: list[float] = []
        while matcher.is_active():
            documents.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return np.array(documents, np.int64), np.array(weights, np.float32)

    def _bm25(self, field: str, documents: Array, weights: Array) -> Array:
        idf = np.log(1 + (len(self.live) - len(documents) + 0.5) / (len(documents) + 0.5))
        scores: Array = (idf * weights * (K1 + 1) / (weights + self._lengths(field)[documents])).astype(np.float32)
        return scores

    def _lengths(self, field: str) -> Array:
        if field not in self._length_factor:
            each = (self.reader.doc_field_length(number, field, 0) for number in range(self.size))
            lengths = np.fromiter(each, np.float32)
            average = float(lengths.sum()) / max(len(self.live), 1) or 1.0
            self._length_factor[field] = K1 * (1 - B + B * lengths / average)
        return self._length_factor[field]


def as_text(term: Any) -> str:
    """Return a term of the index as text, whichever Whoosh gives it."""
    return term.decode("utf-8") if isinstance(term, bytes) else str(term)
