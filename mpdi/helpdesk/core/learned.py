"""What the situations teach: ridge regression from words and meaning of a text to what an adviser says of it.

Texts about something else teach beside them: what is no matter of the helpdesk, and nothing else.

Solved once when the situations are read (about 2,200 texts, in closed form); no other data, no random start, no training.
"""

from collections.abc import Sequence

import numpy as np

from mpdi.helpdesk.core.situation_index import Array

RIDGE = 1.0
WORDS_PART = 1.5
"""Weight of letters beside meaning in the inner product of two texts."""


class Learned:
    """Weights of features for labels; the rows of the examples are texts, `answers` has a column a label, 0 or 1.

    `prior` is what a label has before anything is read: not its share among the examples, which says nothing of questions.
    `clauses` has a column a clause, 1 where an adviser names it first, less where later: they are solved with the labels.
    `counts` is how much each example counts, so that a route with many examples is not favoured.
    """

    def __init__(
        self, words: Sequence[Array], meaning: Array | None, answers: Array, prior: Array, counts: Array, clauses: Array,
    ) -> None:
        kernel = WORDS_PART * _kernel(words)
        if meaning is not None:
            kernel = kernel + meaning @ meaning.T
        self._prior = prior
        dual = np.linalg.solve(kernel + np.diag(RIDGE / counts), np.hstack((answers - prior, clauses)))
        ends = np.cumsum([0, *(len(table) for table in words)])
        parts = zip(words, ends, ends[1:], strict=False)
        tables = [WORDS_PART * (table.T @ dual[start:end]) for table, start, end in parts]
        by_meaning = None if meaning is None else meaning.T @ dual
        labels = len(prior)
        self._words = [np.ascontiguousarray(table[:, :labels]) for table in tables]
        self._meaning = None if by_meaning is None else np.ascontiguousarray(by_meaning[:, :labels])
        self.clauses = LearnedClauses(
            [np.ascontiguousarray(table[:, labels:]) for table in tables],
            None if by_meaning is None else np.ascontiguousarray(by_meaning[:, labels:]))

    def scores(self, language_number: int, words: Sequence[tuple[Array, Array]], meaning: Array | None) -> Array:
        """Return a row a text, a column a label: about 0 to 1. `words`: for each text columns and values (`Grams.known`)."""
        table = self._words[language_number]
        result: Array = self._prior + np.stack([values @ table[columns] for columns, values in words])
        if meaning is not None and self._meaning is not None:
            result = result + meaning @ self._meaning
        return result


class LearnedClauses:
    """Weights of features for clauses: what `Learned` solved, of which only the sum over the pieces of a text is asked."""

    def __init__(self, words: Sequence[Array], meaning: Array | None) -> None:
        self._words = [table.astype(np.float32) for table in words]
        self._meaning = None if meaning is None else meaning.astype(np.float32)

    def scores(
        self, language_number: int, words: Sequence[tuple[Array, Array]], meaning: Array | None, shares: Array,
    ) -> Array:
        """Return a figure a clause, about 0 to 1; `shares` is what each piece counts. A product for all pieces together."""
        columns, place = np.unique(np.concatenate([own for own, _ in words]), return_inverse=True)
        values = np.concatenate([share * own for share, (_, own) in zip(shares, words, strict=True)])
        summed = np.bincount(place, values, len(columns)).astype(np.float32)
        result: Array = summed @ self._words[language_number][columns]
        if meaning is not None and self._meaning is not None:
            result = result + (shares.astype(np.float32) @ meaning) @ self._meaning
        return np.nan_to_num(result)


def _kernel(words: Sequence[Array]) -> Array:
    """Return the inner products of texts by their words: none between two languages."""
    size = sum(len(table) for table in words)
    result = np.zeros((size, size), np.float32)
    start = 0
    for table in words:
        end = start + len(table)
        result[start:end, start:end] = table @ table.T
        start = end
    return result
