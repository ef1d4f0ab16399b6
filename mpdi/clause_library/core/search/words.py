"""The search index of the clause library, by words: Whoosh in one folder, always rebuildable.

One process writes at a time; readers see what was written at their next search.
"""

import os
import pickle
import shutil
import struct
import threading
import time
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from whoosh import index, writing
from whoosh.fields import FieldConfigurationError
from whoosh.reading import CorruptIndexError

from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.clause_library.core.search.errors import IndexBusyError, SearchIndexError
from mpdi.clause_library.core.search.excerpts import Piece, excerpt
from mpdi.clause_library.core.search.matching import Filters, Match, Matcher, check_filters
from mpdi.clause_library.core.search.postings import Postings
from mpdi.clause_library.core.search.query_text import read_query
from mpdi.clause_library.core.search.schema import FACETS, INDEX_NAME, clause_schema, document, record
from mpdi.clause_library.core.search.synonyms import Synonyms, shipped_synonyms

LOCK_WAIT = 10.0
"""Seconds that a writer waits for another."""
OPEN_TRIES = 20
_MATCHES_KEPT = 16
"""The last queries of which is known what they mean: a page asks for hits, counts and excerpts of one."""
_DAMAGED_INSIDE = (
    OSError,
    AssertionError,
    EOFError,
    CorruptIndexError,
    UnicodeDecodeError,
    pickle.UnpicklingError,
    struct.error,
    zlib.error,
)
"""What Whoosh raises when it reads damaged files."""
_DAMAGED = (
    *_DAMAGED_INSIDE,
    index.IndexError,
    FieldConfigurationError,
    AttributeError,
    ImportError,
    LookupError,
    ValueError,
    TypeError,
    OverflowError,
    MemoryError,
    RecursionError,
)
"""What it raises when it opens files that are missing or damaged: among them is a pickle, which raises anything."""


Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Hit:
    """One clause found: its title in both languages, a score that only orders, and pieces of text with what matched."""

    id: str
    version: str
    title: Bilingual
    score: float
    excerpt: tuple[Piece, ...] = ()


class _Open:
    """What one thread has open: a searcher and its arrays."""

    def __init__(self, searcher: Any, synonyms: Synonyms, stamp: Stamp) -> None:
        self.searcher = searcher
        self.stamp = stamp
        self.postings = Postings(searcher.reader())
        self.matcher = Matcher(searcher, self.postings, synonyms)
        self.records: dict[int, tuple[str, tuple[str, str, str, str]]] = {}
        self._columns: dict[str, Any] = {}
        self._matched = lru_cache(_MATCHES_KEPT)(self._match)
        self._passed = lru_cache(_MATCHES_KEPT)(self._pass)

    def match(self, query: str, language: str, filters: Filters | None) -> Match:
        """Return which documents a query means; of the last ones it is known."""
        if filters:
            return self.matcher.match(read_query(query), language, filters)
        return self._matched(query, language)

    def _match(self, query: str, language: str) -> Match:
        return self.matcher.match(read_query(query), language, None)

    def identifiers(self, filters: Filters) -> frozenset[str]:
        """Return the identifiers of the clauses that pass the filters; of the last ones they are known."""
        wanted = {name: (values,) if isinstance(values, str) else tuple(values) for name, values in filters.items()}
        return self._passed(tuple(sorted(wanted.items())))

    def _pass(self, filters: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[str]:
        allowed = self.matcher.allowed(dict(filters))
        return frozenset(self.record(int(number))[0] for number in np.flatnonzero(allowed))

    def column(self, name: str) -> Any:
        """Return the reader of a column, by document number."""
        if name not in self._columns:
            self._columns[name] = self.searcher.reader().column_reader(name)
        return self._columns[name]

    def record(self, number: int) -> tuple[str, tuple[str, str, str, str]]:
        """Return identifier and record (version, titles, digest) of a document."""
        if number not in self.records:
            stored = self.searcher.stored_fields(number)
            self.records[number] = (stored["id"], stored["record"])
        return self.records[number]


class ClauseIndex:
    """The index in a folder. Opening costs nothing; a missing or damaged one is a `SearchIndexError` when searched."""

    def __init__(self, folder: Path, synonyms: Synonyms | None = None, lock_wait: float = LOCK_WAIT) -> None:
        self._folder = folder
        self._synonyms = synonyms
        self._lock_wait = lock_wait
        self._local = threading.local()

    # Writing

    def rebuild(self, versions: Iterable[ClauseVersion]) -> None:
        """Index these versions and nothing else, the highest of each clause; readers see the old index until then."""
        newest: dict[str, ClauseVersion] = {}
        for version in versions:
            if version.id not in newest or newest[version.id].version < version.version:
                newest[version.id] = version
        with self._writer(self._index_for_rebuild(), mergetype=writing.CLEAR) as writer:
            for version in newest.values():
                writer.add_document(**document(version))

    def update(self, version: ClauseVersion) -> None:
        """Put one version in the place of the one of the same clause; nothing is written where it is there already."""
        if self._holds(version):
            return
        with self._writer(self._index()) as writer:
            writer.update_document(**document(version))

    def _holds(self, version: ClauseVersion) -> bool:
        """Whether this very text is indexed."""
        with self._reading() as opened:
            numbers = opened.postings.documents("id", version.id).tolist()
            return [opened.record(number)[1] for number in numbers] == [record(version)]

    def remove(self, identifier: str) -> None:
        """Take a clause out; nothing happens when it is not there."""
        with self._writer(self._index()) as writer:
            writer.delete_by_term("id", identifier)

    # Reading

    def search(
        self,
        query: str,
        language: str,
        filters: Filters | None = None,
        limit: int = 20,
        with_excerpts: bool = True,
    ) -> list[Hit]:
        """Return the best clauses, best first; all that pass the filters, by identifier, for an empty query."""
        check_filters(filters)
        with self._reading() as opened:
            match = opened.match(query, language, filters)
            return [self._hit(opened, number, match, language, with_excerpts) for number in _best(opened, match, limit)]

    def excerpts(self, query: str, language: str, identifiers: Collection[str]) -> dict[str, tuple[Piece, ...]]:
        """Return the excerpts of some clauses, as a search shows them: for who searches without and needs a few."""
        with self._reading() as opened:
            match = opened.match(query, language, None)
            return {
                identifier: self._excerpt(opened, number, match, language)
                for identifier in identifiers
                for number in opened.postings.documents("id", identifier).tolist()
            }

    def facets(self, query: str, language: str, filters: Filters | None = None) -> dict[str, dict[str, int]]:
        """Count the clauses found by each value of each facet; a facet's own filter does not narrow its counts."""
        check_filters(filters)
        with self._reading() as opened:
            found = opened.match(query, language, None).scores > 0
            return {name: _counts(opened, name, found, filters or {}) for name in FACETS}

    def identifiers(self, filters: Filters | None = None) -> frozenset[str]:
        """Return the identifiers of the clauses that pass the filters."""
        check_filters(filters)
        with self._reading() as opened:
            return opened.identifiers(filters or {})

    def record(self, identifier: str) -> tuple[str, Bilingual]:
        """Return version and title of an indexed clause; `KeyError` when it is not there."""
        with self._reading() as opened:
            for number in opened.postings.documents("id", identifier).tolist():
                _, (version, title_fr, title_nl, _) = opened.record(number)
                return version, Bilingual(title_fr, title_nl)
        raise KeyError(identifier)

    def is_ready(self) -> bool:
        """Whether there is an index of this release that can be read."""
        try:
            self._opened()
        except SearchIndexError:
            return False
        return True

    def close(self) -> None:
        """Close what this thread has open."""
        opened: _Open | None = getattr(self._local, "opened", None)
        if opened is not None:
            opened.searcher.close()
            del self._local.opened

    def _hit(self, opened: _Open, number: int, match: Match, language: str, with_excerpts: bool) -> Hit:
        identifier, (version, title_fr, title_nl, _) = opened.record(number)
        pieces = self._excerpt(opened, number, match, language) if with_excerpts else ()
        return Hit(identifier, version, Bilingual(title_fr, title_nl), float(match.scores[number]), pieces)

    @staticmethod
    def _excerpt(opened: _Open, number: int, match: Match, language: str) -> tuple[Piece, ...]:
        shown = "nl" if language == "nl" else "fr"
        text, marks = (opened.column(f"{kind}_{shown}")[number] for kind in ("text", "marks"))
        return excerpt(text, marks, match.stems[shown])

    @contextmanager
    def _reading(self) -> Iterator[_Open]:
        opened = self._opened()
        try:
            yield opened
        except _DAMAGED_INSIDE as error:
            raise self._damaged(error) from error

    def _opened(self) -> _Open:
        """Return what this thread has open, opened again when anything was written since."""
        for _ in range(OPEN_TRIES):
            try:
                return self._open_current()
            except FileNotFoundError:  # a writer has just replaced what was listed
                if not self._folder.is_dir():
                    break
                time.sleep(0.01)
            except _DAMAGED as error:
                raise self._damaged(error) from error
        raise self._damaged(FileNotFoundError())

    def _open_current(self) -> _Open:
        """Open anew rather than refresh: Whoosh's refresh keeps segments as they were, deleted documents included."""
        opened: _Open | None = getattr(self._local, "opened", None)
        stamp = self._stamp()
        if opened is not None and opened.stamp == stamp:
            return opened
        self.close()
        searcher = cast(Any, index.open_dir(str(self._folder), INDEX_NAME)).searcher()
        self._local.opened = _Open(searcher, self._synonyms or shipped_synonyms(), stamp)
        return cast(_Open, self._local.opened)

    def _stamp(self) -> Stamp:
        """Return what changes with every commit, and when the index is made anew."""
        with os.scandir(self._folder) as entries:
            tables = [entry for entry in entries if entry.name.startswith(f"_{INDEX_NAME}_")]
            return tuple(sorted((entry.name, entry.stat().st_mtime_ns) for entry in tables))

    def _index(self) -> index.Index:
        try:
            return index.open_dir(str(self._folder), INDEX_NAME)
        except _DAMAGED as error:
            raise self._damaged(error) from error

    def _damaged(self, error: BaseException) -> SearchIndexError:
        return SearchIndexError(
            f"{self._folder}: the search index is missing or damaged ({type(error).__name__}). "
            "Build it with: mpdi clauses index"
        )

    def _index_for_rebuild(self) -> index.Index:
        try:
            return index.open_dir(str(self._folder), INDEX_NAME)
        except _DAMAGED:
            return self._new_index()

    def _new_index(self) -> index.Index:
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, exist_ok=True)
            return index.create_in(str(self._folder), clause_schema(), INDEX_NAME)
        except OSError as error:
            raise SearchIndexError(
                f"{self._folder}: the search index cannot be written ({error.strerror}). Check MPDI_HOME."
            ) from error

    @contextmanager
    def _writer(self, opened: index.Index, **commit: Any) -> Iterator[Any]:
        try:
            writer = opened.writer(timeout=self._lock_wait, delay=0.05, limitmb=256)
        except index.LockError as error:
            raise IndexBusyError(
                f"{self._folder}: another process writes the search index. Try again in a minute."
            ) from error
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        writer.commit(**commit)


def _best(opened: _Open, match: Match, limit: int) -> list[int]:
    found = np.flatnonzero(match.scores > 0).tolist()
    if len(found) > 4 * limit > 0:
        worst = np.partition(match.scores[found], len(found) - limit)[len(found) - limit]
        found = [number for number in found if match.scores[number] >= worst]
    found.sort(key=lambda number: (-float(match.scores[number]), opened.record(number)[0]))
    return found[: max(limit, 0)]


def _counts(opened: _Open, name: str, found: Any, filters: Filters) -> dict[str, int]:
    """Count the clauses found by each value of one facet, under the filters of the others."""
    others = {key: value for key, value in filters.items() if key != name}
    kept = found & opened.matcher.allowed(others)
    values = opened.postings.lexicon(name)
    counts = {value: int(kept[opened.postings.scored(name, value)[0]].sum()) for value in values}
    return {value: count for value, count in counts.items() if count}
