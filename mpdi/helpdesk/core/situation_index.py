"""How near a question is to each situation: by words (cosine of rare stems) and, where the encoder is there, by meaning."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mpdi.clause_library.core.search.encoder import DIMENSIONS, MODEL, Encoder, Vectors
from mpdi.clause_library.core.search.language import stems
from mpdi.clause_library.core.search.vector_files import read_vectors, write_vectors
from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.helpdesk.core.rules import Situation

Array = np.ndarray[Any, np.dtype[Any]]


class SituationWords:
    """Situations as vectors of their stems, a rare stem counting more; a table a language."""

    def __init__(self, situations: Sequence[Situation]) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        self._rarity: dict[str, Array] = {}
        self._tables: dict[str, Array] = {}
        for language in LANGUAGES:
            self._read(language, [stems(situation.text[language], language) for situation in situations])

    def _read(self, language: str, texts: list[list[str]]) -> None:
        count = Counter(stem for text in texts for stem in set(text))
        numbers = {stem: number for number, stem in enumerate(sorted(count))}
        rarity = np.array([np.log(1 + len(texts) / count[stem]) for stem in numbers], np.float32)
        self._numbers[language], self._rarity[language] = numbers, rarity
        self._tables[language] = np.stack([self._vector(text, language) for text in texts])

    def _vector(self, found: Sequence[str], language: str) -> Array:
        vector = np.zeros(len(self._numbers[language]), np.float32)
        known = sorted({self._numbers[language][stem] for stem in found if stem in self._numbers[language]})
        vector[known] = self._rarity[language][known]
        unknown = len(set(found)) - len(known)
        length = float(np.sqrt((vector ** 2).sum() + unknown * np.log(1 + len(self._numbers[language]) / 4) ** 2))
        return vector / (length or 1.0)

    @property
    def tables(self) -> list[Array]:
        """A table a language: a row a situation, a column a stem."""
        return [self._tables[language] for language in LANGUAGES]

    def vectors(self, pieces: Sequence[str], language: str) -> Array:
        """Return a row a piece, a column a stem."""
        return np.stack([self._vector(stems(piece, language), language) for piece in pieces])

    def near(self, vectors: Array, language: str) -> Array:
        """Return a row a piece, a column a situation, 0 to 1."""
        result: Array = vectors @ self._tables[language].T
        return result


class SituationMeaning:
    """Vectors of the situations in both languages, encoded once and kept in the cache folder."""

    def __init__(self, situations: Sequence[Situation], cache_folder: Path, encoder: Encoder) -> None:
        self._texts = [situation.text[language] for language in LANGUAGES for situation in situations]
        digest = hashlib.sha256("\n".join(self._texts).encode()).hexdigest()[:16]
        self._path = cache_folder / "meaning" / f"situations-{digest}.{MODEL}.vectors"
        kept = self._kept()
        self._vectors = self._encoded(encoder) if kept is None else kept

    @property
    def table(self) -> Array:
        """Vectors of all situations in French, then in Dutch."""
        return self._vectors

    def near(self, vectors: Vectors) -> Array:
        """Return a row a vector, a column a situation: the cosine with the nearer of its two languages."""
        table = (vectors @ self._vectors.T).reshape(len(vectors), len(LANGUAGES), -1)
        result: Array = table.max(axis=1)
        return result

    def _kept(self) -> Vectors | None:
        arrays = read_vectors(self._path)
        if arrays is None or arrays.get("vectors", np.zeros(0)).shape != (len(self._texts), DIMENSIONS):
            return None
        return arrays["vectors"].astype(np.float32)

    def _encoded(self, encoder: Encoder) -> Vectors:
        vectors = encoder.encode(self._texts)
        write_vectors(self._path, {"vectors": vectors.astype(np.float16)})
        return vectors
