"""The tenderer's workbook on the pages: written from what a buyer typed, read back from what tenderers sent. Nothing is stored."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.costing import words
from mpdi.costing.case_table import points_words
from mpdi.costing.evaluation import Evaluation, evaluated
from mpdi.costing.files import UnreadableCaseError, count
from mpdi.costing.forms import CaseForm, case_form, read_case_form, show_problem
from mpdi.costing.links import as_file
from mpdi.costing.number_faults import said_of
from mpdi.costing.page_of_case import shown_case
from mpdi.costing.table_words import TableWords
from mpdi.costing.tender_parameters import freeze
from mpdi.costing.typed_numbers import read_typed
from mpdi.costing.winner import turns_of
from mpdi.costing.word_report import word_report
from mpdi.costing.workbook import write_tender_workbook
from mpdi.costing.workbook_case import CountedTenders, read_each
from mpdi.costing.workbook_package import LARGEST
from mpdi.costing.workbook_problems import WorkbookProblem, WorkbookRefusedError
from mpdi.documents.docx_package import MEDIA_TYPE as DOCX
from mpdi.documents.workbook import MEDIA_TYPE
from mpdi.i18n import content_language, interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.award import AwardFormula
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.model import Language, Sheet
from mpdi.specifications.typed_values import NotANumberError

tender_workbooks = Blueprint("tender_workbooks", __name__)
_NUMBERS = ("maximum", "best", "worst")
_OF_AN_OFFER = re.compile(r"o[0-9]+_.+")


@tender_workbooks.get("/life-cycle-cost/workbooks")
def workbooks() -> str:
    """Say how the workbook goes to tenderers and back, and take what came back."""
    return _page()


@tender_workbooks.post("/life-cycle-cost/workbooks")
def read() -> tuple[str, int] | str:
    """Read the workbooks that were chosen: their ranking, their points, and each that was set aside with its reasons."""
    chosen = [each for each in request.files.getlist("files") if each.filename]
    if not chosen:
        return _page(
            [WorkbookProblem("", "", _("No file was chosen."), _("Choose the workbooks of the tenderers."))]
        ), 422
    files = [(str(each.filename), each.stream.read(LARGEST + 1)) for each in chosen]
    digest = request.form.get("digest", "").strip() or None
    faults = list(_rule_faults(request.form))
    if faults:
        return _page(faults), 422
    try:
        tenders, refused = read_each(files, _language(), digest)
        held = evaluated(tenders.counted.result, len(files), refused, typed_rule(request.form))
    except WorkbookRefusedError as error:
        return _page(error.problems), 422
    except (LifeCycleCostError, UnreadableCaseError) as error:
        return _page([WorkbookProblem("", "", words.refused(str(error)), "")]), 422
    return _page(tenders=tenders, evaluation=held)


@tender_workbooks.post("/life-cycle-cost/workbooks/report")
def report() -> Response:
    """Write the evaluation report of what was read: the page that showed it sends it along, for nothing is stored."""
    try:
        kept = json.loads(request.form.get("kept", ""), parse_float=Decimal)
        counted = count(kept["case"], content_language())
        problems = [WorkbookProblem(*map(str, each)) for each in kept["refused"]]
        held = evaluated(counted.result, int(kept["files"]), problems, kept["rule"])
        day = datetime.date.fromisoformat(str(kept["date"]))
    except (ValueError, KeyError, TypeError, LifeCycleCostError, UnreadableCaseError):
        abort(400)
    security.keep_private()
    answer = make_response(word_report(counted, content_language(), turns_of(counted), day, held))
    answer.mimetype = DOCX
    answer.headers["Content-Disposition"] = 'attachment; filename="evaluation.docx"'
    return answer


def typed_rule(form: Mapping[str, str]) -> dict[str, Any] | None:
    """The rule of the award as it was typed; None where no formula was chosen. Its numbers can be read."""
    if not form.get("formula"):
        return None
    rule: dict[str, Any] = {"formula": form["formula"], "ties": form.get("ties") or "none"}
    typed = {key: read_typed(form[key], _language()) for key in _NUMBERS if form.get(key, "").strip()}
    bounds = {key: typed[key] for key in ("best", "worst") if key in typed}
    return rule | {key: typed[key] for key in ("maximum",) if key in typed} | ({"bounds": bounds} if bounds else {})


def _rule_faults(form: Mapping[str, str]) -> Iterator[WorkbookProblem]:
    """Each number of the rule that cannot be read, by the label of its field."""
    labels = {"maximum": _("Most points"), "best": _("Cost that gets all points"), "worst": _("Cost that gets none")}
    for key in _NUMBERS if form.get("formula") else ():
        text = form.get(key, "").strip()
        try:
            read_typed(text or "0", _language())
        except NotANumberError as error:
            yield WorkbookProblem(labels[key], "", said_of(text, error, _language()), "")


def _page(
    problems: Sequence[WorkbookProblem] = (),
    tenders: CountedTenders | None = None,
    evaluation: Evaluation | None = None,
) -> str:
    security.keep_private()
    shown = shown_case(tenders.counted, tenders.data, _language()) if tenders else None
    sheet = tenders.tenders[0].parameters.sheet if tenders else None
    return render_template(
        "costing/workbooks.html",
        problems=problems,
        tenders=tenders,
        shown=shown,
        sheet=sheet,
        evaluation=evaluation,
        kept=_kept(tenders, evaluation) if tenders and evaluation else "",
        say=TableWords(_language()),
        points_words=points_words,
        formulas=list(AwardFormula)[:3],
        typed=request.form,
        words=words,
        language=_language(),
    )


def _kept(tenders: CountedTenders, held: Evaluation) -> str:
    """What the report needs, as the page hands it on; numbers exactly as they were read."""
    data = {
        "date": tenders.tenders[0].parameters.date.isoformat(),
        "files": held.files,
        "refused": [[each.file, each.cell, each.message, each.remedy] for each in held.refused],
        "case": tenders.data,
        "rule": typed_rule(request.form),
    }
    return as_file(data).decode("utf-8").strip()


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
