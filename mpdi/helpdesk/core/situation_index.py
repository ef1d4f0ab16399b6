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
        self._by_stem: dict[str, Array] = {}
        """A row a stem, so that a question reads only the rows of its own."""
        for language in LANGUAGES:
            self._read(language, [stems(situation.text.get(language, ""), language) for situation in situations])

    def _read(self, language: str, texts: list[list[str]]) -> None:
        count = Counter(stem for text in texts for stem in set(text))
        numbers = {stem: number for number, stem in enumerate(sorted(count))}
        rarity = np.array([np.log(1 + len(texts) / count[stem]) for stem in numbers], np.float32)
        self._numbers[language], self._rarity[language] = numbers, rarity
        self._by_stem[language] = np.ascontiguousarray(np.stack([self._vector(text, language) for text in texts]).T)

    def _vector(self, found: Sequence[str], language: str) -> Array:
        vector = np.zeros(len(self._numbers[language]), np.float32)
        known = sorted({self._numbers[language][stem] for stem in found if stem in self._numbers[language]})
        vector[known] = self._rarity[language][known]
        unknown = len(set(found)) - len(known)
        length = float(np.sqrt((vector ** 2).sum() + unknown * np.log(1 + len(self._numbers[language]) / 4) ** 2))
        return vector / (length or 1.0)

    def near(self, pieces: Sequence[str], language: str) -> Array:
        """Return a row a piece, a column a situation, 0 to 1."""
        vectors = np.stack([self._vector(stems(piece, language), language) for piece in pieces])
        used = np.flatnonzero(vectors.any(axis=0))
        result: Array = vectors[:, used] @ self._by_stem[language][used]
        return result


def text_vectors(texts: Sequence[str], cache_folder: Path, encoder: Encoder) -> Vectors:
    """Return a row a text: encoded once, then kept in the cache folder."""
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    path = cache_folder / "meaning" / f"situations-{digest}.{MODEL}.vectors"
    kept = (read_vectors(path) or {}).get("vectors")
    if kept is not None and kept.shape == (len(texts), DIMENSIONS):
        return kept.astype(np.float32)
    vectors = encoder.encode(texts)
    write_vectors(path, {"vectors": vectors.astype(np.float16)})
    return vectors
