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
from mpdi.lcc.faults import Fault, fault
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


def number(value: object, place: object) -> Decimal:
    """A number of a case, exact as it is written; a number of binary kind by its shortest writing."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise CaseReadingError("not_number", place=place, value=repr(value))
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        raise CaseReadingError("no_number", place=place, value=repr(value)) from None
    if not read.is_finite():
        raise CaseReadingError("not_finite", place=place, value=repr(value))
    if read and abs(read.adjusted()) > DIGITS:
        raise CaseReadingError("not_ordinary", place=place, value=repr(value))
    return read


def read_case(data: object) -> Case:
    """The case that `data` (mappings, lists, words and numbers, as YAML or JSON gives them) describes.

    Raise `CaseReadingError` with the place that cannot be read; whether the case can be counted is for `evaluate`.
    """
    here = fault("the_case")
    fields = _mapping(data, here, CASE_KEYS)
    grown = _optional(fields, "first_year_grown", _flag, here, True)
    conventions = Conventions(
        years=_required(fields, "years", _whole, here),
        discount_rate=_required(fields, "discount_rate", number, here),
        timing=_optional(fields, "convention", _one_of(Timing), here, Timing.END),
        money=_optional(fields, "money", _one_of(MoneyBasis), here, MoneyBasis.REAL),
        inflation=_optional(fields, "inflation", number, here, None),
        currency=_optional(fields, "currency", _text, here, "EUR"),
        vat=_optional(fields, "vat", _one_of(Vat), here, Vat.EXCLUDED),
        first_year_grown=grown,
        external_costs=_optional(fields, "external_costs", _one_of(ExternalCosts), here, ExternalCosts.APART),
    )
    listed = _required(fields, "alternatives", _list, here)
    return Case(
        conventions=conventions,
        alternatives=tuple(_alternative(each, number_of, conventions) for number_of, each in enumerate(listed, 1)),
        title=_optional(fields, "title", _text, here, ""),
        unit=_optional(fields, "unit", _text, here, None),
    )


def _alternative(data: object, place_in_list: int, conventions: Conventions) -> Alternative:
    unnamed = fault("alternative", place=place_in_list)
    fields = _mapping(data, unnamed, ALTERNATIVE_KEYS)
    name = _optional(fields, "name", _text, unnamed, str(place_in_list))
    place = fault("named_alternative", name=name)
    years = _optional(fields, "years", _whole, place, None)
    items = _required(fields, "items", _list, place)
    return Alternative(
        name=name,
        flows=tuple(
            _flow(each, fault("line", place=place, line=line), years, conventions) for line, each in enumerate(items, 1)
        ),
        years=years,
        units_per_year=_optional(fields, "units_per_year", number, place, None),
    )


def _flow(data: object, place: object, years: int | None, conventions: Conventions) -> Flow:
    fields = _mapping(data, place, ITEM_KEYS)
    name = _optional(fields, "name", _text, place, "")
    if name:
        place = fault("named_line", place=place, name=name)
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


def _when(fields: Mapping[str, Any], place: object, years: int) -> tuple[int, int, Decimal]:
    is_once, is_yearly = "t" in fields or "amount" in fields, "annual" in fields
    if is_once == is_yearly or (is_once and {"from", "to"} & set(fields)):
        raise CaseReadingError("once_or_yearly", place=place)
    if is_once:
        year = _required(fields, "t", _whole, place)
        return year, year, _required(fields, "amount", number, place)
    first = _optional(fields, "from", _whole, place, 1)
    return first, _optional(fields, "to", _whole, place, years), _required(fields, "annual", number, place)


def _growth(fields: Mapping[str, Any], place: object, conventions: Conventions) -> Growth:
    return Growth(
        rate=_optional(fields, "esc", number, place, Decimal(0)),
        rates=_optional(fields, "esc_list", _numbers, place, ()),
        path=_optional(fields, "price_path", _numbers, place, ()),
        lag=_optional(fields, "esc_lag", _whole, place, 0 if conventions.first_year_grown else 1),
    )


def _kind(value: object) -> Fault:
    """What was read instead of what belongs there, in words."""
    if value is None:
        return fault("kind_nothing")
    kinds = ((Mapping, "keys"), (list | tuple, "list"), (str, "text"), (int | float | Decimal, "number"))
    return fault(f"kind_{next((key for kind, key in kinds if isinstance(value, kind)), 'other')}")


def _mapping(data: object, place: object, keys: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise CaseReadingError("not_keys", place=place, kind=_kind(data))
    unknown = sorted(str(key) for key in data if key not in keys)
    if unknown:
        raise CaseReadingError("unknown_key", place=place, key=unknown[0], options=", ".join(sorted(keys)))
    return data


def _required(fields: Mapping[str, Any], key: str, read: Callable[[object, object], Read], place: object) -> Read:
    if fields.get(key) is None:
        raise CaseReadingError("lacks_key", place=place, key=key)
    return read(fields[key], fault("key_of", place=place, key=key))


def _optional(
    fields: Mapping[str, Any], key: str, read: Callable[[object, object], Read], place: object, otherwise: Any
) -> Any:
    return otherwise if fields.get(key) is None else read(fields[key], fault("key_of", place=place, key=key))


def _text(value: object, place: object) -> str:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise CaseReadingError("not_word", place=place, value=repr(value))
    return str(value)


def _flag(value: object, place: object) -> bool:
    if not isinstance(value, bool):
        raise CaseReadingError("not_flag", place=place, value=repr(value))
    return value


def _whole(value: object, place: object) -> int:
    read = number(value, place)
    if read != int(read):
        raise CaseReadingError("not_whole", place=place, value=repr(value))
    return int(read)


def _list(value: object, place: object) -> Sequence[object]:
    if not isinstance(value, list | tuple):
        raise CaseReadingError("not_list", place=place, kind=_kind(value))
    return value


def _numbers(value: object, place: object) -> tuple[Decimal, ...]:
    return tuple(
        number(each, fault("value_of", place=place, count=count)) for count, each in enumerate(_list(value, place), 1)
    )


def _one_of(words: type[Word]) -> Callable[[object, object], Word]:
    def read(value: object, place: object) -> Word:
        if not isinstance(value, str) or value not in set(words):
            raise CaseReadingError("not_option", place=place, options=", ".join(words), value=repr(value))
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
