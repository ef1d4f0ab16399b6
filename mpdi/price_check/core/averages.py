"""The examination rule of article 36, § 4, of the Royal Decree of 18 April 2017: does it apply, which average, which bound.

Comparisons are exact: an amount equals the bound or it does not, whatever the average shows once it is rounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from mpdi.clause_library.core.law_numbers import DatedValue
from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import Certainty, Nature, Procedure
from mpdi.price_check.core.display import day_words
from mpdi.price_check.core.model import Answer, Offer, PriceCase
from mpdi.price_check.core.rules import PriceRules

_HUNDRED = Decimal(100)
_PROCEDURES = (Procedure.OPEN, Procedure.RESTRICTED)


@dataclass(frozen=True)
class Condition:
    """A condition of the rule: does it hold, in words, how sure we are of the condition itself, and what of it is not sure."""

    key: str
    holds: Answer
    text: str
    certainty: Certainty
    unsure: str = ""


@dataclass(frozen=True)
class Average:
    """A mean of amounts with what was left out of it; `gap`: percent below it from which an offer is examined.

    `unsure`: what of its making nobody read in the text, or empty.
    """

    counted: tuple[Offer, ...]
    lowest_out: tuple[Offer, ...]
    highest_out: tuple[Offer, ...]
    gap: Decimal
    certainty: Certainty
    unsure: str = ""

    @cached_property
    def total(self) -> Decimal:
        """Sum of the amounts that count, EUR."""
        return sum((offer.amount for offer in self.counted), Decimal(0))

    @property
    def mean(self) -> Decimal:
        """The average, EUR."""
        return self.total / len(self.counted)

    @property
    def bound(self) -> Decimal:
        """The amount at and below which an offer is examined, EUR."""
        return self.total * (_HUNDRED - self.gap) / (_HUNDRED * len(self.counted))

    def reaches(self, amount: Decimal) -> bool:
        """Whether an amount lies at least `gap` percent below the average; without any division, so exactly."""
        return amount * _HUNDRED * len(self.counted) <= self.total * (_HUNDRED - self.gap)

    def gap_of(self, amount: Decimal) -> Decimal:
        """How far below the average an amount lies, in percent of the average; negative above it."""
        return (self.mean - amount) * _HUNDRED / self.mean


@dataclass(frozen=True)
class Group:
    """The offers that are compared with each other: those of a lot, or all."""

    lot: str
    offers: tuple[Offer, ...]
    conditions: tuple[Condition, ...]
    average: Average | None
    plain: Average | None

    @property
    def counted(self) -> tuple[Offer, ...]:
        """The offers that the buyer takes into consideration."""
        return tuple(offer for offer in self.offers if not offer.left_out)

    @property
    def applies(self) -> Answer:
        """Whether the rule applies: `no` where one condition fails, `unknown` where one is not known."""
        found = {condition.holds for condition in self.conditions}
        return Answer.NO if Answer.NO in found else Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.YES

    @property
    def certainty(self) -> Certainty:
        """The least sure of what the rule rests on here."""
        parts = [condition.certainty for condition in self.conditions]
        parts += [self.average.certainty] if self.average else []
        return min(parts, key=lambda each: each.rank)

    @property
    def unsure(self) -> tuple[str, ...]:
        """What the rule rests on here that nobody read in the text: why its certainty is what it is."""
        parts = [condition.unsure for condition in self.conditions] + ([self.average.unsure] if self.average else [])
        return tuple(filter(None, parts))


def compare(case: PriceCase, rules: PriceRules) -> tuple[Group, ...]:
    """Return the groups of a purchase, each with its conditions and averages."""
    return tuple(_group(lot, case, rules) for lot in case.groups)


def _group(lot: str, case: PriceCase, rules: PriceRules) -> Group:
    offers = tuple(offer for offer in case.offers if offer.lot == lot)
    counted = [offer for offer in offers if not offer.left_out]
    first = rules.unknown_of_averages(case.publication_date)
    if first is not None:
        return Group(lot, offers, tuple(_undated(case, first)), None, None)
    conditions = tuple(_conditions(case, len(counted), rules))
    least = rules.value("price_examination_offers", case.publication_date)
    if len(counted) < least:
        return Group(lot, offers, conditions, None, None)
    return Group(lot, offers, conditions, *_averages(counted, case, rules))


def _averages(counted: Sequence[Offer], case: PriceCase, rules: PriceRules) -> tuple[Average, Average | None]:
    """Return the average of the rule, and where its making is not verified, the plain one to hold beside it."""
    day = case.publication_date
    ordered = sorted(counted, key=lambda offer: offer.amount)
    gap, trim = rules.on("price_examination_gap", day), rules.on("price_examination_trim_offers", day)
    if len(ordered) < trim.value:
        certainty = min(gap.certainty, trim.certainty, key=lambda each: each.rank)
        return _without(ordered, 1, 1, gap.value, certainty), None
    low, share = rules.on("examination_bottom_offers", day), rules.on("examination_top_share", day)
    high = (len(ordered) * share.value / _HUNDRED).to_integral_value(ROUND_CEILING)
    certainty = min(gap.certainty, low.certainty, share.certainty, key=lambda each: each.rank)
    plain = _without(ordered, 0, 0, gap.value, Certainty.GENERAL_KNOWLEDGE)
    unsure = said("which offers are left out of the average from %(count)s offers", count=int(trim.value))
    return _without(ordered, int(low.value), int(high), gap.value, certainty, unsure), plain


def _without(ordered: Sequence[Offer], low: int, high: int, gap: Decimal, certainty: Certainty, unsure: str = "") -> Average:
    end = len(ordered) - high
    return Average(tuple(ordered[low:end]), tuple(ordered[:low]), tuple(ordered[end:]), gap, certainty, unsure)


def _undated(case: PriceCase, first: DatedValue) -> Iterator[Condition]:
    """Yield the conditions that rest on no figure, and why the figures are not known on the day of publication."""
    yield _nature(case)
    yield _procedure(case)
    if case.light_regime is not Answer.NO:
        yield _light_regime(case)
    words = said(
        "The figures of this rule are known here from %(first)s on; publication was on %(day)s: no average is computed. Read article 36, § 4, as it stood that day and compare the totals yourself.",
        first=day_words(first.valid_from), day=day_words(case.publication_date),
    )  # fmt: skip
    yield Condition("date", Answer.UNKNOWN, words, Certainty.GENERAL_KNOWLEDGE, said("the figures of article 36, § 4, on the day of publication"))


def _conditions(case: PriceCase, count: int, rules: PriceRules) -> Iterator[Condition]:
    yield _nature(case)
    yield _price(case, rules)
    yield _procedure(case)
    least = rules.on("price_examination_offers", case.publication_date)
    words = said("%(count)s offers are taken into consideration; the rule needs %(least)s.", count=count, least=int(least.value))
    yield Condition("offers", _yes(count >= least.value), words, least.certainty)
    if case.light_regime is not Answer.NO:
        yield _light_regime(case)


def _procedure(case: PriceCase) -> Condition:
    is_public = case.procedure in _PROCEDURES
    words = said("The procedure is open or restricted.") if is_public else said("The procedure is neither open nor restricted.")
    return Condition("procedure", _yes(is_public), words, Certainty.VERIFIED)


def _yes(value: bool) -> Answer:
    return Answer.YES if value else Answer.NO


def _nature(case: PriceCase) -> Condition:
    if case.nature is Nature.WORKS:
        return Condition("nature", Answer.YES, said("The contract is for works."), Certainty.VERIFIED)
    if case.nature is not Nature.SERVICES:
        words = said("The contract is neither for works nor for services.")
        return Condition("nature", Answer.NO, words, Certainty.VERIFIED)
    words = {
        Answer.YES: said("The service is in a sector sensitive to fraud."),
        Answer.NO: said("The service is not in a sector sensitive to fraud."),
        Answer.UNKNOWN: said("It is not stated whether the service is in a sector sensitive to fraud."),
    }[case.fraud_sensitive]
    return Condition("nature", case.fraud_sensitive, words, Certainty.VERIFIED)


def _price(case: PriceCase, rules: PriceRules) -> Condition:
    if case.price_weight == _HUNDRED:
        return Condition("price", Answer.YES, said("Price is the only award criterion."), Certainty.VERIFIED)
    mainly = rules.on("price_weight_mainly", case.publication_date)
    unsure = "" if mainly.certainty is Certainty.VERIFIED else said("from which weight the price counts as the main criterion")
    values = {"weight": case.price_weight, "least": mainly.value}
    if case.price_weight >= mainly.value:
        words = said("Price weighs %(weight)s %%: it is counted as the main criterion from %(least)s %%.", **values)
        return Condition("price", Answer.YES, words, mainly.certainty, unsure)
    words = said("Price weighs %(weight)s %%: it is not counted as the main criterion below %(least)s %%.", **values)
    return Condition("price", Answer.NO, words, mainly.certainty, unsure)


def _light_regime(case: PriceCase) -> Condition:
    if case.light_regime is Answer.YES:
        words = said("Social and other specific services: the rule applies only if the documents make it applicable. If they do, state that the light regime does not stand in the way.")
        return Condition("light_regime", Answer.NO, words, Certainty.VERIFIED)
    words = said("It is not stated whether these are social or other specific services, for which the rule applies only if the documents make it applicable.")
    return Condition("light_regime", Answer.UNKNOWN, words, Certainty.VERIFIED)
