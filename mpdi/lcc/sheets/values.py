"""The values of one purchase, read for a sheet: each wrong one is named with its remedy, nothing is guessed.

As data: `{sheet, version?, title?, currency?, vat?, buyer: {key: value}, sources?, offers: [{name, values: {key: value},
currency?, vat?}], externalities?}`. A default fills what the buyer left out; a tenderer's value is never filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from mpdi.lcc.faults import Fault, Unit, fault
from mpdi.lcc.model import Vat
from mpdi.lcc.sheets.errors import SheetVersionError, ValueProblem, WrongValuesError, value_problem
from mpdi.lcc.sheets.model import Input, InputKind, Language, Sheet, Value
from mpdi.lcc.sheets.own_sources import OwnSource, read_sources
from mpdi.lcc.sheets.pricing import Pricing, read_pricing
from mpdi.lcc.sheets.unit_slips import kilo_slip

MOST_OFFERS = 40
_CASE_KEYS = ("sheet", "version", "title", "currency", "vat", "buyer", "sources", "offers", "externalities")
_OFFER_KEYS = ("name", "values", "currency", "vat")
_HUNDRED = Decimal(100)

Values = Mapping[str, Value]
"""Values by key, as formulas take them: a share in % as a fraction."""


@dataclass(frozen=True, slots=True)
class GivenValues:
    """What was given for a sheet, checked. `assumed`: inputs of the buyer that kept a default without a source.

    `own`: inputs that the buyer wrote himself; `sources`: where he says that he has them from.
    """

    title: str
    currency: str
    vat: Vat
    buyer: Values
    offers: tuple[tuple[str, Values], ...]
    pricing: Pricing | None
    assumed: tuple[str, ...]
    own: frozenset[str] = frozenset()
    sources: Mapping[str, OwnSource] = field(default_factory=dict)


def read_values(sheet: Sheet, data: Mapping[str, object], language: Language = "en") -> GivenValues:
    """Read and check; `WrongValuesError` names every wrong value, `SheetVersionError` another version of the sheet."""
    return _Reader(sheet, language).read(data)


class _Reader:
    """Reads one case and collects what is wrong."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
        self._sheet, self._language = sheet, language
        self._problems: list[ValueProblem] = []

    def _wrong(self, place: str, key: str, /, **values: object) -> None:
        self._problems.append(value_problem(place, key, **values))

    def read(self, data: Mapping[str, object]) -> GivenValues:
        self._check_keys(data, _CASE_KEYS, "case")
        self._check_version(data)
        self._check_title(data.get("title"))
        given = self._mapping(data.get("buyer"), "buyer")
        buyer = self._values(self._sheet.buyer, given, "buyer")
        vat, currency = self._vat(data.get("vat"), "vat"), str(data.get("currency") or "EUR")
        offers = self._offers(data, vat, currency)
        pricing = self._pricing(data.get("externalities"), currency)
        sources, wrong_sources = read_sources(self._sheet, data.get("sources"))
        self._problems += wrong_sources
        if self._problems:
            raise WrongValuesError(self._problems)
        own = frozenset(key for key, value in given.items() if value is not None)
        assumed = tuple(each.key for each in self._sheet.buyer if each.is_assumption and given.get(each.key) is None)
        title = str(data.get("title") or self._sheet.title.said(self._language))
        return GivenValues(title, currency, vat, buyer, offers, pricing, assumed, own, sources)

    def _check_keys(self, data: Mapping[str, object], allowed: tuple[str, ...], place: str) -> None:
        for key in data:
            if key not in allowed:
                self._wrong(f"{place}.{key}", "bad_key", options=", ".join(allowed))

    def _check_version(self, data: Mapping[str, object]) -> None:
        version = data.get("version")
        if version is not None and str(version) != self._sheet.version:
            raise SheetVersionError(
                "sheet_version", version=version, sheet=self._sheet.id, installed=self._sheet.version
            )

    def _check_title(self, title: object) -> None:
        """One title for all languages: the digest of the parameters, which has it, is the same in each of them."""
        if isinstance(title, Mapping | list):
            self._wrong("title", "bad_title")

    def _mapping(self, data: object, place: str) -> Mapping[str, object]:
        if data is None:
            return {}
        if isinstance(data, Mapping):
            return data
        self._wrong(place, "no_keys")
        return {}

    def _vat(self, value: object, place: str) -> Vat:
        if value is None or value in tuple(Vat):
            return Vat(str(value)) if value else Vat.EXCLUDED
        self._wrong(place, "bad_vat", value=value)
        return Vat.EXCLUDED

    def _pricing(self, data: object, currency: str) -> Pricing | None:
        if data is None:
            return None
        try:
            return read_pricing(self._mapping(data, "externalities"), currency)
        except WrongValuesError as error:
            self._problems += error.problems
            return None

    def _offers(self, data: Mapping[str, object], vat: Vat, currency: str) -> tuple[tuple[str, Values], ...]:
        items = data.get("offers")
        if not isinstance(items, list) or not items:
            self._wrong("offers", "no_offers")
            return ()
        if len(items) > MOST_OFFERS:
            self._wrong("offers", "many_offers", count=len(items), most=MOST_OFFERS)
        return tuple(
            self._offer(item, f"offers[{number}]", vat, currency) for number, item in enumerate(items, start=1)
        )

    def _offer(self, item: object, place: str, vat: Vat, currency: str) -> tuple[str, Values]:
        offer = self._mapping(item, place)
        self._check_keys(offer, _OFFER_KEYS, place)
        name = str(offer.get("name") or "").strip()
        if not name:
            self._wrong(f"{place}.name", "no_name")
        if self._vat(offer.get("vat", vat.value), f"{place}.vat") is not vat:
            self._wrong(f"{place}.vat", "offer_vat", vat=vat)
        if str(offer.get("currency", currency)) != currency:
            self._wrong(f"{place}.currency", "offer_currency", currency=currency)
        given = self._mapping(offer.get("values"), f"{place}.values")
        return name, self._values(self._sheet.tenderer, given, f"{place}.values")

    def _values(self, inputs: tuple[Input, ...], given: Mapping[str, object], place: str) -> Values:
        known = {each.key: each for each in inputs}
        for key in given:
            if key not in known:
                remedy = fault("stranger_remedy", options=", ".join(known))
                self._problems.append(ValueProblem(f"{place}.{key}", self._stranger(key, place), remedy))
        values = {key: self._value(each, given.get(key), f"{place}.{key}") for key, each in known.items()}
        return {key: value for key, value in values.items() if value is not None}

    def _stranger(self, key: str, place: str) -> Fault:
        if key not in self._sheet.inputs:
            return fault("stranger")
        return fault("of_tenderer" if place == "buyer" else "of_buyer")

    def _value(self, each: Input, given: object, place: str) -> Value | None:
        if given is None:
            if each.default is None and each.required:
                self._wrong(place, "missing", label=each.label, unit=Unit(each.unit))
            return _for_formulas(each, each.default)
        if each.kind is InputKind.CHOICE:
            if given in each.options:
                return str(given)
            self._wrong(place, "bad_option", value=given, options=", ".join(each.options))
            return None
        number = _number(given)
        if number is None:
            self._wrong(place, "bad_number", value=given, unit=Unit(each.unit))
            return None
        return self._bounded(each, number, place)

    def _out_of_bounds(self, each: Input, number: Decimal, place: str) -> None:
        words = {"value": number, "unit": Unit(each.unit), "low": each.minimum, "high": each.maximum}
        slip = kilo_slip(each, number)
        if slip is None:
            self._wrong(place, "out_of_bounds", **words)
            return
        meant = fault("kilo_slip", value=number, typed=slip.unit, meant=slip.value.normalize(), unit=Unit(each.unit))
        self._problems.append(ValueProblem(place, fault("out_of_bounds", **words), meant))

    def _bounded(self, each: Input, number: Decimal, place: str) -> Value | None:
        low, high = each.minimum, each.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            self._out_of_bounds(each, number, place)
            return None
        if each.kind is InputKind.WHOLE and number != number.to_integral_value():
            self._wrong(place, "bad_whole", value=number, unit=Unit(each.unit))
            return None
        return _for_formulas(each, number)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _for_formulas(each: Input, value: Value | None) -> Value | None:
    return value / _HUNDRED if isinstance(value, Decimal) and each.unit == "%" else value
