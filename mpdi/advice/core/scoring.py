"""Award weights and a price formula tried on sample offers: points, winner, and what would change it. Pure.

Totals are exact until the end and rounded there, once, to two decimals; offers with the same rounded total are equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mpdi.advice.core.display import rounded
from mpdi.advice.core.price_formulas import PriceRule

MOST_OFFERS = 12
MOST_CRITERIA = 6
WEIGHTS = tuple(Decimal(weight) for weight in (30, 40, 50, 60, 70))
GAPS = tuple(Decimal(gap) for gap in (1, 5, 10))
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_FURTHEST = Decimal(100)
"""A price is looked for up to so many times the dearest offer."""


@dataclass(frozen=True)
class Criterion:
    """A criterion beside price, and its weight out of 100."""

    name: str
    weight: Decimal


@dataclass(frozen=True)
class SampleOffer:
    """An offer: name, price in EUR above zero, and points out of 100 for each criterion in their order."""

    name: str
    price: Decimal
    scores: tuple[Decimal, ...]


@dataclass(frozen=True)
class Trial:
    """What is tried. `is_sensitive`: the contract is labour-intensive or in a sector sensitive to fraud."""

    price_weight: Decimal
    criteria: tuple[Criterion, ...]
    offers: tuple[SampleOffer, ...]
    rule: PriceRule
    is_sensitive: bool = False

    @property
    def prices(self) -> tuple[Decimal, ...]:
        """The prices of the offers, in their order."""
        return tuple(offer.price for offer in self.offers)


@dataclass(frozen=True)
class Scored:
    """The points of one offer; all exact but `total`, which is rounded and decides."""

    offer: SampleOffer
    for_price: Decimal
    for_criteria: tuple[Decimal, ...]
    total: Decimal
    place: int


@dataclass(frozen=True)
class AtWeight:
    """What another weight of price would give: the first (several where they are equal), and how far ahead it is."""

    weight: Decimal
    winners: tuple[str, ...]
    lead: Decimal | None


def score(trial: Trial) -> tuple[Scored, ...]:
    """Return the points of every offer, in the order given, each with its place; equal totals share a place."""
    found = [_points(trial, offer) for offer in trial.offers]
    totals = [total for _price, _criteria, total in found]
    return tuple(
        Scored(offer, for_price, for_criteria, total, 1 + sum(other > total for other in totals))
        for offer, (for_price, for_criteria, total) in zip(trial.offers, found, strict=True)
    )


def _points(trial: Trial, offer: SampleOffer) -> tuple[Decimal, tuple[Decimal, ...], Decimal]:
    for_price = trial.rule.points(trial.price_weight, offer.price, trial.prices)
    pairs = zip(trial.criteria, offer.scores, strict=True)
    for_criteria = tuple(criterion.weight * points / _HUNDRED for criterion, points in pairs)
    return for_price, for_criteria, rounded(for_price + sum(for_criteria))


def winners(scored: Sequence[Scored]) -> tuple[str, ...]:
    """Return the names of the first: one, or several where they are equal."""
    return tuple(each.offer.name for each in scored if each.place == 1)


def at_weight(trial: Trial, weight: Decimal) -> Trial:
    """Return the same trial at another weight of price; the other criteria keep their proportions."""
    rest = _HUNDRED - trial.price_weight
    criteria = tuple(replace(each, weight=each.weight * (_HUNDRED - weight) / rest) for each in trial.criteria)
    return replace(trial, price_weight=weight, criteria=criteria)


def other_weights(trial: Trial) -> tuple[AtWeight, ...]:
    """Return who would be first at other weights of price; nothing where price is the only criterion."""
    if not trial.criteria:
        return ()
    found = []
    for weight in WEIGHTS:
        scored = score(at_weight(trial, weight))
        totals = sorted((each.total for each in scored), reverse=True)
        found.append(AtWeight(weight, winners(scored), totals[0] - totals[1] if len(totals) > 1 else None))
    return tuple(found)


def price_of_points(trial: Trial) -> tuple[tuple[Decimal, Decimal | None], ...]:
    """Return for some gaps in points how many EUR dearer an offer may be before they are lost; None: no price loses them."""
    return tuple((gap, trial.rule.price_of(gap, trial.price_weight, trial.prices)) for gap in GAPS)


def turning_price(trial: Trial, place: int) -> Decimal | None:
    """Return the price (EUR, to the cent) at which the offer at that place of the list is just still alone in front.

    For the winner the highest such price, for another the price it would have to come down to; all else stays as it is.
    None where no price does it: it stays in front at any, or is never in front.
    """
    first, ceiling = _CENT, max(trial.prices) * _FURTHEST
    if not _is_alone(trial, place, first) or _is_alone(trial, place, ceiling):
        return None
    low, high = int(first / _CENT), int(ceiling / _CENT)
    while high - low > 1:
        middle = (low + high) // 2
        if _is_alone(trial, place, middle * _CENT):
            low = middle
        else:
            high = middle
    return low * _CENT


def _is_alone(trial: Trial, place: int, price: Decimal) -> bool:
    offers = list(trial.offers)
    offers[place] = replace(offers[place], price=price)
    scored = score(replace(trial, offers=tuple(offers)))
    return winners(scored) == (offers[place].name,)


def changed_by_leaving(trial: Trial) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return which offers that are not in front would change who is, by not being there: their name, the first then."""
    before = winners(score(trial))
    found = []
    for offer in trial.offers:
        if offer.name in before or len(trial.offers) < 3:
            continue
        others = tuple(each for each in trial.offers if each.name != offer.name)
        after = winners(score(replace(trial, offers=others)))
        if after != before:
            found.append((offer.name, after))
    return tuple(found)
