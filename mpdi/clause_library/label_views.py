"""Pages of the labels directory: the list, one label with its statement; the directory as JSON and CSV."""

from flask import Response, abort, jsonify, make_response, render_template, request

from mpdi import clock
from mpdi.clause_library.core.label_directory import edition_directory
from mpdi.clause_library.core.label_statement import StatementObject
from mpdi.clause_library.core.vocabulary import Category, Theme
from mpdi.clause_library.label_open_data import directory_csv, directory_json
from mpdi.clause_library.label_pages import LabelPage, labels_found, read_label_query
from mpdi.clause_library.library_pages import cacheable, clauses, current_library
from mpdi.i18n import content_language


@clauses.get("/labels")
def label_list() -> str:
    """List the labels: `?words=…&category=…&theme=…` filter."""
    directory, query = edition_directory(), read_label_query(request.args)
    return render_template(
        "clauses/label_list.html",
        query=query,
        found=labels_found(directory, query, content_language()),
        total=len(directory),
        categories=[each for each in Category if any(each in entry.categories for entry in directory.all())],
        themes=[each for each in Theme if any(each in entry.themes for entry in directory.all())],
    )


@clauses.get("/labels/<identifier>")
def label_page(identifier: str) -> str:
    """Show a label, and its statement for the choices of the address (`?case=…&object=…&with=…&about=…`)."""
    page = _page(identifier)
    used_by = page.clauses(current_library(), clock.today())
    return render_template("clauses/label.html", page=page, entry=page.entry, used_by=used_by, objects=StatementObject)


@clauses.get("/labels/<identifier>/statement.txt")
def label_statement_text(identifier: str) -> Response:
    """Return the statement as plain text, in the language in which clauses are read (`?content=nl`), ready to paste."""
    page, language = _page(identifier), content_language()
    if not page.cases:
        abort(404)
    response = make_response(page.statement(language) + "\n")
    response.mimetype = "text/plain"
    response.headers["Content-Language"] = language
    return cacheable(response)


@clauses.get("/labels.json")
def labels_as_json() -> Response:
    """Return the whole directory."""
    return cacheable(jsonify(directory_json(edition_directory().all())))


@clauses.get("/labels.csv")
def labels_as_csv() -> Response:
    """Return the same, a line a label, without what may be asked and how to verify."""
    response = make_response(directory_csv(edition_directory().all()))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f"attachment; filename=mpdi-labels-{clock.today():%Y-%m-%d}.csv"
    return cacheable(response)


def _page(identifier: str) -> LabelPage:
    directory = edition_directory()
    if identifier not in directory:
        abort(404)
    return LabelPage(directory, identifier, request.args)
