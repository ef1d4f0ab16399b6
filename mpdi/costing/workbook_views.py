"""The tenderer's workbook on the pages: written from what a buyer typed, read back from what tenderers sent. Nothing is stored."""

import re
from collections.abc import Sequence
from typing import cast

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.costing import words
from mpdi.costing.forms import CaseForm, case_form, read_case_form, show_problem
from mpdi.costing.page_of_case import shown_case
from mpdi.costing.tender_parameters import freeze
from mpdi.costing.workbook import write_tender_workbook
from mpdi.costing.workbook_case import CountedTenders, read_tenders
from mpdi.costing.workbook_package import LARGEST
from mpdi.costing.workbook_problems import WorkbookProblem, WorkbookRefusedError
from mpdi.documents.workbook import MEDIA_TYPE
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.model import Language, Sheet

tender_workbooks = Blueprint("tender_workbooks", __name__)
_OF_AN_OFFER = re.compile(r"o[0-9]+_.+")


@tender_workbooks.get("/life-cycle-cost/workbooks")
def workbooks() -> str:
    """Say how the workbook goes to tenderers and back, and take what came back."""
    return _page()


@tender_workbooks.post("/life-cycle-cost/workbooks")
def read() -> tuple[str, int] | str:
    """Read the workbooks that were chosen: their result, or every reason to refuse them."""
    chosen = [each for each in request.files.getlist("files") if each.filename]
    if not chosen:
        return _page(
            [WorkbookProblem("", "", _("No file was chosen."), _("Choose the workbooks of the tenderers."))]
        ), 422
    files = [(str(each.filename), each.stream.read(LARGEST + 1)) for each in chosen]
    digest = request.form.get("digest", "").strip() or None
    try:
        return _page(tenders=read_tenders(files, _language(), digest))
    except WorkbookRefusedError as error:
        return _page(error.problems), 422
    except LifeCycleCostError as error:
        return _page([WorkbookProblem("", "", words.refused(str(error)), "")]), 422


def _page(problems: Sequence[WorkbookProblem] = (), tenders: CountedTenders | None = None) -> str:
    security.keep_private()
    shown = shown_case(tenders.counted, tenders.data, _language()) if tenders else None
    sheet = tenders.tenders[0].parameters.sheet if tenders else None
    return render_template(
        "costing/workbooks.html",
        problems=problems,
        tenders=tenders,
        shown=shown,
        sheet=sheet,
        words=words,
        language=_language(),
    )


@tender_workbooks.get("/life-cycle-cost/<identifier>/workbook.xlsx")
def download(identifier: str) -> Response | tuple[str, int]:
    """Return the workbook for tenderers; the address holds what the buyer fixes, its offers are left out."""
    if identifier not in sheets():
        abort(404)
    sheet = sheets()[identifier]
    form = case_form(sheet, request.args)
    content = _content(sheet, form)
    security.keep_private()
    if content is None:
        return render_template(
            "costing/workbook_refused.html", sheet=sheet, faults=_faults(form), language=_language()
        ), 422
    answer = make_response(content)
    answer.mimetype = MEDIA_TYPE
    answer.headers["Content-Disposition"] = f'attachment; filename="{identifier}-{_language()}.xlsx"'
    return answer


def _content(sheet: Sheet, form: CaseForm) -> bytes | None:
    """None where something that the buyer fixes is wrong, which then stands at its field."""
    data = read_case_form(form, sheet)
    if _faults(form):
        return None
    try:
        return write_tender_workbook(freeze(data, clock.today(), _language()), _language())
    except WrongValuesError as error:
        for problem in error.problems:
            show_problem(form, problem, [])
    except LifeCycleCostError as error:
        form.problem("", words.refused(str(error)))
    return None


def _faults(form: CaseForm) -> list[tuple[str, str]]:
    """Label and fault of what the buyer fixes; an offer need not be there yet."""
    fields = [field for field in form if field.errors and not _OF_AN_OFFER.fullmatch(field.name)]
    at_fields = [(str(field.label.text), str(field.errors[0])) for field in fields]
    return [*at_fields, *(("", str(each)) for each in form.form_errors)]


def _language() -> Language:
    return cast(Language, interface_language())
