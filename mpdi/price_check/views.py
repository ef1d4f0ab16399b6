"""The pages of the price check. Nothing is stored: each page and letter is made from what is sent with it."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from mpdi import clock, security
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.strict_yaml import YamlFileError
from mpdi.i18n import content_language, interface_language
from mpdi.price_check import labels
from mpdi.price_check.charts import Bar, bars
from mpdi.price_check.core.averages import Group
from mpdi.price_check.core.check import PriceCheck, Verdict, check_prices
from mpdi.price_check.core.errors import OfferProblem, OffersError
from mpdi.price_check.core.reading import read_case
from mpdi.price_check.core.rules import PriceRules, read_price_rules
from mpdi.price_check.core.steps import average_steps, floor_steps, gap_step
from mpdi.price_check.forms import PriceForm
from mpdi.price_check.letters import letter_language, letter_name, unsourced, write_letter
from mpdi.price_check.typed import Typed, as_yaml
from mpdi.specifications.typed_values import write_date
from mpdi.svg import as_address

price_pages = Blueprint("prices", __name__)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@cache
def _rules() -> PriceRules:
    return read_price_rules()


@price_pages.get("/prices")
def new() -> str:
    """Show the form."""
    form = PriceForm(
        publication_date=write_date(clock.today()), nature="services", procedure="open", authority_type="local", language=content_language()
    )
    return _form(form)


@price_pages.post("/prices")
def check() -> AnyResponse | str | tuple[str, int]:
    """Check what was typed; `action=keep` only shows it again, in another language."""
    form = PriceForm()
    if request.form.get("action") == "keep":
        return _form(form)
    typed = Typed(form.values())
    data = typed.data()
    if typed.problems:
        return _refused(form, typed.problems)
    return _result(as_yaml(data), data, form, typed)


@price_pages.post("/prices/file")
def upload() -> AnyResponse | str | tuple[str, int]:
    """Check the offers of a file."""
    form, file = PriceForm(formdata=None, publication_date=write_date(clock.today())), request.files.get("file")
    if file is None or not file.filename:
        return _refused(form, [_file_problem(said("No file was chosen."))], by_file=True)
    try:
        text = file.read(strict_yaml.MAX_BYTES + 1).decode("utf-8-sig")
        return _result(text, strict_yaml.parse(text, "file"), form)
    except UnicodeDecodeError:
        return _refused(form, [_file_problem(said("It is not a text file in UTF-8."))], by_file=True)
    except YamlFileError as error:
        return _refused(form, [_file_problem(error.problem)], by_file=True)


def _file_problem(words: str) -> OfferProblem:
    return OfferProblem("file", words, said("Choose an OFFERS.yaml."))


@price_pages.post("/prices/again")
def again() -> AnyResponse | str | tuple[str, int]:
    """Show the check of the data sent with the page, in the language now chosen."""
    text = request.form.get("data", "")
    return _result(text, _data_of(text), PriceForm(formdata=None))


@price_pages.post("/prices/letter")
def letter() -> Response:
    """Return the letter to one tenderer: `offer` is its place from 1 and the language, such as `3-fr`."""
    place, _dash, language = request.form.get("offer", "").partition("-")
    made = _checked(_data_of(request.form.get("data", "")))
    if not place.isdecimal() or not 1 <= int(place[:4]) <= len(made.offers) or language not in ("fr", "nl"):
        abort(400)
    checked = made.offers[int(place[:4]) - 1]
    chosen = "nl" if language == "nl" else "fr"
    content = write_letter(checked, made, _rules(), clock.today(), chosen)
    return _download(content, letter_name(int(place[:4]), checked, chosen), _WORD)


@price_pages.post("/prices/offers.yaml")
def file() -> Response:
    """Return the data of the check as a file that can be checked again."""
    text = request.form.get("data", "")
    _checked(_data_of(text))
    return _download(text.encode("utf-8"), "offers.yaml", "application/yaml")


def _download(content: bytes, name: str, kind: str) -> Response:
    security.keep_private()
    response = make_response(content)
    response.mimetype = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _data_of(text: str) -> Any:
    try:
        return strict_yaml.parse(text, "data")
    except YamlFileError:
        abort(400)


def _checked(data: Any) -> PriceCheck:
    try:
        return check_prices(read_case(data), _rules())
    except OffersError:
        abort(400)


def _result(text: str, data: Any, form: PriceForm, typed: Typed | None = None) -> AnyResponse | str | tuple[str, int]:
    """Show the check of some data; `typed` where they were typed on the page: what is wrong then stands at its field."""
    try:
        made = check_prices(read_case(data), _rules())
    except OffersError as error:
        problems = [typed.at_its_line(each) for each in error.problems] if typed else error.problems
        return _refused(form, problems, by_file=typed is None)
    security.keep_private()
    security.keep_for_going_back()
    language = interface_language()
    return render_template(
        "prices/result.html", check=made, data=text, words=labels, told=labels.told, money=labels.money, language=language, charts=[_chart(made, group) for group in made.groups],
        average_steps=average_steps, floor_steps=floor_steps, gap_step=gap_step, letter_language=letter_language, must=made.with_verdict(Verdict.MUST), may=made.with_verdict(Verdict.MAY),
        committees=_rules().committees, headings=typed.headings if typed else (), unsourced=unsourced, share_words=labels.share_words,
    )  # fmt: skip


def _refused(form: PriceForm, problems: Sequence[OfferProblem], by_file: bool = False) -> tuple[str, int]:
    if not by_file:
        form.show_problems(problems)
    return _form(form, problems if by_file else ()), 422


def _form(form: PriceForm, file_problems: Sequence[OfferProblem] = ()) -> str:
    form.offer_choices()
    security.keep_private()
    return render_template(
        "prices/form.html", form=form, file_problems=file_problems, told=labels.told, defaults=_rules().default_shares, money=labels.given, committees=_rules().committees,
    )  # fmt: skip


def _chart(made: PriceCheck, group: Group) -> str:
    rows = [Bar(each.offer.tenderer, each.offer.amount, labels.money(each.offer.amount), each.verdict is not Verdict.NONE) for each in made.offers if each.group is group]
    bound = group.average.bound if group.average else None
    words = _("bound: %(amount)s EUR", amount=labels.money(bound)) if bound is not None else ""
    return as_address(bars(_("Totals of the offers"), rows, bound, words))
