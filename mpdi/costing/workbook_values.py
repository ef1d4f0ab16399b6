"""What a tenderer typed into one cell, read as a value of the sheet; what can be taken two ways is not taken at all."""

import re
from decimal import Decimal

from mpdi.costing.numbers import unit_words
from mpdi.costing.workbook_package import FoundCell
from mpdi.costing.workbook_words import bounds, figure
from mpdi.lcc.sheets.model import Input, InputKind, Language, Value
from mpdi.lcc.sheets.unit_slips import kilo_slip

LONGEST_NAME, LONGEST_SHOWN = 120, 60

_BARE = re.compile(r"[-+]?[0-9](?:[0-9 .,'’\u00a0\u202f]*[0-9])?")
"""Digits with their separators and nothing else: a number, but typed into a cell that holds text."""


class MisreadError(ValueError):
    """A cell cannot be taken: key and values of the words that say why."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def number_of(value: object) -> Decimal | None:
    """A cell's value as a number, exactly as it is shown; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    read = Decimal(str(value))
    return read if read.is_finite() else None


def is_same(wanted: str | Decimal | None, found: FoundCell) -> bool:
    """Whether a cell that was not the tenderer's is as it was; office programs may turn a line's end about."""
    if found.is_formula:
        return False
    if isinstance(wanted, Decimal):
        number = number_of(found.value)
        return number is not None and float(number) == float(wanted)
    return _line("" if wanted is None else wanted) == _line("" if found.value is None else str(found.value))


def _line(text: str) -> str:
    return " ".join(text.split())


def read_text(found: FoundCell) -> str:
    """The text of an open cell, on one line; `MisreadError` for a formula, or text that would be one elsewhere."""
    text = "" if found.value is None else _line(str(found.value))
    if found.is_formula or text.startswith("="):
        raise MisreadError("formula")
    return text


def read_name(found: FoundCell) -> str:
    """The tenderer's name; `MisreadError` where there is none, or one that no table has place for."""
    name = read_text(found)
    if not name:
        raise MisreadError("name_missing")
    if len(name) > LONGEST_NAME:
        raise MisreadError("name_long", most=str(LONGEST_NAME))
    return name


def read_value(each: Input, found: FoundCell, language: Language) -> Value | None:
    """The value of an input, in its unit; None where it is empty and may be. Raise `MisreadError`."""
    text = read_text(found)
    if not text:
        if each.required and each.default is None:
            raise MisreadError("missing", label=each.label.said(language), unit=unit_words(each.unit, language))
        return None
    shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
    if each.kind is InputKind.CHOICE:
        if text not in each.options:
            raise MisreadError("no_option", found=shown, bounds=bounds(each, language))
        return text
    number = number_of(found.value)
    if number is None:
        is_mixed = isinstance(found.value, str) and any(sign.isdigit() for sign in text)
        kind = "number_as_text" if _BARE.fullmatch(text) else "with_unit" if is_mixed else "no_number"
        raise MisreadError(kind, found=shown, unit=unit_words(each.unit, language))
    if found.is_percentage:
        # Typed as 3 % a cell holds 0.03: taken for 0.03 % it would be a hundred times too little.
        raise MisreadError(
            "with_unit", found=f"{figure(number * 100, language)} %", unit=unit_words(each.unit, language)
        )
    return _bounded(each, number, language)


def _bounded(each: Input, number: Decimal, language: Language) -> Decimal:
    low, high = each.minimum, each.maximum
    shown = figure(number, language)
    if (low is not None and number < low) or (high is not None and number > high):
        words = {"found": shown, "unit": unit_words(each.unit, language), "bounds": bounds(each, language)}
        slip = kilo_slip(each, number)
        if slip is None:
            raise MisreadError("bounds", **words)
        meant = {"typed": shown, "kilo": slip.unit, "meant": figure(slip.value, language)}
        raise MisreadError("bounds_kilo", **words, **meant)
    if each.kind is InputKind.WHOLE and number != number.to_integral_value():
        raise MisreadError("not_whole", found=shown, unit=unit_words(each.unit, language))
    return number
