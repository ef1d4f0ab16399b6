"""A purchase: what a buyer answers, as frozen data. Absent means not stated, never zero or no."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from mpdi.clause_library.core.model import Bilingual, ParameterValue
from mpdi.clause_library.core.vocabulary import (
    Ambition,
    AuthorityType,
    Category,
    Decision,
    Nature,
    Procedure,
    PurchaseOption,
    TaxonomyObjective,
)

DocumentLanguage = Literal["fr", "nl", "fr+nl"]


@dataclass(frozen=True)
class Authority:
    """The contracting authority as the buyer names it."""

    name: str | None
    type: AuthorityType | None


@dataclass(frozen=True)
class LotDetail:
    """One lot: title, estimate in EUR without VAT, whether it is reserved under article 15."""

    title: str
    estimated_value: Decimal | None = None
    reserved: bool | None = None


@dataclass(frozen=True)
class DnshAnswer:
    """The buyer's screening of one objective."""

    objective: TaxonomyObjective
    relevant: bool
    reason: str
    measure: str = ""


@dataclass(frozen=True)
class AwardWeight:
    """An award criterion (`price`, a clause identifier, or the buyer's own words) and its weight out of 100.

    A criterion in the buyer's own words says how its points are given (`scale`) and what a tender shows (`proof`), in
    the language of the document.
    """

    criterion: str
    weight: Decimal
    scale: str | None = None
    proof: str | None = None


@dataclass(frozen=True)
class CostAnnexAnswer:
    """A life-cycle cost that decides: its case and its award file as data, which `mpdi.costing` reads; nothing here does.

    `criterion`: what the list of award criteria calls it; None: as the document does.
    """

    case: Mapping[str, Any]
    award: Mapping[str, Any]
    criterion: str | None = None


@dataclass(frozen=True)
class Override:
    """The buyer's own decision on a clause, with the reason noted."""

    decision: Decision
    reason: str


@dataclass(frozen=True)
class Purchase:
    """The answers. Values in EUR without VAT, durations in months; `None` = not stated."""

    publication_date: datetime.date
    date_is_stated: bool = True
    reference: str | None = None
    authority: Authority = field(default_factory=lambda: Authority(None, None))
    object: str | None = None
    nature: Nature | None = None
    cpv: tuple[str, ...] = ()
    category: Category | None = None
    estimated_value: Decimal | None = None
    procedure: Procedure | None = None
    duration_months: Decimal | None = None
    lots: int | None = None
    lots_detail: tuple[LotDetail, ...] = ()
    no_lots_reason: str | None = None
    framework: bool | None = None
    subsidised_by_region: bool | None = None
    payment_days: int | None = None
    advance_percent: Decimal | None = None
    deposit_percent: Decimal | None = None
    turnover_factor: Decimal | None = None
    dnsh: tuple[DnshAnswer, ...] = ()
    ambition: Ambition = Ambition.CORE
    options: tuple[PurchaseOption, ...] = ()
    language: DocumentLanguage = "fr"
    award: tuple[AwardWeight, ...] = ()
    parameters: Mapping[str, Mapping[str, ParameterValue]] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    cost_annex: CostAnnexAnswer | None = None
    texts: Mapping[str, Bilingual] = field(default_factory=dict)
    """Texts given in both languages, by place (`two_languages`); the other fields hold one of the two."""

    @property
    def price_weight(self) -> Decimal | None:
        """The weight of price out of 100 where the buyer set weights; 0 when weights are set without price."""
        if not self.award:
            return None
        return sum((item.weight for item in self.award if item.criterion == "price"), Decimal(0))
