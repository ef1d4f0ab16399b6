"""Amounts, days and currencies as people write them in spreadsheets: decimal commas and points, credit notes, signs."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

DecimalSign = Literal["", ",", "."]
CENT = Decimal("0.01")
_SIGNS = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "FR.": "CHF"}
_CURRENCIES = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "JPY",
        "CNY",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "CAD",
        "AUD",
        "NZD",
        "MAD",
        "TRY",
        "INR",
        "KRW",
        "SGD",
        "HKD",
        "ZAR",
        "BRL",
        "MXN",
        "ISK",
        "RSD",
        "UAH",
        "ILS",
        "AED",
        "TND",
        "XOF",
        "XAF",
        "CDF",
        "BEF",
    ]
)
"""Codes of ISO 4217 that may stand in a ledger of ours: an amount in another one is no amount, and is refused as such."""
_AROUND = re.compile(
    r"^(?P<before>[^\d().,+\-\u2212]*)(?P<number>[\d().,+\-\u2212'\u2019\s]*)(?P<after>.*)$", re.DOTALL
)
_SIMPLE = re.compile(r"-?\d{1,12}(?:[.,]\d{1,2})?")
"""How most amounts are written: nothing in them is to be weighed."""
_SPACES = re.compile(r"[\s\u00a0\u202f'\u2019]+")
_GROUPED = re.compile(r"\d{1,3}(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})*")
_DIGITS = re.compile(r"\d+")
_LARGEST = Decimal(10) ** 12


class WrittenAmount(NamedTuple):
    """An amount with the currency beside it; empty: none is written."""

    amount: Decimal
    currency: str


def currency_of(text: str) -> str:
    """Return the three letters of a sign or code; empty where it is none that is known."""
    plain = text.strip().upper()
    if plain in _SIGNS:
        return _SIGNS[plain]
    return plain if plain in _CURRENCIES else ""


def is_ambiguous(text: str) -> bool:
    """Whether a written amount could be thousands as well as decimals: 1.234 or 12,500."""
    if _SIMPLE.fullmatch(text):
        return False
    number = _bare(_AROUND.match(text.strip()))
    grouped = _GROUPED.fullmatch(number)
    return grouped is not None and number.count(grouped["sign"]) == 1


def decimal_sign_of(text: str) -> DecimalSign:
    """Return which sign parts the decimals of a written amount; empty where the text does not say."""
    number = _bare(_AROUND.match(text.strip()))
    commas, points = number.count(","), number.count(".")
    if commas and points:
        return "," if number.rfind(",") > number.rfind(".") else "."
    if commas + points == 0 or is_ambiguous(text):
        return ""
    sign: DecimalSign = "," if commas else "."
    other: DecimalSign = "." if commas else ","
    return sign if commas + points == 1 else other


def read_amount(text: str, sign: DecimalSign) -> WrittenAmount | None:
    """Return the amount of a text; `sign` parts decimals where the text alone does not tell; `None`: it is none."""
    if _SIMPLE.fullmatch(text):
        return WrittenAmount(Decimal(text.replace(",", ".")), "")
    parts = _AROUND.match(text.strip())
    if parts is None:
        return None
    beside = [each for each in (_word(parts["before"]), _word(parts["after"])) if each]
    currencies = {currency_of(each) for each in beside}
    if "" in currencies or len(currencies) > 1:
        return None
    number = _plain(_bare(parts), own_sign(text, sign))
    if number is None:
        return None
    amount = -number if _is_negative(parts["number"], parts["before"]) else number
    return WrittenAmount(amount, currencies.pop() if currencies else "")


def own_sign(text: str, sign: DecimalSign) -> DecimalSign:
    """Return the decimal sign of a text: what it tells itself, else what the file is said to use."""
    return sign if is_ambiguous(text) else decimal_sign_of(text)


def rounded(amount: Decimal) -> Decimal | None:
    """Return an amount in cents; `None`: larger than any budget."""
    return amount.quantize(CENT, ROUND_HALF_UP) if abs(amount) < _LARGEST else None


def _word(text: str) -> str:
    return text.strip().strip("-").strip()


def _bare(parts: re.Match[str] | None) -> str:
    return "" if parts is None else re.sub(r"[()+\-\u2212]", "", _SPACES.sub("", parts["number"]))


def _is_negative(number: str, before: str) -> bool:
    plain = _SPACES.sub("", number)
    return "-" in plain or "\u2212" in plain or plain.startswith("(") or before.strip().endswith("-")


def _plain(number: str, sign: DecimalSign) -> Decimal | None:
    if _DIGITS.fullmatch(number):
        return Decimal(number)
    if not sign:
        return None
    group = "." if sign == "," else ","
    whole, _, decimals = number.partition(sign)
    is_whole = _DIGITS.fullmatch(whole) or re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", whole)
    if not (is_whole or (not whole and decimals)) or (decimals and not _DIGITS.fullmatch(decimals)):
        return None
    return Decimal(f"{whole.replace(group, '') or '0'}.{decimals or '0'}")


_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[ T].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(?:(\d{1,2})[/.\-](\d{4})|(\d{4})[/.\-](\d{1,2}))")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_SERIALS = range(36_526, 73_051)
"""Days since 1899-12-30 from 2000 to 2099, as a spreadsheet without a format shows them."""
_EARLIEST = 1990


class WrittenSpan(NamedTuple):
    """The months that a day, a month or a year is in: both counted from year 0, the same for a day or a month."""

    year: int
    first_month: int
    last_month: int


def read_span(value: str | Decimal | datetime.date) -> WrittenSpan | None:
    """Return the months of a day; of a month or a year that stands alone, all of them. Day before month; `None`: no date."""
    if isinstance(value, datetime.date):
        return _span(value.year, value.month)
    if isinstance(value, Decimal):
        if value in _SERIALS:
            day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))
            return _span(day.year, day.month)
        return _year(str(value))
    return _of_text(value.strip())


def _of_text(text: str) -> WrittenSpan | None:
    if found := _DAY_FIRST.fullmatch(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _of_day(year, int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text) or _RUN.fullmatch(text):
        return _of_day(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH.fullmatch(text):
        return _of_day(int(found[2] or found[3]), int(found[1] or found[4]), 1)
    return _year(text)


def _of_day(year: int, month: int, day: int) -> WrittenSpan | None:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return _span(year, month)


def _span(year: int, month: int) -> WrittenSpan:
    return WrittenSpan(year, year * 12 + month - 1, year * 12 + month - 1)


def _year(text: str) -> WrittenSpan | None:
    found = _YEAR.fullmatch(text)
    if found is None or not _EARLIEST <= int(found[1]) < 2100:
        return None
    year = int(found[1])
    return WrittenSpan(year, year * 12, year * 12 + 11)
