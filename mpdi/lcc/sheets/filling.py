"""A sheet with the values of one purchase becomes a case of the engine: its rules make the flows of each offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.lcc.cash_flows import each_year, once, unit_flows
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.externalities import Emission, Substance, emission_flows
from mpdi.lcc.faults import Unit, fault
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
)
from mpdi.lcc.sheets.errors import MissingValueError, ValueProblem, WrongValuesError, value_problem
from mpdi.lcc.sheets.formulas import Formula
from mpdi.lcc.sheets.model import FlowRule, Language, Sheet
from mpdi.lcc.sheets.pricing import Pricing
from mpdi.lcc.sheets.values import GivenValues, Values, read_values


@dataclass(frozen=True, slots=True)
class OfferQuantities:
    """What one offer comes to beside the euros: quantities by key, and what it emits in a year of the study, in kg.

    A substance whose quantity depends on a value that nobody stated is absent: not stated is not nothing.
    """

    name: str
    quantities: Mapping[str, Decimal]
    emissions: Mapping[Substance, Decimal]
    years: int

    @property
    def emitted(self) -> dict[Substance, Emission]:
        """What is emitted over the study."""
        return {substance: Emission(kilograms * self.years) for substance, kilograms in self.emissions.items()}


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet with its values: the case to evaluate, and what stands beside it."""

    sheet: Sheet
    given: GivenValues
    case: Case
    offers: tuple[OfferQuantities, ...]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Inputs of the buyer that kept an assumption of ours."""
        return self.given.assumed


def fill(sheet: Sheet, data: Mapping[str, object], language: Language = "en") -> FilledSheet:
    """Return the case that these values make (see `values` for their form); lines are named in `language`.

    `WrongValuesError` names each wrong value, `SheetVersionError` another version of the sheet.
    """
    return work_out(sheet, read_values(sheet, data, language), language)


def work_out(sheet: Sheet, given: GivenValues, language: Language = "en") -> FilledSheet:
    """The same for values already read; `WrongValuesError` names what the rules of the sheet still need."""
    return _Filling(sheet, given, language).filled()


class _Filling:
    """Works one sheet out and collects what is missing for it."""

    def __init__(self, sheet: Sheet, given: GivenValues, language: Language) -> None:
        self._sheet, self._given, self._language = sheet, given, language
        self._problems: list[ValueProblem] = []
        self._years = int(Decimal(given.buyer["years"]))
        self._lag = 0 if given.buyer["first_year"] == "grown" else 1

    def filled(self) -> FilledSheet:
        made = [self._offer(name, values) for name, values in self._given.offers]
        if self._problems:
            raise WrongValuesError(self._problems)
        case = Case(
            conventions=_conventions(self._given),
            alternatives=tuple(
                Alternative(offer.name, (*flows, *_external(offer, self._given.pricing)), units_per_year=units)
                for offer, flows, units in made
            ),
            title=self._given.title,
            unit=self._sheet.unit.said(self._language) if self._sheet.unit else None,
        )
        return FilledSheet(self._sheet, self._given, case, tuple(offer for offer, _, _ in made))

    def _offer(self, name: str, values: Values) -> tuple[OfferQuantities, list[Flow], Decimal | None]:
        known = {**self._given.buyer, **values}
        quantities: dict[str, Decimal] = {}
        for quantity in self._sheet.quantities:
            quantities[quantity.key] = self._worked_out(quantity.formula, {**known, **quantities}, name)
        known |= quantities
        flows = [flow for rule in self._sheet.flows for flow in self._flows(rule, known, name)]
        per_year = self._sheet.units_per_year
        units = self._worked_out(per_year, known, name) if per_year else None
        return OfferQuantities(name, quantities, self._emissions(known, name), self._years), flows, units

    def _emissions(self, known: Values, name: str) -> dict[Substance, Decimal]:
        emitted: dict[Substance, Decimal] = {}
        unknown: set[Substance] = set()
        for each in self._sheet.emissions:
            try:
                emitted[each.substance] = emitted.get(each.substance, ZERO) + each.yearly.value(known)
            except MissingValueError as error:
                unknown.add(each.substance)
                if self._given.pricing and each.substance in self._given.pricing.prices.points:
                    self._ask_for(error.key, name)
        return {substance: kilograms for substance, kilograms in emitted.items() if substance not in unknown}

    def _worked_out(self, formula: Formula, known: Values, name: str) -> Decimal:
        try:
            return formula.value(known)
        except MissingValueError as error:
            self._ask_for(error.key, name)
        except LifeCycleCostError as error:
            self._problems.append(value_problem(f"offers, {name}", "not_workable", reason=error.fault))
        return ZERO

    def _ask_for(self, key: str, name: str) -> None:
        is_buyers = any(each.key == key for each in self._sheet.buyer)
        each = self._sheet.inputs[key]
        place = f"buyer.{key}" if is_buyers else f"offers, {name}, values.{key}"
        if place not in [problem.place for problem in self._problems]:
            remedy = fault("missing_in_remedy", label=each.label, unit=Unit(each.unit), offer=name)
            self._problems.append(ValueProblem(place, fault("missing"), remedy))

    def _flows(self, rule: FlowRule, known: Values, offer: str) -> tuple[Flow, ...]:
        name, amount = rule.name.said(self._language), self._worked_out(rule.amount, known, offer)
        if not amount:
            return ()  # what costs nothing is no line; its life or growth may then be unknown
        rate = self._worked_out(rule.growth, known, offer) if rule.growth else ZERO
        growth = Growth(rate, lag=self._lag) if rate else STILL
        if rule.every is not None:
            return self._again(rule, name, amount, self._worked_out(rule.every, known, offer), growth)
        if rule.at is not None:
            return (once(name, rule.category, int(self._worked_out(rule.at, known, offer)), amount, growth),)
        spans = (each for each in (rule.first, rule.last) if each is not None)
        first, last = (int(self._worked_out(each, known, offer)) for each in spans)
        return (each_year(name, rule.category, amount, first, last, growth),) if first <= last else ()

    def _again(self, rule: FlowRule, name: str, amount: Decimal, life: Decimal, growth: Growth) -> tuple[Flow, ...]:
        """A cost each time a life ends; without a life it was asked for, and there is no case."""
        if not life:
            return ()
        bought = unit_flows(name, ZERO, life, self._years, replacement=amount, residual=False, growth=growth)
        return tuple(
            once(name, rule.category, flow.first, flow.amount, growth)
            for flow in bought
            if flow.category == Category.REPLACEMENT
        )


def _external(offer: OfferQuantities, pricing: Pricing | None) -> tuple[Flow, ...]:
    if pricing is None:
        return ()
    priced = {each: kilograms for each, kilograms in offer.emissions.items() if each in pricing.prices.points}
    return emission_flows(priced, pricing.prices, pricing.first_year, offer.years)


def _conventions(given: GivenValues) -> Conventions:
    return Conventions(
        years=int(Decimal(given.buyer["years"])),
        discount_rate=Decimal(given.buyer["discount_rate"]),
        timing=Timing(str(given.buyer["timing"])),
        money=MoneyBasis(str(given.buyer["money"])),
        currency=given.currency,
        vat=given.vat,
        first_year_grown=given.buyer["first_year"] == "grown",
        external_costs=given.pricing.external_costs if given.pricing else ExternalCosts.APART,
    )
