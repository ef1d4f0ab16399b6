"""What is known of a purchase and of its offers: plain frozen data. Money is EUR without VAT, hours are hours of work."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Language, Nature, Procedure

MAX_OFFERS = 40
"""Offers that one check holds, over all lots."""


class Answer(StrEnum):
    """What the buyer knows of a fact: `unknown` is never counted as `no`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Cost(StrEnum):
    """What a price pays for besides the work of people."""

    MATERIALS = "materials"
    TRANSPORT = "transport"
    OVERHEAD = "overhead"
    MARGIN = "margin"


class ShareProvenance(StrEnum):
    """Where the share of a cost comes from: the tender's own breakdown, the buyer, or a default of the project."""

    TENDER = "tender"
    BUYER = "buyer"
    PROJECT_DEFAULT = "project_default"


@dataclass(frozen=True, slots=True)
class CostShare:
    """A cost as a percentage of the amount of the offer."""

    cost: Cost
    percent: Decimal
    provenance: ShareProvenance
    source: str = ""


@dataclass(frozen=True, slots=True)
class WageCost:
    """What one hour of work costs at least in a joint committee, EUR/hour, from `valid_from` to `valid_to`, both included."""

    joint_committee: str
    value: Decimal
    valid_from: datetime.date
    valid_to: datetime.date | None
    source: Bilingual
    certainty: Certainty
    is_buyers: bool

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Post:
    """A part of an offer with its hours, and where the inventory gives it, its amount."""

    title: str
    hours: Decimal
    joint_committee: str | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer for one lot. `left_out`: why it is not counted in the average; empty: it is."""

    tenderer: str
    amount: Decimal
    lot: str = ""
    hours: Decimal | None = None
    joint_committee: str | None = None
    posts: tuple[Post, ...] = ()
    shares: tuple[CostShare, ...] = ()
    left_out: str = ""
    address: str = ""
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot: offers are compared within it. `hours`: those the documents ask for."""

    title: str
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letter needs beside the offers; `answer_days` is None where the buyer chose none."""

    answer_days: int | None = None
    contact: str = ""
    signatory: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PriceCase:
    """A purchase with its offers. `price_weight` is a percentage: 100 where the price is the only criterion."""

    publication_date: datetime.date
    authority_type: AuthorityType
    nature: Nature
    procedure: Procedure
    price_weight: Decimal
    estimated_value: Decimal
    offers: tuple[Offer, ...]
    fraud_sensitive: Answer = Answer.UNKNOWN
    cpv_risk: Answer = Answer.UNKNOWN
    works_above_class_2: Answer = Answer.UNKNOWN
    light_regime: Answer = Answer.NO
    authority: str = ""
    reference: str = ""
    object: str = ""
    language: Language = "fr"
    joint_committee: str | None = None
    hours: Decimal | None = None
    lots: tuple[Lot, ...] = ()
    wage_costs: tuple[WageCost, ...] = ()
    shares: tuple[CostShare, ...] = ()
    letter: LetterFacts = LetterFacts()

    @property
    def groups(self) -> tuple[str, ...]:
        """The lots that have offers, in their order; one without a title where the purchase is not divided."""
        return tuple(dict.fromkeys(offer.lot for offer in self.offers))
