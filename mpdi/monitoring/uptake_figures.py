"""Finding a rate among those of a report."""

from collections.abc import Iterable, Mapping, Sequence

from mpdi.monitoring.indicators.model import Counted, Rate, Reading

UPTAKE = (
    "sustainable_clauses",
    "environmental_clauses",
    "social_clauses",
    "ethical_clauses",
    "innovative_purchases",
    "anti_dumping_clauses",
    "sme_access",
)
"""Indicators of uptake in the order in which they are told."""
OPEN_TO_SMES = (
    "lots_per_procedure",
    "divided_into_lots",
    "turnover_demanded",
    "price_weight",
    "price_only",
    "tenders_per_lot",
    "sme_tenders_per_lot",
    "single_bid_lots",
    "sme_winners",
    "payment_stated",
    "advance_stated",
)
MEANS = frozenset({"lots_per_procedure", "price_weight", "tenders_per_lot", "sme_tenders_per_lot"})
BY_PROCEDURE = frozenset({"lots_per_procedure", "divided_into_lots"})
WITHOUT_OFFER = ("lots_without_tender", "lots_without_sme_tender", "lots_not_awarded")


class Figures:
    """Rates by what they are of."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._rates = {_key(rate.indicator, rate.dimension): rate for rate in rates}

    def of(self, indicator: str, counted: Counted, reading: Reading | None = None, **split: str) -> Rate | None:
        """A rate: `of("social_clauses", Counted.LOTS, Reading.DETECTED, category="food")`; `None`: nothing was counted."""
        about = {"counted": counted.value, **({"reading": reading.value} if reading else {}), **split}
        return self._rates.get(_key(indicator, about))

    def detected(self, indicator: str, **split: str) -> Rate | None:
        """Procedures whose words say it."""
        return self.of(indicator, Counted.PROCEDURES, Reading.DETECTED, **split)

    def values(self, split: str) -> Sequence[str]:
        """The values of a split that something was counted for."""
        found = {rate.dimension[split] for rate in self._rates.values() if split in rate.dimension}
        return sorted(found)

    def currencies(self) -> Sequence[str]:
        """The euro first, then the others."""
        return sorted(self.values("currency"), key=lambda each: (each != "EUR", each))

    def readings(self, indicator: str) -> Sequence[Reading]:
        """By which ways an indicator is known."""
        return [each for each in Reading if self.of(indicator, Counted.PROCEDURES, each) is not None]


def _key(indicator: str, about: Mapping[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    return indicator, frozenset(about.items())
