"""Articles found by words and by meaning. One file in its own folder, written whole: it can always be made again.

There are hundreds of articles, not thousands: words are weighed in memory (BM25), meaning by the nearest sentence.
"""

import math
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mpdi.clause_library.core.search.encoder import DIMENSIONS, MODEL, Encoder, load_encoder
from mpdi.clause_library.core.search.language import stems
from mpdi.clause_library.core.search.vector_files import Arrays, read_vectors, write_vectors

LANGUAGES = ("fr", "nl")
NEAR_ENOUGH = 0.35
"""Cosine under which the nearest sentence is no reason of its own."""
SHARED_WORDS = 0.4
"""What it counts beside the cosine that an article has all words asked for; some count in proportion."""
ENOUGH, SHARE_OF_BEST = 0.36, 0.75
"""Nearness and words together under which an article is not shown; and the same beside the best one."""
ENOUGH_WORDS = 0.33
"""By words alone: the share of the words asked for that an article must have."""
TITLE_WEIGHT, QUESTION_WEIGHT, ANSWER_WEIGHT = 3, 2, 1
_K, _B = 1.2, 0.6
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n+")
_SHORTEST, _LONGEST = 20, 400
_SHORTEST_DOUBLED = 3
_LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class IndexedArticle:
    """What the index keeps of an article: its words in the languages it has."""

    id: int
    slug: str
    titles: tuple[str, str]
    questions: tuple[str, str]
    answers: tuple[str, str]


@dataclass(frozen=True)
class FoundArticle:
    """An article found: `why` is its sentence nearest to the question, or the words they share."""

    id: int
    slug: str
    title: str
    why: str
    score: float
    by_words: bool
    by_meaning: bool


class ArticleSearch:
    """The index of published articles in a folder."""

    def __init__(self, folder: Path, encoder: Encoder | None = None) -> None:
        self._path = folder / f"articles.{MODEL}.npz"
        self._given = encoder
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._loaded: _Loaded | None = None

    def rebuild(self, articles: Iterable[IndexedArticle]) -> None:
        """Index these articles and nothing else; sentences whose vector is known are not encoded again."""
        known = list(articles)
        owners, languages, texts = _sentences(known)
        write_vectors(self._path, {
            "ids": np.array([each.id for each in known], np.int64), "slugs": _texts(each.slug for each in known),
            **{f"{part}_{language}": _texts(getattr(each, f"{part}s")[place] for each in known)
               for part in ("title", "question", "answer") for place, language in enumerate(LANGUAGES)},
            "owners": np.array(owners, np.int64), "languages": _texts(languages), "sentences": _texts(texts),
            "vectors": self._vectors(texts),
        })

    def _vectors(self, texts: Sequence[str]) -> "np.ndarray[Any, Any]":
        encoder = self._given or load_encoder()
        result = np.zeros((len(texts), DIMENSIONS), np.float32)
        if encoder is None or not texts:
            return result
        before = read_vectors(self._path)
        kept = dict(zip(before["sentences"].tolist(), before["vectors"], strict=True)) if before else {}
        missing = list(dict.fromkeys(text for text in texts if text not in kept))
        made = dict(zip(missing, encoder.encode(missing), strict=True)) if missing else {}
        for row, text in enumerate(texts):
            result[row] = made[text] if text in made else kept[text]
        return result

    def search(self, text: str, language: str, limit: int = 20) -> list[FoundArticle]:
        """Return the best articles for words or a question; nothing where there is no index yet."""
        loaded = self._current()
        if loaded is None or not text.strip() or not len(loaded.ids):
            return []
        asked = text[:4_000]
        words, near = loaded.by_words(asked), loaded.by_meaning(asked, self._given or load_encoder())
        scores = _scores({row: loaded.share(asked, shared) for row, shared in words.items()}, near)
        place = {row: rank for rank, row in enumerate(words)}
        best = sorted(scores, key=lambda row: (-round(scores[row], 2), place.get(row, len(place)), -int(loaded.ids[row])))
        return [loaded.found(row, language, scores[row], words.get(row), near.get(row)) for row in best[:limit]]

    def _current(self) -> "_Loaded | None":
        try:
            status = self._path.stat()
        except OSError:
            return None
        with self._lock:
            stamp = (status.st_mtime_ns, status.st_ino)
            if self._stamp != stamp:
                arrays = read_vectors(self._path)
                self._stamp, self._loaded = stamp, _Loaded(arrays) if arrays else None
            return self._loaded


def _scores(shares: Mapping[int, float], near: Mapping[int, tuple[float, int]]) -> dict[int, float]:
    """Return the rows worth showing with their scores: what has every word asked for always is."""
    weight, enough = (SHARED_WORDS, ENOUGH) if near else (1.0, ENOUGH_WORDS)
    rows = {*shares, *near}
    scores = {row: weight * shares.get(row, 0.0) + near.get(row, (0.0, 0))[0] for row in rows}
    floor = max(enough, SHARE_OF_BEST * max(scores.values(), default=0.0))
    return {row: score for row, score in scores.items() if score >= floor or shares.get(row) == 1}


def _key(stem: str) -> str:
    """Return a stem with a doubled last letter written once: “basse” finds “bas”."""
    return stem[:-1] if len(stem) > _SHORTEST_DOUBLED and stem[-1] == stem[-2] and stem[-1].isalpha() else stem


def _keys(text: str, language: str) -> set[str]:
    return {f"{language}:{_key(stem)}" for stem in stems(text, language)}


def article_search(
    search: ArticleSearch, text: str, language: str, limit: int = 5,
) -> list[tuple[str, str, str]]:
    """Return (slug, title, why) of the articles that may answer a question, best first: what suggestions show."""
    return [(each.slug, each.title, each.why) for each in search.search(text, language, limit)]


def _texts(texts: Iterable[str]) -> "np.ndarray[Any, Any]":
    found = list(texts)
    return np.array(found, dtype=np.str_) if found else np.zeros(0, dtype="U1")


def _sentences(articles: Sequence[IndexedArticle]) -> tuple[list[int], list[str], list[str]]:
    rows: list[tuple[int, str, str]] = []
    for row, article in enumerate(articles):
        for place, language in enumerate(LANGUAGES):
            if article.titles[place]:
                rows.append((row, language, article.titles[place]))
            for text in (article.questions[place], article.answers[place]):
                cut = (" ".join(each.split())[:_LONGEST] for each in _SENTENCE_END.split(text))
                rows += [(row, language, each) for each in cut if len(each) >= _SHORTEST]
    if not rows:
        return [], [], []
    owners, languages, texts = zip(*rows, strict=True)
    return list(owners), list(languages), list(texts)


class _Loaded:
    """The index in memory: postings of weighed stems, vectors of sentences."""

    def __init__(self, arrays: Arrays) -> None:
        self._arrays = arrays
        self.ids: np.ndarray[Any, Any] = arrays["ids"]
        self._counts = [self._weighed(row) for row in range(len(self.ids))]
        self._lengths = [sum(counts.values()) or 1 for counts in self._counts]
        self._mean = sum(self._lengths) / max(1, len(self._lengths))
        self._spread = Counter(stem for counts in self._counts for stem in counts)

    def _weighed(self, row: int) -> Counter[str]:
        counts: Counter[str] = Counter()
        for part, weight in (("title", TITLE_WEIGHT), ("question", QUESTION_WEIGHT), ("answer", ANSWER_WEIGHT)):
            for language in LANGUAGES:
                for stem in stems(str(self._arrays[f"{part}_{language}"][row]), language):
                    counts[f"{language}:{_key(stem)}"] += weight
        return counts

    def by_words(self, text: str) -> dict[int, tuple[str, ...]]:
        """Return rows with the stems shared, best first (BM25 over both languages)."""
        wanted = {key for language in LANGUAGES for key in _keys(text, language)}
        scored: list[tuple[float, int, tuple[str, ...]]] = []
        for row, counts in enumerate(self._counts):
            shared = tuple(sorted(each for each in wanted if each in counts))
            if shared:
                scored.append((sum(self._weight(each, counts[each], self._lengths[row]) for each in shared), row, shared))
        scored.sort(key=lambda item: (-item[0], item[1]))
        return {row: shared for _, row, shared in scored}

    def share(self, text: str, shared: Sequence[str]) -> float:
        """Return which share of the words asked for an article has, in the language in which it has most of them."""
        shares = [
            len(wanted.intersection(shared)) / len(wanted) for language in LANGUAGES if (wanted := _keys(text, language))]
        return max(shares, default=0.0)

    def _weight(self, stem: str, count: int, length: int) -> float:
        rarity = math.log(1 + (len(self._counts) - self._spread[stem] + 0.5) / (self._spread[stem] + 0.5))
        return rarity * count * (_K + 1) / (count + _K * (1 - _B + _B * length / self._mean))

    def by_meaning(self, text: str, encoder: Encoder | None) -> dict[int, tuple[float, int]]:
        """Return rows with how near, and the number of the nearest sentence; nothing for a text without a word."""
        if encoder is None or not len(self._arrays["owners"]) or not _LETTERS.search(text):
            return {}
        near = self._arrays["vectors"] @ encoder.encode([text])[0]
        best: dict[int, tuple[float, int]] = {}
        for sentence in np.argsort(-near, kind="stable").tolist():
            best.setdefault(int(self._arrays["owners"][sentence]), (float(near[sentence]), sentence))
        return best

    def found(
        self, row: int, language: str, score: float, words: tuple[str, ...] | None, near: tuple[float, int] | None,
    ) -> FoundArticle:
        """Return an article as it is shown to a reader of a language."""
        own = "nl" if language == "nl" else "fr"
        title = str(self._arrays[f"title_{own}"][row]) or str(self._arrays[f"title_{'fr' if own == 'nl' else 'nl'}"][row])
        if near and near[0] >= NEAR_ENOUGH:
            why = self._own_sentence(row, near[1], own)
        else:
            why = ", ".join(dict.fromkeys(each.partition(":")[2] for each in words or ()))
        return FoundArticle(int(self.ids[row]), str(self._arrays["slugs"][row]), title, why, score, bool(words), bool(near and near[0] >= NEAR_ENOUGH))

    def _own_sentence(self, row: int, nearest: int, language: str) -> str:
        """Return the nearest sentence where it is in the reader's language, else the article's question in that language."""
        if str(self._arrays["languages"][nearest]) == language:
            return str(self._arrays["sentences"][nearest])
        asked = " ".join(str(self._arrays[f"question_{language}"][row]).split())
        return asked[:200] or str(self._arrays["sentences"][nearest])
