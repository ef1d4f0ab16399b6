"""What can be wrong with a case of life-cycle cost: one class a reason, each message with its remedy."""

from mpdi.exceptions import DataFileError, MpdiError
from mpdi.lcc.faults import Fault, fault


class FaultError(MpdiError):
    """An error whose `fault` can be said in each language; as text it is English."""

    def __init__(self, said: Fault) -> None:
        super().__init__(said.said("en"))
        self.fault = said


class LifeCycleCostError(FaultError):
    """The root of what this package refuses: the key of a sentence of ours with its parameters, or a fault as it is."""

    def __init__(self, key: str | Fault, /, **values: object) -> None:
        super().__init__(key if isinstance(key, Fault) else fault(key, **values))


class CaseReadingError(LifeCycleCostError, DataFileError):
    """A case written as data does not have the keys, or the kinds of value, that it should have."""


class NoAlternativesError(LifeCycleCostError):
    """There is nothing to compare."""


class SameNameError(LifeCycleCostError):
    """Two alternatives bear one name: a result could not say which it means."""


class HorizonError(LifeCycleCostError):
    """The years of the study are not a whole number from 1 to `discounting.LONGEST`."""


class RateError(LifeCycleCostError):
    """A rate is no fraction from -0.5 to below 1: a percentage, or an index, was written in its place."""


class FlowYearError(LifeCycleCostError):
    """A flow lies outside the study, or ends before it begins."""


class AmountError(LifeCycleCostError):
    """An amount is no finite number, or has a sign that its category cannot have."""


class GrowthError(LifeCycleCostError):
    """The growth of a price is given twice, or for too few years, or as a negative price."""


class LifeError(LifeCycleCostError):
    """The life of a product is not more than nothing."""


class MixedCurrenciesError(LifeCycleCostError):
    """Amounts in several currencies stand in one case; there is no rate here to convert them."""


class MixedVatError(LifeCycleCostError):
    """Amounts with and without value added tax stand in one case."""


class MixedMoneyError(LifeCycleCostError):
    """Real and nominal amounts stand in one case and no inflation is given to convert them."""


class UnknownInputError(LifeCycleCostError):
    """A sensitivity or a draw names an input that the case does not have."""


class DistributionError(LifeCycleCostError):
    """The parameters of a distribution cannot be: bounds out of order, a negative spread, weights that sum to nothing."""


class UnsourcedNumberError(LifeCycleCostError, DataFileError):
    """A number of law or nature lacks its value, unit, date or source: it cannot be loaded."""


class UnknownPriceSetError(LifeCycleCostError):
    """There is no set of prices for externalities of that name, or it does not price that substance or year."""


class UnpricedYearError(UnknownPriceSetError):
    """A set has no price for a year, and none is invented: its prices run from `first` to `last`."""

    def __init__(self, key: str, substance: str, year: int, first: int, last: int) -> None:
        super().__init__("unpriced_year", key=key, substance=substance, year=year, first=first, last=last)
        self.first, self.last = first, last
