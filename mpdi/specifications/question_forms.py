"""One way to open, read, store and tell any question, whatever its form."""

from pathlib import Path
from typing import Any, cast

from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.specifications import forms
from mpdi.specifications.cpv_form import CpvForm, described_cpv, packed_cpv, stored_cpv, typed_cpv
from mpdi.specifications.dates import check_date
from mpdi.specifications.dnsh_form import described_dnsh, packed_dnsh, stored_dnsh, typed_dnsh
from mpdi.specifications.forms import Answers, QuestionForm, Typed
from mpdi.specifications.lots_form import described_lots, packed_lots, stored_lots, typed_lots
from mpdi.specifications.questionnaire import Question


def open_form(question: Question, answers: Answers) -> QuestionForm:
    """Return the form of a question filled with what is stored."""
    match question.key:
        case "cpv":
            return stored_cpv(question, answers)
        case "lots":
            return stored_lots(question, answers)
        case "dnsh":
            return stored_dnsh(question, answers)
    return forms.stored_form(question, answers)


def read_form(question: Question, typed: Typed, cache_folder: Path, numbers: LawNumbers) -> QuestionForm:
    """Return the form of a question filled with what was typed, each field checked."""
    match question.key:
        case "cpv":
            return typed_cpv(question, typed, cache_folder)
        case "lots":
            return typed_lots(question, typed)
        case "dnsh":
            return typed_dnsh(question, typed)
    form = forms.typed_form(question, typed)
    if question.key == "publication":
        check_date(form, numbers)
    return form


def make_answers(form: QuestionForm) -> dict[str, Any]:
    """Return the answers that a valid form makes."""
    match form.question.key:
        case "cpv":
            return packed_cpv(cast(CpvForm, form))
        case "lots":
            return packed_lots(form)
        case "dnsh":
            return packed_dnsh(form)
    return forms.packed(form)


def tell(question: Question, answers: Answers) -> list[tuple[str, str]]:
    """Return label and answer, line by line, for a reader."""
    match question.key:
        case "cpv":
            return described_cpv(question, answers)
        case "lots":
            return described_lots(question, answers)
        case "dnsh":
            return described_dnsh(answers)
    return forms.described(question, answers)
