"""The page on which clauses are found again in a document. Nothing is kept: the answer is all there is."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, render_template, request

from mpdi import clock, security
from mpdi.clause_library.comparison import Change, compare_words
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Language
from mpdi.error_pages import error_answer
from mpdi.i18n import content_language
from mpdi.i18n import translate as _
from mpdi.monitoring.found_clauses.by_meaning import SentenceEncoder
from mpdi.monitoring.found_clauses.model import FoundClause, How, SearchedText, UnreadableTextError
from mpdi.monitoring.found_clauses.reading import LARGEST, searched_file, searched_words
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.services import services

finding = Blueprint("finding", __name__)
_REQUEST = LARGEST + 1024 * 1024
_MOST_WORDS = 2_000
"""Of a passage that is compared word by word; a page of a PDF has some five hundred."""
_MOST_COMPARED = 30
"""Clauses whose differences are shown: each takes some tenths of a second."""
_WHOLE = 0.9995
_AT_ONCE, _PATIENCE = 2, 20
"""Searches at a time in one process, and the seconds that another waits for its turn."""


@finding.url_value_preprocessor
def allow_files(_endpoint: str | None = None, _values: dict[str, object] | None = None) -> None:
    """Let a request carry a document; one that is too large is refused before it is read."""
    if (request.content_length or 0) > _REQUEST:
        abort(error_answer(413))
    request.max_content_length = _REQUEST
    request.max_form_memory_size = _REQUEST


finding.before_request(security.keep_private)


@dataclass(frozen=True)
class ShownClause:
    """A clause that was found, with what the page says of it."""

    found: FoundClause
    version: ClauseVersion
    latest: str
    """The version in force, or the newest."""
    changes: Sequence[Change]
    """From the clause's text to that of the document; empty where they are the same, or not compared."""


@finding.get("/clauses/find")
def ask() -> str:
    """Show the form."""
    return _page()


@finding.post("/clauses/find")
def find() -> str | tuple[str, int]:
    """Find clauses in the file that was sent, or in the words that were pasted."""
    words, file = request.form.get("text", ""), request.files.get("file")
    try:
        text = searched_file(file.read()) if file is not None and file.filename else searched_words(words)
    except UnreadableTextError as error:
        reason = error.args[0]
        return _page(words=words, problem=reason.told(_) if hasattr(reason, "told") else str(reason)), 422
    keeper: _Keeper = current_app.extensions.setdefault("mpdi_found_clauses", _Keeper())
    if not keeper.turn.acquire(timeout=_PATIENCE):
        abort(503)  # a search computes for seconds: the other threads of the portal are for its other pages
    try:
        search = _search(keeper)
        found = search.find(text)
        shown = list(_shown(found, text, search.words.library))
    finally:
        keeper.turn.release()
    return _page(words=words, shown=shown, is_searched=True, by_meaning=search.meaning.is_ready)


def _page(
    words: str = "",
    shown: Sequence[ShownClause] = (),
    problem: str | None = None,
    is_searched: bool = False,
    by_meaning: bool = True,
) -> str:
    return render_template(
        "monitoring/found_clauses.html",
        words=words,
        shown=shown,
        problem=problem,
        is_searched=is_searched,
        by_meaning=by_meaning,
        how=_how(),
        language=content_language(),
    )


def _how() -> dict[str, str]:
    return {
        How.TAG.value: _("the file names it"),
        How.WORDS.value: _("the same words"),
        How.MEANING.value: _("the same meaning"),
    }


def _shown(found: Sequence[FoundClause], text: SearchedText, library: ClauseLibrary) -> Iterator[ShownClause]:
    compared = 0
    for each in found:
        version = library.version(each.id, each.version)
        latest = str(library.latest(each.id, clock.today()).version)
        changes: Sequence[Change] = ()
        if each.how is not How.MEANING and each.share < _WHOLE and compared < _MOST_COMPARED:
            changes = _changes(each, version, text)
            compared += 1
        yield ShownClause(each, version, latest, changes)


def _changes(found: FoundClause, version: ClauseVersion, text: SearchedText) -> Sequence[Change]:
    """From the clause's printed text to the paragraphs of the document in which it stands."""
    language: Language = "nl" if found.language == "nl" else "fr"
    passage = " ".join(text.paragraphs[found.place - 1 : found.ends])
    own = " ".join(paragraph.text[language] for paragraph in version.text if paragraph.is_printed)
    if max(len(passage.split()), len(own.split())) > _MOST_WORDS:
        return ()
    return tuple(compare_words(own, passage))


def _search(keeper: "_Keeper") -> FoundClauseSearch:
    """The search over the library as it is; made anew, some seconds, where the library or the day is another."""
    with services().database.reading() as session:
        library = services().library.library(session)
    return keeper.search(library, services().search.meaning)


class _Keeper:
    """Keeps the search of an application: the index of its words takes seconds to make."""

    def __init__(self) -> None:
        self.turn = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._made: FoundClauseSearch | None = None

    def search(self, library: ClauseLibrary, encoder: SentenceEncoder) -> FoundClauseSearch:
        """Return the search over this library today."""
        with self._lock:
            made = self._made
            if made is None or made.words.library is not library or made.words.day != clock.today():
                self._made = made = FoundClauseSearch.over(library, clock.today(), encoder)
                made.words.build()
            return made
