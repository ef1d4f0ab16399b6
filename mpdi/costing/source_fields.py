"""The fields of a sheet's form in which the buyer says where he has his own values from: words, and a day."""

import datetime
from collections.abc import Iterator
from typing import Any, Protocol

from wtforms import Field, StringField

from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.sheets.model import Sheet
from mpdi.lcc.sheets.own_sources import LONGEST
from mpdi.specifications.typed_values import NotADateError, read_date


class SourcedForm(Protocol):
    """A form with these fields."""

    def __getitem__(self, name: str) -> Field:
        """The field of that name."""
        ...

    def problem(self, name: str, words: str) -> None:
        """Put a fault at its field."""
        ...


def source_fields(sheet: Sheet) -> dict[str, Any]:
    """Return two fields for each value of the buyer, by their names in the address: `s_` and `d_` and its key."""
    made: dict[str, Any] = {}
    for each in sheet.buyer:
        label = each.label.said(interface_language())  # type: ignore[arg-type]
        made[f"s_{each.key}"] = StringField(_("Source of: %(label)s", label=label))
        made[f"d_{each.key}"] = StringField(_("Day of this source: %(label)s", label=label))
    return made


def has_source(form: SourcedForm, key: str) -> bool:
    """Whether a source was typed for that value."""
    return bool(_line(form, f"s_{key}"))


def typed_sources(form: SourcedForm, sheet: Sheet) -> dict[str, dict[str, str]]:
    """Return the sources as a case holds them; what cannot be read is said at its field."""
    return {key: source for each in sheet.buyer for key, source in _typed(form, each.key)}


def _typed(form: SourcedForm, key: str) -> Iterator[tuple[str, dict[str, str]]]:
    words, day = _line(form, f"s_{key}"), _day(form, f"d_{key}")
    if not words:
        if day is not None:
            form.problem(f"s_{key}", _("Say of what this is the day: write the source."))
        return
    if len(words) > LONGEST:
        form.problem(f"s_{key}", _("This source is too long: at most %(most)s characters.", most=LONGEST))
    yield key, {"words": words, **({"date": day.isoformat()} if day else {})}


def _day(form: SourcedForm, name: str) -> datetime.date | None:
    text = _line(form, name)
    try:
        return read_date(text) if text else None
    except NotADateError:
        form.problem(name, _("This is not a date: write day/month/year."))
        return None


def _line(form: SourcedForm, name: str) -> str:
    return " ".join(str(form[name].data or "").split()).lstrip("=")
