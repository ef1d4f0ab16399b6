"""Our own error pages: what happened, where, what to do; in the language of the interface, never with a stack trace."""

from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from mpdi.clause_library.core.library import UnknownClauseError
from mpdi.database import DatabaseNotReadyError
from mpdi.exceptions import MpdiError


@dataclass(frozen=True)
class ErrorPage:
    """The words of one error page."""

    title: LazyString
    what: LazyString
    remedy: LazyString


PAGES: dict[int, ErrorPage] = {
    400: ErrorPage(
        _l("This request could not be understood"),
        _l("What your browser sent is incomplete or not in the form this page expects."),
        _l("Go back to the previous page, check what you entered and send it again."),
    ),
    403: ErrorPage(
        _l("This page is not open to you"),
        _l("You do not have the right to see it."),
        _l("Check the address, or ask the person who gave it to you."),
    ),
    404: ErrorPage(
        _l("Page not found"),
        _l("There is nothing at this address: it may be mistyped, or the page may have moved."),
        _l("Check the address, start from the home page or search the clauses."),
    ),
    405: ErrorPage(
        _l("This page cannot be opened that way"),
        _l("The address exists, but it expects a form that was filled in."),
        _l("Start from the home page and follow the steps again."),
    ),
    413: ErrorPage(
        _l("That is too large"),
        _l("What you sent is larger than 2 MB, or holds too many fields. Nothing was saved."),
        _l("Shorten the longest texts or send a smaller file."),
    ),
    429: ErrorPage(
        _l("Too many requests"),
        _l("More requests came from your network in a short time than we can answer."),
        _l("Wait a minute, then try again."),
    ),
    500: ErrorPage(
        _l("Something went wrong on our side"),
        _l("An error stopped this page. What you saved earlier is still there."),
        _l("Try again in a few minutes. If it happens again, tell us the address of the page and the time."),
    ),
    503: ErrorPage(
        _l("The portal is not ready"),
        _l("It cannot reach its data for the moment."),
        _l("Try again in a few minutes."),
    ),
}
EXPIRED_FORM = ErrorPage(
    _l("This form has expired"),
    _l("The page was open for a long time, or your browser refuses cookies. Nothing was saved."),
    _l("Go back to the form, reload the page and send it again. Cookies of this site must be allowed."),
)
STATUS_OF: dict[type[MpdiError], int] = {UnknownClauseError: 404, DatabaseNotReadyError: 503}
"""The status of an error of ours; what is not listed is a 400."""


def init_app(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(CSRFError, _on_expired_form)
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(MpdiError, _on_error_of_ours)
    app.register_error_handler(OperationalError, _on_database_error)


def wants_data() -> bool:
    """Whether the address asked for is one that answers data, not a page."""
    return request.path.startswith("/api/") or request.path.endswith((".json", ".txt"))


def error_answer(status: int, message: str | None = None, page: ErrorPage | None = None) -> Response:
    """Return the answer for an error: a page, or JSON where data was asked for. `message` says more, in English."""
    if status >= 500:
        # Whoever asks is not looked up again: the database may be what failed.
        g.setdefault("signed_in", None)
    words = page or PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    if wants_data():
        response = jsonify(error=message or str(words.what))
    else:
        response = make_response(render_template("errors/error.html", status=status, page=words, message=message))
    response.status_code = status
    return response


def _on_expired_form(_error: CSRFError) -> Response:
    return error_answer(400, page=EXPIRED_FORM)


def _on_http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    response = error_answer(error.code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _on_error_of_ours(error: MpdiError) -> Response:
    status = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 400)
    return error_answer(status, str(error))


def _on_database_error(_error: OperationalError) -> Response:
    return error_answer(503)
