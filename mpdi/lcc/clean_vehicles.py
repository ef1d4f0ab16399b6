"""Article 6 of Directive 2009/33/EC as it stood before Directive (EU) 2019/1161: the lifetime costs of a vehicle.

Historic: the law now asks minimum shares of clean vehicles instead. The method still serves to check old files and to
compare vehicles on one known footing. Nothing is discounted: the directive did not.
"""

from dataclasses import dataclass
from decimal import Decimal

from mpdi.lcc.discounting import exact
from mpdi.lcc.errors import AmountError
from mpdi.lcc.externalities import PriceSet, Substance, price_set
from mpdi.lcc.model import ONE
from mpdi.lcc.sourced import SourcedNumber, read_parameters, sourced

PRICES = "directive-2009-33"
PRICE_YEAR = 2007


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What the method asks: kilometres of its life, energy and emissions a kilometre.

    `energy_per_km` in units of fuel (litre, Nm³) and `mj_per_unit` the energy in one; CO2 in kilograms a kilometre,
    the others in grams.
    """

    km: Decimal
    energy_per_km: Decimal
    mj_per_unit: Decimal
    co2_kg_per_km: Decimal
    nox_g_per_km: Decimal
    nmhc_g_per_km: Decimal
    pm_g_per_km: Decimal


@dataclass(frozen=True, slots=True)
class FuelPrices:
    """Euro a litre before tax: the cheaper of the two, by its energy, values the energy of any vehicle."""

    petrol: Decimal
    diesel: Decimal


@dataclass(frozen=True, slots=True)
class VehicleCost:
    """Euro over the life: energy, the four emissions, their sum; `energy_value`: euro a megajoule."""

    energy_value: Decimal
    energy: Decimal
    co2: Decimal
    nox: Decimal
    nmhc: Decimal
    pm: Decimal

    @property
    def total(self) -> Decimal:
        """Energy and emissions together."""
        return self.energy + self.co2 + self.nox + self.nmhc + self.pm


def vehicle_cost(vehicle: Vehicle, fuel: FuelPrices, multiple: Decimal = ONE) -> VehicleCost:
    """The costs of article 6; `multiple`: times the table's emission prices, from 1 to 2, said in the documents."""
    prices = price_set(PRICES)
    highest = prices.highest_multiple or ONE
    if not ONE <= multiple <= highest:
        raise AmountError("emission_multiple", multiple=multiple, highest=highest)
    content = energy_content()
    with exact():
        value = min(fuel.petrol / content["petrol"].value, fuel.diesel / content["diesel"].value)
        per_km = multiple * vehicle.km
        return VehicleCost(
            energy_value=value,
            energy=vehicle.km * vehicle.energy_per_km * vehicle.mj_per_unit * value,
            co2=per_km * vehicle.co2_kg_per_km * _price(prices, Substance.CO2),
            nox=per_km * _kilograms(vehicle.nox_g_per_km) * _price(prices, Substance.NOX),
            nmhc=per_km * _kilograms(vehicle.nmhc_g_per_km) * _price(prices, Substance.NMHC),
            pm=per_km * _kilograms(vehicle.pm_g_per_km) * _price(prices, Substance.PM),
        )


def _price(prices: PriceSet, substance: Substance) -> Decimal:
    return prices.price(substance, PRICE_YEAR)


def _kilograms(grams: Decimal) -> Decimal:
    return grams / 1000


def energy_content() -> dict[str, SourcedNumber]:
    """Megajoules in a unit of fuel, by fuel (annex, table 1)."""
    return {key: sourced(data, key) for key, data in read_parameters("clean_vehicles")["energy_content"].items()}


def lifetime_mileage() -> dict[str, SourcedNumber]:
    """Kilometres in the life of a vehicle, by category (annex, table 3)."""
    return {key: sourced(data, key) for key, data in read_parameters("clean_vehicles")["lifetime_mileage"].items()}
