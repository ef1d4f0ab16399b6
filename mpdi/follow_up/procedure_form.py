"""The form of one step of the penalty procedure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi.clause_library.core.rendering import NBSP
from mpdi.follow_up import labels
from mpdi.follow_up.forms import LONG, SHORT, LogForm, Within, is_past_day, words_of
from mpdi.follow_up.procedure import limit_of, reckoned
from mpdi.follow_up.vocabulary import Decided, EntryKind
from mpdi.specifications.typed_values import NotANumberError, read_number
from mpdi.specifications.verification_clause import Cap

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
    cap_base = StringField(
        _l("Amount on which the maximum is reckoned"),
        description=_l(
            "What the percentage above is a part of, for the period in question. With it, the maximum is checked."
        ),
    )
    over_cap = BooleanField(_l("The amount is above the maximum of the clause: note it all the same"))
    cap: Cap | None = None
    """The maximum that the clause fixes."""

    def begin(self, kind: EntryKind, cap: Cap | None) -> None:
        """Make it the form of one step about a clause with that maximum."""
        self.step.data, self.cap = str(kind), cap
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
            is_valid = self._is_reckoned() and self._is_within_cap() and is_valid
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
            "The amount of the clause times the number is %(total)s. Mend one of them, or leave the amount empty.",
            total=labels.amount(total),
        )
        return refuse(self.amount, words)

    def _is_within_cap(self) -> bool:
        """Ask to confirm an amount above the maximum, where that can be reckoned."""
        if (self.cap_base.data or "").strip() and not _amount(self.cap_base):
            return False
        limit = self._limit()
        if limit is None or self._total() <= limit or self.over_cap.data:
            return True
        words = _(
            "The amount, %(total)s, is above the maximum of the clause, %(limit)s. Lower it, or confirm here.",
            total=labels.amount(self._total()),
            limit=labels.amount(limit),
        )
        return refuse(self.over_cap, words)

    def _limit(self) -> Decimal | None:
        base = _number(self.cap_base) if (self.cap_base.data or "").strip() else None
        return None if self.cap is None else limit_of(self.cap, base)

    def _total(self) -> Decimal:
        return reckoned(*self._product()) if self._has_product() else _number(self.amount)

    def _has_product(self) -> bool:
        return bool((self.unit_amount.data or "").strip() and (self.count.data or "").strip())

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
        amounts = {"amount": str(self._total()), "cap": self._capped()}
        if not self._has_product():
            return amounts
        unit, count = self._product()
        arithmetic = f"{labels.amount(unit)} × {labels.number(count)} = {labels.amount(reckoned(unit, count))}"
        return {**amounts, "reckoning": " – ".join(filter(None, (arithmetic, reckoning)))}

    def _capped(self) -> str:
        """The maximum with its arithmetic, and that the amount is above it; empty where it could not be reckoned."""
        limit = self._limit()
        if self.cap is None or limit is None:
            return ""
        percent = f"{labels.number(self.cap.number)}{NBSP}%"
        share = f"{percent} × {labels.amount(_number(self.cap_base))} = " if self.cap.is_percent else ""
        above = _("the amount is above it, as confirmed") if self._total() > limit else ""
        return " – ".join(filter(None, (f"{share}{labels.amount(limit)}", above)))


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
