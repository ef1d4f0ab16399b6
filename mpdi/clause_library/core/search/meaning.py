"""The clause library by meaning: a vector for each sentence, in both languages.

A clause is as near to a question as the mean of its nearest sentence in each part: title and summary, guidance, text.
Vectors are a cache: one file a version, named by its digest, and a list of the versions that are searched.
"""

import json
import os
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.encoder import DIMENSIONS, MODEL, Encoder, Vectors, load_encoder
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
    sentence: str


@dataclass(frozen=True)
class _Sentences:
    """All sentences of all clauses, a row a sentence; `owner` is the number of the clause × 3 + part, rising."""

    identifiers: tuple[str, ...]
    owner: "np.ndarray[Any, np.dtype[np.int64]]"
    languages: "np.ndarray[Any, Any]"
    texts: "np.ndarray[Any, Any]"
    vectors: Vectors

    @cached_property
    def _parts(self) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """Return the parts that have sentences, and the row where each begins."""
        parts, starts = np.unique(self.owner, return_index=True)
        return parts, starts

    @cached_property
    def _rows(self) -> "dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]":
        """Return by language its rows, and for each clause where its own begin among them."""
        found = {}
        for language in LANGUAGES:
            rows = np.flatnonzero(self.languages == language)
            bounds = np.searchsorted(self.owner[rows] // _PARTS, np.arange(len(self.identifiers) + 1))
            found[str(language)] = (rows, bounds)
        return found

    def nearest_sentence(self, near: "np.ndarray[Any, Any]", number: int, language: str) -> str:
        """Return the sentence of a clause that is nearest, in the language asked; empty where it has none."""
        rows, bounds = self._rows["nl" if language == "nl" else "fr"]
        own = rows[bounds[number] : bounds[number + 1]]
        return str(self.texts[own[np.argmax(near[own])]]) if len(own) else ""

    def by_clause(self, near: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        """Return for each clause the mean, over the parts it has, of the nearest sentence."""
        groups, starts = self._parts
        table = np.full(len(self.identifiers) * _PARTS, np.nan, np.float32)
        table[groups] = np.maximum.reduceat(near, starts)
        mean: np.ndarray[Any, Any] = np.nanmean(table.reshape(-1, _PARTS), axis=1)
        return mean


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
        self._loaded: _Sentences | None = None

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
        """Return the clauses nearest to a vector (512 numbers), for who has encoded the question already."""
        return self.nearest_to_each(vector[np.newaxis], language, limit, allowed)[0]

    def nearest_to_each(
        self,
        vectors: Vectors,
        language: str,
        limit: int = 20,
        allowed: Collection[str] | None = None,
    ) -> list[list[NearClause]]:
        """Return for each row the clauses nearest to it: the library is read once for all of them."""
        found = self._current()
        if found is None:
            return [[] for _ in vectors]
        return [_nearest(found, near, language, limit, allowed) for near in vectors @ found.vectors.T]

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

    def _current(self) -> _Sentences | None:
        """Return the sentences, read again when the list has changed."""
        try:
            status = self._list_path.stat()
        except OSError:
            return None
        with self._lock:
            if self._stamp != (status.st_mtime_ns, status.st_ino):
                self._stamp, self._loaded = (status.st_mtime_ns, status.st_ino), self._load()
            return self._loaded

    def _load(self) -> _Sentences | None:
        listed = sorted(self._read_list().items())
        read = ((identifier, _whole(read_vectors(self._path(digest)))) for identifier, digest in listed)
        found = [(identifier, arrays) for identifier, arrays in read if arrays]
        if not found:
            return None
        return _Sentences(
            tuple(identifier for identifier, _ in found),
            np.concatenate([number * _PARTS + arrays["parts"] for number, (_, arrays) in enumerate(found)]),
            np.concatenate([arrays["languages"] for _, arrays in found]),
            np.concatenate([arrays["texts"] for _, arrays in found]),
            np.concatenate([arrays["vectors"].astype(np.float32) for _, arrays in found]),
        )


def _question(encoder: Encoder, query: str, also: Collection[str]) -> Vectors:
    vectors = encoder.encode([query, ", ".join(also)] if also else [query])
    mixed: Vectors = vectors[0] + ALSO * vectors[1] if also else vectors[0]
    length = max(float(np.linalg.norm(mixed)), 1e-6)
    return (mixed / length).astype(np.float32) if also else mixed


def _whole(arrays: Arrays | None) -> Arrays | None:
    if arrays is None or not {"parts", "languages", "texts", "vectors"} <= set(arrays):
        return None
    return arrays if arrays["vectors"].shape == (len(arrays["texts"]), DIMENSIONS) else None


def _nearest(
    found: _Sentences, near: "np.ndarray[Any, Any]", language: str, limit: int, allowed: Collection[str] | None
) -> list[NearClause]:
    similarity = found.by_clause(near)
    order = np.argsort(-similarity, kind="stable").tolist()
    if allowed is not None:
        order = [number for number in order if found.identifiers[number] in allowed]
    return [
        NearClause(found.identifiers[number], float(similarity[number]), found.nearest_sentence(near, number, language))
        for number in order[:limit]
    ]
