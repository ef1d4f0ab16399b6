"""Clauses found by what sentences mean: reworded, or in another language. Needs the vectors of the library's search.

A sentence of a text speaks for a clause as far as its nearest sentence there is nearer than `NEAR`, and nearer than that
of any other clause (less `MARGIN`): what all clauses say alike speaks for none. Three sentences one after another are
added up; from `ENOUGH` on the clause is found, where two of them say different sentences of it, or a long one says one
clearly: sentences that several clauses have alike do not count, nor do texts in other languages than the library's. The
numbers were chosen on texts of our own and on real notices (`docs/uptake/found-clauses.md`).
"""

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.encoder import Vectors
from mpdi.clause_library.core.search.meaning import SentenceVectors, sentences
from mpdi.monitoring.found_clauses.model import FoundClause, How, SearchedText
from mpdi.monitoring.found_clauses.tongue import SEARCHED, is_in
from mpdi.monitoring.found_clauses.wording import WordedText, words_of

NEAR, MARGIN, WINDOW, ENOUGH = 0.5, 0.03, 3, 0.2
SPEAKS, ALONE, LONG = 0.05, 0.19, 16
"""By how much two sentences must each speak for the clause; by how much one alone must, and of how many words."""
ALIKE, MOST_ALIKE = 0.6, 3
"""Cosine from which another clause has a sentence too; of more clauses than that it is nobody's own."""
SAYS_THE_SAME = 0.6
"""Cosine from which a sentence of the clause counts as standing in the text: for the share alone."""
MOST_SENTENCES = 3_000
"""Of one text; a specification of 150 pages has fewer that are left after the words."""
_AT_ONCE = 128
_AROUND = 20
"""Sentences before and after the place in which the rest of the clause is looked for."""
_FEWEST_WORDS, _WORDS_A_NUMBER, _MOST_LAW = 7, 3, 1
_NUMBER, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]{2,}")
_LAW = re.compile(
    r"\b(?:art\.|articles?|artikel(?:en)?|loi|wet|ordonnance|ordonnantie|arr[eê]t[eé]|besluit|d[eé]cret|decreet"
    r"|r[eè]glement|verordening|directive|richtlijn|regulation|law|act|code)\b",
    re.IGNORECASE,
)
_HALF = 0.5

Floats = np.ndarray[Any, np.dtype[np.float32]]


class SentenceEncoder(Protocol):
    """The library's search by meaning, as far as it is needed here."""

    @property
    def is_ready(self) -> bool:
        """Whether there are vectors."""

    def text_vectors(self, version: ClauseVersion) -> SentenceVectors | None:
        """The sentences of a version's text."""

    def encode(self, texts: Sequence[str]) -> Vectors | None:
        """Vectors of other texts."""


def says_something(sentence: str) -> bool:
    """Whether a sentence has meaning of its own: some words, few numbers, no mere citation of law."""
    words = len(_LETTERS.findall(sentence))
    is_law = len(_LAW.findall(sentence)) > _MOST_LAW
    return words >= _FEWEST_WORDS and len(_NUMBER.findall(sentence)) * _WORDS_A_NUMBER <= words and not is_law


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the text, and the number of its paragraph."""

    text: str
    paragraph: int


@dataclass(frozen=True)
class _Table:
    """The sentences of all clauses that say something, clause by clause: where each clause's begin."""

    versions: Sequence[ClauseVersion]
    starts: "np.ndarray[Any, Any]"
    vectors: Floats


@dataclass
class MeaningSearch:
    """The sentences of a library's newest versions, as the search has encoded them."""

    library: ClauseLibrary
    day: datetime.date
    encoder: SentenceEncoder
    languages: Collection[str] = SEARCHED
    """Of the sentences that are looked at."""

    @property
    def is_ready(self) -> bool:
        """Whether anything can be found by meaning here."""
        return self.encoder.is_ready and self._table is not None

    def find(self, text: SearchedText, worded: WordedText, taken: bytearray, known: set[str]) -> list[FoundClause]:
        """Return the clauses, but those known already, that sentences outside what is taken mean; the surest first."""
        said = list(_sentences(text, worded, taken, self.languages))[:MOST_SENTENCES]
        table = self._table
        vectors = self.encoder.encode([each.text for each in said]) if said else None
        if table is None or vectors is None:
            return []
        near = self._near(vectors, table)
        gains = _gains(near)
        sums = _windows(gains)
        found = []
        for number in np.argsort(-sums.max(axis=0), kind="stable").tolist():
            version = table.versions[number]
            if sums[:, number].max() < ENOUGH:
                break
            window = int(sums[:, number].argmax())
            if version.id not in known and self._is_proved(table, number, said, vectors, gains[:, number], window):
                found.append(self._told(version, said, vectors, near[:, number], window))
        return found

    def _is_proved(
        self, table: _Table, number: int, said: Sequence[_Said], vectors: Vectors, gains: Floats, window: int
    ) -> bool:
        """Whether two sentences of the window say different sentences of the clause, or a long one says one clearly."""
        start = int(table.starts[number])
        end = int(table.starts[number + 1]) if number + 1 < len(table.starts) else len(table.vectors)
        proved: set[int] = set()
        for place in range(window, min(window + WINDOW, len(said))):
            if gains[place] < SPEAKS:
                continue
            row = start + int((table.vectors[start:end] @ vectors[place]).argmax())
            others = np.maximum.reduceat(table.vectors @ table.vectors[row], table.starts)
            if int((np.delete(others, number) >= ALIKE).sum()) > MOST_ALIKE:
                continue
            if gains[place] >= ALONE and len(said[place].text.split()) >= LONG:
                return True
            proved.add(row)
        return len(proved) > 1

    @cached_property
    def _table(self) -> _Table | None:
        versions, vectors, starts, row = [], [], [], 0
        for identifier in self.library.identifiers:
            version = self.library.latest(identifier, self.day)
            own = self.encoder.text_vectors(version)
            rows = [place for place, text in enumerate(own.texts) if says_something(text)] if own else []
            if own is None or not rows:
                continue
            versions.append(version)
            starts.append(row)
            vectors.append(own.vectors[rows].astype(np.float32))
            row += len(rows)
        return _Table(versions, np.array(starts), np.concatenate(vectors)) if versions else None

    def _near(self, vectors: Vectors, table: _Table) -> Floats:
        """For each sentence and clause the cosine of the nearest sentence there."""
        reduce: Callable[..., Floats] = np.maximum.reduceat
        parts: list[Floats] = [
            reduce(vectors[start : start + _AT_ONCE] @ table.vectors.T, table.starts, axis=1)
            for start in range(0, len(vectors), _AT_ONCE)
        ]
        joined: Floats = np.concatenate(parts)
        return joined

    def _told(
        self, version: ClauseVersion, said: Sequence[_Said], vectors: Vectors, near: Floats, window: int
    ) -> FoundClause:
        own = self.encoder.text_vectors(version)
        assert own is not None
        best = window + int(near[window : window + WINDOW].argmax())
        around = slice(max(0, window - _AROUND), window + WINDOW + _AROUND)
        pairs = own.vectors.astype(np.float32) @ vectors[around].T
        nearest = int((own.vectors.astype(np.float32) @ vectors[best]).argmax())
        language = own.languages[nearest]
        held = pairs.max(axis=1) >= SAYS_THE_SAME
        lengths = np.array([len(each.split()) for each in own.texts]) * (np.array(own.languages) == language)
        return FoundClause(
            version.id,
            str(version.version),
            language,
            How.MEANING,
            float(lengths[held].sum() / max(int(lengths.sum()), 1)),
            said[best].text,
            said[window].paragraph + 1,
            min(1.0, float(near[best])),
            own.texts[nearest],
        )


def _gains(near: Floats) -> Floats:
    """How much each sentence speaks for each clause, and for it alone."""
    if near.shape[1] < 2:
        only: Floats = np.maximum(near - NEAR, 0.0)
        return only
    two = np.partition(near, -2, axis=1)[:, -2:]
    second, best = two[:, :1], two[:, 1:]
    rival = np.where(near >= best, second, best)
    gains: Floats = np.maximum(np.minimum(near - NEAR, near - rival + MARGIN), 0.0) * (near > NEAR)
    return gains


def _windows(gains: Floats) -> Floats:
    """Sums over sentences one after another: a row for each place where a window begins."""
    width = min(WINDOW, len(gains))
    sums = np.cumsum(np.vstack([np.zeros((1, gains.shape[1]), np.float32), gains]), axis=0)
    return np.asarray(sums[width:] - sums[:-width], np.float32)


def _sentences(text: SearchedText, worded: WordedText, taken: bytearray, languages: Collection[str]) -> Iterator[_Said]:
    """The sentences that say something and that no clause has explained by its words."""
    place = 0
    for number, paragraph in enumerate(text.paragraphs):
        length = len(words_of(paragraph))
        own, begins = worded.words[place : place + length], 0
        for sentence in sentences(paragraph):
            words = words_of(sentence)
            begins = _where(words, own, begins)
            explained = sum(taken[place + begins : place + begins + len(words)])
            begins += len(words)
            if says_something(sentence) and explained < _HALF * len(words) and is_in(sentence, languages):
                yield _Said(sentence, number)
        place += length + 1


def _where(words: Sequence[str], own: Sequence[str], begins: int) -> int:
    """Where the words of a sentence begin among those of its paragraph; sentences that were dropped lie between."""
    for place in range(begins, len(own) - len(words) + 1):
        if own[place : place + 3] == words[:3]:
            return place
    return begins
