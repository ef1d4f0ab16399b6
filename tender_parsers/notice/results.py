"""What came of it: decisions by lot, tenders, contracts; and what was changed."""

from dataclasses import dataclass
from datetime import date

from tender_parsers.notice.parties import Organisation
from tender_parsers.notice.values import Code, Moment, Money, MoneyRange, Number, Texts


@dataclass(frozen=True, slots=True)
class Statistic:
    """A count by kind: tenders received (BT-760, BT-759), complaints, vehicles."""

    code: Code
    """Of received tenders: `tenders`, `t-sme`, `t-micro`, `t-small`, `t-med`, `t-esubm`, …; TED and OCDS are put into these."""
    number: Number
    list_name: str | None = None
    """Name of the list as published: often wrong in real notices."""


@dataclass(frozen=True, slots=True)
class LotResult:
    """The decision on one lot (several decisions may stand for one lot)."""

    id: str | None = None
    lots: tuple[str, ...] = ()
    status: Code = None
    """BT-142: `selec-w`, `clos-nw`, `open-nw`; TED's and OCDS's outcomes are put into these."""
    status_stated: str | None = None
    """As another format words it."""
    reason: Code = None
    """BT-144: why there is no winner: `no-rece`, `all-rej`, …; TED: `unsuccessful`, `discontinued`."""
    received: tuple[Statistic, ...] = ()
    lowest: Money | None = None
    """BT-710."""
    highest: Money | None = None
    """BT-711."""
    value: Money | None = None
    """Awarded value of the lot where the format states it for the decision (TED, OCDS)."""
    value_range: MoneyRange | None = None
    estimated_value: Money | None = None
    """Estimated value as repeated by the award (TED)."""
    framework_maximum: Money | None = None
    """BT-709."""
    framework_reestimated: Money | None = None
    """BT-660."""
    complaints: tuple[Statistic, ...] = ()
    """BT-712, BT-635, BT-636."""
    vehicles: tuple[Statistic, ...] = ()
    """BT-715, BT-725, BT-716, of the Clean Vehicles Directive."""
    clean_vehicles_contract_types: tuple[str, ...] = ()
    """BT-735 of the result."""
    vehicle_categories: tuple[str, ...] = ()
    """BT-723."""
    tenders: tuple[str, ...] = ()
    """Identifiers of tenders (OPT-320)."""
    contracts: tuple[str, ...] = ()
    """Identifiers of contracts (OPT-315)."""
    winners: tuple[Organisation, ...] = ()
    """Those who tendered what a contract was settled on."""


@dataclass(frozen=True, slots=True)
class Subcontracting:
    """What a tender gives to subcontractors."""

    applies: Code = None
    """BT-773: `yes`, `no`."""
    value: Money | None = None
    """BT-553."""
    percent: Number = None
    """BT-555."""
    description: Texts = ()
    """BT-554."""


@dataclass(frozen=True, slots=True)
class Tender:
    """A tender as the result tells of it."""

    id: str | None = None
    reference: str | None = None
    """BT-3201."""
    lot: str | None = None
    value: Money | None = None
    """BT-720."""
    rank: int | None = None
    """BT-171."""
    variant: bool | None = None
    """BT-193."""
    origins: tuple[str, ...] = ()
    """BT-191."""
    subcontracting: Subcontracting | None = None
    tenderers: tuple[Organisation, ...] = ()
    subcontractors: tuple[Organisation, ...] = ()
    foreign_subsidies_measure: Code = None
    """BT-682 (since SDK 1.12)."""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that was settled."""

    id: str | None = None
    reference: str | None = None
    """BT-150."""
    title: Texts = ()
    """BT-721."""
    concluded: date | None = None
    """BT-145."""
    decided: date | None = None
    """BT-1451: when the winner was chosen."""
    value: Money | None = None
    """Where the format states it for the contract (OCDS, DECP)."""
    tenders: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    url: str | None = None
    """BT-151."""
    is_framework: bool | None = None
    """BT-768."""
    eu_programmes: tuple[str, ...] = ()
    """BT-722."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an earlier notice (BT-758), or of a contract (BT-1501)."""

    of: str
    """`notice` or `contract`."""
    changed: str | None = None
    """Identifier of what is changed."""
    reason: Code = None
    """BT-140, BT-200."""
    reason_description: Texts = ()
    """BT-762, BT-201."""
    sections: tuple[str, ...] = ()
    """BT-13716: identifiers of what changes: `LOT-0001`, `PROCEDURE`; TED: number of the section."""
    description: Texts = ()
    """BT-141, BT-202."""
    old: Texts = ()
    """Text before, where the format tells it apart (TED)."""
    new: Texts = ()
    value_before: Money | None = None
    value_after: Money | None = None
    holders: tuple[Organisation, ...] = ()
    """Who holds the contract after the change, where the change says so (DECP); `winners` stay those of the award."""
    documents_changed: bool | None = None
    """BT-718."""
    on: Moment | None = None
    """BT-719, or the day of the change."""
