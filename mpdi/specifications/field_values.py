"""One field: from what was typed to a value of the answers, and back; what is wrong in the reader's language."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from mpdi.clause_library.core.answer_values import clean_text
from mpdi.exceptions import MpdiError
from mpdi.specifications.choices import spoken, values_of
from mpdi.specifications.questionnaire import Field, FieldKind
from mpdi.specifications.typed_values import NotADateError, NotANumberError, read_date, read_number, write_date


class FieldError(MpdiError):
    """What was typed cannot be understood; the message says what and how to mend it."""


def read(field: Field, typed: Sequence[str]) -> Any:
    """Return the value of a field as the answers hold it; None where nothing was typed."""
    if field.kind is FieldKind.CHOICES:
        return [_choice(field, each) for each in dict.fromkeys(typed)]
    text = typed[0].strip() if typed else ""
    if not text:
        return None
    match field.kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return read_text(text, field.limit)
        case FieldKind.CHOICE | FieldKind.SELECT:
            return _choice(field, text)
        case FieldKind.YES_NO:
            return _yes_no(text)
        case FieldKind.DATE:
            return read_day(text).isoformat()
    return plain_number(_number(field, text))


def write(field: Field, value: Any) -> tuple[str, ...]:
    """Return a stored value as the control holds it."""
    if value is None:
        return ()
    match field.kind:
        case FieldKind.CHOICES:
            return tuple(value)
        case FieldKind.YES_NO:
            return ("yes" if value else "no",)
        case FieldKind.AMOUNT | FieldKind.NUMBER | FieldKind.WHOLE:
            return (spoken(value),)
        case FieldKind.DATE:
            return (write_date(datetime.date.fromisoformat(value)),)
    return (str(value),)


def read_text(text: str, limit: int) -> str | None:
    """Return a text of the buyer without control and direction characters; None where nothing is left."""
    if len(text) > limit:
        raise FieldError(
            _(
                "%(count)s characters were typed; at most %(limit)s fit here. Shorten it.",
                count=spoken(len(text)),
                limit=spoken(limit),
            )
        )
    return clean_text(text, limit) or None


def date_refused(error: NotADateError) -> str:
    """Say what is wrong with a date: that no such day exists, or how a date is written."""
    if not error.exists:
        return str(_("This day does not exist in the calendar: check day and month."))
    return str(_("Write the date as day/month/year, for instance 15/01/2027."))


def read_day(text: str) -> datetime.date:
    """Return a date typed as day/month/year."""
    try:
        return read_date(text)
    except NotADateError as error:
        if not error.exists:
            raise FieldError(
                _("“%(text)s” is not a day of the calendar. Check day and month.", text=text[:20])
            ) from error
        raise FieldError(
            _("“%(text)s” is not a date. Write day/month/year, such as 01/12/2026.", text=text[:40])
        ) from error


def read_decimal(text: str, has_thousands: bool) -> Decimal:
    """Return a number typed with spaces, dots or commas."""
    try:
        return read_number(text, has_thousands)
    except NotANumberError as error:
        raise FieldError(
            _("“%(text)s” is not a number we understand. Write digits, such as 120 000 or 0,5.", text=text[:40])
        ) from error


def plain_number(value: Decimal) -> int | float:
    """Return a number as JSON holds it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _number(field: Field, text: str) -> Decimal:
    number = read_decimal(text, has_thousands=field.kind is not FieldKind.NUMBER)
    if field.kind is FieldKind.WHOLE and number != number.to_integral_value():
        raise FieldError(_("%(number)s is not a whole number. Write a whole number.", number=spoken(number)))
    if field.kind is FieldKind.AMOUNT:
        number = number.quantize(Decimal("0.01"))
    if not field.low <= number <= field.high:
        raise FieldError(
            _(
                "%(number)s is not between %(low)s and %(high)s. Check the figure.",
                number=spoken(number),
                low=spoken(field.low),
                high=spoken(field.high),
            )
        )
    return number


def _choice(field: Field, text: str) -> str:
    if text not in values_of(field.fact):
        raise FieldError(_("“%(text)s” is not one of the choices. Choose again.", text=text[:40]))
    return text


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise FieldError(_("“%(text)s” is not one of the choices. Choose again.", text=text[:40]))
    return text == "yes"
