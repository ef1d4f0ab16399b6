"""Forms of a follow-up log: one check, the contract's facts, its beginning."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi import clock
from mpdi.clause_library.core.answer_values import WrongAnswerError, clean_text
from mpdi.follow_up import labels
from mpdi.follow_up.vocabulary import EntryKind
from mpdi.specifications.field_values import date_refused
from mpdi.specifications.typed_values import NotADateError, read_date, write_date
from mpdi.specifications.verification_dates import FIRST_YEAR, LAST_YEAR

SHORT, LONG = 120, 1_000
"""Characters that a line and a text hold."""


class Within:
    """Refuse a text that is longer than a field of the log holds."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check one field."""
        try:
            clean_text(field.data or "", self.limit)
        except WrongAnswerError as error:
            raise ValidationError(
                _("%(count)s characters were typed; at most %(limit)s fit here. Shorten it.",
                  count=len(field.data), limit=self.limit)
            ) from error  # fmt: skip


def is_day(_form: FlaskForm, field: Field) -> None:
    """Refuse what is no day of the calendar, and years that are a slip of the pen."""
    if not (field.data or "").strip():
        return
    try:
        day = read_date(field.data)
    except NotADateError as error:
        raise ValidationError(date_refused(error)) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Write a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))


def is_past_day(form: FlaskForm, field: Field) -> None:
    """Refuse what is no day, or a day still to come."""
    is_day(form, field)
    day = day_of(field)
    if day is not None and day > clock.today():
        raise ValidationError(_("This day is still to come. Write the day on which it happened."))


def day_of(field: Field) -> datetime.date | None:
    """Return the day typed in a field; None where nothing is typed or it is no day."""
    try:
        return read_date(field.data or "")
    except NotADateError:
        return None


def words_of(field: Field, limit: int) -> str:
    """Return what was typed, without control and direction characters."""
    return clean_text(field.data or "", limit)


class LogForm(FlaskForm):
    """What every form of a log carries: up to which entry the page showed it."""

    revision = HiddenField()

    @property
    def expected(self) -> int:
        """The entry up to which the page showed the log; nothing newer than 0 where the field is damaged."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) <= 9 else 0


class CheckForm(LogForm):
    """What was found when a check was made."""

    result = RadioField(_l("Result"), validators=[InputRequired(_l("Choose what was found."))], validate_choice=False)
    day = StringField(
        _l("Day"),
        [InputRequired(_l("Write the day.")), is_past_day],
        description=_l("Day/month/year."),
    )
    due = SelectField(_l("For the check due on"), validate_choice=False)
    by = StringField(
        _l("Checked by (function)"),
        [Within(SHORT)],
        description=_l("The function, no name of a person: for instance building manager."),
    )
    evidence = TextAreaField(
        _l("Evidence"),
        [Within(LONG)],
        description=_l("What you received or saw, and where it is kept. No names, no national numbers."),
    )
    remark = TextAreaField(_l("Remark"), [Within(LONG)])
    shortcoming = TextAreaField(_l("What falls short"), [Within(LONG)])
    measure = TextAreaField(
        _l("Measure asked of the contractor"), [Within(LONG)], description=_l("What is to be done, in one sentence.")
    )
    measure_due = StringField(_l("To be done by"), [is_day], description=_l("Day/month/year."))

    def offer(self, dates: Sequence[datetime.date], has_shortcoming: bool) -> None:
        """Offer the results that fit, and the days that are still open."""
        kinds = [EntryKind.DONE, EntryKind.SHORTCOMING, EntryKind.NOT_APPLICABLE, EntryKind.REMARK]
        if has_shortcoming:
            kinds.insert(0, EntryKind.RESOLVED)
        self.result.choices = [SelectChoice(str(each), labels.entry_kind(each)) for each in kinds]
        self.due.choices = [SelectChoice(day.isoformat(), write_date(day)) for day in dates]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check each field, then those that depend on the result."""
        is_valid = bool(super().validate(extra_validators))
        if self.result.data and self.result.data not in {choice[0] for choice in self._offered()}:
            self.result.errors = [*self.result.errors, _("Choose one of the results.")]
            is_valid = False
        if self.result.data == EntryKind.SHORTCOMING and not (self.shortcoming.data or "").strip():
            self.shortcoming.errors = [*self.shortcoming.errors, _("Say in a sentence what falls short.")]
            is_valid = False
        if self._is_measured_before_found():
            self.measure_due.errors = [*self.measure_due.errors, _("This day is before the day of the finding.")]
            is_valid = False
        if self.result.data == EntryKind.REMARK and not (self.remark.data or "").strip():
            self.remark.errors = [*self.remark.errors, _("Write the remark.")]
            is_valid = False
        return is_valid

    def _is_measured_before_found(self) -> bool:
        found, measured = day_of(self.day), day_of(self.measure_due)
        return (
            self.result.data == EntryKind.SHORTCOMING
            and found is not None
            and measured is not None
            and measured < found
        )

    def _offered(self) -> list[tuple[str, str]]:
        return [(each.value, str(each.label)) for each in self.result.choices]

    @property
    def kind(self) -> EntryKind:
        """The result chosen."""
        return EntryKind(self.result.data)

    def words(self) -> dict[str, str]:
        """Return what was typed, by field; of a shortcoming only where there is one."""
        names = ["by", "evidence", "remark"]
        if self.kind is EntryKind.SHORTCOMING:
            names += ["shortcoming", "measure"]
        found = {name: words_of(self[name], LONG) for name in names}
        measure_due = day_of(self.measure_due)
        if self.kind is EntryKind.SHORTCOMING and measure_due is not None:
            found["measure_due"] = measure_due.isoformat()
        days = {choice.value for choice in self.due.choices or ()}
        if self.kind in (EntryKind.DONE, EntryKind.SHORTCOMING) and self.due.data in days:
            found["due"] = str(self.due.data)
        return {name: words for name, words in found.items() if words}


class FactsForm(LogForm):
    """Contractor and start of the execution."""

    contractor = StringField(
        _l("Contractor"),
        [Within(200)],
        description=_l("The firm, as you want to read it here. Yours alone: no other page of this portal uses it."),
    )
    start = StringField(
        _l("Start of the execution"),
        [is_day],
        description=_l("Day/month/year, if you know it. Without it, no date is calculated."),
    )

    def facts(self) -> tuple[str, datetime.date | None]:
        """Return contractor and start."""
        return words_of(self.contractor, 200), day_of(self.start)


class FileForm(FactsForm):
    """A Word file that MPDI wrote, and the facts of the contract."""

    file = FileField(
        _l("Word file"), description=_l("Your own file of the purchase (.docx), as it was downloaded here.")
    )
