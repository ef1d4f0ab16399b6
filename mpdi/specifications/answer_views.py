"""Pages of the twelve questions, and the page that shows all answers."""

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.clause_library.core.answers import AnswersError
from mpdi.services import services
from mpdi.specifications.choices import spoken
from mpdi.specifications.dnsh_form import dnsh_rows
from mpdi.specifications.draft_pages import DraftPage, open_page, save_or_ask, show, specifications, to_step
from mpdi.specifications.forms import QuestionForm, check_whole, keep_stored, with_answers
from mpdi.specifications.lots_form import row_numbers
from mpdi.specifications.question_forms import make_answers, open_form, read_form, tell
from mpdi.specifications.questionnaire import BY_KEY, QUESTIONS, Question, following, number_of, previous
from mpdi.specifications.thresholds import Threshold, procedures_by_value, thresholds

_SEARCHED = ("words", "cpv", "main", "category")
_LONGEST_KEPT = 300
"""Letters of one field that an address takes along; a code has eight, the words of a search are refused above this."""


@specifications.get("/<token>/")
def summary(token: str) -> Response:
    """Show every answer with a link to change it."""
    page = open_page(token)
    told = [(question, tell(question, page.answers), is_answered(page, question)) for question in QUESTIONS]
    first_open = next((question for question, _lines, answered in told if not answered), None)
    return show("summary", page, "summary", told=told, first_open=first_open)


@specifications.get("/<token>/questions/<key>")
def question(token: str, key: str) -> Response:
    """Ask one question."""
    asked, page = _question(key), open_page(token)
    if asked.key == "cpv" and request.args.get("words"):
        return _show(
            page, read_form(asked, request.args, services().settings.cache_folder, page.library.reference.numbers)
        )
    return _show(page, open_form(asked, page.answers))


@specifications.post("/<token>/questions/<key>")
def answer(token: str, key: str) -> Response:
    """Store the answer to one question and go on; show the form again where something is wrong or asked for."""
    asked, page = _question(key), open_page(token)
    action = request.form.get("action", "save")
    if action == "skip":
        kept = with_answers(page.answers, asked, {})
        return save_or_ask(page, asked.key, kept, tell(asked, page.answers), tell(asked, {}), _next(page, asked))
    form = read_form(asked, request.form, services().settings.cache_folder, page.library.reference.numbers)
    if action == "back":
        return _go_back(page, form)
    if getattr(form, "has_searched", False):
        return redirect(_search_address(page, asked), 303)
    if action != "save":
        return _show(page, form)
    answers = with_answers(page.answers, asked, make_answers(form)) if form.is_valid else {}
    if form.is_valid:
        check_whole(form, answers)
    if not form.is_valid:
        return _show(page, form, 422)
    stored, typed = tell(asked, page.answers), tell(asked, answers)
    result = save_or_ask(page, asked.key, answers, stored, typed, _next(page, asked))
    if result.status_code == 303:
        _say_what_was_understood(form)
    return result


def _search_address(page: DraftPage, asked: Question) -> str:
    """The address that shows what a search finds, with the words and the codes ticked: Back shows it again."""
    kept = {
        name: [each[:_LONGEST_KEPT] for each in request.form.getlist(name)]
        for name in _SEARCHED
        if request.form.get(name)
    }
    if request.form.get("then") == "summary":
        kept["then"] = ["summary"]
    return to_step(page, "question", key=asked.key, action="search", **kept)


def _go_back(page: DraftPage, form: QuestionForm) -> Response:
    """Store what is right and go to the question before; what is wrong stays as it was stored, and is named."""
    asked = form.question
    wrong = [label for _name, label, _words in form.errors]
    keep_stored(form, open_form(asked, page.answers))
    answers = with_answers(page.answers, asked, make_answers(form))
    check_whole(form, answers)
    if not form.is_valid:
        wrong, answers = [str(asked.short)], dict(page.answers)
    before = previous(asked)
    then = to_step(page, "question", key=before.key) if before else to_step(page, "summary")
    result = save_or_ask(page, asked.key, answers, tell(asked, page.answers), tell(asked, answers), then)
    if wrong and result.status_code == 303:
        flash(_("Not understood, so left as it was: %(fields)s.", fields=", ".join(dict.fromkeys(wrong))), "error")
    return result


def _question(key: str) -> Question:
    if key not in BY_KEY:
        abort(404)
    return BY_KEY[key]


def _next(page: DraftPage, asked: Question) -> str:
    after = following(asked)
    if request.form.get("then") == "summary" or after is None:
        return to_step(page, "summary")
    return to_step(page, "question", key=after.key)


def _say_what_was_understood(form: QuestionForm) -> None:
    value = form.fields.get("estimated_value")
    if value is not None and value.value is not None and value.text.strip() != spoken(value.value):
        flash(_("Understood: EUR %(value)s without VAT.", value=spoken(value.value)))


def _show(page: DraftPage, form: QuestionForm, status: int = 200) -> Response:
    asked = form.question
    return show(
        "question",
        page,
        "summary",
        status,
        form=form,
        question=asked,
        number=number_of(asked),
        total=len(QUESTIONS),
        questions=[(each, is_answered(page, each)) for each in QUESTIONS],
        before=previous(asked),
        is_answered=is_answered(page, asked),
        then=request.values.get("then", ""),
        limits=_limits(page, asked),
        allowed=_allowed(page, asked),
        lot_rows=row_numbers,
        dnsh_rows=dnsh_rows,
    )


def is_answered(page: DraftPage, asked: Question) -> bool:
    """Whether anything of a question is stated."""
    return any(key in page.answers for key in asked.keys)


def _limits(page: DraftPage, asked: Question) -> list[Threshold]:
    """The thresholds, on the questions of value and procedure; none where the answers cannot be read."""
    if asked.key not in ("value", "procedure"):
        return []
    try:
        return thresholds(page.purchase, page.library.reference.numbers)
    except AnswersError:
        return []


def _allowed(page: DraftPage, asked: Question) -> dict[str, bool]:
    if asked.key != "procedure":
        return {}
    try:
        found = procedures_by_value(page.purchase, page.library.reference.numbers)
    except AnswersError:
        return {}
    return {str(procedure): is_allowed for procedure, is_allowed in found.items()}


@specifications.get("/<token>/questions")
def questions(token: str) -> Response:
    """Lead to the first question."""
    page = open_page(token)
    return redirect(to_step(page, "question", key=QUESTIONS[0].key))
