"""The smallest parts of a notice: what is withheld, texts in languages, money, periods, places."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final, Literal


class Withheld(Enum):
    """The third state of a value. Stated: the value itself. Not stated: ``None``. Withheld: `WITHHELD`, said to be
    unpublished (BT-195); it must never be counted as zero, nor as absent."""

    WITHHELD = "withheld"


WITHHELD: Final = Withheld.WITHHELD

Code = str | Literal[Withheld.WITHHELD] | None
"""A code as published, stripped of white space; `None` not stated, `WITHHELD` said to be unpublished."""
Number = Decimal | Literal[Withheld.WITHHELD] | None
"""A number as published; `None` not stated, `WITHHELD` said to be unpublished."""


@dataclass(frozen=True, slots=True)
class Text:
    """Free text in one language, and where it stood."""

    value: str
    language: str | None = None
    """As published: `FRA` in eForms, `FR` in TED, `fr` in OCDS; `two_letters` makes them one."""
    element: str = ""
    """Path of the element or key below the notice, lot, tender, … that carries it, by local names."""
    field: str | None = None
    """The business term where the format has one: `BT-24`."""
    lot: str | None = None
    """Identifier of the lot (part, group) it speaks of; `None`: of the whole."""


Texts = tuple[Text, ...]
"""One text in each of its languages, in the order of the notice; empty: not stated."""


def in_language(texts: Texts, language: str | None = None) -> str | None:
    """The text in a language (two or three letters, any case), else the first one, else `None`: never a concatenation."""
    wanted = two_letters(language)
    for text in texts:
        if two_letters(text.language) == wanted:
            return text.value
    return texts[0].value if texts else None


_LETTERS = {
    "bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et", "fin": "fi",
    "fra": "fr", "gle": "ga", "hrv": "hr", "hun": "hu", "isl": "is", "ita": "it", "lav": "lv", "lit": "lt",
    "mkd": "mk", "mlt": "mt", "nld": "nl", "nob": "nb", "nno": "nn", "nor": "no", "pol": "pl", "por": "pt",
    "ron": "ro", "slk": "sk", "slv": "sl", "spa": "es", "srp": "sr", "sqi": "sq", "swe": "sv", "tur": "tr",
}  # fmt: skip


def two_letters(language: str | None) -> str | None:
    """A language in two lower-case letters (ISO 639-1) from what formats write: `FRA`, `FR`, `fr-BE` → `fr`."""
    if not language:
        return None
    stated = language.strip().lower()
    if stated in _LETTERS:  # what eForms writes: no expression is asked for it
        return _LETTERS[stated]
    primary = re.split("[-_]", stated, maxsplit=1)[0]
    return _LETTERS.get(primary, primary)


def cpv_digits(code: str | None) -> str | None:
    """The eight digits of a CPV code, without check digit (`45000000-7`) or spreadsheet tail (`45000000.0`).

    `None` where fewer than eight digits stand at its head.
    """
    found = re.match(r"\s*(\d{8})(?!\d)", code or "")
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency. Never add over currencies, nor what is withheld."""

    amount: Decimal | Literal[Withheld.WITHHELD]
    currency: Code = None
    """ISO 4217 as published."""
    including_vat: bool | None = None


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """Lowest and highest of several amounts (TED `VAL_RANGE_TOTAL`, OCDS bounds)."""

    low: Money | None = None
    high: Money | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and where the notice tells it the aware moment (UTC offset) within it."""

    day: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long: a number of units, or days from and to, or a code (`UNLIMITED`, `UNKNOWN`)."""

    value: Number = None
    unit: str | None = None
    """`DAY`, `WEEK`, `MONTH` or `YEAR` (BT-36); TED and OCDS are put into these words."""
    start: date | None = None
    end: date | None = None
    other: str | None = None
    """BT-538."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the works, supplies or services are wanted (BT-5071, BT-5141), or an address."""

    country: str | None = None
    """As published: alpha-3 in eForms, alpha-2 in TED (`UK`, `EL`), a name elsewhere; `three_letters` makes them one."""
    nuts: str | None = None
    city: str | None = None
    postal_code: str | None = None
    street: str | None = None
    description: Texts = ()
    region_code: str | None = None
    """BT-727: `anyw`, `anyw-eea`, `anyw-cou`."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader met and could not take as what it should be; the rest of the notice is read all the same."""

    element: str
    value: str
    reason: str
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class WithheldField:
    """BT-195: a field said to be unpublished, until when and why."""

    field: str | None
    """Code of the list `non-publication-identifier`: `rec-sub-cou`, `win-ten-val`, `awa-cri-…`."""
    reason: str | None = None
    """BT-197."""
    description: Texts = ()
    """BT-196."""
    until: date | None = None
    """BT-198."""
    where: str | None = None
    """Lot, result or tender it stands in; `None`: the whole."""
