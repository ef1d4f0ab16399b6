"""The clause library by meaning: a vector for each sentence, in both languages.

A clause is as near to a question as the mean of its nearest sentence in each part: title and summary, guidance, text.
Vectors are a cache: one file a version, named by its digest, and a list of the versions that are searched.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.encoder import DIMENSIONS, MODEL, Encoder, Vectors, load_encoder
from mpdi.clause_library.core.search.products import Array, products
from mpdi.clause_library.core.search.schema import plain
from mpdi.clause_library.core.search.vector_files import Arrays, read_vectors, write_vectors
from mpdi.clause_library.core.vocabulary import LANGUAGES

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[\w«“(])")
_SHORTEST, _LONGEST = 25, 400
HEAD, GUIDANCE, TEXT = 0, 1, 2
_PARTS = 3
ALSO = 0.6
"""How much the library's words for a question count beside the question itself."""

Watched = Callable[[list[ClauseVersion]], Iterator[ClauseVersion]]
"""Goes through a list and may show how far it is."""


@dataclass(frozen=True)
class NearClause:
    """A clause near to a question: how near (cosine), and its nearest sentence in the language asked."""

    id: str
    similarity: float
    find_sentence: Callable[[], str]

    @cached_property
    def sentence(self) -> str:
        """The nearest sentence: looked for where it is shown."""
        return self.find_sentence()


@dataclass(frozen=True)
class SentenceVectors:
    """Sentences, the language of each, and their vectors: a row a sentence, half precision."""

    texts: Sequence[str]
    languages: Sequence[str]
    vectors: "np.ndarray[Any, Any]"


@dataclass(frozen=True)
class _Sentences:
    """All sentences of all clauses in one language, a row a sentence; `owner` is the number of the clause × 3 + part, rising."""

    identifiers: tuple[str, ...]
    owner: "np.ndarray[Any, np.dtype[np.int64]]"
    texts: "np.ndarray[Any, Any]"
    vectors: Vectors

    @cached_property
    def _parts(self) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """Return the parts that have sentences, and the row where each begins."""
        parts, starts = np.unique(self.owner, return_index=True)
        return parts, starts

    @cached_property
    def _bounds(self) -> "np.ndarray[Any, Any]":
        """Return for each clause the row where its own begin, and at last the number of rows."""
        return np.searchsorted(self.owner // _PARTS, np.arange(len(self.identifiers) + 1))

    def nearest_sentence(self, near: "np.ndarray[Any, Any]", number: int) -> str:
        """Return the sentence of a clause that is nearest."""
        start, end = self._bounds[number : number + 2]
        return str(self.texts[start + np.argmax(near[start:end])])

    def by_part(self, near: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """Return a row a clause: how near the nearest sentence of each part is, not a number where it has none."""
        groups, starts = self._parts
        table = np.full(len(self.identifiers) * _PARTS, np.nan, np.float32)
        table[groups] = np.maximum.reduceat(near, starts)
        return table.reshape(-1, _PARTS)


def clause_sentences(version: ClauseVersion) -> list[tuple[int, str, str]]:
    """Return (part, language, sentence) of a version, part by part."""
    found: list[tuple[int, str, str]] = []
    for language in LANGUAGES:
        title, summary = version.title[language], version.summary[language]
        found += [(HEAD, language, head) for head in (title, f"{title}. {summary}", summary)]
        found += [(GUIDANCE, language, sentence) for sentence in sentences(version.guidance[language])]
        printed = (paragraph.text[language] for paragraph in version.text if paragraph.is_printed)
        found += [(TEXT, language, sentence) for text in printed for sentence in sentences(text)]
    return sorted(found, key=lambda item: item[0])


def sentences(text: str) -> list[str]:
    """Cut a text into sentences; very short ones are dropped, very long ones cut."""
    found = _SENTENCE_END.split(" ".join(plain(text).split()))
    return [sentence[:_LONGEST] for sentence in found if len(sentence) >= _SHORTEST]


class MeaningIndex:
    """Vectors of the library in a cache folder. `is_available` is False where the encoder is not installed."""

    def __init__(self, cache_folder: Path, encoder: Encoder | None = None) -> None:
        self._folder = cache_folder / "meaning"
        self._given = encoder
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._loaded: dict[str, _Sentences] | None = None

    @property
    def is_available(self) -> bool:
        """Whether the encoder is installed."""
        return self._encoder is not None

    @property
    def is_ready(self) -> bool:
        """Whether questions can be answered: the encoder is there, and vectors were made."""
        return self.is_available and self._current() is not None

    def build(self, versions: Iterable[ClauseVersion], watched: Watched = iter) -> int:
        """Search these versions from now on, the highest of each clause; return how many had to be encoded.

        They are taken through `watched`, so that who waits sees how far it is.
        """
        newest: dict[str, ClauseVersion] = {}
        for version in versions:
            if version.id not in newest or newest[version.id].version < version.version:
                newest[version.id] = version
        made = sum(map(self._encode, watched(list(newest.values())))) if self.is_available else 0
        self._write_list({version.id: version.digest for version in newest.values()})
        self._drop_unused()
        return made

    def update(self, version: ClauseVersion) -> None:
        """Put one version in the place of the one of the same clause."""
        self._encode(version)
        self._write_list(self._read_list() | {version.id: version.digest})

    def text_vectors(self, version: ClauseVersion) -> SentenceVectors | None:
        """Return the sentences of a version's text, both languages, that were encoded; None where it never was."""
        arrays = _whole(read_vectors(self._path(version.digest)))
        if arrays is None:
            return None
        rows = arrays["parts"] == TEXT
        return SentenceVectors(
            arrays["texts"][rows].tolist(), arrays["languages"][rows].tolist(), arrays["vectors"][rows]
        )

    def encode(self, texts: Sequence[str]) -> Vectors | None:
        """Encode texts of somebody else; None where the encoder is not installed."""
        encoder = self._encoder
        return encoder.encode(texts) if encoder is not None else None

    def remove(self, identifier: str) -> None:
        """Take a clause out."""
        self._write_list({key: digest for key, digest in self._read_list().items() if key != identifier})

    def search(
        self,
        query: str,
        language: str,
        limit: int = 20,
        allowed: Collection[str] | None = None,
        also: Collection[str] = (),
    ) -> list[NearClause]:
        """Return the nearest clauses, nearest first; nothing where vectors or encoder are missing.

        `also` holds what the library calls the same thing: it draws the question nearer to the library's words.
        """
        encoder = self._encoder
        if encoder is None or not query.strip():
            return []
        return self.nearest(_question(encoder, query, also), language, limit, allowed)

    def nearest(
        self,
        vector: Vectors,
        language: str,
        limit: int = 20,
        allowed: Collection[str] | None = None,
    ) -> list[NearClause]:
        """Return the clauses nearest to a vector (512 numbers), for who has encoded the question already.

        Sentences of both languages count: who reads French may search by a Dutch word.
        """
        current = self._current()
        if current is None:
            return []
        own, other = (current["nl"], current["fr"]) if language == "nl" else (current["fr"], current["nl"])
        near = own.vectors @ vector
        similarity = np.nanmean(np.fmax(own.by_part(near), other.by_part(other.vectors @ vector)), axis=1)
        return _nearest(own, near, similarity, limit, allowed)

    def nearest_to_each(
        self,
        vectors: Vectors,
        language: str,
        limit: int = 20,
        allowed: Collection[str] | None = None,
    ) -> list[list[NearClause]]:
        """Return for each row, a text that is known to be in this language, the clauses nearest to it.

        Only sentences of that language are read (French for English): the others say the same and double the time.
        """
        current = self._current()
        if current is None:
            return [[] for _ in vectors]
        own = current["nl" if language == "nl" else "fr"]
        by_question = products(own.vectors, vectors)
        return [_nearest(own, near, np.nanmean(own.by_part(near), axis=1), limit, allowed) for near in by_question]

    @property
    def _encoder(self) -> Encoder | None:
        return self._given or load_encoder()

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.{MODEL}.npz"

    def _encode(self, version: ClauseVersion) -> bool:
        encoder = self._encoder
        path = self._path(version.digest)
        if encoder is None or _whole(read_vectors(path)):
            return False
        parts, languages, texts = zip(*clause_sentences(version), strict=True)
        write_vectors(
            path,
            {
                "parts": np.array(parts),
                "languages": np.array(languages),
                "texts": np.array(texts),
                "vectors": encoder.encode(texts).astype(np.float16),
            },
        )
        return True

    @property
    def _list_path(self) -> Path:
        return self._folder / "clauses.json"

    def _read_list(self) -> dict[str, str]:
        try:
            listed: dict[str, str] = json.loads(self._list_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return listed

    def _write_list(self, listed: dict[str, str]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._list_path.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
        part.write_text(json.dumps(listed, indent=0, sort_keys=True), encoding="utf-8")
        part.replace(self._list_path)

    def _drop_unused(self) -> None:
        used = {self._path(digest).name for digest in self._read_list().values()}
        for path in self._folder.glob("*.npz"):
            if path.name not in used:
                path.unlink(missing_ok=True)

    def _current(self) -> dict[str, _Sentences] | None:
        """Return the sentences by language, read again when the list has changed."""
        try:
            status = self._list_path.stat()
        except OSError:
            return None
        with self._lock:
            if self._stamp != (status.st_mtime_ns, status.st_ino):
                self._stamp, self._loaded = (status.st_mtime_ns, status.st_ino), self._load()
            return self._loaded

    def _load(self) -> dict[str, _Sentences] | None:
        listed = sorted(self._read_list().items())
        read = ((identifier, _whole(read_vectors(self._path(digest)))) for identifier, digest in listed)
        found = [(identifier, arrays) for identifier, arrays in read if arrays]
        return {str(language): _in_language(found, language) for language in LANGUAGES} if found else None


def _in_language(found: Sequence[tuple[str, Arrays]], language: str) -> _Sentences:
    rows = [np.flatnonzero(arrays["languages"] == language) for _, arrays in found]
    each = list(enumerate(zip(found, rows, strict=True)))
    return _Sentences(
        tuple(identifier for identifier, _ in found),
        np.concatenate([number * _PARTS + arrays["parts"][own] for number, ((_, arrays), own) in each]),
        np.concatenate([arrays["texts"][own] for _, ((_, arrays), own) in each]),
        np.concatenate([arrays["vectors"][own].astype(np.float32) for _, ((_, arrays), own) in each]),
    )


def _question(encoder: Encoder, query: str, also: Collection[str]) -> Vectors:
    vectors = encoder.encode([query, ", ".join(also)] if also else [query])
    mixed: Vectors = vectors[0] + ALSO * vectors[1] if also else vectors[0]
    length = max(float(np.linalg.norm(mixed)), 1e-6)
    return (mixed / length).astype(np.float32) if also else mixed


def _whole(arrays: Arrays | None) -> Arrays | None:
    if arrays is None or not {"parts", "languages", "texts", "vectors"} <= set(arrays):
        return None
    has_all = set(LANGUAGES) <= set(arrays["languages"].tolist())
    return arrays if has_all and arrays["vectors"].shape == (len(arrays["texts"]), DIMENSIONS) else None


def _nearest(
    own: _Sentences, near: Array, similarity: Array, limit: int, allowed: Collection[str] | None
) -> list[NearClause]:
    order = np.argsort(-similarity, kind="stable").tolist()
    if allowed is not None:
        order = [number for number in order if own.identifiers[number] in allowed]
    return [
        NearClause(own.identifiers[number], float(similarity[number]), partial(own.nearest_sentence, near, number))
        for number in order[:limit]
    ]
