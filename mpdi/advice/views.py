"""The pages of the helpers. Nothing is stored: what was typed stands in the address, so that a result can be sent as a link."""

from collections.abc import Mapping
from functools import cache

from flask import Blueprint, abort, render_template, request

from mpdi import clock
from mpdi.advice import labels
from mpdi.advice.core.advisers import advise_on
from mpdi.advice.core.display import money, shown
from mpdi.advice.core.errors import AnswersError
from mpdi.advice.core.model import Advice, Helper
from mpdi.advice.core.reading import read_helpers
from mpdi.advice.forms import helper_form
from mpdi.advice.scoring_pages import scoring_page
from mpdi.advice.typed import read_answers
from mpdi.clause_library.core.law_numbers import LawNumbers, read_law_numbers
from mpdi.i18n import content_language, interface_language
from mpdi.resources import folder
from mpdi.services import services

advice_pages = Blueprint("advice", __name__)


@cache
def _helpers() -> dict[str, Helper]:
    return read_helpers()


@cache
def _numbers() -> LawNumbers:
    return read_law_numbers(folder("clauses") / "law" / "numbers.yaml")


@advice_pages.get("/advice")
def overview() -> str:
    """List the helpers, each in a line."""
    return render_template("advice/list.html", helpers=_helpers().values(), language=interface_language())


@advice_pages.get("/advice/scoring")
def scoring() -> str | tuple[str, int]:
    """Show the scoring helper, and the trial that the address holds."""
    return scoring_page(_typed(None))


@advice_pages.get("/advice/<name>")
def helper(name: str) -> str | tuple[str, int]:
    """Show the questions of a helper and, where the address holds answers, what they come to."""
    if name not in _helpers():
        abort(404)
    asked = _helpers()[name]
    typed = _typed(asked)
    if not typed:
        return _page(asked, typed, None)
    try:
        return _page(asked, typed, advise_on(asked, read_answers(asked, typed), _numbers(), clock.today()))
    except AnswersError as error:
        return _page(asked, typed, None, error)


def _typed(asked: Helper | None) -> dict[str, str]:
    """What the address holds of the questions; empty answers are kept, for they say that the form was sent."""
    keys = None if asked is None else {question.key for question in asked.questions}
    return {key: value for key, value in request.args.items() if keys is None or key in keys}


def _page(asked: Helper, typed: Mapping[str, str], made: Advice | None, error: AnswersError | None = None) -> str | tuple[str, int]:
    form = helper_form(asked, typed)
    if error is not None:
        form.show_problems(error.problems)
    page = render_template(
        "advice/helper.html", helper=asked, form=form, advice=made, words=labels, language=interface_language(),
        content=content_language(), titles=_titles(made), money=money, shown=shown,
    )  # fmt: skip
    return page if error is None else (page, 422)


def _titles(made: Advice | None) -> dict[str, str]:
    """Return the titles of the clauses that the answer names; none for a clause that this library does not publish."""
    named = {identifier for each in made.written for identifier in each.wording.clauses} if made else set()
    if not named:
        return {}
    with services().database.reading() as session:
        library = services().library.library(session)
        known = named & set(library.identifiers)
        return {each: library.latest(each, clock.today()).title[content_language()] for each in sorted(known)}
