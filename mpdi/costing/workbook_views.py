"""The tenderers' workbooks on the pages: read back from what they sent, ranked, reported. Nothing is stored."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.costing import words
from mpdi.costing.case_table import points_words
from mpdi.costing.evaluation import About, Evaluation, evaluated
from mpdi.costing.files import UnreadableCaseError, count
from mpdi.costing.links import as_file
from mpdi.costing.number_faults import said_of
from mpdi.costing.page_of_case import shown_case
from mpdi.costing.table_words import TableWords
from mpdi.costing.typed_numbers import read_typed
from mpdi.costing.winner import turns_of
from mpdi.costing.word_report import word_report
from mpdi.costing.workbook_case import CountedTenders, read_each
from mpdi.costing.workbook_package import LARGEST
from mpdi.costing.workbook_problems import WorkbookProblem, WorkbookRefusedError
from mpdi.documents.docx_package import MEDIA_TYPE as DOCX
from mpdi.i18n import content_language, interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.award import AwardFormula
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.sheets.model import Language
from mpdi.specifications.typed_values import NotANumberError

tender_workbooks = Blueprint("tender_workbooks", __name__)
_LONGEST_LINE = 200
_NUMBERS = ("maximum", "best", "worst")


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
        return _page([WorkbookProblem("", "", words.refused(error), "")]), 422
    return _page(tenders=tenders, evaluation=held)


@tender_workbooks.post("/life-cycle-cost/workbooks/report")
def report() -> Response:
    """Write the evaluation report of what was read: the page that showed it sends it along, for nothing is stored."""
    try:
        kept = json.loads(request.form.get("kept", ""), parse_float=Decimal)
        counted = count(kept["case"], content_language())
        problems = [WorkbookProblem(*map(str, each)) for each in kept["refused"]]
        held = evaluated(counted.result, int(kept["files"]), problems, kept["rule"])
        about = About(*(_line(request.form.get(key, "")) for key in ("authority", "reference", "object")))
        places = {
            str(name): {str(key): str(where) for key, where in listed.items()}
            for name, listed in kept["places"].items()
        }
        names = {str(file): str(name) for file, name in kept["refused_names"].items()}
        held = replace(held, about=about, places=places, refused_names=names, evaluated_on=clock.today())
        day = datetime.date.fromisoformat(str(kept["date"]))
    except (ValueError, KeyError, TypeError, AttributeError, LifeCycleCostError, UnreadableCaseError):
        abort(400)
    security.keep_private()
    answer = make_response(word_report(counted, content_language(), turns_of(counted), day, held))
    answer.mimetype = DOCX
    answer.headers["Content-Disposition"] = 'attachment; filename="evaluation.docx"'
    return answer


def _line(text: str) -> str:
    """A text of the cover: one line of ordinary length."""
    return " ".join(text.split())[:_LONGEST_LINE]


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
        "places": tenders.places,
        "refused_names": tenders.refused_names,
    }
    return as_file(data).decode("utf-8").strip()


def _language() -> Language:
    return cast(Language, interface_language())
