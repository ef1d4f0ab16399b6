"""Reads a case written as data in the cash-flow language, and writes a result as data.

```yaml
currency: EUR
years: 15
discount_rate: 0.03
convention: end            # end | mid | continuous
money: real                # real | nominal
alternatives:
  - name: Existing system
    items:
      - {name: price, cat: invest, t: 0, amount: 1500}             # once, in year t
      - {name: electricity, cat: energy, annual: 1200, esc: 0.01}  # every year, from 1 to the last unless said
      - {name: resale, cat: residual, t: 15, amount: -450}         # an income is negative
```
Of a line: `from`, `to`; a growth as `esc`, as `esc_list` (one fraction a year) or as `price_path` (one factor a year);
`esc_lag` years without growth; `currency`, `vat`, `money` where the line differs. Of an alternative: `years` where its
life differs, `units_per_year`. Of the case also: `title`, `unit`, `inflation`, `vat`, `first_year_grown`,
`external_costs`. Any other key is refused: a misspelt one would be a cost left out.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from mpdi.lcc.errors import CaseReadingError
from mpdi.lcc.model import (
    Alternative,
    AlternativeResult,
    Case,
    Conventions,
    ExternalCosts,
    Flow,
    Growth,
    MoneyBasis,
    Result,
    Timing,
    Vat,
)

CASE_KEYS = frozenset(
    [
        "title",
        "currency",
        "years",
        "discount_rate",
        "convention",
        "money",
        "inflation",
        "vat",
        "first_year_grown",
        "external_costs",
        "unit",
        "alternatives",
    ]
)
ALTERNATIVE_KEYS = frozenset(["name", "items", "years", "units_per_year"])
ITEM_KEYS = frozenset(
    [
        "name",
        "cat",
        "t",
        "amount",
        "annual",
        "from",
        "to",
        "esc",
        "esc_list",
        "price_path",
        "esc_lag",
        "currency",
        "vat",
        "money",
    ]
)

DIGITS = 30
"""Places before or after the decimal point of the greatest and the smallest number that a case may hold."""

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")


def number(value: object, place: str) -> Decimal:
    """A number of a case, exact as it is written; a number of binary kind by its shortest writing."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise CaseReadingError(f"{place} should be a number and is {value!r}.")
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        raise CaseReadingError(f"{place} should be a number, written 1234.5, and is {value!r}.") from None
    if not read.is_finite():
        raise CaseReadingError(f"{place} should be a finite number and is {value!r}.")
    if read and abs(read.adjusted()) > DIGITS:
        raise CaseReadingError(f"{place} should be a number of ordinary size and is {value!r}.")
    return read


def read_case(data: object) -> Case:
    """The case that `data` (mappings, lists, words and numbers, as YAML or JSON gives them) describes.

    Raise `CaseReadingError` with the place that cannot be read; whether the case can be counted is for `evaluate`.
    """
    fields = _mapping(data, "The case", CASE_KEYS)
    grown = _optional(fields, "first_year_grown", _flag, "The case", True)
    conventions = Conventions(
        years=_required(fields, "years", _whole, "The case"),
        discount_rate=_required(fields, "discount_rate", number, "The case"),
        timing=_optional(fields, "convention", _one_of(Timing), "The case", Timing.END),
        money=_optional(fields, "money", _one_of(MoneyBasis), "The case", MoneyBasis.REAL),
        inflation=_optional(fields, "inflation", number, "The case", None),
        currency=_optional(fields, "currency", _text, "The case", "EUR"),
        vat=_optional(fields, "vat", _one_of(Vat), "The case", Vat.EXCLUDED),
        first_year_grown=grown,
        external_costs=_optional(fields, "external_costs", _one_of(ExternalCosts), "The case", ExternalCosts.APART),
    )
    listed = _required(fields, "alternatives", _list, "The case")
    return Case(
        conventions=conventions,
        alternatives=tuple(_alternative(each, number_of, conventions) for number_of, each in enumerate(listed, 1)),
        title=_optional(fields, "title", _text, "The case", ""),
        unit=_optional(fields, "unit", _text, "The case", None),
    )


def _alternative(data: object, place_in_list: int, conventions: Conventions) -> Alternative:
    fields = _mapping(data, f"Alternative {place_in_list}", ALTERNATIVE_KEYS)
    name = _optional(fields, "name", _text, f"Alternative {place_in_list}", str(place_in_list))
    place = f"Alternative “{name}”"
    years = _optional(fields, "years", _whole, place, None)
    items = _required(fields, "items", _list, place)
    return Alternative(
        name=name,
        flows=tuple(_flow(each, f"{place}, line {line}", years, conventions) for line, each in enumerate(items, 1)),
        years=years,
        units_per_year=_optional(fields, "units_per_year", number, place, None),
    )


def _flow(data: object, place: str, years: int | None, conventions: Conventions) -> Flow:
    fields = _mapping(data, place, ITEM_KEYS)
    name = _optional(fields, "name", _text, place, "")
    if name:
        place = f"{place} (“{name}”)"
    first, last, amount = _when(fields, place, years or conventions.years)
    return Flow(
        name=name,
        category=_required(fields, "cat", _text, place),
        amount=amount,
        first=first,
        last=last,
        growth=_growth(fields, place, conventions),
        currency=_optional(fields, "currency", _text, place, None),
        vat=_optional(fields, "vat", _one_of(Vat), place, None),
        money=_optional(fields, "money", _one_of(MoneyBasis), place, None),
    )


def _when(fields: Mapping[str, Any], place: str, years: int) -> tuple[int, int, Decimal]:
    is_once, is_yearly = "t" in fields or "amount" in fields, "annual" in fields
    if is_once == is_yearly or (is_once and {"from", "to"} & set(fields)):
        raise CaseReadingError(
            f"{place} has either `t` with `amount` (a cost of one year) or `annual` (with `from` and `to` if need be)."
        )
    if is_once:
        year = _required(fields, "t", _whole, place)
        return year, year, _required(fields, "amount", number, place)
    first = _optional(fields, "from", _whole, place, 1)
    return first, _optional(fields, "to", _whole, place, years), _required(fields, "annual", number, place)


def _growth(fields: Mapping[str, Any], place: str, conventions: Conventions) -> Growth:
    return Growth(
        rate=_optional(fields, "esc", number, place, Decimal(0)),
        rates=_optional(fields, "esc_list", _numbers, place, ()),
        path=_optional(fields, "price_path", _numbers, place, ()),
        lag=_optional(fields, "esc_lag", _whole, place, 0 if conventions.first_year_grown else 1),
    )


def _mapping(data: object, place: str, keys: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise CaseReadingError(f"{place} should be keys with values and is {type(data).__name__}.")
    unknown = sorted(str(key) for key in data if key not in keys)
    if unknown:
        raise CaseReadingError(f"{place} has the unknown key “{unknown[0]}”; known are {', '.join(sorted(keys))}.")
    return data


def _required(fields: Mapping[str, Any], key: str, read: Callable[[object, str], Read], place: str) -> Read:
    if fields.get(key) is None:
        raise CaseReadingError(f"{place} lacks the key “{key}”.")
    return read(fields[key], f"{place}, “{key}”,")


def _optional(
    fields: Mapping[str, Any], key: str, read: Callable[[object, str], Read], place: str, otherwise: Any
) -> Any:
    return otherwise if fields.get(key) is None else read(fields[key], f"{place}, “{key}”,")


def _text(value: object, place: str) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise CaseReadingError(f"{place} should be a word and is {value!r}.")
    return str(value)


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise CaseReadingError(f"{place} should be true or false and is {value!r}.")
    return value


def _whole(value: object, place: str) -> int:
    read = number(value, place)
    if read != int(read):
        raise CaseReadingError(f"{place} should be a whole number and is {value!r}.")
    return int(read)


def _list(value: object, place: str) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise CaseReadingError(f"{place} should be a list and is {type(value).__name__}.")
    return value


def _numbers(value: object, place: str) -> tuple[Decimal, ...]:
    return tuple(number(each, f"{place} value {count},") for count, each in enumerate(_list(value, place), 1))


def _one_of(words: type[Word]) -> Callable[[object, str], Word]:
    def read(value: object, place: str) -> Word:
        if not isinstance(value, str) or value not in set(words):
            raise CaseReadingError(f"{place} should be one of {', '.join(words)} and is {value!r}.")
        return words(value)

    return read


def as_data(result: Result) -> dict[str, Any]:
    """The result as `mpdi lcc run --format json` prints it: unrounded, `null` for what has no meaning or never comes."""
    return {
        "alternatives": [_alternative_data(each) for each in result.alternatives],
        "ranking": [result.alternatives[place].name for place in result.ranking],
        "cautions": [str(each) for each in result.cautions],
        "conventions": _conventions_data(result.conventions),
    }


def _alternative_data(result: AlternativeResult) -> dict[str, Any]:
    compared = result.comparison
    return {
        "name": result.name,
        "lcc": float(result.lcc),
        "annual": float(result.annual),
        "pv": {category: float(worth) for category, worth in result.pv.items()},
        "ns": _float(compared.net_savings) if compared else None,
        "sir": _float(compared.sir) if compared else None,
        "airr": _float(compared.airr) if compared else None,
        "spb": compared.simple_payback if compared else None,
        "dpb": compared.discounted_payback if compared else None,
        "cash": [float(each) for each in result.cash],
        "external_pv": float(result.external_pv),
        "per_unit": _float(result.per_unit),
        "cautions": [str(each) for each in compared.cautions] if compared else [],
    }


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _conventions_data(conventions: Conventions) -> dict[str, Any]:
    return {
        "years": conventions.years,
        "discount_rate": float(conventions.discount_rate),
        "convention": str(conventions.timing),
        "money": str(conventions.money),
        "inflation": _float(conventions.inflation),
        "currency": conventions.currency,
        "vat": str(conventions.vat),
        "first_year_grown": conventions.first_year_grown,
        "external_costs": str(conventions.external_costs),
    }
