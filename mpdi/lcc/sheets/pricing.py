"""How the emissions of a purchase are priced: by one of our price sets, or by the buyer's own prices with their source."""

from collections.abc import Mapping
from dataclasses import dataclass

from mpdi.lcc.errors import UnsourcedNumberError
from mpdi.lcc.externalities import PER_KILOGRAM, PriceSet, Substance, price_set
from mpdi.lcc.model import ExternalCosts
from mpdi.lcc.sheets.errors import ValueProblem, WrongValuesError, value_problem
from mpdi.lcc.sourced import SourcedNumber, sourced

KEYS = ("prices", "first_year", "external_costs")
OWN = "own"
"""Name of the price set that a buyer writes into his case."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """The price set, the calendar year of year 1, and whether external costs count in the ranking or stay apart."""

    prices: PriceSet
    first_year: int
    external_costs: ExternalCosts


def read_pricing(fields: Mapping[str, object], currency: str) -> Pricing:
    """Read `{prices, first_year, external_costs?}`; `prices`: the key of a set, or `{co2: {value, unit, date, source}}`.

    Raise `WrongValuesError` with all that is wrong, `UnknownPriceSetError` for a set that we do not have.
    """
    problems = list(_problems(fields, currency))
    if problems:
        raise WrongValuesError(problems)
    given = fields.get("prices")
    prices = _own(given) if isinstance(given, Mapping) else price_set(str(given))
    counted = str(fields.get("external_costs", ExternalCosts.APART))
    return Pricing(prices, int(str(fields["first_year"])), ExternalCosts(counted))


def _problems(fields: Mapping[str, object], currency: str) -> list[ValueProblem]:
    year, counted = fields.get("first_year"), fields.get("external_costs", "apart")
    found = [
        value_problem(f"externalities.{key}", "bad_key", options=", ".join(KEYS)) for key in fields if key not in KEYS
    ]
    if isinstance(year, bool) or not isinstance(year, int):
        found.append(value_problem("externalities.first_year", "bad_year"))
    if counted not in tuple(ExternalCosts):
        found.append(value_problem("externalities.external_costs", "bad_counted", value=counted))
    if currency != "EUR":
        found.append(value_problem("externalities", "not_euro"))
    return found


def _own(data: Mapping[str, object]) -> PriceSet:
    points: dict[Substance, tuple[SourcedNumber, ...]] = {}
    for word, given in data.items():
        place = f"externalities.prices.{word}"
        if word not in tuple(Substance):
            raise WrongValuesError([value_problem(place, "bad_substance", options=", ".join(Substance))])
        number = sourced(given, place)
        if number.unit not in PER_KILOGRAM:
            raise UnsourcedNumberError("unit_of_price", place=place, unit=number.unit, options=", ".join(PER_KILOGRAM))
        points[Substance(word)] = (number,)
    title = {"fr": "Prix de l'acheteur", "nl": "Prijzen van de koper", "en": "Prices of the buyer"}
    return PriceSet(OWN, title, is_historic=False, assumption=None, highest_multiple=None, points=points)
