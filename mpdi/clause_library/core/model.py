"""What a clause is, as frozen data."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, total_ordering
from typing import Any, Literal

from mpdi.clause_library.core.vocabulary import (
    PRINTED_PARTS,
    Ambition,
    Category,
    Certainty,
    ClauseKind,
    Language,
    Nature,
    Status,
    Theme,
)

ParameterValue = Decimal | int | str | datetime.date


@dataclass(frozen=True)
class Bilingual:
    """A text in French and in Dutch, both authoritative."""

    fr: str
    nl: str

    def __getitem__(self, language: str) -> str:
        """Return the text in that language; French where the language (the interface's English) has none."""
        return self.nl if language == "nl" else self.fr


@total_ordering
@dataclass(frozen=True)
class VersionNumber:
    """`MAJOR.MINOR.PATCH`, with `+local.N` when made in one installation only."""

    major: int
    minor: int
    patch: int
    local: int = 0

    @classmethod
    def parse(cls, text: str) -> "VersionNumber":
        """Read `1.2.0` or `1.2.0+local.1`; `ValueError` on anything else."""
        match = re.fullmatch(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:\+local\.(\d{1,6}))?", text)
        if not match:
            raise ValueError(f"“{text}” is not a version: write three numbers, such as 1.0.0")
        return cls(*(int(group or 0) for group in match.groups()))

    def __lt__(self, other: "VersionNumber") -> bool:
        mine = (self.major, self.minor, self.patch, self.local)
        return mine < (other.major, other.minor, other.patch, other.local)

    def __str__(self) -> str:
        local = f"+local.{self.local}" if self.local else ""
        return f"{self.major}.{self.minor}.{self.patch}{local}"


@dataclass(frozen=True)
class Parameter:
    """A number or word that the buyer, or the law, puts into the text of a clause."""

    key: str
    type: Literal["percent", "money", "integer", "decimal", "text", "choice", "date"]
    unit: Bilingual | None
    minimum: Decimal | None
    maximum: Decimal | None
    default: ParameterValue | None
    provenance: str
    source: str | None
    decided_by: Literal["buyer", "law"]
    label: Bilingual
    help: Bilingual | None
    law_number: str | None
    choices: tuple[tuple[str, Bilingual], ...]

    @property
    def is_numeric(self) -> bool:
        """Whether the value is a number."""
        return self.type in ("percent", "money", "integer", "decimal")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a clause, in both languages, with the case in which it stands."""

    part: str
    text: Bilingual
    when: Mapping[str, Any] | None
    only_when: Mapping[str, Any] | None

    @property
    def is_printed(self) -> bool:
        """Whether tenderers read it; the others are for the buyer's file."""
        return self.part in PRINTED_PARTS


@dataclass(frozen=True)
class LegalBasis:
    """An article that a clause rests on; its certainty comes from the register entry."""

    act: str
    article: str
    used_for: str
    certainty: Certainty


@dataclass(frozen=True)
class Check:
    """One act of verification, at tender (`moment` is `tender`) or in execution."""

    document: str
    moment: str
    check: Bilingual
    who: str
    source: str | None


@dataclass(frozen=True)
class Evidence:
    """A document the firm produces, and what it costs a small firm (1 nothing to 4 an investment)."""

    name: str
    title: Bilingual
    sme_effort: int


@dataclass(frozen=True)
class Sanction:
    """What follows a breach: kinds, procedure, and the parameter that caps it."""

    kinds: tuple[str, ...]
    procedure: str | None
    cap: str | None


@dataclass(frozen=True)
class AwardAdvice:
    """Weights out of 100 and scoring method for an award clause."""

    weight_minimum: int
    weight_maximum: int
    weight_default: int
    method: str


@dataclass(frozen=True)
class Relation:
    """A tie to another clause, with its reason."""

    id: str
    reason: Bilingual


@dataclass(frozen=True)
class MarketReadiness:
    """1 = ready, 4 = few offers; `sme_risk` 1 = neutral, 4 = reduces bidders."""

    score: int
    sme_risk: int
    note: Bilingual


@dataclass(frozen=True)
class Reading:
    """A critical reading that took place."""

    date: datetime.date
    language: Language
    role: str
    finding: str
    change: str


@dataclass(frozen=True)
class Obligation:
    """How binding the clause is in a category, from when, and by what source."""

    category: Category
    status: str
    since: datetime.date
    source: str | None


@dataclass(frozen=True)
class RegisterEntry:
    """What may change about a version: status, dates, certainty, reviews."""

    status: Status
    valid_from: datetime.date
    valid_to: datetime.date | None
    review_due: datetime.date
    obligation: tuple[Obligation, ...]
    legal_review: Mapping[str, Any]
    readings: tuple[Reading, ...]
    market_check: Mapping[str, Any]

    def is_in_force(self, day: datetime.date) -> bool:
        """Whether a document published on that day may use the version."""
        in_time = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_time and self.status in (Status.PUBLISHED, Status.SUPERSEDED)

    @property
    def is_signed(self) -> bool:
        """Whether a lawyer has signed this version."""
        return bool(self.legal_review.get("state") == "signed")


@dataclass(frozen=True)
class ClauseVersion:
    """One version of a clause: its immutable text and its register entry."""

    id: str
    version: VersionNumber
    themes: tuple[Theme, ...]
    categories: tuple[Category, ...]
    kind: ClauseKind
    ambition: Ambition
    nature: tuple[Nature, ...]
    cpv: tuple[str, ...]
    title: Bilingual
    summary: Bilingual
    parameters: Mapping[str, Parameter]
    text: tuple[Paragraph, ...]
    guidance: Bilingual
    legal_basis: tuple[LegalBasis, ...]
    labels: tuple[str, ...]
    tender_checks: tuple[Check, ...]
    execution_checks: tuple[Check, ...]
    evidence: tuple[Evidence, ...]
    sanction: Sanction
    award: AwardAdvice | None
    applicability: Mapping[str, Any]
    requires: tuple[Relation, ...]
    suggests: tuple[Relation, ...]
    conflicts: tuple[Relation, ...]
    award_companion: str | None
    market_readiness: MarketReadiness
    eforms: Mapping[str, Any]
    taxonomy_objectives: tuple[str, ...]
    plans: tuple[str, ...]
    sources: tuple[Mapping[str, str], ...]
    change: Bilingual
    register: RegisterEntry
    digest: str
    data: Mapping[str, Any]
    """The text file as read: what the digest is of."""
    register_data: Mapping[str, Any]

    @cached_property
    def reference(self) -> str:
        """Identifier and version: `ENV-CLEAN-001@1.0.0`."""
        return f"{self.id}@{self.version}"

    @property
    def certainty(self) -> Certainty:
        """The lowest certainty among the legal bases."""
        return min((basis.certainty for basis in self.legal_basis), key=lambda certainty: certainty.rank)

    @property
    def is_printed(self) -> bool:
        """Whether any paragraph of it goes into the documents for tenderers."""
        return any(paragraph.is_printed for paragraph in self.text)
