"""The page of the numbers: each in its sentence."""

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.clause_library.core.model import Parameter, ParameterValue
from mpdi.clause_library.core.rendering import format_value
from mpdi.clause_library.core.vocabulary import ClauseKind
from mpdi.i18n import content_language
from mpdi.specifications.context import Context
from mpdi.specifications.draft_pages import DraftPage, open_page, save_or_ask, show, specifications, to_step
from mpdi.specifications.number_form import NumberForm, number_form, packed_numbers, told_numbers


@specifications.get("/<token>/numbers")
def numbers(token: str) -> Response:
    """Show the numbers of every clause that is in."""
    page = open_page(token)
    return _show(page, number_form(_context(page)))


@specifications.post("/<token>/numbers")
def set_numbers(token: str) -> Response:
    """Store the numbers that differ from what is proposed."""
    page = open_page(token)
    form = number_form(_context(page), request.form)
    if form.errors:
        return _show(page, form, 422)
    made = packed_numbers(form, page.answers, request.form)
    answers = {key: value for key, value in page.answers.items() if key != "parameters"} | (
        {"parameters": made} if made else {}
    )
    stays = request.form.get("action") == "stay"
    then = to_step(page, "numbers", show=_shown() or None) if stays else to_step(page, "check")
    answer = save_or_ask(
        page, "numbers", answers, told_numbers(page.answers, answers), told_numbers(answers, page.answers), then
    )
    if answer.status_code == 303 and stays:
        flash(_("The numbers are saved."))
    return answer


def _context(page: DraftPage) -> Context:
    return Context(page.purchase, page.library, page.prepared.selection, content_language())


def _shown() -> str:
    asked = request.values.get("show", "")
    return asked if asked in {"open", *ClauseKind} else ""


def _show(page: DraftPage, form: NumberForm, status: int = 200) -> Response:
    kinds = list(dict.fromkeys(item.clause.kind for item in form.clauses))
    group = _shown()
    return show(
        "numbers",
        page,
        "numbers",
        status,
        form=form,
        groups=form.groups(group),
        shown_group=group,
        kinds=kinds,
        shown=_written,
    )


def _written(parameter: Parameter, value: ParameterValue) -> str:
    return format_value(parameter, value, content_language())
