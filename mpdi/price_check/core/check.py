"""The check: which offers must be questioned, which may be, and why. It never calls an offer abnormal: that is the buyer's decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.averages import Group, compare
from mpdi.price_check.core.floor import Floor, FloorMaker
from mpdi.price_check.core.model import Answer, Offer, PriceCase
from mpdi.price_check.core.observatory import Advice, advise
from mpdi.price_check.core.rules import PriceRules
from mpdi.price_check.core.scope import ScopeWarning, doubt_of_scope


class Verdict(StrEnum):
    """What the check says of an offer. `none`: nothing found here; the general duty to check prices stays."""

    MUST = "must_be_questioned"
    MAY = "may_be_questioned"
    NONE = "nothing_found"


@dataclass(frozen=True)
class Reason:
    """Why an offer must or may be questioned, how sure we are of the rule behind it, and which links of it are not sure."""

    code: str
    verdict: Verdict
    text: str
    certainty: Certainty
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckedOffer:
    """An offer with its group, its floor and the reasons to question it."""

    offer: Offer
    group: Group
    floor: Floor
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """The strongest of the reasons."""
        found = {reason.verdict for reason in self.reasons}
        return Verdict.MUST if Verdict.MUST in found else Verdict.MAY if Verdict.MAY in found else Verdict.NONE


@dataclass(frozen=True)
class PriceCheck:
    """All that the check says of a purchase."""

    case: PriceCase
    groups: tuple[Group, ...]
    offers: tuple[CheckedOffer, ...]
    observatory: Advice
    scope: ScopeWarning | None = None
    """Why article 36 may not reach the purchase; None where nothing known here makes one doubt it."""

    def with_verdict(self, verdict: Verdict) -> tuple[CheckedOffer, ...]:
        """The offers of which the check says so."""
        return tuple(each for each in self.offers if each.verdict is verdict)

    @property
    def without_wage_check(self) -> tuple[CheckedOffer, ...]:
        """The offers of which what is left for an hour could not be compared with a wage cost."""
        return tuple(each for each in self.offers if each.floor.whole.is_below is None)

    @property
    def why_without_wage_check(self) -> tuple[str, ...]:
        """Why not, each reason once."""
        return tuple(dict.fromkeys(words for each in self.without_wage_check for words in each.floor.missing))


def check_prices(case: PriceCase, rules: PriceRules) -> PriceCheck:
    """Check the offers of a purchase. A number of law that is not known on its date leaves out what rests on it, and says so."""
    groups = compare(case, rules)
    floors = FloorMaker(case, rules)
    of_lot = {group.lot: group for group in groups}
    offers = []
    for offer in case.offers:
        group, floor = of_lot[offer.lot], floors.floor(offer)
        offers.append(CheckedOffer(offer, group, floor, tuple(_reasons(offer, group, floor))))
    return PriceCheck(case, groups, tuple(offers), advise(case, rules), doubt_of_scope(case, rules))


def _reasons(offer: Offer, group: Group, floor: Floor) -> Iterator[Reason]:
    if not offer.left_out:
        yield from _by_average(offer, group)
    for line in floor.below:
        if line.title:
            words = said("In the post “%(post)s”, less is left for an hour of work than the wage cost.", post=line.title)
        else:
            words = said("Less is left for an hour of work than the wage cost.")
        yield Reason("below_wage_cost", Verdict.MAY, words, _least(floor), tuple(_unsure(floor)))


def _least(floor: Floor) -> Certainty:
    """No surer than its least sure link: a share without a source is one."""
    if floor.has_default_shares:
        return Certainty.GENERAL_KNOWLEDGE
    return min((cost.certainty for cost in floor.wage_costs), key=lambda each: each.rank)


def _unsure(floor: Floor) -> Iterator[str]:
    if floor.has_default_shares:
        yield said("the shares of other costs that are defaults of this project, without a source")
    for cost in floor.wage_costs:
        if cost.certainty is not Certainty.VERIFIED:
            yield said("the wage cost of joint committee %(number)s", number=cost.joint_committee)


def _by_average(offer: Offer, group: Group) -> Iterator[Reason]:
    average, plain = group.average, group.plain
    if average is None:
        return
    gap = average.gap
    if average.reaches(offer.amount):
        yield _below_bound(group, gap)
    elif plain is not None and plain.reaches(offer.amount):
        words = said("The total lies %(gap)s %% or more below the average of all offers, though not below that of the rule as we know it.", gap=gap)
        yield Reason("below_plain_average", Verdict.MAY, words, plain.certainty, group.unsure)


def _below_bound(group: Group, gap: object) -> Reason:
    if group.applies is Answer.YES:
        words = said("The total lies %(gap)s %% or more below the average: article 36, § 4, of the Royal Decree of 18 April 2017 imposes the examination.", gap=gap)
        return Reason("below_bound", Verdict.MUST, words, group.certainty, group.unsure)
    if group.applies is Answer.UNKNOWN:
        words = said("The total lies %(gap)s %% or more below the average: the examination is imposed if the facts that are not stated hold.", gap=gap)
        return Reason("below_bound_if", Verdict.MAY, words, group.certainty, group.unsure)
    words = said("The total lies %(gap)s %% or more below the average; the rule that imposes the examination does not apply here.", gap=gap)
    return Reason("below_bound_outside_rule", Verdict.MAY, words, group.certainty, group.unsure)
