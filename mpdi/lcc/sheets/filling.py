"""A sheet and the values of one purchase become a case of the engine: checked, defaulted, nothing guessed.

The values, as data: `{sheet, version?, title?, currency?, vat?, buyer: {key: value}, offers: [{name, values: {key:
value}, currency?, vat?}], externalities?: {prices, first_year, external_costs?}}`. A default fills what the buyer left
out; a tenderer's value is never filled in. `externalities`: a price set, the calendar year of year 1, apart or counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mpdi.lcc.cash_flows import each_year, once, unit_flows
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.externalities import PriceSet, Substance, emission_flows, price_set
from mpdi.lcc.model import (
    STILL,
    ZERO,
    Alternative,
    Case,
    Category,
    Conventions,
    ExternalCosts,
    Flow,
    Growth,
    MoneyBasis,
    Timing,
    Vat,
)
from mpdi.lcc.sheets.errors import (
    FormulaError,
    MissingValueError,
    SheetVersionError,
    ValueProblem,
    WrongValuesError,
)
from mpdi.lcc.sheets.formulas import Formula
from mpdi.lcc.sheets.model import FlowRule, Input, InputKind, Language, Sheet, Value

MOST_OFFERS = 40
_CASE_KEYS = ("sheet", "version", "title", "currency", "vat", "buyer", "offers", "externalities")
_OFFER_KEYS = ("name", "values", "currency", "vat")
_HUNDRED = Decimal(100)

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class OfferQuantities:
    """What one offer comes to beside the euros: quantities by key, and what it emits in a year, in kg.

    A substance whose quantity depends on a value that nobody stated is absent: not stated is not nothing.
    """

    name: str
    quantities: Mapping[str, Decimal]
    emissions: Mapping[Substance, Decimal]


@dataclass(frozen=True, slots=True)
class _Pricing:
    """How emissions are priced: the set, the calendar year of year 1, and whether they count in the ranking."""

    prices: PriceSet
    first_year: int
    external_costs: ExternalCosts


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet with its values: the case to evaluate, what stands beside it, and which inputs kept our assumption."""

    sheet: Sheet
    case: Case
    offers: tuple[OfferQuantities, ...]
    assumed: tuple[str, ...]


def fill(sheet: Sheet, data: Mapping[str, object], language: Language = "en") -> FilledSheet:
    """Return the case that these values make; `WrongValuesError` names each wrong value, `SheetVersionError` another
    version of the sheet. Lines are named in `language`."""
    return _Filling(sheet, language).fill(data)


class _Filling:
    """Fills one sheet once and collects what is wrong."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
        self._sheet, self._language = sheet, language
        self._problems: list[ValueProblem] = []
        self._pricing: _Pricing | None = None

    def _wrong(self, place: str, message: str, remedy: str) -> None:
        self._problems.append(ValueProblem(place, message, remedy))

    def fill(self, data: Mapping[str, object]) -> FilledSheet:
        self._check_keys(data, _CASE_KEYS, "case")
        self._check_version(data)
        given = self._mapping(data.get("buyer"), "buyer")
        buyer = self._values(self._sheet.buyer, given, "buyer")
        vat, currency = self._vat(data.get("vat"), "vat"), str(data.get("currency") or "EUR")
        offers = self._offers(data, vat, currency)
        self._pricing = self._read_pricing(data.get("externalities"), currency)
        self._stop_if_wrong()
        made = [self._offer(name, buyer, values) for name, values in offers]
        self._stop_if_wrong()
        case = Case(
            conventions=_conventions(buyer, currency, vat, self._pricing),
            alternatives=tuple(alternative for alternative, _ in made),
            title=str(data.get("title") or self._sheet.title.said(self._language)),
            unit=self._sheet.unit.said(self._language) if self._sheet.unit else None,
        )
        assumed = tuple(each.key for each in self._sheet.buyer if each.is_assumption and given.get(each.key) is None)
        return FilledSheet(self._sheet, case, tuple(beside for _, beside in made), assumed)

    def _stop_if_wrong(self) -> None:
        if self._problems:
            raise WrongValuesError(self._problems)

    def _check_keys(self, data: Mapping[str, object], allowed: tuple[str, ...], place: str) -> None:
        for key in data:
            if key not in allowed:
                self._wrong(f"{place}.{key}", "is not a key here.", f"Use: {', '.join(allowed)}.")

    def _check_version(self, data: Mapping[str, object]) -> None:
        version = data.get("version")
        if version is not None and str(version) != self._sheet.version:
            raise SheetVersionError(
                f"The values are for version {version} of the sheet “{self._sheet.id}”; this is {self._sheet.version}: "
                "check them against this version and write its number."
            )

    def _mapping(self, data: object, place: str) -> Mapping[str, object]:
        if data is None:
            return {}
        if isinstance(data, Mapping):
            return data
        self._wrong(place, "holds no keys and values.", "Write one line for each value, such as “price: 120”.")
        return {}

    def _vat(self, value: object, place: str) -> Vat:
        if value is None or value in tuple(Vat):
            return Vat(str(value)) if value else Vat.EXCLUDED
        self._wrong(place, f"“{value}” says nothing about VAT.", "Write excluded or included.")
        return Vat.EXCLUDED

    def _offers(self, data: Mapping[str, object], vat: Vat, currency: str) -> list[tuple[str, Values]]:
        items = data.get("offers")
        if not isinstance(items, list) or not items:
            self._wrong("offers", "there is no offer.", "List at least one with name and values.")
            return []
        if len(items) > MOST_OFFERS:
            self._wrong("offers", f"{len(items)} offers; a case holds at most {MOST_OFFERS}.", "Make one case a lot.")
        return [self._read_offer(item, number, vat, currency) for number, item in enumerate(items, start=1)]

    def _read_offer(self, item: object, number: int, vat: Vat, currency: str) -> tuple[str, Values]:
        place = f"offers[{number}]"
        offer = self._mapping(item, place)
        self._check_keys(offer, _OFFER_KEYS, place)
        name = str(offer.get("name") or "").strip()
        if not name:
            self._wrong(f"{place}.name", "is missing.", "Name the tenderer.")
        if self._vat(offer.get("vat", vat.value), f"{place}.vat") is not vat:
            self._wrong(f"{place}.vat", f"is not {vat}, as the case is.", "Bring all amounts to one of both.")
        if str(offer.get("currency", currency)) != currency:
            self._wrong(f"{place}.currency", f"is not {currency}, as the case is.", "Convert it first; note rate and day.")
        return name, self._values(self._sheet.tenderer, self._mapping(offer.get("values"), f"{place}.values"), place)

    def _values(self, inputs: tuple[Input, ...], given: Mapping[str, object], place: str) -> Values:
        known = {each.key: each for each in inputs}
        for key in given:
            if key not in known:
                where = "the buyer fixes it" if key in self._sheet.inputs and place != "buyer" else "the sheet has no such value"
                self._wrong(f"{place}.{key}", f"cannot be given here: {where}.", f"Take it out; the values are: {', '.join(known)}.")
        values = {key: self._value(each, given.get(key), f"{place}.{key}") for key, each in known.items()}
        return {key: value for key, value in values.items() if value is not None}

    def _value(self, each: Input, given: object, place: str) -> Value | None:
        if given is None:
            if each.default is None and each.required:
                self._wrong(place, "is missing.", f"{each.label.said(self._language)}, in {each.unit}.")
            return _for_formulas(each, each.default)
        if each.kind is InputKind.CHOICE:
            if given in each.options:
                return str(given)
            self._wrong(place, f"“{given}” is not one of the options.", f"Use one of: {', '.join(each.options)}.")
            return None
        number = _number(given)
        if number is None:
            self._wrong(place, f"“{given}” is not a number.", f"Write a number in {each.unit}, without unit or spaces.")
            return None
        return self._bounded(each, number, place)

    def _bounded(self, each: Input, number: Decimal, place: str) -> Value | None:
        low, high = each.minimum, each.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            words = f"{number} {each.unit} lies outside the plausible bounds {low} to {high}."
            self._wrong(place, words, "Check the number and its unit.")
            return None
        if each.kind is InputKind.WHOLE and number != number.to_integral_value():
            self._wrong(place, f"{number} is not a whole number.", f"Write whole {each.unit}.")
            return None
        return _for_formulas(each, number)

    def _offer(self, name: str, buyer: Values, values: Values) -> tuple[Alternative, OfferQuantities]:
        known = {**buyer, **values}
        quantities: dict[str, Decimal] = {}
        for quantity in self._sheet.quantities:
            quantities[quantity.key] = self._worked_out(quantity.formula, {**known, **quantities}, name)
        known |= quantities
        years = int(Decimal(known["years"]))
        lag = 0 if known["first_year"] == "grown" else 1
        flows = [flow for rule in self._sheet.flows for flow in self._flows(rule, known, name, years, lag)]
        emissions = self._emissions(known, name)
        per_year = self._sheet.units_per_year
        units = self._worked_out(per_year, known, name) if per_year else None
        if self._pricing and not self._problems:
            priced = {each: kilograms for each, kilograms in emissions.items() if each in self._pricing.prices.points}
            flows += emission_flows(priced, self._pricing.prices, self._pricing.first_year, years)
        alternative = Alternative(name, tuple(flows), units_per_year=units)
        return alternative, OfferQuantities(name, quantities, emissions)

    def _emissions(self, known: Values, name: str) -> dict[Substance, Decimal]:
        emitted: dict[Substance, Decimal] = {}
        unknown: set[Substance] = set()
        for each in self._sheet.emissions:
            try:
                emitted[each.substance] = emitted.get(each.substance, ZERO) + each.yearly.value(known)
            except MissingValueError as error:
                unknown.add(each.substance)
                if self._pricing and each.substance in self._pricing.prices.points:
                    self._ask_for(error.key, name)
        return {substance: kilograms for substance, kilograms in emitted.items() if substance not in unknown}

    def _read_pricing(self, data: object, currency: str) -> _Pricing | None:
        if data is None:
            return None
        fields = self._mapping(data, "externalities")
        self._check_keys(fields, ("prices", "first_year", "external_costs"), "externalities")
        year, counted = fields.get("first_year"), fields.get("external_costs", "apart")
        if isinstance(year, bool) or not isinstance(year, int):
            self._wrong("externalities.first_year", "is missing.", "Write the calendar year of year 1, such as 2027.")
            return None
        if counted not in tuple(ExternalCosts):
            self._wrong("externalities.external_costs", f"“{counted}” is not known.", "Write apart or counted.")
            return None
        if currency != "EUR":
            self._wrong("externalities", "the prices are in EUR.", "Convert the case to EUR, or leave externalities out.")
        return _Pricing(price_set(str(fields.get("prices"))), year, ExternalCosts(str(counted)))

    def _worked_out(self, formula: Formula, known: Values, name: str) -> Decimal:
        try:
            return formula.value(known)
        except MissingValueError as error:
            self._ask_for(error.key, name)
        except (FormulaError, LifeCycleCostError) as error:
            self._wrong(name, str(error), "Correct the values of this offer.")
        return ZERO

    def _ask_for(self, key: str, name: str) -> None:
        place = f"buyer.{key}" if key in {each.key for each in self._sheet.buyer} else f"offers, {name}: {key}"
        each = self._sheet.inputs[key]
        problem = ValueProblem(place, "is missing.", f"{each.label.said(self._language)}, in {each.unit}, counts here.")
        if problem not in self._problems:
            self._problems.append(problem)

    def _flows(self, rule: FlowRule, known: Values, offer: str, years: int, lag: int) -> tuple[Flow, ...]:
        name, amount = rule.name.said(self._language), self._worked_out(rule.amount, known, offer)
        if not amount:
            return ()  # what costs nothing is no line; its life or growth may then be unknown
        rate = self._worked_out(rule.growth, known, offer) if rule.growth else ZERO
        growth = Growth(rate, lag=lag) if rate else STILL
        if rule.every is not None:
            life = self._worked_out(rule.every, known, offer)
            bought = unit_flows(name, ZERO, life, years, replacement=amount, residual=False, growth=growth) if life else ()
            return tuple(Flow(name, rule.category, flow.amount, flow.first, flow.last, flow.growth)
                         for flow in bought if flow.category == Category.REPLACEMENT)  # fmt: skip
        if rule.at is not None:
            return (once(name, rule.category, int(self._worked_out(rule.at, known, offer)), amount, growth),)
        first, last = (int(self._worked_out(each, known, offer)) for each in (rule.first, rule.last) if each is not None)
        return (each_year(name, rule.category, amount, first, last, growth),) if first <= last else ()


def _conventions(buyer: Values, currency: str, vat: Vat, pricing: _Pricing | None) -> Conventions:
    return Conventions(
        years=int(Decimal(buyer["years"])),
        discount_rate=Decimal(buyer["discount_rate"]),
        timing=Timing(str(buyer["timing"])),
        money=MoneyBasis(str(buyer["money"])),
        currency=currency,
        vat=vat,
        first_year_grown=buyer["first_year"] == "grown",
        external_costs=pricing.external_costs if pricing else ExternalCosts.APART,
    )


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
