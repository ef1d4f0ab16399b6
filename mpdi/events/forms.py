"""The coordinator's form of an event."""

import datetime
import re
from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from mpdi import clock
from mpdi.events import labels
from mpdi.events.models import AgendaEvent
from mpdi.events.operations import EventFacts
from mpdi.events.vocabulary import Audience, EventKind
from mpdi.specifications.field_values import date_refused
from mpdi.specifications.typed_values import NotADateError, read_date, write_date

_HOUR = re.compile(r"\s*(\d{1,2})\s*[:hHuU.]\s*(\d{2})?\s*")
_LINK = re.compile(r"https?://[^\s<>\"']{3,280}")


def _strip(text: str | None) -> str:
    return (text or "").strip()


def _choices(words: Mapping[str, LazyString]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in words.items()]


def is_hour(_form: FlaskForm, field: Field) -> None:
    """Refuse what is no hour."""
    if read_hour(field.data or "") is None:
        raise ValidationError(_("Write the hour as 14:30."))


def read_hour(text: str) -> datetime.time | None:
    """Read “14:30”, “14h30”, “14u” as an hour."""
    match = _HOUR.fullmatch(text)
    if not match or int(match.group(1)) > 23 or int(match.group(2) or 0) > 59:
        return None
    return datetime.time(int(match.group(1)), int(match.group(2) or 0))


class EventForm(FlaskForm):
    """What the coordinator says of an event, in both languages."""

    kind = SelectField(_l("Kind"), choices=_choices(labels.KINDS), validators=[InputRequired()])
    audience = SelectField(_l("For whom"), choices=_choices(labels.AUDIENCES), validators=[InputRequired()])
    title_fr = StringField(_l("Title in French"), filters=[_strip], validators=[InputRequired(_l("Write the title in French.")), Length(max=160)])
    title_nl = StringField(_l("Title in Dutch"), filters=[_strip], validators=[InputRequired(_l("Write the title in Dutch.")), Length(max=160)])
    day = StringField(_l("Day"), description=_l("Day/month/year, for instance 15/01/2027."), filters=[_strip], validators=[InputRequired(_l("Write the day."))])
    starts = StringField(_l("Begins at"), description=_l("For instance 14:30, Brussels time."), filters=[_strip], validators=[InputRequired(_l("Write the hour.")), is_hour])
    ends = StringField(_l("Ends at"), filters=[_strip], validators=[InputRequired(_l("Write the hour.")), is_hour])
    place = StringField(_l("Place"), description=_l("An address, or “online”."), filters=[_strip], validators=[Length(max=200)])
    languages = SelectField(_l("Languages spoken"), choices=_choices(labels.LANGUAGES), validators=[InputRequired()])
    description_fr = TextAreaField(_l("Description in French"), filters=[_strip], validators=[Length(max=5_000)])
    description_nl = TextAreaField(_l("Description in Dutch"), filters=[_strip], validators=[Length(max=5_000)])
    registration = StringField(
        _l("How to register"), description=_l("An address that begins with https://, an e-mail address, or a sentence."),
        filters=[_strip], validators=[Length(max=300)],
    )
    seen = HiddenField()

    def validate_day(self, field: Field) -> None:
        """Refuse what is no date."""
        try:
            read_date(field.data)
        except NotADateError as error:
            raise ValidationError(date_refused(error)) from error

    def validate_ends(self, field: Field) -> None:
        """Refuse an end that does not come after the start."""
        start, end = read_hour(self.starts.data or ""), read_hour(field.data or "")
        if start and end and end <= start:
            raise ValidationError(_("The event must end after it begins."))

    def facts(self) -> EventFacts:
        """Return what was typed, valid."""
        day = read_date(self.day.data or "")
        start, end = read_hour(self.starts.data or ""), read_hour(self.ends.data or "")
        assert start is not None
        assert end is not None
        return EventFacts(
            EventKind(self.kind.data), Audience(self.audience.data), self.title_fr.data, self.title_nl.data,
            datetime.datetime.combine(day, start, clock.BRUSSELS), datetime.datetime.combine(day, end, clock.BRUSSELS),
            self.description_fr.data, self.description_nl.data, self.place.data, self.languages.data, self.registration.data,
        )

    def show(self, event: AgendaEvent) -> None:
        """Fill the form with a stored event."""
        for name in ("kind", "audience", "title_fr", "title_nl", "place", "languages", "description_fr", "description_nl", "registration"):
            self[name].data = getattr(event, name)
        start, end = (clock.aware(moment).astimezone(clock.BRUSSELS) for moment in (event.starts_at, event.ends_at))
        self.day.data, self.starts.data, self.ends.data = write_date(start.date()), f"{start:%H:%M}", f"{end:%H:%M}"
        self.seen.data = clock.aware(event.changed_at).isoformat()

    @property
    def seen_at(self) -> datetime.datetime | None:
        """When the event that the form was made from was last changed; None where that cannot be read."""
        try:
            return clock.aware(datetime.datetime.fromisoformat(self.seen.data or ""))
        except ValueError:
            return None


def link_of(registration: str) -> str | None:
    """Return the address a registration leads to; None for a sentence. Only the web and mail can be led to."""
    if _LINK.fullmatch(registration):
        return registration
    if re.fullmatch(r"[^@\s<>\"']{1,64}@[\w.-]{3,180}", registration):
        return f"mailto:{registration}"
    return None
