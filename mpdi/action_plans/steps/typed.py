"""What people type into a plan, each value read once: amounts, figures of indicators, days, words. Pure.

Every refusal says what was typed, why it is not taken and how to write it, in the language of the page.
"""

import datetime
from decimal import Decimal

from mpdi.action_plans.core.field_reading import LARGEST_AMOUNT, LONGEST_TEXT
from mpdi.action_plans.core.objective_reading import HIGHEST
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.clause_library.core.answer_values import WrongAnswerError, clean_text
from mpdi.costing.number_faults import said_of
from mpdi.costing.typed_numbers import AmbiguousNumberError, marks, read_typed
from mpdi.exceptions import MpdiError
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import NotADateError, NotANumberError, read_date, write_date

_SHOWN = 40
_CENTS = 2
_MOST_CONTRACTS = 1_000_000
_MOST_DAYS_AWAY = 3_700
"""Ten years and a little: what lies further is a slip of the pen."""
_HUNDRED = Decimal(100)
_FORMULA = "="


class TypedValueError(MpdiError):
    """What was typed is not taken; the message says why and what to write instead."""


def money(text: str, language: str) -> Decimal:
    """Return an amount in EUR, at most two decimals.

    `120.000` in French and `120,000` in English are thousands: no amount has three decimals.
    """
    _refuse_formula(text)
    _refuse_percent(text)
    try:
        number = read_typed(text, language)
    except AmbiguousNumberError as error:
        number = Decimal(error.whole)
    except NotANumberError as error:
        raise TypedValueError(
            _("“%(text)s” is not an amount in euros. Write figures only, such as %(example)s.",
              text=text[:_SHOWN], example=write_number(Decimal("1500000.50"), language))
        ) from error  # fmt: skip
    if number < 0:
        raise TypedValueError(
            _("%(text)s is negative. Write 0 or more, and leave credit notes out.", text=text[:_SHOWN])
        )
    if _decimals(number) > _CENTS:
        whole = write_number(number * 1000, language)
        raise TypedValueError(
            _("“%(text)s” can be read in two ways. Write %(whole)s, or an amount with two decimals at most.",
              text=text[:_SHOWN], whole=whole)
        )  # fmt: skip
    if number > LARGEST_AMOUNT:
        raise TypedValueError(_("This is more than any budget. Check the figure: in euros, not in cents."))
    return number


def whole(text: str, language: str) -> int:
    """Return a whole number of contracts."""
    _refuse_formula(text)
    _refuse_percent(text)
    try:
        number = read_typed(text, language)
    except AmbiguousNumberError as error:
        number = Decimal(error.whole)
    except NotANumberError as error:
        raise TypedValueError(said_of(text, error, language)) from error
    if number != number.to_integral_value() or not 0 <= number <= _MOST_CONTRACTS:
        raise TypedValueError(
            _("“%(text)s” is not a number of contracts. Write a whole number, such as 12.", text=text[:_SHOWN])
        )
    return int(number)


def figure(text: str, unit: Unit, language: str) -> Decimal:
    """Return the value of an indicator; a share is typed as a percentage and returned from 0 to 1."""
    _refuse_formula(text)
    try:
        number = read_typed(text, language)
    except NotANumberError as error:
        raise TypedValueError(said_of(text, error, language)) from error
    if number < 0:
        raise TypedValueError(_("%(text)s is negative. Write 0 or more.", text=text[:_SHOWN]))
    highest = _HUNDRED if unit is Unit.SHARE else HIGHEST[unit]
    if number > highest and unit in (Unit.SHARE, Unit.PERCENT):
        raise TypedValueError(
            _("%(text)s is over 100 %%, which is all there is. Write 100 or less.", text=text.strip(" %")[:_SHOWN])
        )
    if number > highest:
        most = write_number(highest, language)
        raise TypedValueError(_("%(text)s is more than %(most)s. Check the figure.", text=text[:_SHOWN], most=most))
    return number / _HUNDRED if unit is Unit.SHARE else number


def words(text: str, limit: int = LONGEST_TEXT) -> str:
    """Return a text of one paragraph, white space collapsed."""
    if text.strip().startswith(_FORMULA):
        raise TypedValueError(
            _("This starts with “=”, as a formula of a spreadsheet does. Write the words, or the result.")
        )
    try:
        return clean_text(text, limit)
    except WrongAnswerError as error:
        raise TypedValueError(
            _("%(count)s characters were typed; at most %(limit)s fit here. Shorten it.", count=len(text), limit=limit)
        ) from error


def day(text: str) -> datetime.date:
    """Return a day typed as day/month/year."""
    try:
        return read_date(text)
    except NotADateError as error:
        if not error.exists:
            raise TypedValueError(
                _("“%(text)s” is not a day of the calendar. Check day and month.", text=text[:_SHOWN])
            ) from error
        raise TypedValueError(
            _("“%(text)s” is not a date. Write day/month/year, such as 01/12/2027.", text=text[:_SHOWN])
        ) from error


def day_near(text: str, today: datetime.date) -> datetime.date:
    """Return a day that is at most ten years from today."""
    found = day(text)
    if abs((found - today).days) > _MOST_DAYS_AWAY:
        raise TypedValueError(_("%(day)s is more than ten years away. Check the year.", day=write_date(found)))
    return found


def day_to_come(text: str, today: datetime.date, kept: datetime.date | None = None) -> datetime.date:
    """Return a day from today on. `kept`: the day that is stored, which may be past by now and stay."""
    found = day_near(text, today)
    if found < today and found != kept:
        raise TypedValueError(_("%(day)s is past. Give a day to come.", day=write_date(found)))
    return found


def write_number(value: Decimal, language: str) -> str:
    """Write a number as one types it: thousands parted by spaces, all its decimals."""
    integer, _point, fraction = format(value, "f").partition(".")
    grouped = f"{int(integer):,}".replace(",", " ")
    fraction = fraction.rstrip("0")
    return f"{grouped}{marks(language)[0]}{fraction}" if fraction else grouped


def write_figure(value: Decimal, unit: Unit, language: str) -> str:
    """Write the value of an indicator as one types it: a share as a percentage."""
    return write_number(value * _HUNDRED if unit is Unit.SHARE else value, language)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _refuse_formula(text: str) -> None:
    if text.strip().startswith(_FORMULA):
        raise TypedValueError(
            _("“%(text)s” starts with “=”, as a formula of a spreadsheet does. Write the result.", text=text[:_SHOWN])
        )


def _refuse_percent(text: str) -> None:
    if text.strip().endswith("%"):
        raise TypedValueError(
            _("“%(text)s” is a share, and a number is asked for here. Write the number itself.", text=text[:_SHOWN])
        )
