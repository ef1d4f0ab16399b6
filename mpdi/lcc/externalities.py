"""What a purchase costs others: emissions of a year, times a price set, as flows that stay apart from the money paid.

Article 68 of Directive 2014/24/EU lets such costs in when they can be given a value in money and be verified; which
price set is used is the buyer's choice, said in the procurement documents. Sets: `parameters/external_prices.yaml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from mpdi.lcc.cash_flows import each_year
from mpdi.lcc.discounting import exact
from mpdi.lcc.errors import AmountError, UnknownPriceSetError, UnpricedYearError, UnsourcedNumberError
from mpdi.lcc.model import ONE, ZERO, Category, Flow, Growth
from mpdi.lcc.sourced import SourcedNumber, read_parameters, sourced

PER_KILOGRAM = {"EUR/kg": ONE, "EUR/g": Decimal(1000), "EUR/t": Decimal("0.001")}


class Substance(StrEnum):
    """The emissions that can be priced."""

    CO2 = "co2"
    NOX = "nox"
    PM = "pm"
    SO2 = "so2"
    NMHC = "nmhc"


@dataclass(frozen=True, slots=True)
class PriceSet:
    """Prices of emissions under one name.

    `is_historic`: the law it comes from no longer says it. `assumption`: what in it is ours. `highest_multiple`: how
    many times the values a buyer may use at most, where the set says so. `points`: by substance, one price for every
    year or several, each for the year it bears.
    """

    key: str
    title: Mapping[str, str]
    is_historic: bool
    assumption: str | None
    highest_multiple: Decimal | None
    points: Mapping[Substance, tuple[SourcedNumber, ...]]

    def price(self, substance: Substance, year: int) -> Decimal:
        """Euro a kilogram in a calendar year: the single price, or on the straight line between two years' prices."""
        points = self.points.get(substance)
        if not points:
            raise UnknownPriceSetError("unpriced_substance", key=self.key, substance=substance)
        if len(points) == 1:
            return _per_kilogram(points[0])
        for before, after in pairwise(points):
            if before.year <= year <= after.year:
                with exact():
                    share = Decimal(year - before.year) / (after.year - before.year)
                    return _per_kilogram(before) * (ONE - share) + _per_kilogram(after) * share
        first, last = points[0].year, points[-1].year
        raise UnpricedYearError(self.key, substance, year, first, last)


def _per_kilogram(number: SourcedNumber) -> Decimal:
    return number.value * PER_KILOGRAM[number.unit]


def price_sets() -> dict[str, PriceSet]:
    """Every price set we hold, by its key; `UnsourcedNumberError` when one holds a number without its source."""
    return {key: _price_set(key, data) for key, data in read_parameters("external_prices").items()}


def _price_set(key: str, data: Mapping[str, Any]) -> PriceSet:
    points = {
        Substance(word): tuple(
            sorted((_point(each, f"{key}, {word}") for each in listed), key=lambda point: point.year)
        )
        for word, listed in data["prices"].items()
    }
    multiple = data.get("highest_multiple")
    return PriceSet(
        key=key,
        title=data["title"],
        is_historic=data["status"] == "historic",
        assumption=data.get("assumption"),
        highest_multiple=None if multiple is None else Decimal(multiple),
        points=points,
    )


def _point(data: object, place: str) -> SourcedNumber:
    number = sourced(data, place)
    if number.unit not in PER_KILOGRAM:
        raise UnsourcedNumberError("unit_of_price", place=place, unit=number.unit, options=", ".join(PER_KILOGRAM))
    return number


def price_set(key: str) -> PriceSet:
    """The price set of that key; `UnknownPriceSetError` lists those there are."""
    sets = price_sets()
    if key not in sets:
        raise UnknownPriceSetError("no_price_set", key=key, options=", ".join(sets))
    return sets[key]


def emission_flows(
    emissions: Mapping[Substance, Decimal], prices: PriceSet, first_year: int, years: int
) -> tuple[Flow, ...]:
    """Yearly emissions (kilograms by substance) as flows of the category `externality`.

    `first_year`: the calendar year of year 1. The set `none` gives no flow at all.
    """
    if not prices.points:
        return ()
    return tuple(
        each_year(
            str(substance),
            Category.EXTERNALITY,
            kilograms,
            1,
            years,
            Growth(path=tuple(prices.price(substance, first_year + after) for after in range(years))),
        )
        for substance, kilograms in emissions.items()
    )


@dataclass(frozen=True, slots=True)
class Emission:
    """A mass emitted, in kilograms."""

    kilograms: Decimal

    @property
    def grams(self) -> Decimal:
        """The same in grams."""
        return self.kilograms * 1000

    @property
    def tonnes(self) -> Decimal:
        """The same in tonnes."""
        return self.kilograms / 1000


def emission_factors() -> dict[str, SourcedNumber]:
    """Kilograms of CO2 a kilowatt-hour, by what is used."""
    return {key: sourced(data, key) for key, data in read_parameters("emission_factors").items()}


def electricity_co2(kwh: Decimal, renewable_share: Decimal, kg_per_kwh: Decimal | None = None) -> Emission:
    """CO2 of electricity used: the factor of the residual mix on the part that is not renewable.

    Nuclear power counts with the rest: the residual mix holds it already. `kg_per_kwh`: Belgium's factor unless given.
    """
    if not ZERO <= renewable_share <= ONE:
        raise AmountError("renewable_share", share=renewable_share)
    factor = emission_factors()["electricity-be"].value if kg_per_kwh is None else kg_per_kwh
    with exact():
        return Emission(kwh * (ONE - renewable_share) * factor)
