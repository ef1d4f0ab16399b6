"""One `Notice` for every format: frozen, complete, each value stated, not stated (`None`) or withheld (`WITHHELD`).

The words are those of Directive 2014/24/EU and of eForms; a `BT-…` names the business term of Regulation (EU)
2019/1780. Codes are those of the eForms lists, into which the other formats are put where they mean the same; what
they state themselves stands beside (`…_stated`).
"""

from dataclasses import dataclass

from tender_parsers.notice.countries import three_letters
from tender_parsers.notice.lots import (
    TURNOVER,
    AwardCriterion,
    CriterionNumber,
    Framework,
    LegalInstruments,
    Lot,
    LotLimits,
    SelectionCriterion,
    Strategic,
    SubcontractingTerms,
    ValueTotals,
    weight_total,
)
from tender_parsers.notice.parties import Identifier, Organisation
from tender_parsers.notice.results import Change, Contract, LotResult, Statistic, Subcontracting, Tender
from tender_parsers.notice.values import (
    WITHHELD,
    Code,
    Duration,
    Moment,
    Money,
    MoneyRange,
    Number,
    Place,
    Remark,
    Text,
    Texts,
    Withheld,
    WithheldField,
    cpv_digits,
    in_language,
    two_letters,
)

__all__ = [
    "TURNOVER",
    "WITHHELD",
    "AwardCriterion",
    "Change",
    "Code",
    "Contract",
    "CriterionNumber",
    "Duration",
    "Framework",
    "Identifier",
    "LegalInstruments",
    "Lot",
    "LotLimits",
    "LotResult",
    "Moment",
    "Money",
    "MoneyRange",
    "Notice",
    "Number",
    "Organisation",
    "Place",
    "Remark",
    "SelectionCriterion",
    "Statistic",
    "Strategic",
    "Subcontracting",
    "SubcontractingTerms",
    "Tender",
    "Text",
    "Texts",
    "ValueTotals",
    "Withheld",
    "WithheldField",
    "cpv_digits",
    "in_language",
    "three_letters",
    "two_letters",
    "weight_total",
]


_NOTHING = Lot(kind="whole")


@dataclass(frozen=True, slots=True)
class Notice:
    """What one notice says. Each format fills what it has; the rest stays `None` or empty."""

    format: str
    """`eforms`, `ted_export`, `ocds`, `decp`, `boamp`, `bda`, `mapped`."""
    version: str | None = None
    """Of the format: `eforms-sdk-1.10`, `R2.0.9.S05.E01`, `1.1`."""
    source: str | None = None
    """File, and member within an archive, it was read from: `2024.tar.gz!notices/1.xml`."""
    root: str | None = None
    """Root element, or kind of object: `ContractNotice`, `TED_EXPORT`, `release`, `marché`."""
    container: str | None = None
    """What the object lay in: `release_package`, `record_package`, `json_lines`, …"""
    notice_id: str | None = None
    """BT-701; OCDS release id."""
    notice_version: str | None = None
    """BT-757."""
    publication_id: str | None = None
    """OPP-010, TED `NO_DOC_OJS`."""
    document_id: str | None = None
    """TED `DOC_ID`; OCDS `ocid`."""
    procedure_id: str | None = None
    """BT-04."""
    previous_notices: tuple[str, ...] = ()
    """Identifiers of earlier notices of the procedure (BT-125, TED `NOTICE_NUMBER_OJ`)."""
    form: str | None = None
    """TED: name of the form's element, `F03_2014`."""
    form_number: str | None = None
    """TED `@FORM`."""
    subtype: Code = None
    """OPP-070: `16`, `29`, `E3`, …"""
    form_type: Code = None
    """BT-03: `competition`, `result`, `planning`, …"""
    notice_type: Code = None
    """BT-02: `cn-standard`, `can-standard`, …; OCDS tags, joined by commas."""
    language: str | None = None
    """BT-702, first official language, as published."""
    other_languages: tuple[str, ...] = ()
    legal_basis: Code = None
    """BT-01: `32014L0024`, …"""
    dispatched: Moment | None = None
    """BT-05."""
    published: Moment | None = None
    """OPP-012, TED `DATE_PUB`."""
    country: str | None = None
    """Of the buyer as the notice itself codes it apart (TED `ISO_COUNTRY`); else of the first buyer."""
    buyers: tuple[Organisation, ...] = ()
    """In the order of the notice, one for each time it names a buyer; a touch point is resolved to its organisation."""
    organisations: tuple[Organisation, ...] = ()
    """Every party with its roles, buyers and winners included."""
    procedure_type: Code = None
    """BT-105: `open`, `restricted`, `neg-w-call`, …"""
    procedure_type_stated: str | None = None
    """As another format words it: `PT_OPEN`, `selective`, `Appel d'offres ouvert`."""
    procedure_description: Texts = ()
    """BT-88."""
    accelerated: bool | None = None
    """BT-106."""
    direct_award_reasons: tuple[str, ...] = ()
    """BT-136."""
    direct_award_justification: Texts = ()
    """BT-135."""
    whole: Lot = _NOTHING
    """What is said once for the procedure: title, nature, CPV, place, estimated value, …"""
    lots: tuple[Lot, ...] = ()
    """As published; a contract that is not divided has one where the format describes it as a lot."""
    parts: tuple[Lot, ...] = ()
    lot_groups: tuple[Lot, ...] = ()
    lot_limits: LotLimits | None = None
    totals: ValueTotals | None = None
    results: tuple[LotResult, ...] = ()
    tenders: tuple[Tender, ...] = ()
    contracts: tuple[Contract, ...] = ()
    winners: tuple[Organisation, ...] = ()
    """Distinct organisations that tendered what a contract was settled on."""
    changes: tuple[Change, ...] = ()
    texts: Texts = ()
    """All free text in the order of the notice, those of the fields above included, each with element, lot, language."""
    withheld: tuple[WithheldField, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def title(self) -> str | None:
        """Title of the whole in the notice's language, else of its first text, else of the first lot."""
        first = self.whole.title or next((lot.title for lot in (*self.lots, *self.parts) if lot.title), ())
        return in_language(first, self.language)

    @property
    def is_change_notice(self) -> bool:
        """Whether it changes an earlier notice that it names (BT-758).

        In eForms it repeats that notice whole: `each_once` leaves the earlier one out. A corrigendum of TED (F14) or
        BOAMP corrects texts and dates of a notice that still stands; it repeats nothing and mostly has no lots.
        """
        return any(change.of == "notice" and change.changed is not None for change in self.changes)
