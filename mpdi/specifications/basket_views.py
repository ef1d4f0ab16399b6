"""A reader's own selection of clauses: kept in the session, given as a Word file without a specification."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Language
from mpdi.i18n import content_language
from mpdi.services import services
from mpdi.specifications.clause_sheet import write_clause_sheet
from mpdi.specifications.file_pages import download_of

baskets = Blueprint("baskets", __name__, url_prefix="/selection")
_KEPT = "basket"


def basket() -> list[str]:
    """Return the identifiers in the reader's selection, in the order chosen."""
    kept = session.get(_KEPT, [])
    return [each for each in kept if isinstance(each, str) and CLAUSE_ID.fullmatch(each)]


@baskets.get("")
def show() -> str:
    """Show the selection, what can be done with it, and how to begin one."""
    return render_template("clauses/basket.html", chosen=_clauses(_library(), basket()))


@baskets.post("/add")
def add() -> Response:
    """Add clauses of the library; those already there stay where they are."""
    known = set(_library().identifiers)
    kept = basket()
    new = [each for each in dict.fromkeys(request.form.getlist("clause")) if each in known and each not in kept]
    session[_KEPT] = [*kept, *new]
    flash(ngettext("%(num)s clause in your selection.", "%(num)s clauses in your selection.", len(session[_KEPT])))
    return redirect(url_for("baskets.show"), 303)


@baskets.post("/remove")
def remove() -> Response:
    """Take clauses out, or all of them."""
    out = set(request.form.getlist("clause"))
    session[_KEPT] = [] if "all" in request.form else [each for each in basket() if each not in out]
    return redirect(url_for("baskets.show"), 303)


@baskets.get("/clauses.docx")
def document() -> Response:
    """Give the clauses named (`?clause=…&clause=…`, also in one version: `ID@1.0.0`), or else the selection, as a Word file.

    It is in the language in which clauses are read.
    """
    library, language = _library(), content_language()
    chosen = _clauses(library, request.args.getlist("clause") or basket())
    if not chosen:
        abort(404)
    data = write_clause_sheet(chosen, library, language, clock.today())
    return download_of(data, _file_name(chosen, language))


def _library() -> ClauseLibrary:
    with services().database.reading() as database_session:
        return services().library.library(database_session)


def _clauses(library: ClauseLibrary, references: list[str]) -> list[ClauseVersion]:
    parts = [each.partition("@") for each in dict.fromkeys(references)]
    return [
        library.version(identifier, number) if number else library.latest(identifier, clock.today())
        for identifier, _, number in parts
        if identifier in library.identifiers
    ]


def _file_name(chosen: list[ClauseVersion], language: Language) -> str:
    what = chosen[0].reference.replace("@", "_") if len(chosen) == 1 else f"clauses_{len(chosen)}"
    return f"mpdi_{what}_{language}_{clock.today().isoformat()}.docx"
