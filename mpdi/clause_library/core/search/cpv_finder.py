"""From what a buyer types to CPV codes: digits, words of the names, buyers' words, and meaning."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from mpdi.clause_library.core.search.cpv_names import NAME_LANGUAGES, Array, CpvNames, cpv_names
from mpdi.clause_library.core.search.encoder import DIMENSIONS, MODEL, Encoder, Vectors, load_encoder
from mpdi.clause_library.core.search.language import content_words, fold, words
from mpdi.clause_library.core.search.query_text import MAX_QUERY
from mpdi.clause_library.core.search.synonyms import Synonyms, shipped_synonyms
from mpdi.clause_library.core.search.vector_files import read_vectors, write_vectors
from mpdi.clause_library.core.vocabulary import LANGUAGES

MatchedBy = Literal["code", "synonym", "words", "meaning"]
MAX_WORDS = 12
OTHER_LANGUAGE = 0.8
BEGINNING, TYPED_BEGINNING = 0.55, 0.8
"""How much a longer word counts that begins like a word typed; more for the last one, which may not be finished."""
SYNONYM_STEP = 0.03
MEANING = 0.6
CLEAR, ENOUGH = 0.6, 4
"""So many codes found so well by words need no help from meaning."""
FAR = 0.25
"""Cosine that counts for nothing."""
_DIGITS = re.compile(r"\s*(\d{2,8})(?:-\d?)?\s*")
_SHORTEST_FOR_MEANING = 4
_SHORTEST_PART = 4


@dataclass(frozen=True)
class CpvHit:
    """One code found, how well (0 to about 1.5), and what it was found by."""

    code: str
    score: float
    matched_by: MatchedBy


class CpvFinder:
    """Type-ahead over the CPV table. Works by words at once; by meaning once `build` has filled the cache folder."""

    def __init__(self, cache_folder: Path, encoder: Encoder | None = None, synonyms: Synonyms | None = None) -> None:
        self._folder = cache_folder / "meaning"
        self._given = encoder
        self._synonyms = synonyms or shipped_synonyms()
        self._vectors: Vectors | None = None
        self._has_looked = False

    def build(self) -> bool:
        """Encode the French and Dutch names (8 to 20 s) unless done before; False without the encoder."""
        encoder = self._given or load_encoder()
        if encoder is None:
            return False
        if self._read() is None:
            languages = [encoder.encode(self._names.names[language]) for language in LANGUAGES]
            mean = np.mean(np.stack(languages), axis=0)
            mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-6)
            write_vectors(self._path, {"vectors": mean.astype(np.float16)})
        self._vectors = self._read()
        return True

    @property
    def is_by_meaning(self) -> bool:
        """Whether meaning takes part: the encoder is installed and `build` has been run."""
        return self._meaning_vectors() is not None and (self._given or load_encoder()) is not None

    def find(self, text: str, language: str, limit: int = 10) -> list[CpvHit]:
        """Return the best codes, best first; among equals the short and general ones. Nothing typed raises."""
        digits = _DIGITS.fullmatch(text[:MAX_QUERY])
        if digits:
            return self._by_digits(digits.group(1), limit)
        typed = list(dict.fromkeys(content_words(words(text[:MAX_QUERY]))))[:MAX_WORDS]
        if not typed or limit < 1:
            return []
        by_words = self._by_words(typed, language, is_finished=text[-1:].isspace())
        by_synonym = self._by_synonym(typed)
        is_clear = np.count_nonzero(np.maximum(by_words, by_synonym) >= CLEAR) >= ENOUGH
        by_meaning = None if is_clear else self._by_meaning(text, typed)
        return self._ranked(by_words, by_synonym, by_meaning, limit)

    @cached_property
    def _names(self) -> CpvNames:
        return cpv_names()

    def _by_digits(self, digits: str, limit: int) -> list[CpvHit]:
        found = self._names.with_digits(digits)
        order = found[np.lexsort((found, self._names.depth[found]))][: max(limit, 0)]
        return [CpvHit(self._names.codes[number], 1.0, "code") for number in order.tolist()]

    def _by_words(self, typed: list[str], language: str, is_finished: bool) -> Array:
        """Return for each code how well its name covers the words typed, 0 to 1."""
        last = None if is_finished else typed[-1]
        units = [self._unit(word, language, is_last=word == last) for word in typed]
        weights = np.array([weight for weight, _ in units], np.float32)
        table = np.stack([quality for _, quality in units])
        covered: Array = (weights @ table) / weights.sum()
        share = (table > 0).mean(axis=0)
        lengths = self._names.length["nl" if language == "nl" else "en" if language == "en" else "fr"]
        result: Array = covered * share * (1 - 0.02 * np.minimum(lengths, 20)) * (1 - 0.01 * self._names.depth)
        return result

    def _unit(self, word: str, language: str, is_last: bool) -> tuple[float, Array]:
        """Return the weight of a word and, for each code, how well its name has it."""
        quality, count = self._quality(word, language, is_last)
        if not count and (parts := self._compound(word)):
            found = [self._quality(part, language, is_last=False) for part in parts]
            quality = np.mean(np.stack([each for each, _ in found]), axis=0)
            count = max(number for _, number in found)
        return self._names.rarity(count), quality

    def _quality(self, word: str, language: str, is_last: bool) -> tuple[Array, int]:
        quality = np.zeros(len(self._names.codes), np.float32)
        count = 0
        for each in NAME_LANGUAGES:
            factor = 1.0 if each == language else OTHER_LANGUAGE
            exact = self._names.with_stem(word, each)
            if len(word) >= _SHORTEST_PART or (is_last and each == language):
                longer = self._names.with_beginning(word, each)
                quality[longer] = np.maximum(quality[longer], factor * (TYPED_BEGINNING if is_last else BEGINNING))
                count = max(count, len(longer))
            quality[exact] = np.maximum(quality[exact], factor)
            count = max(count, len(exact))
        return quality, count

    def _compound(self, word: str) -> tuple[str, str] | None:
        """Return the two parts of a Dutch compound that the names know."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = word[:cut].removesuffix("s") if cut > _SHORTEST_PART else word[:cut], word[cut:]
            if len(self._names.with_stem(second, "nl")) and len(self._names.with_beginning(first, "nl")):
                return first, second
        return None

    def _by_synonym(self, typed: list[str]) -> Array:
        """Return for each code how much of what was typed is a buyer's word for it."""
        result = np.zeros(len(self._names.codes), np.float32)
        for found in self._synonyms.find_in(typed):
            self._add_group(result, found.group.cpv, ((found.end - found.start) / len(typed)) ** 0.5)
        beginning = " ".join(typed)
        if not result.any() and len(beginning) >= _SHORTEST_FOR_MEANING:
            for group in self._beginnings(beginning):
                self._add_group(result, group, TYPED_BEGINNING)
        return result

    def _add_group(self, result: Array, prefixes: tuple[str, ...], share: float) -> None:
        for rank, prefix in enumerate(prefixes):
            numbers = self._names.with_digits(prefix)
            steps = SYNONYM_STEP * rank + 0.02 * (self._names.depth[numbers] - self._names.depth[numbers[:1]])
            if len(prefix) == len(self._names.codes[0]):
                steps = np.full(len(numbers), SYNONYM_STEP * rank)
            result[numbers] = np.maximum(result[numbers], share * np.maximum(1.2 - steps, 0.3))

    def _beginnings(self, beginning: str) -> list[tuple[str, ...]]:
        return [codes for phrase, codes in self._phrases if phrase.startswith(beginning)]

    @cached_property
    def _phrases(self) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (" ".join(content_words(words(fold(phrase)))), group.cpv)
            for group in self._synonyms.groups
            if group.cpv
            for phrases in group.says.values()
            for phrase in phrases
        ]

    def _by_meaning(self, text: str, typed: list[str]) -> Array | None:
        vectors = self._meaning_vectors()
        if vectors is None or max(map(len, typed)) < _SHORTEST_FOR_MEANING:
            return None
        encoder = self._given or load_encoder()
        if encoder is None:
            return None
        near: Array = vectors @ encoder.encode([text[:MAX_QUERY]])[0]
        return np.maximum((near - FAR) / (1 - FAR), 0)

    def _ranked(self, by_words: Array, by_synonym: Array, by_meaning: Array | None, limit: int) -> list[CpvHit]:
        scores = np.maximum(by_words, by_synonym) + 0.1 * np.minimum(by_words, by_synonym)
        if by_meaning is not None:
            scores = scores + MEANING * by_meaning
        order = np.lexsort((np.arange(len(scores)), self._names.depth, -np.round(scores, 3)))[:limit].tolist()
        return [
            CpvHit(self._names.codes[number], float(scores[number]), _kind(by_words[number], by_synonym[number]))
            for number in order
            if scores[number] > 0
        ]

    @cached_property
    def _path(self) -> Path:
        names = "\n".join("\t".join(self._names.names[language]) for language in LANGUAGES)
        return self._folder / f"cpv-{hashlib.sha256(names.encode()).hexdigest()[:16]}.{MODEL}.vectors"

    def _read(self) -> Vectors | None:
        arrays = read_vectors(self._path)
        if arrays is None or arrays.get("vectors", np.zeros(0)).shape != (len(self._names.codes), DIMENSIONS):
            return None
        return arrays["vectors"].astype(np.float32)

    def _meaning_vectors(self) -> Vectors | None:
        if self._vectors is None and not self._has_looked:
            self._vectors, self._has_looked = self._read(), True
        return self._vectors


def _kind(by_words: float, by_synonym: float) -> MatchedBy:
    if by_synonym > 0 and by_synonym >= by_words:
        return "synonym"
    return "words" if by_words > 0 else "meaning"
