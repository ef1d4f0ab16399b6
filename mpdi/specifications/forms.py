"""The form of one question: typed or stored values, errors beside each field, and the answers they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from mpdi import clock
from mpdi.clause_library.core.answers import AnswersError
from mpdi.specifications import field_values
from mpdi.specifications.choices import choice_label, describe, hint, values_of
from mpdi.specifications.field_values import FieldError
from mpdi.specifications.operations import purchase_of
from mpdi.specifications.questionnaire import Field, FieldKind, Question
from mpdi.specifications.told import told
from mpdi.specifications.two_language_fields import french_missing, in_both, joined, sides

Typed = MultiDict[str, str]
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """One radio button, checkbox or option."""

    value: str
    label: str
    hint: str = ""


@dataclass
class BoundField:
    """A field with what stands in it, the value read, and what is wrong with it."""

    field: Field
    typed: tuple[str, ...] = ()
    value: Any = None
    error: str | None = None

    @property
    def text(self) -> str:
        """What stands in the control."""
        return self.typed[0] if self.typed else ""

    @property
    def choices(self) -> list[Choice]:
        """What can be chosen."""
        if self.field.kind is FieldKind.YES_NO:
            return [Choice("yes", _("Yes")), Choice("no", _("No"))]
        return [
            Choice(each, choice_label(self.field.fact, each), hint(self.field.fact, each))
            for each in values_of(self.field.fact)
        ]

    def read(self) -> None:
        """Read what was typed into `value`, or note the error."""
        try:
            self.value = field_values.read(self.field, self.typed)
        except FieldError as error:
            self.error = str(error)


@dataclass
class QuestionForm:
    """The fields of one question, by name."""

    question: Question
    fields: dict[str, BoundField] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """Errors that belong to no single field."""

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Every error: name of the field, its label, what is wrong."""
        return [(name, str(each.field.label), each.error) for name, each in self.fields.items() if each.error]

    @property
    def is_valid(self) -> bool:
        """Whether all can be stored."""
        return not self.errors and not self.problems

    def value(self, name: str) -> Any:
        """Return the value read from a field."""
        return self.fields[name].value

    def text(self, name: str) -> Any:
        """Return a text of the document, in both languages where it has two controls."""
        if name in self.fields:
            return self.fields[name].value
        return joined(self.fields[f"{name}_fr"].value, self.fields[f"{name}_nl"].value)

    def controls(self, name: str) -> list[BoundField]:
        """Return the control of a text, or both."""
        names = [name] if name in self.fields else [f"{name}_fr", f"{name}_nl"]
        return [self.fields[each] for each in names if each in self.fields]

    def refuse(self, name: str, message: str) -> None:
        """Note an error beside a field."""
        self.fields[name].error = message


def stored_form(question: Question, answers: Answers) -> QuestionForm:
    """Return the form filled with what is stored."""
    form = QuestionForm(question)
    for each in question.fields:
        bind(form, each, stored_value(each, answers), answers)
    return form


def bind(form: QuestionForm, item: Field, value: Any, answers: Answers) -> None:
    """Put a stored value into its control, or into those of both languages."""
    for part, own in sides(item, value, answers):
        form.fields[part.name] = BoundField(part, field_values.write(part, own), own)


def typed_form(question: Question, typed: Typed, fields: Sequence[Field] | None = None) -> QuestionForm:
    """Return the form filled with what was typed, read field by field."""
    form = QuestionForm(question)
    for item in question.fields if fields is None else fields:
        is_pair = item.has_languages and f"{item.name}_fr" in typed
        for each in in_both(item) if is_pair else (item,):
            bound = BoundField(each, tuple(typed.getlist(each.name)))
            bound.read()
            form.fields[each.name] = bound
        if is_pair and form.value(f"{item.name}_nl") and not form.value(f"{item.name}_fr"):
            form.fields[f"{item.name}_fr"].error = form.fields[f"{item.name}_fr"].error or french_missing()
    return form


def stored_value(item: Field, answers: Answers) -> Any:
    """Return what the answers hold for a field, None where nothing is stated."""
    value: Any = answers
    for step in item.place:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def packed(form: QuestionForm) -> dict[str, Any]:
    """Return the answers that the plain fields of a form make; what is not stated is left out."""
    made: dict[str, Any] = {}
    for bound in form.fields.values():
        place, value = bound.field.place, bound.value
        if bound.field.language:
            place, value = place[:-1], form.text(bound.field.name.removesuffix(f"_{bound.field.language}"))
        if value is None or value == []:
            continue
        *outer, last = place
        target = made
        for step in outer:
            target = target.setdefault(step, {})
        target[last] = value
    return made


def with_answers(answers: Answers, question: Question, made: Answers) -> dict[str, Any]:
    """Return all answers with those of one question replaced."""
    kept = {key: value for key, value in answers.items() if key not in question.keys}
    return {**kept, **{key: value for key, value in made.items() if key in question.keys}}


def keep_stored(form: QuestionForm, stored: QuestionForm) -> None:
    """Put what is stored in the place of every field that is wrong."""
    for name, _label, _words in form.errors:
        form.fields[name] = stored.fields.get(name, BoundField(form.fields[name].field))


def check_whole(form: QuestionForm, answers: Answers) -> None:
    """Hold the answers against the rules of an answers file; what they refuse is noted in the form."""
    try:
        purchase_of(answers, clock.today())
    except AnswersError as error:
        for problem in told(error.problems):
            if problem.key in form.fields:
                form.refuse(problem.key, f"{problem.message} {problem.remedy}")
            else:
                form.problems.append(str(problem))


def described(question: Question, answers: Answers) -> list[tuple[str, str]]:
    """Return label and answer of each plain field, for a reader."""
    return [(str(each.label), describe(each, stored_value(each, answers))) for each in question.fields]
