"""The floor that an offer implies: what is left for an hour of work once the other costs are paid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.said import said
from mpdi.price_check.core.model import Cost, CostShare, Offer, Post, PriceCase, ShareProvenance, WageCost
from mpdi.price_check.core.rules import PriceRules

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class CostLine:
    """One other cost: its share of the amount and what that makes, EUR."""

    share: CostShare
    amount: Decimal


@dataclass(frozen=True)
class FloorLine:
    """What a price leaves for its hours. `wages`: hours × wage cost of each committee, EUR; None where one is not known."""

    title: str
    amount: Decimal
    hours: Decimal
    committees: tuple[str, ...]
    left: Decimal
    wages: Decimal | None

    @property
    def per_hour(self) -> Decimal | None:
        """EUR left for one hour of work; None without hours."""
        return self.left / self.hours if self.hours else None

    @property
    def wage_per_hour(self) -> Decimal | None:
        """The wage cost of one hour, weighted by hours where there are several committees; EUR."""
        return None if self.wages is None or not self.hours else self.wages / self.hours

    @property
    def is_below(self) -> bool | None:
        """Whether less is left than the wages cost, exactly; equal is not below; None where that is not known."""
        return None if self.wages is None or not self.hours else self.left < self.wages


@dataclass(frozen=True)
class Floor:
    """The arithmetic of one offer: other costs, what is left, in all and post by post; `missing`: what could not be known."""

    costs: tuple[CostLine, ...]
    whole: FloorLine
    posts: tuple[FloorLine, ...]
    hours_are_asked: bool
    wage_costs: tuple[WageCost, ...]
    missing: tuple[str, ...]

    @property
    def percent(self) -> Decimal:
        """All other costs together, in percent of the amount."""
        return sum((line.share.percent for line in self.costs), Decimal(0))

    @property
    def has_default_shares(self) -> bool:
        """Whether a share that is taken off is a default of this project, without a source."""
        return any(line.share.provenance is ShareProvenance.PROJECT_DEFAULT and line.share.percent for line in self.costs)

    @property
    def below(self) -> tuple[FloorLine, ...]:
        """The lines, the whole first, that leave less than the wages cost."""
        return tuple(line for line in (self.whole, *self.posts) if line.is_below)


class FloorMaker:
    """Makes the floors of one purchase: parameters are looked up once."""

    def __init__(self, case: PriceCase, rules: PriceRules) -> None:
        self._case, self._rules = case, rules
        self._asked = {lot.title: lot.hours for lot in case.lots}
        self._wages: dict[str, WageCost] = {}
        # The buyer's own figures come last: they win over those that ship.
        for cost in (*rules.wage_costs, *case.wage_costs):
            if cost.holds_on(case.publication_date):
                self._wages[cost.joint_committee] = cost

    def floor(self, offer: Offer) -> Floor:
        """Return what an offer leaves for work."""
        shares = self._shares(offer)
        kept = _HUNDRED - sum((share.percent for share in shares), Decimal(0))
        parts = offer.posts or (Post("", self._hours(offer), None, None),)
        committees = tuple(dict.fromkeys(filter(None, (self._committee(post, offer) for post in parts if post.hours))))
        return Floor(
            tuple(CostLine(share, offer.amount * share.percent / _HUNDRED) for share in shares),
            self._line("", offer.amount, parts, offer, kept),
            tuple(self._line(post.title, post.amount, (post,), offer, kept) for post in offer.posts if post.amount is not None and post.hours),
            not offer.posts and offer.hours is None,
            tuple(self._wages[number] for number in committees if number in self._wages),
            tuple(self._missing(parts, offer)),
        )

    def _shares(self, offer: Offer) -> tuple[CostShare, ...]:
        """The tender's own breakdown first, then the buyer's figure, then the default of the project."""
        known = dict(self._rules.default_shares)
        for share in (*self._case.shares, *offer.shares):
            known[share.cost] = share
        return tuple(known[cost] for cost in Cost)

    def _hours(self, offer: Offer) -> Decimal:
        for hours in (offer.hours, self._asked.get(offer.lot), self._case.hours):
            if hours is not None:
                return hours
        return Decimal(0)

    def _committee(self, post: Post, offer: Offer) -> str | None:
        return post.joint_committee or offer.joint_committee or self._case.joint_committee

    def _line(self, title: str, amount: Decimal, posts: Sequence[Post], offer: Offer, kept: Decimal) -> FloorLine:
        hours = sum((post.hours for post in posts), Decimal(0))
        committees = tuple(dict.fromkeys(filter(None, (self._committee(post, offer) for post in posts if post.hours))))
        return FloorLine(title, amount, hours, committees, amount * kept / _HUNDRED, self._wages_of(posts, offer))

    def _wages_of(self, posts: Sequence[Post], offer: Offer) -> Decimal | None:
        total = Decimal(0)
        for post in posts:
            wage = self._wages.get(self._committee(post, offer) or "")
            if post.hours and wage is None:
                return None
            total += post.hours * wage.value if wage else 0
        return total

    def _missing(self, posts: Sequence[Post], offer: Offer) -> Iterator[str]:
        worked = [post for post in posts if post.hours]
        if not worked:
            yield said("Neither the offer nor the documents state hours: what is left for an hour cannot be shown. Ask for the hours, or add those you asked for.")
            return
        numbers = dict.fromkeys(self._committee(post, offer) for post in worked)
        if None in numbers:
            yield said("No joint committee is named for all hours: they cannot be compared with a wage cost.")
        for number in filter(None, numbers):
            if number not in self._rules.committees:
                yield said("Joint committee %(number)s is not in our list: check the number in the offer, or with the FPS Employment.", number=number)
            if number not in self._wages:
                yield said("No wage cost is known for joint committee %(number)s on the day of publication: add yours with its source and date.", number=number)
