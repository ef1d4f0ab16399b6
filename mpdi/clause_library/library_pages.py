"""What the pages of the library share: their blueprint, the library of the moment, answers that may be kept."""

from flask import Blueprint, Response, request

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.services import services

clauses = Blueprint("clauses", __name__)


def current_library() -> ClauseLibrary:
    """Return the library as the database has it now."""
    with services().database.reading() as session:
        return services().library.library(session)


def cacheable(response: Response) -> Response:
    """Let who asks again send the tag of what they have, and get nothing where it did not change."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
