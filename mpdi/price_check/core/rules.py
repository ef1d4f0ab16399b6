"""The dated numbers that the check rests on, the joint committees with their wage costs, and the default shares of other costs."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.law_numbers import (
    DatedValue,
    LawNumber,
    LawNumberNotInForceError,
    LawNumbers,
    read_law_numbers,
)
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.errors import PriceDataError
from mpdi.price_check.core.model import Cost, CostShare, ShareProvenance, WageCost
from mpdi.resources import folder

DATA = Path(__file__).resolve().parent.parent / "data"
LAW_KEYS = (
    "price_examination_gap",
    "price_examination_offers",
    "price_examination_trim_offers",
    "observatory_days_services",
    "observatory_days_works",
    "eu_threshold_works",
    "eu_threshold_central",
    "eu_threshold_other",
    "eu_threshold_social_services",
)
"""Numbers of clauses/law/numbers.yaml that the check reads; its own are in data/rules.yaml."""
AVERAGE_KEYS = (
    "price_examination_gap",
    "price_examination_offers",
    "price_examination_trim_offers",
    "examination_top_share",
    "examination_bottom_offers",
    "price_weight_mainly",
)
"""Numbers that the rule of averages rests on: without one of them no average is computed."""


@dataclass(frozen=True)
class JointCommittee:
    """A joint committee: its number, its name, how sure we are of both."""

    number: str
    name: Bilingual
    certainty: Certainty


@dataclass(frozen=True)
class PriceRules:
    """Everything the check rests on beside the offers."""

    numbers: Mapping[str, LawNumber]
    committees: Mapping[str, JointCommittee]
    wage_costs: tuple[WageCost, ...]
    default_shares: Mapping[Cost, CostShare]

    def on(self, key: str, day: datetime.date) -> DatedValue:
        """Return a number as it holds on a day; `LawNumberNotInForceError` where none is known."""
        return self.numbers[key].on(day)

    def value(self, key: str, day: datetime.date) -> Decimal:
        """Return the value of a number on a day."""
        return self.on(key, day).value

    def known(self, key: str, day: datetime.date) -> DatedValue | None:
        """Return a number as it holds on a day; None where none is known for it."""
        try:
            return self.on(key, day)
        except LawNumberNotInForceError:
            return None

    def unknown_of_averages(self, day: datetime.date) -> DatedValue | None:
        """Return the first value of a number of the rule of averages that is not known on a day; None where all are."""
        for key in AVERAGE_KEYS:
            if self.known(key, day) is None:
                return self.numbers[key].values[0]
        return None


def read_price_rules(numbers: LawNumbers | None = None, data: Path = DATA) -> PriceRules:
    """Read the rules from the files that ship; `PriceDataError` names the file that is wrong."""
    law = numbers or read_law_numbers(folder("clauses") / "law" / "numbers.yaml")
    known = {key: law.number(key) for key in LAW_KEYS}
    known |= {number.key: number for number in read_law_numbers(data / "rules.yaml")}
    committees, costs = _committees(data / "wage_costs.yaml")
    return PriceRules(known, committees, costs, _shares(data / "other_costs.yaml"))


def _committees(path: Path) -> tuple[dict[str, JointCommittee], tuple[WageCost, ...]]:
    read = strict_yaml.read(path)
    try:
        committees = {
            number: JointCommittee(number, Bilingual(**item["name"]), Certainty(item["certainty"]))
            for number, item in read.items()
        }
        costs = tuple(_wage_cost(number, value) for number, item in read.items() for value in item["values"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PriceDataError(f"{path}: a joint committee lacks a key or has a wrong value: {error}.") from error
    return committees, costs


def _wage_cost(number: str, item: Mapping[str, Any]) -> WageCost:
    source = Bilingual(**item["source"])
    if not (source.fr and source.nl):
        raise ValueError("a wage cost without a source in French and in Dutch")
    return WageCost(
        number,
        Decimal(item["value"]),
        item["valid_from"],
        item["valid_to"],
        source,
        Certainty(item["certainty"]),
        is_buyers=False,
    )


def _shares(path: Path) -> dict[Cost, CostShare]:
    read = strict_yaml.read(path)
    try:
        return {
            cost: CostShare(cost, Decimal(read[cost]["percent"]), ShareProvenance(read[cost]["provenance"]))
            for cost in Cost
        }
    except (KeyError, TypeError, ValueError) as error:
        raise PriceDataError(f"{path}: a share lacks a key or has a wrong value: {error}.") from error
