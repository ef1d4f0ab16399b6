"""What is bought, whole and by lot: object, strategic aims, criteria, terms."""

from dataclasses import dataclass
from decimal import Decimal

from tender_parsers.notice.values import Code, Duration, Moment, Money, MoneyRange, Number, Place, Texts

TURNOVER = ("slc-stand-to-gen", "slc-stand-to-avg", "slc-stand-to-spec", "slc-stand-to-spec-avg")
"""Codes of the list `selection-criterion` that ask for a turnover (since SDK 1.12)."""


@dataclass(frozen=True, slots=True)
class Strategic:
    """What a lot declares of strategic procurement. `None` in its place: it declares nothing."""

    aims: tuple[str, ...] = ()
    """BT-06: `env-imp`, `soc-obj`, `inn-pur`, `none`; empty: not stated. Of OCDS and DECP, put into these codes from the
    goals or considerations they state: wider than BT-06."""
    environmental: tuple[str, ...] = ()
    """BT-774."""
    social: tuple[str, ...] = ()
    """BT-775."""
    innovation: tuple[str, ...] = ()
    """BT-776."""
    gpp_criteria: tuple[str, ...] = ()
    """BT-805: `eu`, `national`, `other`, `none`."""
    accessibility: tuple[str, ...] = ()
    """BT-754."""
    description: Texts = ()
    """BT-777."""
    accessibility_justification: Texts = ()
    """BT-755."""
    goals: tuple[str, ...] = ()
    """As another format words them: `environmental.circularEconomy`, `Clause sociale`."""
    strategies: tuple[str, ...] = ()
    """OCDS: where the aim is pursued (`awardCriteria`, `technicalSpecifications`, …)."""

    def names(self, aim: str) -> bool | None:
        """Whether BT-06 names an aim; `None` where BT-06 is not stated."""
        return aim in self.aims if self.aims else None


@dataclass(frozen=True, slots=True)
class CriterionNumber:
    """A number that belongs to a criterion."""

    kind: str
    """`weight`, `fixed` or `threshold`."""
    value: Number
    code: Code = None
    """BT-5421, BT-5422, BT-5423: `per-exa`, `poi-exa`, `fix-tot`, `min-score`, …"""


@dataclass(frozen=True, slots=True)
class AwardCriterion:
    """One criterion by which tenders are ranked."""

    type: Code = None
    """BT-539: `price`, `cost`, `quality`."""
    name: Texts = ()
    description: Texts = ()
    numbers: tuple[CriterionNumber, ...] = ()
    weight_text: str | None = None
    """The weight as written, where it is free text (TED `AC_WEIGHTING`: "40 %", "40/100")."""

    @property
    def weight(self) -> Number:
        """The first number of kind `weight`; `None` where none is stated."""
        return next((number.value for number in self.numbers if number.kind == "weight"), None)


@dataclass(frozen=True, slots=True)
class SelectionCriterion:
    """One condition for taking part."""

    type: Code = None
    """BT-747 (to SDK 1.11), BT-809 (since 1.12). TED's parts of `LEFTI` are put into BT-747: `ef-stand`, `tp-abil`, `sui-act`."""
    used: Code = None
    """BT-748: `used`, `not-used`, `no-known`."""
    name: Texts = ()
    description: Texts = ()
    minimum: Texts = ()
    """The least asked for, where the format keeps it apart (TED `…_MIN_LEVEL`)."""
    numbers: tuple[CriterionNumber, ...] = ()
    second_stage: bool | None = None
    """BT-40."""

    @property
    def is_turnover(self) -> bool:
        """Whether its code asks for a turnover. Before SDK 1.12 no code says so: only the text does."""
        return self.type in TURNOVER


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework agreement or a dynamic purchasing system."""

    type: Code = None
    """BT-765: `fa-wo-rc`, `fa-w-rc`, `fa-mix`, `none`; `fa` where a format says no more than that it is one."""
    dynamic_purchasing: Code = None
    """BT-766."""
    maximum_participants: int | None = None
    """BT-113."""
    maximum_value: Money | None = None
    """BT-271."""
    duration_justification: Texts = ()
    """BT-109."""
    buyer_categories: Texts = ()
    """BT-111."""


@dataclass(frozen=True, slots=True)
class SubcontractingTerms:
    """What the buyer lays down about subcontractors."""

    obligations: tuple[str, ...] = ()
    """BT-65."""
    minimum_percent: Number = None
    """BT-64."""
    maximum_percent: Number = None
    """BT-729."""
    indications: tuple[str, ...] = ()
    """BT-651: what the tenderer must tell."""
    description: Texts = ()


@dataclass(frozen=True, slots=True)
class LegalInstruments:
    """Union instruments that a lot falls under; `None`: not stated."""

    clean_vehicles: bool | None = None
    """BT-717."""
    clean_vehicles_contract_types: tuple[str, ...] = ()
    """BT-735."""
    foreign_subsidies: bool | None = None
    """BT-681 (since SDK 1.12)."""
    international_procurement: bool | None = None
    """BT-684 (since SDK 1.13)."""


@dataclass(frozen=True, slots=True)
class LotLimits:
    """How many lots one tenderer may tender for and win."""

    divided: bool | None = None
    """TED `LOT_DIVISION` / `NO_LOT_DIVISION`; eForms says it by its lots."""
    max_submitted: int | None = None
    """BT-31."""
    max_awarded: int | None = None
    """BT-33."""
    all_required: bool | None = None
    """BT-763: tenders must be for all lots."""
    one_only: bool | None = None
    """TED `LOT_ONE_ONLY`."""
    any_number: bool | None = None
    """TED `LOT_ALL`: tenders may be for all lots."""
    combinations: Texts = ()
    """Lots that the buyer may award together, in words."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """BT-330, BT-1375: each group's identifier and its lots."""


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot, part or group of lots, or the whole (`kind`): the same fields, each where the notice states it."""

    kind: str = "lot"
    """`lot`, `part` (of a prior information notice), `group`, or `whole`: what is said once for the procedure."""
    id: str | None = None
    """BT-137: `LOT-0001`; TED `LOT_NO`, free text."""
    internal_id: str | None = None
    """BT-22."""
    title: Texts = ()
    """BT-21."""
    description: Texts = ()
    """BT-24."""
    nature: Code = None
    """BT-23: `works`, `supplies`, `services` (OCDS `goods` is `supplies`)."""
    additional_natures: tuple[str, ...] = ()
    """BT-531."""
    cpv_main: str | None = None
    """BT-262, as published; `cpv_digits` takes a check digit off."""
    cpv_additional: tuple[str, ...] = ()
    """BT-263."""
    places: tuple[Place, ...] = ()
    estimated_value: Money | None = None
    """BT-27."""
    duration: Duration | None = None
    renewals: int | None = None
    """BT-58: how often at most."""
    renewal_description: Texts = ()
    """BT-57."""
    options_description: Texts = ()
    """BT-54."""
    framework: Framework | None = None
    strategic: Strategic | None = None
    sme_suitable: bool | None = None
    """BT-726."""
    reserved_participation: tuple[str, ...] = ()
    """BT-71: `res-ws`, `res-pub-ser`, `none`; empty: not stated."""
    reserved_execution: Code = None
    """BT-736: `yes`, `no`, `not-known`."""
    instruments: LegalInstruments | None = None
    selection_criteria: tuple[SelectionCriterion, ...] = ()
    selection_sources: tuple[str, ...] = ()
    """BT-821: where else the criteria stand."""
    award_criteria: tuple[AwardCriterion, ...] = ()
    award_criteria_in_documents: bool | None = None
    """TED `AC_PROCUREMENT_DOC`: stated only in the procurement documents, which is not "none"."""
    award_criteria_order: Texts = ()
    """BT-733."""
    award_criteria_formula: Texts = ()
    """BT-543."""
    subcontracting: SubcontractingTerms | None = None
    performance_conditions: Texts = ()
    """BT-70, TED `PERFORMANCE_CONDITIONS`."""
    variants: Code = None
    """BT-63: `allowed`, `not-allowed`, `required`."""
    electronic_submission: Code = None
    """BT-17."""
    electronic_catalogue: Code = None
    """BT-764."""
    electronic_auction: bool | None = None
    """BT-767."""
    electronic_invoicing: Code = None
    """BT-743."""
    submission_languages: tuple[str, ...] = ()
    """BT-97."""
    candidates_limited: bool | None = None
    """BT-661."""
    candidates_minimum: int | None = None
    """BT-50."""
    candidates_maximum: int | None = None
    """BT-51."""
    eu_funds: Code = None
    """BT-60: `eu-funds`, `no-eu-funds`."""
    tender_deadline: Moment | None = None
    """BT-131."""
    request_deadline: Moment | None = None
    """BT-1311: requests to participate."""
    question_deadline: Moment | None = None
    """BT-13."""
    additional_information: Texts = ()
    """BT-300."""

    @property
    def is_green(self) -> bool | None:
        """Whether the lot declares the reduction of environmental impacts (BT-06); `None`: it does not say."""
        return self.strategic.names("env-imp") if self.strategic else None

    @property
    def is_social(self) -> bool | None:
        """Whether the lot declares social objectives (BT-06); `None`: it does not say."""
        return self.strategic.names("soc-obj") if self.strategic else None

    @property
    def is_innovative(self) -> bool | None:
        """Whether the lot declares an innovative purchase (BT-06); `None`: it does not say."""
        return self.strategic.names("inn-pur") if self.strategic else None


@dataclass(frozen=True, slots=True)
class ValueTotals:
    """Values of the whole notice of a result."""

    awarded: Money | None = None
    """BT-161, TED `VAL_TOTAL` of the object."""
    awarded_range: MoneyRange | None = None
    framework_maximum: Money | None = None
    """BT-118."""
    framework_reestimated: Money | None = None
    """BT-1118."""


def weight_total(criteria: tuple[AwardCriterion, ...]) -> Decimal | None:
    """Sum of the stated weights; `None` where a criterion states none or withholds it."""
    weights = [criterion.weight for criterion in criteria]
    stated = [weight for weight in weights if isinstance(weight, Decimal)]
    return sum(stated, Decimal(0)) if weights and len(stated) == len(weights) else None
