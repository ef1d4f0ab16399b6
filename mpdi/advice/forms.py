"""The forms of the helpers, made from their questions. They are sent by address (GET) and read by `typed`; WTForms only shows them."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi.advice.core.errors import AnswerProblem
from mpdi.advice.core.model import Helper, Kind, Question
from mpdi.advice.core.price_formulas import Formula
from mpdi.advice.core.scoring_warnings import scoring_words
from mpdi.advice.labels import told
from mpdi.i18n import interface_language

_NEEDED = [InputRequired()]
_FEW = 3
"""Choices up to so many stand as radio buttons; a longer list is a select."""


class AdviceForm(Form):
    """A form whose problems come from reading the answers."""

    def show_problems(self, problems: Sequence[AnswerProblem]) -> None:
        """Put each problem at its field; what belongs to none stands at the top."""
        for problem in problems:
            words = told(problem.message)
            if problem.key in self._fields:
                field = self._fields[problem.key]
                field.errors = [*field.errors, words]
            else:
                self.form_errors.append(words)


def helper_form(helper: Helper, typed: Mapping[str, str]) -> AdviceForm:
    """Return the form of a helper with what was typed, or its defaults where nothing was."""
    fields = {question.key: _field(question) for question in helper.questions}
    made = type("HelperForm", (AdviceForm,), fields)
    form: AdviceForm = made(formdata=ImmutableMultiDict(_kept(helper, typed)) if typed else None)
    return form


def _kept(helper: Helper, typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed; a choice that the address does not name keeps its default."""
    return {each.key: each.default for each in helper.questions if each.choices} | dict(typed)


def _field(question: Question) -> Field:
    language = interface_language()
    keys = {
        "label": question.label[language],
        "description": question.help[language] if question.help else "",
        "validators": _NEEDED if question.is_needed else [],
        "default": question.default or None,
    }
    if question.kind is Kind.CHOICE:
        keys["choices"] = [SelectChoice(value, words[language]) for value, words in question.choices]
        return RadioField(**keys) if len(question.choices) <= _FEW else SelectField(**keys)
    return TextAreaField(**keys) if question.kind is Kind.AMOUNTS else StringField(**keys)


class ScoringForm(AdviceForm):
    """Weights, formula, offers."""

    price_weight = StringField(_l("Weight of the price"), validators=_NEEDED, default="60")
    criteria = TextAreaField(
        _l("The other criteria"),
        description=_l("One a line: name; weight. At most 6. With the price the weights come to 100."),
    )
    formula = SelectField(_l("Price formula"), validators=_NEEDED)
    spread = StringField(
        _l("Linear: at how many percent above the lowest price are there no points left?"), default="50"
    )
    floor = StringField(_l("Announced bounds: price that gives all points"))
    ceiling = StringField(_l("Announced bounds: price that gives no points"))
    offers = TextAreaField(
        _l("Sample offers"), validators=_NEEDED,
        description=_l("One a line: name; price in EUR without VAT; points out of 100 for each criterion, in their order. At most 12."),
    )  # fmt: skip
    sensitive = RadioField(
        _l("Is it a labour-intensive contract, or in a sector sensitive to fraud?"), default="no", validators=_NEEDED,
        description=_l("Works, cleaning, guarding, catering, transport for others, horticulture."),
        choices=[SelectChoice("no", _l("No")), SelectChoice("yes", _l("Yes"))],
    )  # fmt: skip


def scoring_form(typed: Mapping[str, str]) -> ScoringForm:
    """Return the form of the scoring helper with what was typed."""
    form = ScoringForm(formdata=ImmutableMultiDict({"sensitive": "no", "formula": "proportional"} | dict(typed)) if typed else None)
    words = scoring_words().formulas
    form.formula.choices = [SelectChoice(each.value, words[each].name[interface_language()]) for each in Formula]
    return form
