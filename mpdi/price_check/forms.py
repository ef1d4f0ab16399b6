"""The form of a price check. It is read by `typed`, as data of a file would be; WTForms only shows it."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi.clause_library.core.said import Said
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Nature, Procedure
from mpdi.price_check.core.errors import OfferProblem
from mpdi.price_check.labels import ANSWERS, WAGE_CERTAINTIES, told
from mpdi.specifications.choices import choice_label

_NEEDED = [InputRequired()]
_ANSWERS = [SelectChoice(code, words) for code, words in ANSWERS.items()]


class PriceForm(FlaskForm):
    """Purchase, hours, wage costs, other costs, offers, letter."""

    object = StringField(_l("What is bought"))
    reference = StringField(_l("Reference of the purchase"))
    authority_name = StringField(_l("Contracting authority"))
    authority_type = SelectField(_l("Type of authority"), validators=_NEEDED)
    nature = SelectField(_l("Nature"), validators=_NEEDED)
    fraud_sensitive = RadioField(
        _l("Is the service in a sector sensitive to fraud?"), choices=_ANSWERS, default="unknown", validators=_NEEDED,
        description=_l("For instance cleaning, guarding, transport and logistics for others, horticulture, food. For works, leave it as it is."),
    )
    procedure = SelectField(_l("Procedure"), validators=_NEEDED)
    light_regime = RadioField(
        _l("Is it a social or other specific service (such as guarding or catering), without the price rules being made applicable by the documents?"),
        choices=_ANSWERS, default="no", validators=_NEEDED,
    )
    price_weight = StringField(
        _l("Weight of the price"), validators=_NEEDED, description=_l("100 where the price is the only award criterion.")
    )
    estimated_value = StringField(_l("Estimated value, without VAT"), validators=_NEEDED)
    publication_date = StringField(
        _l("Date of publication"), validators=_NEEDED, description=_l("Day/month/year. It decides which numbers of law and which wage costs hold.")
    )
    cpv_risk_list = RadioField(
        _l("Is the CPV code on the Brussels Government's risk list?"), choices=_ANSWERS, default="unknown", validators=_NEEDED,
        description=_l("It decides whether the Observatory of reference prices must be consulted."),
    )
    works_above_class_2 = RadioField(
        _l("Works only: do they exceed the amount of approval class 2?"), choices=_ANSWERS, default="unknown", validators=_NEEDED
    )
    joint_committee = StringField(_l("Joint committee"), description=_l("Its number, such as 121 for cleaning, where the offers name no other."))
    hours = StringField(_l("Hours of work that the documents ask for"), description=_l("For the whole contract. Hours of an offer, below, come first."))
    wage_costs = TextAreaField(
        _l("Wage cost of an hour, by joint committee"),
        description=_l("One a line: joint committee; EUR an hour; source; valid from; valid to. We give no figure: none has been read in a source. Without yours, what is left for an hour is shown and compared with nothing."),
    )
    wage_certainty = SelectField(
        _l("How sure are you of these wage costs?"), validators=_NEEDED, default=Certainty.GENERAL_KNOWLEDGE.value,
        description=_l("It is shown wherever they count, and reminded before a letter is sent."),
    )
    materials = StringField(_l("Materials and products"))
    transport = StringField(_l("Transport"))
    overhead = StringField(_l("Overhead"))
    margin = StringField(_l("Margin"))
    shares_source = StringField(_l("Where these shares come from"))
    offers = TextAreaField(
        _l("Offers"), validators=_NEEDED,
        description=_l("One a line, pasted from a spreadsheet or typed: tenderer; total in EUR without VAT; hours; joint committee; lot; address for the letter. Only the first two are needed; leave a cell empty to reach a later one. A heading above the table is left out. At most 40."),
    )
    language = SelectField(_l("Language of the letters"), choices=[SelectChoice("fr", "Français"), SelectChoice("nl", "Nederlands")], validators=_NEEDED)
    answer_days = StringField(_l("Days to answer"), description=_l("Calendar days. Left empty: 12, a default that a jurist has still to confirm."))
    contact = StringField(_l("Where the answer is sent"), description=_l("An address. Left empty: the platform on which the offer was filed."))
    signatory = StringField(_l("Who signs"))

    def offer_choices(self) -> None:
        """Fill the closed lists in the language of the page."""
        for field, fact, values in (
            (self.authority_type, "authority_type", AuthorityType),
            (self.nature, "nature", Nature),
            (self.procedure, "procedure", Procedure),
        ):
            field.choices = [SelectChoice(value.value, choice_label(fact, value)) for value in values]  # type: ignore[attr-defined]
        self.wage_certainty.choices = [SelectChoice(code, words) for code, words in WAGE_CERTAINTIES.items()]

    def values(self) -> Mapping[str, str]:
        """Return what was typed, by field."""
        return {field.name: str(field.data or "") for field in self if field.name != "csrf_token"}

    def show_problems(self, problems: Sequence[OfferProblem]) -> None:
        """Put each problem at the field that its key names; what belongs to none stands at the top."""
        for problem in sorted(problems, key=_line):
            words = f"{told(problem.message)} {told(problem.remedy)}"
            words = words[:1].upper() + words[1:]
            if problem.key in self:
                self[problem.key].errors = [*self[problem.key].errors, words]
            else:
                self.form_errors.append(f"{problem.key}: {words}")


def _line(problem: OfferProblem) -> int:
    """Return the line of a table that a problem names, 0 where it names none: problems are said from top to bottom."""
    line = problem.message.values.get("line") if isinstance(problem.message, Said) else None
    return line if isinstance(line, int) else 0
