"""Files that were read, the notices they gave with lots, observations and names, and how buyers are written.

`NULL` is "not stated", as `None` is in a `Notice`; what is withheld is `NULL` in a column of a number and
`{"withheld": true}` in `NoticeRecord.whole`.
"""

import datetime
import json
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, Dialect, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from mpdi.database import Base

RECORD = "notice_record.id"


class StoredJson(TypeDecorator[Any]):
    """JSON kept as text in ASCII: half a character or a NUL of a hostile notice stays the escape it came in as.

    What is given as `str` is JSON already: a worker writes it once.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy names it)
        """Return the text that is stored."""
        return value if value is None or isinstance(value, str) else json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 (the same)
        """Return the objects and lists."""
        return None if value is None else json.loads(value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number as its digits: SQLite has none, and a float would lose some. Given as `Decimal` or its text."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy names it)
        """Return the digits."""
        return format(value, "f") if isinstance(value, Decimal) else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 (the same)
        """Return the number."""
        return None if value is None else Decimal(value)


class LinkKind(StrEnum):
    """What a name that a notice carries is good for."""

    NAME = "name"
    """A change calls the notice so."""
    REPLACES = "replaces"
    """The notice says that it replaces the one of this name."""
    PROCEDURE = "procedure"
    """Notices that share it are of one procedure."""


class SpellingState(StrEnum):
    """What is known of a way to write a buyer."""

    EXACT = "exact"
    """Its normal form, or its enterprise number, is that of an authority of the register."""
    PROPOSED = "proposed"
    """It resembles one; a person has not said."""
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It resembles none."""


class IngestedFile(Base):
    """A document that was read, known by its bytes: a file, or a member of an archive, once unpacked."""

    __tablename__ = "ingested_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of its bytes; the kept original has this name."""
    pack: Mapped[str | None] = mapped_column(String(64))
    """Which of the originals' packs holds it; `NULL`: its original is a file of its own, or nothing is kept."""
    name: Mapped[str] = mapped_column(Text)
    """Path as first given, `!` and the member of an archive."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Bytes."""
    parser_version: Mapped[str] = mapped_column(String(12))
    """Empty while it is being read: what was begun and not ended is read again."""
    rules_version: Mapped[str] = mapped_column(String(12))
    """Of the detection rules; empty where its texts were not searched."""
    notices: Mapped[int] = mapped_column(default=0)
    """How many it gave, those known from elsewhere included."""
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(StoredJson)
    """What gave no notice: `kind`, `message`, `offset`."""
    read_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))


class NoticeRecord(Base):
    """One notice in one version, once, whatever the number of files that hold it."""

    __tablename__ = "notice_record"
    __table_args__ = (Index("ix_notice_record_counted", "is_current", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("ingested_file.id", ondelete="CASCADE"), index=True)
    identity: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what makes it this notice and no other."""
    format: Mapped[str] = mapped_column(String(12))
    format_version: Mapped[str | None] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    """File, and member, it was read from."""
    parser_version: Mapped[str] = mapped_column(String(12))
    rules_version: Mapped[str] = mapped_column(String(12))
    notice_id: Mapped[str | None] = mapped_column(String(200))
    notice_version: Mapped[str | None] = mapped_column(String(40))
    publication_id: Mapped[str | None] = mapped_column(String(200))
    procedure_id: Mapped[str | None] = mapped_column(String(200))
    procedure_key: Mapped[str] = mapped_column(String(64), index=True)
    """The same for all notices of one procedure, in any format."""
    form_type: Mapped[str | None] = mapped_column(String(40))
    notice_type: Mapped[str | None] = mapped_column(String(80))
    subtype: Mapped[str | None] = mapped_column(String(40))
    legal_basis: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[str | None] = mapped_column(String(8))
    """Two letters."""
    dispatched: Mapped[datetime.date | None] = mapped_column(Date)
    published: Mapped[datetime.date | None] = mapped_column(Date)
    day: Mapped[datetime.date | None] = mapped_column(Date)
    """By which it is counted: published, else dispatched."""
    country: Mapped[str | None] = mapped_column(String(3))
    """Three letters; `NULL` where it is written as a name."""
    buyer_name: Mapped[str | None] = mapped_column(Text)
    """Of the first buyer, in the notice's language."""
    buyer_key: Mapped[str | None] = mapped_column(String(200), index=True)
    """Normal form of that name: `BuyerSpelling.key`."""
    buyer_number: Mapped[str | None] = mapped_column(String(80))
    buyer_legal_type: Mapped[str | None] = mapped_column(String(80))
    buyer_nuts: Mapped[str | None] = mapped_column(String(12))
    buyers: Mapped[int] = mapped_column(default=0)
    procedure_type: Mapped[str | None] = mapped_column(String(80))
    title: Mapped[str | None] = mapped_column(Text)
    lots: Mapped[int] = mapped_column(default=0)
    results: Mapped[int] = mapped_column(default=0)
    contracts: Mapped[int] = mapped_column(default=0)
    awarded_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """BT-161, of the whole notice."""
    awarded_currency: Mapped[str | None] = mapped_column(String(3))
    lots_max_submitted: Mapped[int | None] = mapped_column(BigInteger)
    lots_max_awarded: Mapped[int | None] = mapped_column(BigInteger)
    is_current: Mapped[bool] = mapped_column(default=True)
    """Whether no later notice replaces it whole: what is counted."""
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey(RECORD, ondelete="SET NULL"), index=True)
    """The notice of another format that says of the same procedure the same and more: count that one."""
    is_central: Mapped[bool | None]
    """Whether a central purchasing body buys, or several buyers together."""
    is_searched: Mapped[bool | None]
    """Whether its words were searched: by rules, in a language that is."""
    whole: Mapped[dict[str, Any]] = mapped_column(StoredJson)
    """The whole notice (`tender_parsers.to_plain`)."""


class NoticeLot(Base):
    """What a notice says of one lot, part or group, or once for the whole (`kind` `whole`, number 0)."""

    __tablename__ = "notice_lot"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(RECORD, ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """Its place in the notice."""
    kind: Mapped[str] = mapped_column(String(8))
    lot: Mapped[str | None] = mapped_column(String(200))
    """Identifier as the notice writes it."""
    title: Mapped[str | None] = mapped_column(Text)
    nature: Mapped[str | None] = mapped_column(String(40))
    cpv: Mapped[str | None] = mapped_column(String(8))
    nuts: Mapped[str | None] = mapped_column(String(12))
    """Of the first place of performance."""
    estimated_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    estimated_currency: Mapped[str | None] = mapped_column(String(3))
    aims: Mapped[list[str] | None] = mapped_column(StoredJson)
    """BT-06; `NULL`: not stated, which is not "no"."""
    environmental: Mapped[list[str] | None] = mapped_column(StoredJson)
    social: Mapped[list[str] | None] = mapped_column(StoredJson)
    innovation: Mapped[list[str] | None] = mapped_column(StoredJson)
    gpp_criteria: Mapped[list[str] | None] = mapped_column(StoredJson)
    accessibility: Mapped[list[str] | None] = mapped_column(StoredJson)
    reserved_participation: Mapped[list[str] | None] = mapped_column(StoredJson)
    reserved_execution: Mapped[str | None] = mapped_column(String(40))
    sme_suitable: Mapped[bool | None]
    framework: Mapped[str | None] = mapped_column(String(40))
    tender_deadline: Mapped[datetime.date | None] = mapped_column(Date)
    closes: Mapped[datetime.date | None] = mapped_column(Date, index=True)
    """The last day to take part: of tenders, else of requests to participate (BT-131, BT-1311)."""
    tenders: Mapped[int | None] = mapped_column(BigInteger)
    """Received."""
    tenders_of_smes: Mapped[int | None] = mapped_column(BigInteger)
    result_statuses: Mapped[list[str] | None] = mapped_column(StoredJson)
    """BT-142 of each decision on the lot."""
    non_award_reasons: Mapped[list[str] | None] = mapped_column(StoredJson)
    """BT-144."""
    winner_sizes: Mapped[list[str | None] | None] = mapped_column(StoredJson)
    """BT-165 of each winner of the lot; `null` in it: a winner whose size is not stated."""
    awarded_value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Of the decision on the lot, else of its one tender, else of the whole where there is one lot."""
    awarded_currency: Mapped[str | None] = mapped_column(String(3))
    price_weight: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Per cent of the award that price or cost decide (`award_terms.price_share`)."""
    price_only: Mapped[bool | None]
    turnover: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    """Demanded of tenderers a year, in euro (`award_terms.turnover_demanded`)."""
    turnover_asked: Mapped[bool | None]
    payment_stated: Mapped[bool | None]
    """Whether the notice says how it is paid (BT-77); `NULL`: a format without a place for it."""
    advance_stated: Mapped[bool | None]
    """Whether its words promise an advance; `NULL`: they were not searched."""


class NoticeObservation(Base):
    """Words of a notice that say one thing (`detection.Observation`)."""

    __tablename__ = "notice_observation"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(RECORD, ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(20), index=True)
    lot: Mapped[str | None] = mapped_column(String(200))
    element: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    text_number: Mapped[int]
    """Index within `whole["texts"]`."""
    begins: Mapped[int]
    """Characters from the start of the text."""
    ends: Mapped[int]
    language: Mapped[str | None] = mapped_column(String(8))
    rule: Mapped[str] = mapped_column(String(80))


class NoticeLink(Base):
    """A name that ties a notice to others; the SHA-256 of it, so that any length and sign will do."""

    __tablename__ = "notice_link"
    __table_args__ = (Index("ix_notice_link_of", "kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey(RECORD, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(64))


class BuyerSpelling(Base):
    """One way to write a buyer, and the authority of the register that it stands for."""

    __tablename__ = "buyer_spelling"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    """Normal form: small letters without accents, every run of other signs one space."""
    name: Mapped[str] = mapped_column(Text)
    """As first met."""
    state: Mapped[str] = mapped_column(String(10), index=True)
    authority_id: Mapped[str | None] = mapped_column(String(80), index=True)
    """Exact, or confirmed by a person; else `NULL`."""
    proposed_id: Mapped[str | None] = mapped_column(String(80))
    likeness: Mapped[float | None]
    """Of the proposal, from 0 to 1."""
    decided_by: Mapped[str | None] = mapped_column(String(120))
    """A function, or the name of a command: nobody's name."""
    decided_at: Mapped[datetime.datetime | None] = mapped_column(DateTime(timezone=True))
