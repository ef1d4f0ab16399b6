"""The form with which the status of a legal instrument is changed."""

import datetime
import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from mpdi.clause_library.law_operations import LONGEST_REASON
from mpdi.clause_library.law_words import STATUSES

_DAY = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*|\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")


def read_day(text: str) -> datetime.date | None:
    """Read “31/12/2026” or “2026-12-31”; None where it is no day."""
    found = _DAY.fullmatch(text)
    if not found:
        return None
    day, month, year, other_year, other_month, other_day = found.groups()
    try:
        return datetime.date(int(year or other_year), int(month or other_month), int(day or other_day))
    except ValueError:
        return None


def is_day(_form: FlaskForm, field: Field) -> None:
    """Refuse what is no day."""
    if read_day(field.data or "") is None:
        raise ValidationError(_("Write the date as 31/12/2026."))


class InstrumentStatusForm(FlaskForm):
    """The new status, from when, and why."""

    status = SelectField(_l("New status"), choices=[SelectChoice(code, words) for code, words in STATUSES.items()])
    since = StringField(
        _l("From which day"), description=_l("For example 31/12/2026"), validators=[InputRequired(), is_day]
    )
    reason = TextAreaField(
        _l("Why"),
        description=_l("What changed, and where it was published. Everybody can read this."),
        validators=[InputRequired(), Length(min=3, max=LONGEST_REASON)],
    )

    @property
    def day(self) -> datetime.date:
        """The day, of a form that is valid."""
        found = read_day(self.since.data or "")
        assert found is not None
        return found
