"""Award criteria and their weights: the buyer's, or a distribution proposed for confirmation."""

from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.parameter_values import values_for
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import is_weighted_criterion

QUALITY_TO_COMPLETE = "quality_to_complete"
"""Name of the criterion that stands for the quality criteria that the buyer has still to write."""


@dataclass(frozen=True)
class WeightedCriterion:
    """A criterion (`price`, a clause, or the buyer's words) and its weight out of 100; weights proposed, not set, say so."""

    name: str
    weight: Decimal
    clause: ClauseVersion | None
    is_proposed: bool
    scale: str | None = None
    proof: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is a criterion in the buyer's own words."""
        return self.clause is None and self.name not in ("price", QUALITY_TO_COMPLETE)


def weighted_criteria(purchase: Purchase, chosen: list[ClauseVersion]) -> list[WeightedCriterion]:
    """Return the criteria, price first; where the buyer set no weights, price takes what the clauses' defaults leave."""
    clauses = {clause.id: clause for clause in chosen}
    if purchase.award:
        stated = [
            WeightedCriterion(item.criterion, item.weight, clauses.get(item.criterion), False, item.scale, item.proof)
            for item in purchase.award
            if item.weight > 0 and not _is_absent(item.criterion, clauses)
        ]
        return sorted(stated, key=lambda item: item.name != "price")
    proposed = [
        WeightedCriterion(clause.id, Decimal(clause.award.weight_default), clause, True)
        for clause in chosen
        if is_weighted_criterion(clause) and clause.award
    ]
    rest = max(Decimal(100) - sum((item.weight for item in proposed), Decimal(0)), Decimal(0))
    share = price_share(purchase, chosen)
    price = rest if share is None else min(share, rest)
    open_weight = [WeightedCriterion(QUALITY_TO_COMPLETE, rest - price, None, True)] if rest > price else []
    return [WeightedCriterion("price", price, None, bool(proposed or open_weight)), *proposed, *open_weight]


def price_share(purchase: Purchase, chosen: list[ClauseVersion]) -> Decimal | None:
    """Return the share of the points that a clause on the weight of price leaves to price, where one is chosen."""
    for clause in chosen:
        if clause.award is not None and clause.award.method == "price_share":
            value = values_for(clause, purchase).get("price_points", clause.parameters["price_points"].default)
            return None if value is None else Decimal(str(value))
    return None


def _is_absent(criterion: str, clauses: dict[str, ClauseVersion]) -> bool:
    return CLAUSE_ID.fullmatch(criterion) is not None and criterion not in clauses
