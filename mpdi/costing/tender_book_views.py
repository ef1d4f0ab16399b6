"""The workbook for tenderers, handed out: what an address holds, frozen on a day that the buyer chooses, and its digest.

The day is part of what the digest names. So the page shows both before the file goes out, and the annex of a
specification can bear the same ones.
"""

import datetime
import re
from typing import cast

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.costing import words
from mpdi.costing.forms import CaseForm, case_form, read_case_form, show_problem
from mpdi.costing.tender_parameters import TenderParameters, freeze
from mpdi.costing.workbook import write_tender_workbook
from mpdi.documents.workbook import MEDIA_TYPE
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.model import Language, Sheet
from mpdi.specifications.typed_values import NotADateError, read_date, write_date

tender_books = Blueprint("tender_books", __name__)
DAY = "frozen"
"""The value of an address that names the day of the workbook; where it stands it must be a day."""
_OF_AN_OFFER = re.compile(r"o[0-9]+_.+")
_BESIDE = ("offers", "typed_in")
"""What an address of a case holds beside the fields of its form."""


@tender_books.get("/life-cycle-cost/<identifier>/workbook")
def workbook(identifier: str) -> str | tuple[str, int]:
    """Ask for the day, today unless another is typed, and show the digest that the workbook of that day bears."""
    sheet, form = _of_address(identifier)
    day = _day()
    parameters = _frozen(sheet, form, day or clock.today())
    security.keep_private()
    if parameters is None:
        return _refused(sheet, form)
    kept = {key: value for key, value in request.args.items() if key in form or key in _BESIDE}
    page = render_template(
        "costing/tender_book.html",
        sheet=sheet,
        kept=kept,
        typed=request.args.get(DAY, write_date(clock.today())),
        fault="" if day else day_fault(request.args[DAY]),
        digest=parameters.digest if day else "",
        language=_language(),
    )
    return page if day else (page, 422)


@tender_books.get("/life-cycle-cost/<identifier>/workbook.xlsx")
def download(identifier: str) -> Response | tuple[str, int]:
    """Return the workbook for tenderers; the address holds what the buyer fixes and the day, its offers are left out."""
    sheet, form = _of_address(identifier)
    day = _day()
    if day is None:
        form.problem("", day_fault(request.args[DAY]))
    parameters = _frozen(sheet, form, day or clock.today())
    security.keep_private()
    if parameters is None:
        return _refused(sheet, form)
    return book_sent(parameters, _language())


def book_sent(parameters: TenderParameters, language: Language) -> Response:
    """Return the workbook of these parameters as a file."""
    answer = make_response(write_tender_workbook(parameters, language))
    answer.mimetype = MEDIA_TYPE
    answer.headers["Content-Disposition"] = f'attachment; filename="{parameters.sheet.id}-{language}.xlsx"'
    return answer


def day_fault(text: str) -> str:
    """What is wrong with a day as it was typed."""
    if not text.strip():
        return _("Write the day: the digest of the parameters depends on it.")
    return _("This is not a date: write day/month/year.")


def _of_address(identifier: str) -> tuple[Sheet, CaseForm]:
    if identifier not in sheets():
        abort(404)
    sheet = sheets()[identifier]
    return sheet, case_form(sheet, request.args)


def _day() -> datetime.date | None:
    """The day that was chosen, today where none is named; None where what was typed is none."""
    if DAY not in request.args:
        return clock.today()
    try:
        return read_date(request.args[DAY])
    except NotADateError:
        return None


def _frozen(sheet: Sheet, form: CaseForm, day: datetime.date) -> TenderParameters | None:
    """None where something that the buyer fixes is wrong, which then stands at its field."""
    data = read_case_form(form, sheet)
    if _faults(form):
        return None
    try:
        return freeze(data, day, _language())
    except WrongValuesError as error:
        for problem in error.problems:
            show_problem(form, problem, [])
    except LifeCycleCostError as error:
        form.problem("", words.refused(error))
    return None


def _refused(sheet: Sheet, form: CaseForm) -> tuple[str, int]:
    page = render_template("costing/workbook_refused.html", sheet=sheet, faults=_faults(form), language=_language())
    return page, 422


def _faults(form: CaseForm) -> list[tuple[str, str]]:
    """Label and fault of what the buyer fixes; an offer need not be there yet."""
    fields = [field for field in form if field.errors and not _OF_AN_OFFER.fullmatch(field.name)]
    at_fields = [(str(field.label.text), str(field.errors[0])) for field in fields]
    return [*at_fields, *(("", str(each)) for each in form.form_errors)]


def _language() -> Language:
    return cast(Language, interface_language())
