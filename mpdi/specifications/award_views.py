"""The page of the award criteria and their weights."""

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.specifications.award_form import AwardForm, packed_award, stored_award, told_award, typed_award
from mpdi.specifications.cost_annex import is_sole_cost
from mpdi.specifications.draft_pages import DraftPage, open_page, save_or_ask, show, specifications, to_step


@specifications.get("/<token>/award")
def award(token: str) -> Response:
    """Show the award criteria with their weights, or the proposal."""
    page = open_page(token)
    return _show(page, stored_award(page.purchase, page.prepared.selection))


@specifications.post("/<token>/award")
def weigh(token: str) -> Response:
    """Store weights that total 100; without any weight, the proposal stands again."""
    page = open_page(token)
    action = request.form.get("action", "save")
    form = typed_award(request.form, page.purchase, page.prepared.selection)
    if action == "add":
        form.problem = None
        return _show(page, form)
    if action != "clear" and not form.is_valid:
        return _show(page, form, 422)
    weights = [] if action == "clear" else packed_award(form)
    answers = {key: value for key, value in page.answers.items() if key != "award"} | (
        {"award": weights} if weights else {}
    )
    answer = save_or_ask(page, "award", answers, told_award(page.answers), told_award(answers), _then(page, action))
    if answer.status_code == 303 and action == "clear":
        flash(_("No weight is set any more: the proposal stands again."))
    return answer


def _then(page: DraftPage, action: str) -> str:
    return to_step(page, "award" if action == "clear" else "numbers")


def _show(page: DraftPage, form: AwardForm, status: int = 200) -> Response:
    stated, sole = bool(page.purchase.award), is_sole_cost(page.purchase)
    return show("award", page, "award", status, form=form, is_stated=stated, is_sole_cost=sole)
