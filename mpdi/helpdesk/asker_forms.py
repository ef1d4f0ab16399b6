"""The forms of those who ask."""

import datetime
import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from mpdi.helpdesk import labels
from mpdi.helpdesk.obstacle_words import obstacle_asker
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle
from mpdi.specifications.field_values import date_refused
from mpdi.specifications.typed_values import NotADateError, read_date

LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 160
"""Characters of what a question is about, which a page that leads here hands on."""
_WORD = re.compile(r"[^\W\d_]{3}")
_EMAIL = re.compile(r"[^@\s<>,;:\"]{1,64}@[^@\s<>,;:\"]{1,180}\.[^@\s<>,;:\".]{2,24}")


def is_email(_form: FlaskForm, field: Field) -> None:
    """Refuse what cannot be an address."""
    if not _EMAIL.fullmatch(field.data or ""):
        raise ValidationError(_("Write an address such as name@example.org."))


def has_a_word(_form: FlaskForm, field: Field) -> None:
    """Refuse a question without a single word, such as “?”: nobody could answer it."""
    if not _WORD.search(field.data or ""):
        raise ValidationError(_("Write your question in words."))


def strip(text: str | None) -> str:
    """Take the spaces around a value away."""
    return (text or "").strip()


class AskForm(FlaskForm):
    """A question from the portal."""

    question = TextAreaField(
        _l("Your question"),
        description=_l("In your own words. Say what you buy, where you stand, and what you would like to know."),
        filters=[strip],
        validators=[
            DataRequired(_l("Write your question.")),
            Length(
                max=LONGEST_TEXT,
                message=_l("Shorten your question to 20,000 characters, or attach the rest as a file."),
            ),
            has_a_word,
        ],
    )
    about = StringField(
        _l("What it is about"),
        description=_l("Taken from the page you came from: change it or empty it as you like."),
        filters=[strip],
        validators=[Length(max=LONGEST_SUBJECT)],
    )
    email = StringField(
        _l("Your e-mail address"),
        description=_l("The answer goes there. Nobody outside the helpdesk sees it."),
        filters=[strip],
        validators=[DataRequired(_l("Write your e-mail address: the answer goes there.")), Length(max=254), is_email],
    )
    name = StringField(_l("Your name"), filters=[strip], validators=[Length(max=120)])
    authority = StringField(_l("Your organisation"), filters=[strip], validators=[Length(max=200)])
    tender_deadline = StringField(
        _l("Deadline for tenders"),
        description=_l("Day/month/year. A near deadline is answered sooner."),
        filters=[strip],
        validators=[Optional()],
    )
    language = RadioField(
        _l("Language of the answer"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("nl", "Nederlands")],
        validators=[InputRequired(_l("Choose a language."))],
    )
    obstacles = SelectMultipleField(
        _l("What stands in your way"),
        description=_l("Tick what you meet. It is counted, without your name, to show what should change."),
        choices=(),
        option_widget=CheckboxInput(),
        validators=[Optional()],
    )
    file = FileField(_l("File"), description=_l("One file of at most 25 MB."))

    def offer_obstacles(self, door: AskerKind) -> None:
        """Offer the obstacles that those who come in by a door meet."""
        self.obstacles.choices = [
            SelectChoice(each.value, labels.obstacle(each.value)) for each in Obstacle if obstacle_asker(each) is door
        ]

    @property
    def whole_question(self) -> str:
        """The question, under what it is about where that is stated."""
        return "\n\n".join(filter(None, (self.about.data, self.question.data)))

    @property
    def stated_obstacles(self) -> tuple[Obstacle, ...]:
        """The obstacles ticked."""
        return tuple(Obstacle(code) for code in self.obstacles.data or ())

    def validate_tender_deadline(self, field: Field) -> None:
        """Refuse what is no date."""
        try:
            read_date(field.data)
        except NotADateError as error:
            raise ValidationError(date_refused(error)) from error

    @property
    def deadline(self) -> datetime.date | None:
        """The deadline as a date; None where none can be read."""
        try:
            return read_date(self.tender_deadline.data or "")
        except NotADateError:
            return None


class MessageForm(FlaskForm):
    """One more message of the asker."""

    body = TextAreaField(
        _l("Your message"),
        filters=[strip],
        validators=[
            DataRequired(_l("Write your message.")),
            Length(max=LONGEST_TEXT, message=_l("Shorten your message to 20,000 characters.")),
        ],
    )
    file = FileField(_l("File"), description=_l("One file of at most 25 MB."))
