"""The pages of life-cycle cost. Nothing is stored: the address of a page holds the whole case, and a link gives it again."""

import unicodedata
from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.costing import words
from mpdi.costing.examples import example_of, texts
from mpdi.costing.files import CountedCase, count
from mpdi.costing.forms import MOST, CaseForm, case_form, in_own_marks, is_sent, offers_in, read_case_form, show_problem
from mpdi.costing.links import as_file, with_another_offer, without_offer
from mpdi.costing.links import example as example_link
from mpdi.costing.page_of_case import shown_case
from mpdi.costing.presentation import budget_views, ranking, year_rows
from mpdi.costing.result_book import case_workbook
from mpdi.costing.uncertain_page import ASKED, shown_uncertain, spread_fields, uncertain_of
from mpdi.costing.winner import turns_of
from mpdi.costing.word_report import word_report
from mpdi.i18n import content_language, interface_language
from mpdi.lcc.errors import LifeCycleCostError, UnpricedYearError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.model import Language, Sheet

costing = Blueprint("costing", __name__)
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_WORKED_EXAMPLE = "indoor_lighting"


@costing.get("/life-cycle-cost")
def overview() -> str:
    """Say what life-cycle cost is, and list the sheets."""
    return render_template("costing/overview.html", sheets=_by_title(), language=interface_language())


def _by_title() -> list[Sheet]:
    """The sheets by their title, accents aside; the general one last."""

    def key(each: Sheet) -> tuple[bool, str]:
        return each.id == "generic", unicodedata.normalize("NFD", each.title.said(_language())).casefold()

    return sorted(sheets().values(), key=key)


@costing.get("/life-cycle-cost/explained")
def explained() -> str:
    """Explain it to an alderman, with one worked example that the engine counts."""
    counted = count(example_of(_WORKED_EXAMPLE), _language())
    view = budget_views(counted.result)[0]
    return render_template(
        "costing/explained.html", passages=texts("explained"), values=words.example_values(counted, view), rows=ranking(counted.result), years=year_rows(counted.result),
        language=interface_language(), money=words.money, link=url_for("costing.sheet", identifier=_WORKED_EXAMPLE, **example_link(_WORKED_EXAMPLE, interface_language())),
    )  # fmt: skip


@costing.get("/life-cycle-cost/free-measures")
def free_measures() -> str:
    """List measures that cost nothing."""
    return render_template("costing/measures.html", passages=texts("measures"), language=interface_language())


@costing.get("/life-cycle-cost/<identifier>")
def sheet(identifier: str) -> Response | str | tuple[str, int]:
    """Show the form of a sheet and, where the address holds a case, what it comes to."""
    if identifier not in sheets():
        abort(404)
    chosen = sheets()[identifier]
    typed = {key: value for key, value in request.args.items() if key not in ("language", "content")}
    if "add" in typed or "remove" in typed:
        typed = (
            with_another_offer(typed, offers_in(typed), MOST)
            if "add" in typed
            else without_offer(typed, offers_in(typed))
        )
        return redirect(url_for("costing.sheet", identifier=identifier, **typed) + "#offers")
    typed = in_own_marks(chosen, typed) if typed else {}
    form = case_form(chosen, typed)
    if not is_sent(chosen, typed) or typed.pop("draft", ""):
        return _page(chosen, form, offers_in(typed))
    counted, data = _counted(chosen, form)
    if counted is None:
        return _page(chosen, form, offers_in(typed)), 422
    shown = shown_case(counted, data, _language())
    looked_at = uncertain_of(counted, chosen, typed, _language())
    if looked_at is not None:
        shown["uncertain"] = shown_uncertain(looked_at, counted, _language())
    return _page(chosen, form, offers_in(typed), shown)


@costing.get("/life-cycle-cost/<identifier>/case.<ending>")
def download(identifier: str, ending: str) -> Response | tuple[str, int]:
    """Return the case of the address as a report, as a workbook with live formulas, or as a file of the command line."""
    if identifier not in sheets() or ending not in _KINDS:
        abort(404)
    chosen = sheets()[identifier]
    form = case_form(chosen, request.args)
    counted, data = _counted(chosen, form)
    if counted is None:
        return _page(chosen, form, offers_in(request.args)), 422
    security.keep_private()
    answer = make_response(_file(chosen, counted, data, ending))
    answer.mimetype = _KINDS[ending]
    answer.headers["Content-Disposition"] = f'attachment; filename="{identifier}.{ending}"'
    return answer


def _file(chosen: Sheet, counted: CountedCase, data: Mapping[str, Any], ending: str) -> bytes:
    if ending == "docx":
        in_its_language = count(data, content_language())
        looked_at = uncertain_of(in_its_language, chosen, in_own_marks(chosen, request.args), content_language())
        turns = turns_of(in_its_language)
        return word_report(in_its_language, content_language(), turns, clock.today(), uncertain=looked_at)
    if ending == "xlsx":
        return case_workbook(counted.case, counted.result, counted.filled, _language())
    return as_file(data)


def _counted(chosen: Sheet, form: CaseForm) -> tuple[CountedCase | None, Mapping[str, Any]]:
    """Count what was typed; None where something is wrong with it, which then stands at its field."""
    data = read_case_form(form, chosen)
    if form.fault_count:
        return None, data
    names = [each["name"] for each in data["offers"]]
    try:
        return count(data, _language()), data
    except WrongValuesError as error:
        for problem in error.problems:
            show_problem(form, problem, names)
    except UnpricedYearError as error:
        form.problem("starts", words.unpriced(error.first, error.last))
    except LifeCycleCostError as error:
        form.problem("", words.refused(error))
    return None, data


def _page(chosen: Sheet, form: CaseForm, offers: int, shown: Mapping[str, Any] | None = None) -> str:
    security.keep_private()
    return render_template(
        "costing/sheet.html", sheet=chosen, form=form, offer_count=offers, most=MOST, shown=shown, words=words, language=interface_language(),
        spreads=spread_fields(chosen, in_own_marks(chosen, request.args), _language()), asks_uncertain=bool(request.args.get(ASKED)), example=url_for("costing.sheet", identifier=chosen.id, **example_link(chosen.id, interface_language())),
    )  # fmt: skip


def _language() -> Language:
    return cast(Language, interface_language())
