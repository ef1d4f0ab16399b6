"""Points and places from life-cycle costs, by the formula that the tender documents published.

`lowest`: the lowest cost wins; there are no points. `proportional`: maximum × lowest cost ÷ cost. `linear`: the
maximum at the published lower bound, nothing at the upper one, a straight line between, never beyond either.
`quality_in_euros`: for each quality criterion its value in money × the share reached is taken off the cost; the lowest
comparison price wins; there are no points.

Costs are compared in cents, points are rounded half up to the decimals published. Neither rounding can lift points
above the maximum: the maximum itself has no more decimals. Equal cents are a tie: equal places, and the tie is said; it
is broken only by the rule that the documents published (`lower_price`, the lower purchase price), else by nobody here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from mpdi.lcc.discounting import exact
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.model import ONE, ZERO

CENT = Decimal("0.01")
MOST_DECIMALS = 6


class AwardError(LifeCycleCostError):
    """The award rule, or what it is to be applied to, cannot give points: said with the remedy."""


class AwardFormula(StrEnum):
    """How costs become places or points."""

    LOWEST = "lowest"
    PROPORTIONAL = "proportional"
    LINEAR = "linear"
    QUALITY_IN_EUROS = "quality_in_euros"


class TieRule(StrEnum):
    """What the documents say about offers that are equal to the cent."""

    NONE = "none"
    LOWER_PRICE = "lower_price"


@dataclass(frozen=True, slots=True)
class AwardRule:
    """What the documents published: formula, points, decimals; bounds for `linear`, values in euro for quality."""

    formula: AwardFormula
    maximum: Decimal = Decimal(100)
    decimals: int = 2
    best: Decimal | None = None
    worst: Decimal | None = None
    quality: Mapping[str, Decimal] = field(default_factory=dict)
    ties: TieRule = TieRule.NONE


@dataclass(frozen=True, slots=True)
class AwardOffer:
    """An offer: its life-cycle cost, its purchase price where ties turn on it, the share (0 to 1) reached a criterion.

    `external`: external costs that the documents count; they are added for the comparison and stay apart from `lcc`.
    """

    name: str
    lcc: Decimal
    price: Decimal | None = None
    scores: Mapping[str, Decimal] = field(default_factory=dict)
    external: Decimal = ZERO

    @property
    def cost(self) -> Decimal:
        """What is compared before quality: the life-cycle cost and the external costs that count."""
        return self.lcc + self.external


@dataclass(frozen=True, slots=True)
class AwardedOffer:
    """What an offer gets. `compared`: the amount compared, in cents. `points`: None where the formula gives none.
    `is_tied`: another offer has the same place and no published rule tells them apart."""

    name: str
    lcc: Decimal
    compared: Decimal
    points: Decimal | None
    place: int
    is_tied: bool


def award(rule: AwardRule, offers: Sequence[AwardOffer]) -> tuple[AwardedOffer, ...]:
    """Points and places of all offers, in the order given; `AwardError` when the rule cannot be applied to them."""
    _check_rule(rule)
    _check_offers(rule, offers)
    with exact():
        compared = {offer.name: _compared(rule, offer) for offer in offers}
        lowest = min(compared.values())
        keys = {offer.name: (compared[offer.name], *_tie_key(rule, offer)) for offer in offers}
        return tuple(
            AwardedOffer(
                name=offer.name,
                lcc=offer.lcc,
                compared=compared[offer.name],
                points=_points(rule, compared[offer.name], lowest),
                place=1 + sum(keys[other.name] < keys[offer.name] for other in offers),
                is_tied=sum(keys[other.name] == keys[offer.name] for other in offers) > 1,
            )
            for offer in offers
        )


def comparison_price(rule: AwardRule, offer: AwardOffer) -> Decimal:
    """The cost less what quality is worth in money; not rounded."""
    return offer.cost - sum((value * offer.scores[name] for name, value in rule.quality.items()), ZERO)


def _compared(rule: AwardRule, offer: AwardOffer) -> Decimal:
    is_quality = rule.formula is AwardFormula.QUALITY_IN_EUROS
    amount = comparison_price(rule, offer) if is_quality else offer.cost
    return amount.quantize(CENT, ROUND_HALF_UP)


def _tie_key(rule: AwardRule, offer: AwardOffer) -> tuple[Decimal, ...]:
    return (offer.price,) if rule.ties is TieRule.LOWER_PRICE and offer.price is not None else ()


def _points(rule: AwardRule, cost: Decimal, lowest: Decimal) -> Decimal | None:
    if rule.formula is AwardFormula.PROPORTIONAL:
        share = lowest / cost
    elif rule.formula is AwardFormula.LINEAR and rule.best is not None and rule.worst is not None:
        share = min(max((rule.worst - cost) / (rule.worst - rule.best), ZERO), ONE)
    else:
        return None
    return (rule.maximum * share).quantize(ONE.scaleb(-rule.decimals), ROUND_HALF_UP)


def _check_rule(rule: AwardRule) -> None:
    if not 0 <= rule.decimals <= MOST_DECIMALS:
        raise AwardError("award_decimals", count=rule.decimals, most=MOST_DECIMALS)
    if rule.maximum <= ZERO or rule.maximum != rule.maximum.quantize(ONE.scaleb(-rule.decimals)):
        raise AwardError("award_maximum", maximum=rule.maximum, decimals=rule.decimals)
    if rule.formula is AwardFormula.LINEAR and (rule.best is None or rule.worst is None or rule.best >= rule.worst):
        raise AwardError("award_bounds")
    if rule.formula is AwardFormula.QUALITY_IN_EUROS and not rule.quality:
        raise AwardError("award_no_quality")
    if any(value <= ZERO for value in rule.quality.values()):
        raise AwardError("award_worthless")


def _check_offers(rule: AwardRule, offers: Sequence[AwardOffer]) -> None:
    if not offers:
        raise AwardError("award_no_offer")
    names = [offer.name for offer in offers]
    if len(set(names)) != len(names):
        raise AwardError("award_same_name")
    for offer in offers:
        if rule.formula is AwardFormula.PROPORTIONAL and offer.cost < CENT:
            raise AwardError("award_no_proportion", offer=offer.name, cost=offer.cost)
        if rule.ties is TieRule.LOWER_PRICE and offer.price is None:
            raise AwardError("award_no_price", offer=offer.name)
        _check_scores(rule, offer)


def _check_scores(rule: AwardRule, offer: AwardOffer) -> None:
    if rule.formula is not AwardFormula.QUALITY_IN_EUROS:
        return
    for name in rule.quality:
        score = offer.scores.get(name)
        if score is None or not ZERO <= score <= ONE:
            raise AwardError("award_score", offer=offer.name, name=name)
    strange = set(offer.scores) - set(rule.quality)
    if strange:
        raise AwardError("award_strange_score", offer=offer.name, names=", ".join(sorted(strange)))
