"""The page on which clauses are found again in a document. Nothing is kept: the answer is all there is."""

import threading
from collections.abc import Sequence

from flask import Blueprint, abort, current_app, render_template, request

from mpdi import clock, security
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.error_pages import error_answer
from mpdi.i18n import content_language
from mpdi.i18n import translate as _
from mpdi.monitoring.found_clauses.by_meaning import SentenceEncoder
from mpdi.monitoring.found_clauses.model import UnreadableTextError
from mpdi.monitoring.found_clauses.reading import LARGEST, searched_file, searched_words
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.monitoring.shown_clauses import ShownClause, how_words, shown_clauses
from mpdi.services import services
from mpdi.specifications.skeleton import fixed_texts

finding = Blueprint("finding", __name__)
_REQUEST = LARGEST + 1024 * 1024
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


@finding.get("/clauses/find")
def ask() -> str:
    """Show the form."""
    return _page()


@finding.post("/clauses/find")
def find() -> str | tuple[str, int]:
    """Find clauses in the file that was sent, or in the words that were pasted."""
    words, file = request.form.get("text", ""), request.files.get("file")
    try:
        text = searched_file(file.read(), file.filename) if file is not None and file.filename else searched_words(words)
    except UnreadableTextError as error:
        reason = error.args[0]
        return _page(words=words, problem=reason.told(_) if hasattr(reason, "told") else str(reason)), 422
    keeper: _Keeper = current_app.extensions.setdefault("mpdi_found_clauses", _Keeper())
    if not keeper.turn.acquire(timeout=_PATIENCE):
        abort(503)  # a search computes for seconds: the other threads of the portal are for its other pages
    try:
        search = _search(keeper)
        found = search.find(text)
        shown = list(shown_clauses(found, text.paragraphs, search.words.library))
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
        how=how_words(),
        language=content_language(),
    )


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
                self._made = made = FoundClauseSearch.over(library, clock.today(), encoder, fixed_texts())
                made.words.build()
            return made
