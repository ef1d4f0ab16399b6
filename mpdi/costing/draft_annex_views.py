"""The annex of a draft: a case that was counted on the pages decides in the specification that is being made."""

import json
from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.clause_library.core.answers import AnswersError
from mpdi.clause_library.core.purchase import Purchase
from mpdi.costing.draft_annex import award_from, kept_case, to_settle, typed_of
from mpdi.costing.draft_annex_forms import AnnexForm, annex_form, case_of_link, check_typed
from mpdi.costing.links import as_file, of_case
from mpdi.costing.specification_annex import green_case
from mpdi.costing.tender_book_views import book_sent
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.i18n import interface_language
from mpdi.lcc.sheets.model import Language
from mpdi.services import services
from mpdi.specifications import operations
from mpdi.specifications.cost_annex import CostAnnexRefusedError, written_in
from mpdi.specifications.manifest import answers_data
from mpdi.specifications.operations import DraftChangedElsewhereError, UnknownDraftError, purchase_of
from mpdi.specifications.queries import OpenDraft, open_draft
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.writing import PreparedSpecification, prepare

draft_annexes = Blueprint("draft_annexes", __name__)
draft_annexes.before_request(security.keep_private)
KEY = "life_cycle_cost"


@draft_annexes.get("/specifications/<token>/life-cycle-cost")
def annex(token: str) -> str:
    """Show what decides, what is still missing, and the form."""
    draft, purchase = _open(token)
    return _page(token, draft, purchase, _kept_form(draft, purchase))


@draft_annexes.post("/specifications/<token>/life-cycle-cost")
def save(token: str) -> Response | tuple[str, int]:
    """Keep case and rule in the draft, whatever is still missing: it is said on the page and in the document."""
    draft, purchase = _open(token)
    answers = {key: value for key, value in draft.answers.items() if key != KEY}
    if "remove" not in request.form:
        typed = _typed()
        form = annex_form(typed, written_in(purchase), _to_settle(draft.answers), _language())
        is_wrong, case = check_typed(form, typed, _language()), case_of_link(form)
        if case is None or is_wrong:
            return _page(token, draft, purchase, form), 422
        award = json.loads(as_file(award_from(typed, written_in(purchase), _language())))
        answers[KEY] = {"case": kept_case(case), "award": award}
    try:
        with services().database.writing() as session:
            held = operations.find_draft(session, token)
            operations.change_answers(session, held, _revision(), KEY, answers)
    except DraftChangedElsewhereError:
        draft, purchase = _open(token)
        return _page(token, draft, purchase, _kept_form(draft, purchase), is_changed_elsewhere=True), 409
    return redirect(url_for("draft_annexes.annex", token=token, _anchor="state"), 303)


@draft_annexes.get("/specifications/<token>/life-cycle-cost/workbook-<language>.xlsx")
def workbook(token: str, language: str) -> Response:
    """Return the workbook for tenderers of the annex: its parameters, its day, its digest."""
    _draft, purchase = _open(token)
    if language not in written_in(purchase):
        abort(404)
    parameters = _annexed(_prepared(purchase))
    if parameters is None:
        return redirect(url_for("draft_annexes.annex", token=token, _anchor="state"), 303)
    return book_sent(parameters, cast(Language, language))


def _prepared(purchase: Purchase) -> PreparedSpecification:
    with services().database.reading() as session:
        library = services().library.library(session)
    return prepare(purchase, library, services().cost_annex_writer)


def _annexed(prepared: PreparedSpecification) -> TenderParameters | None:
    """The parameters that the annex of the document names; None where there is no annex."""
    try:
        return green_case(prepared.purchase, written_in(prepared.purchase)[0]).parameters
    except CostAnnexRefusedError:
        return None


def _revision() -> int:
    text = request.form.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


def _open(token: str) -> tuple[OpenDraft, Purchase]:
    with services().database.reading() as session:
        try:
            draft = open_draft(session, token)
            return draft, purchase_of(draft.answers, clock.today())
        except (UnknownDraftError, AnswersError):
            abort(404)


def _typed() -> dict[str, Any]:
    lists = {key: request.form.getlist(key) for key in ("assumptions", "not_used")}
    return {**{key: value[:20_000] for key, value in request.form.items()}, **lists}


def _kept(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = answers.get(KEY)
    return kept if isinstance(kept, Mapping) else {}


def _to_settle(answers: Mapping[str, Any]) -> Any:
    kept = _kept(answers_data(answers))
    return to_settle(kept["case"], _language()) if kept else ([], [])


def _kept_form(draft: OpenDraft, purchase: Purchase) -> AnnexForm:
    """The form with what the draft holds; the case as the address that leads to it."""
    kept, languages = _kept(draft.answers), written_in(purchase)
    day = write_date(purchase.publication_date if purchase.date_is_stated else clock.today())
    if not kept:
        return annex_form({"frozen": day}, languages, ([], []), _language())
    typed = typed_of(kept["award"], languages, interface_language())
    typed["frozen"] = typed["frozen"] or day
    typed["case"] = case_address(kept["case"])
    return annex_form(typed, languages, _to_settle(draft.answers), _language())


def case_address(case: Mapping[str, Any]) -> str:
    """The address of the page of a case."""
    values = of_case(case, interface_language())
    return url_for("costing.sheet", identifier=case["sheet"], _external=True, **values)


def _page(token: str, draft: OpenDraft, purchase: Purchase, form: AnnexForm, is_changed_elsewhere: bool = False) -> str:
    kept = bool(_kept(draft.answers))
    prepared = _prepared(purchase)
    return render_template(
        "costing/draft_annex.html", token=token, draft=draft, form=form, is_kept=kept, languages=written_in(purchase),
        points=prepared.cost_annex_open if kept else (), is_changed_elsewhere=is_changed_elsewhere,
        document_language=purchase.language, parameters=_annexed(prepared),
    )  # fmt: skip


def _language() -> Language:
    return cast(Language, interface_language())
