"""The form of one step of the penalty procedure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi.follow_up import labels
from mpdi.follow_up.forms import LONG, SHORT, LogForm, Within, is_past_day, words_of
from mpdi.follow_up.procedure import reckoned
from mpdi.follow_up.vocabulary import Decided, EntryKind
from mpdi.specifications.typed_values import NotANumberError, read_number

MOST = Decimal("100000000")
"""The highest amount, in EUR, that is taken for one."""


class StepForm(LogForm):
    """A step: its day and words; of a decision which, of a penalty how much."""

    step = HiddenField()
    day = StringField(_l("Day"), [InputRequired(_l("Write the day.")), is_past_day], description=_l("Day/month/year."))
    letter = StringField(_l("Reference of the letter"), [Within(SHORT)])
    decision = RadioField(_l("Decision"), validate_choice=False)
    reasons = TextAreaField(
        _l("Reasons"), [Within(LONG)], description=_l("In words that the contractor may read. No names of persons.")
    )
    unit_amount = StringField(
        _l("Amount that the clause fixes"), description=_l("For one breach, day or hour, as the contract says.")
    )
    count = StringField(_l("How many times"))
    amount = StringField(
        _l("Amount of the penalty"),
        description=_l("Only where the clause is reckoned in another way: then say below how."),
    )
    reckoning = TextAreaField(_l("How it was reckoned"), [Within(LONG)])

    def begin(self, kind: EntryKind) -> None:
        """Make it the form of one step."""
        self.step.data = str(kind)
        self.decision.choices = [SelectChoice(str(each), str(words)) for each, words in labels.DECISIONS.items()]

    @property
    def kind(self) -> EntryKind:
        """The step."""
        return EntryKind(self.step.data)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check each field, then what the step needs."""
        is_valid = bool(super().validate(extra_validators))
        if self.kind is EntryKind.DECISION:
            is_valid = self._is_decided() and is_valid
        if self.kind is EntryKind.PENALTY:
            is_valid = self._is_reckoned() and is_valid
        return is_valid

    def _is_decided(self) -> bool:
        if self.decision.data not in set(Decided):
            return refuse(self.decision, _("Choose what was decided."))
        if not (self.reasons.data or "").strip():
            return refuse(self.reasons, _("Give the reasons of the decision."))
        return True

    def _is_reckoned(self) -> bool:
        typed = {field: (field.data or "").strip() for field in (self.unit_amount, self.count, self.amount)}
        read = [_amount(field) for field, text in typed.items() if text]
        if not all(read):
            return False
        has_product = bool(typed[self.unit_amount] and typed[self.count])
        if typed[self.amount] and not has_product and not (self.reckoning.data or "").strip():
            return refuse(self.reckoning, _("Say how the amount was reckoned."))
        if has_product or typed[self.amount]:
            return self._agrees() if has_product and typed[self.amount] else True
        return refuse(
            self.unit_amount, _("Write the amount of the clause and how many times, or the amount of the penalty.")
        )

    def _agrees(self) -> bool:
        total = reckoned(*self._product())
        if total == _number(self.amount):
            return True
        words = _(
            "The amount of the clause times the number is %(total)s EUR. Mend one of them, or leave the amount empty.",
            total=total,
        )
        return refuse(self.amount, words)

    def _product(self) -> tuple[Decimal, Decimal]:
        return _number(self.unit_amount), _number(self.count)

    def words(self) -> dict[str, str]:
        """Return what was typed, by field; of a penalty the amount and its arithmetic."""
        names = {EntryKind.DECISION: ("letter", "reasons"), EntryKind.PENALTY: ("letter", "reckoning")}
        found = {name: words_of(self[name], LONG) for name in names.get(self.kind, ("letter",))}
        if self.kind is EntryKind.DECISION:
            found["decision"] = str(self.decision.data)
        if self.kind is EntryKind.PENALTY:
            found.update(self._amounts(found["reckoning"]))
        return {name: words for name, words in found.items() if words}

    def _amounts(self, reckoning: str) -> dict[str, str]:
        if not ((self.unit_amount.data or "").strip() and (self.count.data or "").strip()):
            return {"amount": str(_number(self.amount))}
        unit, count = self._product()
        arithmetic = f"{unit} EUR × {count} = {reckoned(unit, count)} EUR"
        return {"amount": str(reckoned(unit, count)), "reckoning": " – ".join(filter(None, (arithmetic, reckoning)))}


def _number(field: Field) -> Decimal:
    return read_number(field.data, has_thousands=True)


def _amount(field: Field) -> bool:
    try:
        number = _number(field)
    except NotANumberError:
        words = _(
            "“%(text)s” is not a number we understand. Write digits, such as 120 000 or 0,5.", text=field.data[:40]
        )
        return refuse(field, words)
    return True if 0 < number <= MOST else refuse(field, _("Write a number above 0, in digits."))


def refuse(field: Field, words: str) -> bool:
    """Say at a field why it is refused; always False."""
    field.errors = [*field.errors, words]
    return False
